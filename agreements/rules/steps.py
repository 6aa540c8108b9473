"""In which step each party signs: one step after the other, and the parties of one step in any order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.decisions import Problem

EVERY = timedelta(days=3)  # between two reminders to sign
MOST = 10  # reminders for one signatory
ORDERS = {
    "sequence": "One after the other, the developer first",
    "agencies_together": "The developer first, then the agencies in any order",
    "together": "All parties in any order",
}


def planned(order: str, parties: int) -> list[int]:
    """The steps of an order (one of ORDERS), for the developer and then each agency."""
    if order == "agencies_together":
        return [1, *[2] * (parties - 1)]
    return [1] * parties if order == "together" else list(range(1, parties + 1))


def ranked(steps: Sequence[int]) -> list[int]:
    """The same order without gaps: 1, 5, 5 is 1, 2, 2."""
    ranks = {step: rank for rank, step in enumerate(sorted(set(steps)), start=1)}
    return [ranks[step] for step in steps]


def problems(steps: Sequence[int], parties: int) -> list[Problem]:
    """What is wrong with steps that somebody asked for; none asks for one after the other."""
    if not steps or (len(steps) == parties and all(1 <= step <= parties for step in steps)):
        return []
    return [
        Problem("steps", f"Give each of the {parties} parties a step between 1 and {parties}, the developer first.")
    ]
