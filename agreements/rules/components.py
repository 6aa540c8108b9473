"""What stands against a plan of components, and how a plan reads in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agreements.rules import clearing, concurring
from core.decisions import Problem


def plan_problems(
    chosen: Sequence[str], allowed: Sequence[str], *, order: str, blind: bool, answer_by: date | None, today: date
) -> list[Problem]:
    """Of slugs in the order in which the components are asked."""
    found = concurring.way_problems(order, blind=blind, one="component", many="components")
    if unknown := [slug for slug in chosen if slug not in allowed]:
        words = f"{', '.join(unknown)}: no component of your agency that could answer here. Choose from the list."
        found.append(Problem("components", words))
    if len(set(chosen)) != len(chosen):
        found.append(Problem("components", "Name each component once."))
    if problem := clearing.day_problem(answer_by, today):
        found.append(problem)
    return found


def earliest(*days: date | None) -> date | None:
    """The day by which a component answers: the first of those that are set."""
    return min((day for day in days if day), default=None)


def words(order: str, *, blind: bool, names: Sequence[str]) -> str:
    """How the components of a plan are asked."""
    if order == concurring.SEQUENCE:
        return f"They are asked one after the other: {', '.join(names)}."
    if blind:
        return (
            "They are asked at once. Until every one has answered, an answer is read in its own component only; then all "
            "open together."
        )
    return "They are asked at once, and read each answer as it comes."
