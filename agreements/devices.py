"""Asks a signing device or service (an HSM, a remote signing service) for one signature: an interface, and the driver that the
configuration names. Called by a worker, between two transactions; the private key is never seen here."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

SECONDS = 60.0  # a service may first ask its person on a telephone
LARGEST = 2048  # bytes: RSA-16384, and nothing near it is in use


class DeviceFailed(Exception):
    """There is no signature; the message is a sentence that its person reads."""


class Device(Protocol):
    """What can sign with a key that it keeps under a name."""

    def sign(self, key: str, digest: bytes) -> bytes:
        """The signature (RSA, PKCS #1 v1.5) over a SHA-256, by the key of that name. Raises DeviceFailed."""


@dataclass(frozen=True)
class Command:
    """A program of the installation: it is given the key's name as its last argument and the 32 bytes of the SHA-256 on its
    standard input, and answers the raw signature on its standard output. Any exit but 0 is a refusal."""

    program: tuple[str, ...]
    seconds: float = SECONDS

    def sign(self, key: str, digest: bytes) -> bytes:
        """As the interface says. The program and all that it started are ended when the time is over."""
        try:
            child = subprocess.Popen(
                [*self.program, key], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={"PATH": "/usr/local/bin:/usr/bin:/bin"}, cwd="/", start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise DeviceFailed("The signing device cannot be reached: what asks it does not start.") from error
        try:
            answer, _ = child.communicate(digest, timeout=self.seconds)
        except subprocess.TimeoutExpired as error:
            raise DeviceFailed(f"The signing device did not answer within {self.seconds:.0f} seconds.") from error
        finally:
            _end(child)
        if child.returncode != 0:
            raise DeviceFailed("The signing device is down, does not know your key, or refused.")
        if not 0 < len(answer) <= LARGEST:
            raise DeviceFailed("The signing device answered something that is no signature.")
        return answer


def _end(child: subprocess.Popen[bytes]) -> None:
    """Whatever the program left running goes with it; its pipes are closed."""
    with contextlib.suppress(ProcessLookupError):  # nothing was left
        os.killpg(child.pid, signal.SIGKILL)
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
    child.wait()


DRIVERS: dict[str, Callable[[tuple[str, ...]], Device]] = {"command": Command}


def configured() -> Device | None:
    """The installation's device; None where there is none."""
    if settings.SIGNING_DEVICE is None:
        return None
    kind, words = settings.SIGNING_DEVICE
    return DRIVERS[kind](words)
