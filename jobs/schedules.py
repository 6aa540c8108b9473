"""Recurring work as a literal in code, kept as rows so that a tick that fell due while we were down still happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from jobs import kinds
from jobs.models import Schedule


@dataclass(frozen=True)
class Recurring:
    """One schedule: its kind is enqueued every so many seconds."""

    name: str
    kind: str
    every_seconds: int


RECURRING: dict[str, Recurring] = {}


def register(name: str, *, kind: str, every_seconds: int) -> None:
    """Add a schedule; the kind must be registered first (KeyError)."""
    kinds.get(kind)
    RECURRING[name] = Recurring(name, kind, every_seconds)


def store() -> None:
    """Bring the rows in line with the code: new ones due at once, changed ones changed, unknown ones deleted."""
    for entry in RECURRING.values():
        Schedule.objects.update_or_create(
            name=entry.name,
            defaults={"kind": entry.kind, "every_seconds": entry.every_seconds},
            create_defaults={
                "kind": entry.kind,
                "every_seconds": entry.every_seconds,
                "next_at": timezone.now() + timedelta(seconds=min(entry.every_seconds, 5)),
            },
        )
    Schedule.objects.exclude(name__in=RECURRING).delete()
