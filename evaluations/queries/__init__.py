"""Reads of this room. Call through this package."""

from evaluations.queries.assignments import next_action
from evaluations.queries.inbox import inbox
from evaluations.queries.routing import board, capacity, places_taken
from evaluations.queries.runs import reading_failed, reading_key, run_page, runs, shared_page

__all__ = [
    "board",
    "capacity",
    "inbox",
    "next_action",
    "places_taken",
    "reading_failed",
    "reading_key",
    "run_page",
    "runs",
    "shared_page",
]
