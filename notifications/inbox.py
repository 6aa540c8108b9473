"""The inbox: rooms register sources; a source computes its rows from open objects, so nothing here can go stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone

from accounts.models import User
from accounts.seats import Seats, seats_of

YOURS, WAITING, CLOSED = "yours", "waiting", "closed"


@dataclass(frozen=True)
class InboxItem:
    """One row: whose move (`group`), what, why, and by when (None: no date). `ended_at` is when a closed one ended."""

    group: str
    title: str
    url: str
    why: str
    kind: str
    due_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_late(self) -> bool:
        """Whether its date has passed while somebody's move is open."""
        return self.group != CLOSED and self.due_at is not None and self.due_at < timezone.now()


Source = Callable[[User, Seats], Iterable[InboxItem]]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a room's source; once."""
    if source not in SOURCES:
        SOURCES.append(source)


def inbox_for(user: User) -> dict[str, list[InboxItem]]:
    """The three groups: open ones by due date (undated last), closed ones newest first. Every source bounds what it
    reads. For somebody narrowed to one organisation (accounts.narrowing) only that one's rows."""
    seats = seats_of(user)
    groups: dict[str, list[InboxItem]] = {YOURS: [], WAITING: [], CLOSED: []}
    for source in SOURCES:
        for item in source(user, seats):
            groups[item.group].append(item)
    latest = datetime.max.replace(tzinfo=timezone.get_current_timezone())
    for items in groups.values():
        items.sort(key=lambda i: (i.due_at or latest, i.title))
    earliest = datetime.min.replace(tzinfo=UTC)
    groups[CLOSED].sort(key=lambda i: i.ended_at or earliest, reverse=True)
    return groups
