"""Reads of this room. Call through this package."""

from evaluations.queries.assignments import next_action
from evaluations.queries.findings import (
    BOUND,
    FINDING_SENTENCES,
    LISTED,
    attested_by,
    choices_of_run,
    days_after,
    finding_action,
    finding_page,
    findings,
    moves_of,
    open_findings,
    readable,
    thread,
    threads,
)
from evaluations.queries.inbox import inbox
from evaluations.queries.routing import board, capacity, places_taken
from evaluations.queries.runs import reading_failed, reading_key, run_page, runs, shared_page

__all__ = [
    "BOUND",
    "FINDING_SENTENCES",
    "LISTED",
    "attested_by",
    "board",
    "capacity",
    "choices_of_run",
    "days_after",
    "finding_action",
    "finding_page",
    "findings",
    "inbox",
    "moves_of",
    "next_action",
    "open_findings",
    "places_taken",
    "readable",
    "reading_failed",
    "reading_key",
    "run_page",
    "runs",
    "shared_page",
    "thread",
    "threads",
]
