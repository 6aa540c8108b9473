"""What is due, and by whom: rooms register sources; a source computes its rows from open objects, so nothing can go stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import Seats, seats_of
from notifications.calendar import Entry

OURS, OTHERS = "ours", "others"
# What stands in calendars besides the entries of each room.
IN_CALENDARS = ("Fact check", "Report", "Publication review", "Release notice")


@dataclass(frozen=True)
class Duty:
    """One dated duty. `owes` is the organisation that has to do it; None where the day concerns all sides. A plain day
    ends with the day, in UTC."""

    kind: str
    words: str
    reference: str
    url: str
    due: date | datetime
    developer: UUID
    owes: UUID | None = None

    @property
    def ends_at(self) -> datetime:
        """The instant after which it is late."""
        return self.due if isinstance(self.due, datetime) else datetime.combine(self.due, time.max, UTC)


@dataclass(frozen=True)
class Row:
    """A duty as one person reads it."""

    duty: Duty
    ours: bool
    who: str
    developer: str
    is_late: bool


Source = Callable[[User, Seats], Iterable[Duty]]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a room's source; once."""
    if source not in SOURCES:
        SOURCES.append(source)


def board(user: User) -> list[Row]:
    """All that is due for the organisations that the person looks at, nearest first. Every source bounds what it reads."""
    seats, now = seats_of(user), timezone.now()
    found = [duty for source in SOURCES for duty in source(user, seats)]
    ids = {pk for duty in found for pk in (duty.owes, duty.developer) if pk}
    names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
    rows = [
        Row(
            duty, ours=duty.owes is not None and seats.holds(duty.owes), is_late=duty.ends_at < now,
            who=names.get(duty.owes, "") if duty.owes else "All parties", developer=names.get(duty.developer, ""),
        )
        for duty in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.duty.ends_at, row.duty.reference, row.duty.words))


def narrowed(rows: Iterable[Row], *, whose: str = "", kind: str = "", developer: str = "") -> list[Row]:
    """Those that match what was chosen; days that concern all sides are everybody's."""
    return [
        row for row in rows
        if (not whose or row.duty.owes is None or row.ours == (whose == OURS))
        and kind in ("", row.duty.kind)
        and developer in ("", row.developer)
    ]  # fmt: skip


def calendar(user: User, seats: Seats) -> Iterable[Entry]:
    """Days of one's own organisations for the calendar feed: one entry per kind and object, the last where there are
    several."""
    found: dict[str, Entry] = {}
    for duty in (duty for source in SOURCES for duty in source(user, seats)):
        if duty.kind in IN_CALENDARS and (duty.owes is None or seats.holds(duty.owes)):
            key = f"{duty.kind.lower().replace(' ', '-')}-{duty.reference}"
            found[key] = Entry(key, f"{duty.reference}: {duty.kind.lower()}", duty.url, duty.due)
    return list(found.values())
