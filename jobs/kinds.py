"""Registry of job kinds. A kind has `work` (outside calls, no transaction of ours) and `finish` (the effect)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

LONGEST = 160


@dataclass(frozen=True)
class Kind:
    """One kind of durable work. `seconds` bounds one attempt; the lease is 1.5 times that."""

    name: str
    finish: str
    work: str | None = None
    seconds: int = 20
    max_attempts: int = 8

    @property
    def soft_seconds(self) -> float:
        """After how long the attempt is interrupted, which leaves time to write the failure under the lease."""
        return self.seconds * 0.8

    @property
    def lease_seconds(self) -> float:
        """How long a claim holds without being extended."""
        return self.seconds * 1.5

    def load(self, which: str) -> Callable[..., Any]:
        """The function behind `work` or `finish`."""
        path = getattr(self, which)
        module, name = path.rsplit(".", 1)
        function: Callable[..., Any] = getattr(import_module(module), name)
        return function


KINDS: dict[str, Kind] = {}


def register(name: str, *, finish: str, work: str | None = None, seconds: int = 20, max_attempts: int = 8) -> None:
    """Add a kind. `work(job)` may call the outside world and returns what `finish(job, result)` (or `finish(job)`
    without work) writes, inside the transaction that also marks the job done."""
    if not 0 < seconds <= LONGEST:
        raise ValueError(f"{name}: a job runs at most {LONGEST} seconds; split it into steps")
    KINDS[name] = Kind(name, finish, work, seconds, max_attempts)


def get(name: str) -> Kind:
    """The kind of that name; KeyError for one that nobody registered."""
    return KINDS[name]
