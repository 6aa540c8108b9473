"""The day by which concurrence is asked for, and the days on which somebody is reminded of it."""

from __future__ import annotations

from datetime import date, timedelta

from core.decisions import Problem

LONGEST = timedelta(days=180)
BEFORE = timedelta(days=3)


def day_problem(day: date | None, today: date) -> Problem | None:
    """A day that gives nobody time, or that nobody can mean."""
    if day is None or today < day <= today + LONGEST:
        return None
    words = f"The day lies after today and at most {LONGEST.days} days ahead. Choose another, or leave it empty."
    return Problem("answer_by", words)


def reminders(day: date, today: date) -> list[date]:
    """Three days before, if that is still to come; and the day after."""
    return [d for d in (day - BEFORE, day + timedelta(days=1)) if d > today]
