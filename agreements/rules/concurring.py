"""In which way the agencies concur: at once or one after the other, open or sealed, and when silence counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from core.decisions import Problem

PARALLEL, SEQUENCE = "parallel", "sequence"
BEFORE = timedelta(days=3)
T = TypeVar("T")


def way_problems(order: str, *, blind: bool, one: str = "agency", many: str = "agencies") -> list[Problem]:
    """Ways that contradict each other; of agencies, or of the components of one."""
    if order not in (PARALLEL, SEQUENCE):
        return [Problem("order", f"Choose whether the {many} are asked at once or one after the other.")]
    if blind and order == SEQUENCE:
        words = (
            f"One after the other, each {one} knows that those before it concurred. Ask all at once, or do not seal."
        )
        return [Problem("blind", words)]
    return []


def asked(order: str, missing: Sequence[T]) -> list[T]:
    """Of the agencies that have not answered, in signing order, those who are asked now."""
    return list(missing[:1] if order == SEQUENCE else missing)


def lapses_on(today: date, days: int | None) -> date | None:
    """The last day for an answer where silence counts afterwards; None or 0 days: it never does."""
    return today + timedelta(days=days) if days else None


@dataclass(frozen=True)
class Lapse:
    """When silence counts: after so many days, under this clause."""

    days: int
    clause: str


def in_short(order: str, *, blind: bool) -> str:
    """For a template, which has no agencies yet."""
    if order == SEQUENCE:
        return "The agencies are asked one after the other, in signing order."
    return "The agencies are asked at once" + (", and answers stay sealed until all are in." if blind else ".")


def words(order: str, *, blind: bool, lapse: Lapse | None, agencies: Sequence[Any]) -> list[str]:
    """For the agreement's page."""
    if order == SEQUENCE:
        found = [f"The agencies are asked one after the other, in signing order: {', '.join(map(str, agencies))}."]
    elif blind:
        found = [
            "All agencies are asked at once. Until every one has answered, nobody else reads an answer, and only how many "
            "are in is said; then all open together."
        ]
    else:
        found = ["All agencies are asked at once, and the parties read each answer as it comes."]
    if lapse is None:
        return [*found, "Silence is never concurrence."]
    return [
        *found,
        f"An agency that has not answered {lapse.days} days after it was asked counts as having concurred, under clause "
        f"“{lapse.clause}”.",
    ]
