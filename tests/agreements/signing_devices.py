"""A signing device in tests: the openssl program behind the driver over a command, with keys that lie in a folder."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from agreements import actions
from agreements.actions.remote_signing import ASK
from agreements.models import OwnCertificate, RemoteSigning, Signature, TestingAgreement
from agreements.models.own_keys import key_name
from agreements.pdf.certificates import Identity
from jobs import testing as jobs
from tests.agreements import elsewhere
from tests.agreements import factories as make
from tests.world import World

SIGNS = 'exec openssl pkeyutl -sign -inkey "$1/$2.pem" -pkeyopt digest:sha256'


class Device:
    """The program of an installation and the folder of its keys."""

    def __init__(self, folder: Path, settings: Any) -> None:
        self.folder, self.settings = folder, settings
        self.program = folder / "sign"
        self.does(SIGNS)
        settings.SIGNING_DEVICE = ("command", (str(self.program), str(folder)))

    def does(self, script: str) -> None:
        """From now on the program does this; $1 is the folder, $2 the name of the key."""
        self.program.write_text(f"#!/bin/sh\necho asked >> {self.folder}/log\n{script}\n")
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)

    @property
    def asked(self) -> int:
        """How often it was asked."""
        log = self.folder / "log"
        return len(log.read_text().splitlines()) if log.exists() else 0

    def keep(self, world: World, slug: str, key: Identity) -> None:
        """The key of an organisation's signatory."""
        name = key_name(world.person(slug, "signatory").pk, world.organisations[slug].pk)
        (self.folder / f"{name}.pem").write_bytes(key.key)


@pytest.fixture
def device(tmp_path: Path, settings: Any) -> Device:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed (apt-packages.txt)")
    return Device(tmp_path, settings)


def enrol(world: World, slug: str, device: Device, key: Identity | None = None) -> tuple[OwnCertificate, Identity]:
    """The organisation's signatory enrols the certificate of a key that the device keeps."""
    with make.acting(world.person(slug, "signatory")) as by:
        held = key or elsewhere.card(by.name)
        device.keep(world, slug, held)
        row = actions.enrol_certificate(
            organisation=world.organisations[slug], by=by, certificate=held.certificate, stepped_up_at=timezone.now(),
            key_at="device",
        )  # fmt: skip
        return row, held


def ask(world: World, agreement: TestingAgreement, slug: str, **said: Any) -> RemoteSigning:
    """The signatory has the device asked; no worker has run yet."""
    remote: RemoteSigning = make.sign(world, agreement, slug, act=actions.ask_device, **said)
    return remote


def answer() -> None:
    """The worker asks the device."""
    jobs.run_due(kinds=(ASK,))


def finish(world: World, agreement: TestingAgreement, slug: str, **said: Any) -> Signature:
    """The signatory puts the signature into the file."""
    with make.acting(world.person(slug, "signatory")) as by:
        return actions.finish_by_device(
            agreement=make.seen(agreement, by), by=by, **({"stepped_up_at": timezone.now()} | said)
        )


def sign(world: World, agreement: TestingAgreement, slug: str) -> Signature:
    """The whole way."""
    ask(world, agreement, slug)
    answer()
    return finish(world, agreement, slug)
