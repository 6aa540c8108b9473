"""When the parties of an agreement are reminded that its term ends."""

from __future__ import annotations

from datetime import date, timedelta

BEFORE_END = (60, 14, 3)


def reminders(end: date, today: date) -> list[date]:
    """The days before the end on which the parties are reminded; days that have begun are left out."""
    return [day for days in BEFORE_END if (day := end - timedelta(days=days)) > today]


def overtaken(end: date, at: date, today: date) -> bool:
    """Whether the reminder of a day says nothing any more: a later one is due as well, or the end has come."""
    return today >= end or any(at < day <= today for day in reminders(end, at))
