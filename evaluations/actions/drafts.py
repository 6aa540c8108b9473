"""The draft of a report: one at a time, saved by version, complete before anybody outside the agency reads it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.decisions import Conflict, Invalid, Problem
from evaluations import policies, queries
from evaluations.actions.base import locked, printable, said
from evaluations.models import EvaluationAssignment, EvaluationReport

MISSING = {
    "summary": "Write what was found: the developer reads it first.",
    "limitations": "Say what the test could not show: without it the estimates would claim too much.",
    "correction": "Say what this version corrects, so that its readers know why there is another one.",
}


@transaction.atomic
def save_report(
    *,
    assignment: EvaluationAssignment,
    summary: str,
    limitations: str,
    row_version: int,
    by: User,
    correction: str = "",
) -> EvaluationReport:
    """Save the draft; there is one at a time. `row_version` is the draft's when it was opened (0: there was none).

    A stale one raises Conflict with both texts; the same text twice is no conflict.
    """
    row = locked(assignment)
    policies.may_write_report(by, row).require()
    typed = {"summary": summary.strip(), "limitations": limitations.strip(), "correction": correction.strip()}
    if problems := printable(typed):
        raise Invalid(problems)
    draft = queries.draft(row)
    if draft and all(getattr(draft, name) == text for name, text in typed.items()):
        return draft
    if row_version != (draft.row_version if draft else 0):
        raise _stale(draft, typed)
    draft = draft or _begun(row, by)
    for name, text in typed.items():
        setattr(draft, name, text)
    draft.row_version, draft.saved_by, draft.saved_at = row_version + 1, by, timezone.now()
    draft.scope_line = queries.compose(draft)["scope"]
    draft.save()
    return draft


def _begun(row: EvaluationAssignment, by: User) -> EvaluationReport:
    last = EvaluationReport.objects.filter(assignment=row).order_by("-version").first()
    said(row, "report_begun", by=by, only_agency=True)
    return EvaluationReport(
        assignment=row, agency_id=row.agency_id, version=last.version + 1 if last else 1, written_by=by
    )  # fmt: skip


def _stale(draft: EvaluationReport | None, typed: dict[str, str]) -> Conflict:
    return Conflict(
        "Somebody else saved the report while you had it open. Compare both texts, then save the one you want.",
        theirs={name: getattr(draft, name) for name in typed} if draft else {}, yours=typed,
    )  # fmt: skip


def complete(draft: EvaluationReport) -> list[Problem]:
    """What a draft still lacks before anybody outside the agency reads it."""
    wanted = ["summary", "limitations", *(["correction"] if draft.version > 1 else [])]
    return [Problem(name, MISSING[name]) for name in wanted if not getattr(draft, name)]


def sent_out(row: EvaluationAssignment, row_version: int) -> EvaluationReport:
    """The draft that somebody looked at before sending it; Conflict when it changed, Invalid when it has gaps."""
    draft = queries.draft(row)
    if draft is None or draft.row_version != row_version:
        raise Conflict("The draft was saved again since you opened this page. Read it once more, then send it.")
    if problems := complete(draft):
        raise Invalid(problems)
    return draft
