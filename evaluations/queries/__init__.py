"""Reads of this room. Call through this package."""

from evaluations.queries.access import access
from evaluations.queries.assignments import agencies_of, due_at, every_agency, next_action
from evaluations.queries.capacity import calendar_of, calendars, month_asked
from evaluations.queries.choices import choices
from evaluations.queries.comparing import comparisons_of, plots_of, results_page
from evaluations.queries.conflicts import conflict_of, member, people_of, readable_conflicts
from evaluations.queries.exclusions import developer_of, exclusions_of
from evaluations.queries.finding_states import finding_states
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
from evaluations.queries.incidents import (
    INCIDENT_SENTENCES,
    INCIDENTS_LISTED,
    incident_action,
    incident_moves,
    incident_notes,
    incident_page,
    incidents,
    incidents_readable,
    late,
)
from evaluations.queries.launches import budget, launch_page, launches, offered, run_key, standing
from evaluations.queries.log_views import block_of, listed, opened, sample
from evaluations.queries.measured import endpoints, measured
from evaluations.queries.overloads import movable, overloaded
from evaluations.queries.own_results import read_own_results
from evaluations.queries.publication import publications
from evaluations.queries.report_content import changed_since, compose, left_out, moment, places
from evaluations.queries.reports import (
    LONGEST_FACT_CHECK,
    delivered,
    draft,
    drawn_of,
    of_request,
    open_fact_check,
    report_section,
    runs_shown,
    shortest_fact_check,
    usual_fact_check,
)
from evaluations.queries.routing import (
    agency_of,
    as_the_router,
    attempts_of,
    capacity,
    on_the_board,
    unroutable,
)
from evaluations.queries.rules import DryRun, changes, draft_of, dry_run, in_force, readable_rules, rule_set_of
from evaluations.queries.run_pages import run_page, shared_page
from evaluations.queries.runs import every_eval, reading_failed, reading_key, runs
from evaluations.queries.stream import detail, meter

__all__ = [
    "BOUND",
    "FINDING_SENTENCES",
    "INCIDENTS_LISTED",
    "INCIDENT_SENTENCES",
    "LISTED",
    "LONGEST_FACT_CHECK",
    "DryRun",
    "access",
    "agencies_of",
    "agency_of",
    "as_the_router",
    "attempts_of",
    "attested_by",
    "block_of",
    "budget",
    "calendar_of",
    "calendars",
    "capacity",
    "changed_since",
    "changes",
    "choices",
    "choices_of_run",
    "comparisons_of",
    "compose",
    "conflict_of",
    "days_after",
    "delivered",
    "detail",
    "developer_of",
    "draft",
    "draft_of",
    "drawn_of",
    "dry_run",
    "due_at",
    "endpoints",
    "every_agency",
    "every_eval",
    "exclusions_of",
    "finding_action",
    "finding_page",
    "finding_states",
    "findings",
    "in_force",
    "inbox",
    "incident_action",
    "incident_moves",
    "incident_notes",
    "incident_page",
    "incidents",
    "incidents_readable",
    "late",
    "launch_page",
    "launches",
    "left_out",
    "listed",
    "measured",
    "member",
    "meter",
    "moment",
    "month_asked",
    "movable",
    "moves_of",
    "next_action",
    "of_request",
    "offered",
    "on_the_board",
    "open_fact_check",
    "open_findings",
    "opened",
    "overloaded",
    "people_of",
    "places",
    "places_taken",
    "plots_of",
    "publications",
    "read_own_results",
    "readable",
    "readable_conflicts",
    "readable_rules",
    "reading_failed",
    "reading_key",
    "report_section",
    "results_page",
    "rule_set_of",
    "run_key",
    "run_page",
    "runs",
    "runs_shown",
    "sample",
    "shared_page",
    "shortest_fact_check",
    "standing",
    "thread",
    "threads",
    "unroutable",
    "usual_fact_check",
]
