"""Pure rules over blocked time: what a report may say, and how much of a window it adds up to. Reads and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from core.decisions import Problem

Period = tuple[datetime, datetime]


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def period_problems(
    began_at: datetime, ended_at: datetime | None, *, now: datetime, opened_at: datetime, over_at: datetime | None
) -> list[Problem]:
    """Everything wrong with a period, as sentences at its fields. `over_at`: when the window closed, if it did."""
    found = []
    if began_at < opened_at.replace(second=0, microsecond=0):  # people type minutes
        words = f"The window opened at {_day(opened_at)}. Give a time after that: before it there was nothing to block."
        found.append(Problem("began_at", words))
    elif began_at > now:
        found.append(Problem("began_at", "This is still to come. Report blocked time once it has begun."))
    elif over_at and began_at >= over_at:
        found.append(Problem("began_at", f"The window closed at {_day(over_at)}. Give a time before that."))
    if ended_at is None:
        if over_at:
            found.append(Problem("ended_at", f"The window closed at {_day(over_at)}: say until when it was blocked."))
    elif ended_at <= began_at:
        found.append(Problem("ended_at", "It would end before it begins. Give a later end, or leave it empty."))
    elif ended_at > now:
        found.append(Problem("ended_at", "This is still to come. Leave it empty and end the report when it is over."))
    elif over_at and ended_at > over_at:
        found.append(Problem("ended_at", f"The window closed at {_day(over_at)}. Give that time or an earlier one."))
    return found


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods have time in common."""
    return one[0] < other[1] and other[0] < one[1]


def total(periods: Iterable[Period], first: datetime, last: datetime) -> timedelta:
    """How much of first..last these cover. What two reports cover both counts once."""
    time, reached = timedelta(0), first
    for began, ended in sorted(periods):
        begin, end = max(began, reached), min(ended, last)
        if end > begin:
            time, reached = time + (end - begin), end
    return time


def in_words(time: timedelta) -> str:
    """ "2 days and 5 hours", "40 minutes": the two largest parts."""
    minutes = int(time.total_seconds()) // 60
    parts = (("day", minutes // 1440), ("hour", minutes % 1440 // 60), ("minute", minutes % 60))
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for unit, count in parts if count]
    return " and ".join(said[:2]) or "less than a minute"
