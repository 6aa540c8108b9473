"""Reads of this room. Call through this package."""

from evaluations.queries.assignments import agencies_of, due_at, next_action
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
from evaluations.queries.publication import publications
from evaluations.queries.report_content import compose, left_out, moment, places
from evaluations.queries.reports import (
    LONGEST_FACT_CHECK,
    delivered,
    draft,
    of_request,
    open_fact_check,
    report_section,
    runs_shown,
    shortest_fact_check,
    usual_fact_check,
)
from evaluations.queries.routing import attempts_of, capacity, places_taken, unroutable
from evaluations.queries.runs import reading_failed, reading_key, run_page, runs, shared_page

__all__ = [
    "BOUND",
    "FINDING_SENTENCES",
    "LISTED",
    "LONGEST_FACT_CHECK",
    "agencies_of",
    "attempts_of",
    "attested_by",
    "capacity",
    "choices_of_run",
    "compose",
    "days_after",
    "delivered",
    "draft",
    "due_at",
    "finding_action",
    "finding_page",
    "findings",
    "inbox",
    "left_out",
    "moment",
    "moves_of",
    "next_action",
    "of_request",
    "open_fact_check",
    "open_findings",
    "places",
    "places_taken",
    "publications",
    "readable",
    "reading_failed",
    "reading_key",
    "report_section",
    "run_page",
    "runs",
    "runs_shown",
    "shared_page",
    "shortest_fact_check",
    "thread",
    "threads",
    "unroutable",
    "usual_fact_check",
]
