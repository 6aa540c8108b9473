"""When the term of an agreement ends, and when its parties are reminded of that."""

from __future__ import annotations

from datetime import date, timedelta

BEFORE_END = (60, 14, 3)
SOON = timedelta(days=90)  # from when on the page offers a renewal


def reminders(end: date, today: date) -> list[date]:
    """The days before the end on which the parties are reminded; days that have begun are left out."""
    return [day for days in BEFORE_END if (day := end - timedelta(days=days)) > today]


def ends_soon(end: date | None, today: date) -> bool:
    """Whether a term that has an end is nearly over."""
    return end is not None and today < end <= today + SOON


def overtaken(end: date, at: date, today: date) -> bool:
    """Whether the reminder of a day says nothing any more: a later one is due as well, or the end has come."""
    return today >= end or any(at < day <= today for day in reminders(end, at))


def expiry(effective_on: date, months: int) -> date:
    """The day on which a term of so many months is over."""
    year, month = divmod(effective_on.month - 1 + months, 12)
    first = date(effective_on.year + year, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(effective_on.day, (following - first).days))
