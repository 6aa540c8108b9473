"""A person's dates as iCalendar (RFC 5545): rooms register sources; references and dates only, since calendars leave the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from accounts.models import User
from accounts.seats import Seats, seats_of

LINE = 75  # octets, RFC 5545 §3.1


@dataclass(frozen=True)
class Entry:
    """One date of one object. `key` stays the same for as long as it is the same date of the same object; `begins` is
    a day or an instant; `ends` is the last day of several."""

    key: str
    words: str
    url: str
    begins: date | datetime
    ends: date | None = None


Source = Callable[[User, Seats], Iterable[Entry]]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a room's source; once."""
    if source not in SOURCES:
        SOURCES.append(source)


def entries_for(user: User) -> list[Entry]:
    """What stands in the person's calendar now, by date. Every source bounds what it reads."""
    seats = seats_of(user)
    found = [entry for source in SOURCES for entry in source(user, seats)]
    return sorted(found, key=lambda e: (str(e.begins), e.key))


def as_ics(entries: Iterable[Entry], now: datetime) -> str:
    """The calendar file."""
    host = settings.BASE_URL.split("://", 1)[-1].split("/")[0].split(":")[0]
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Concord//Dates//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "X-WR-CALNAME:Concord", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]  # fmt: skip
    for entry in entries:
        lines += [
            "BEGIN:VEVENT", f"UID:{_text(entry.key)}@{host}", f"DTSTAMP:{_instant(now)}", *_when(entry),
            f"SUMMARY:{_text(entry.words)}", f"URL:{settings.BASE_URL}{entry.url}", "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _when(entry: Entry) -> Iterator[str]:
    if isinstance(entry.begins, datetime):
        yield f"DTSTART:{_instant(entry.begins)}"
    else:
        last = entry.ends or entry.begins
        yield f"DTSTART;VALUE=DATE:{entry.begins:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"  # the day after: DTEND is not part of it


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escaped as RFC 5545 §3.3.11 asks; control characters would begin a line of their own."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never through a character; later pieces begin with a space."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LINE:
            yield piece
            piece = " "
        piece += character
    yield piece
