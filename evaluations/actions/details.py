"""What a report says for one criterion of the reporting standard: saved by version, emptied to take it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from evaluations import policies
from evaluations.actions.base import locked, printable
from evaluations.models import EvaluationAssignment, ReportingDetail
from evaluations.rules.stream import CRITERIA


@transaction.atomic
def save_detail(
    *, assignment: EvaluationAssignment, criterion: str, covers: str, text: str, row_version: int, by: User
) -> ReportingDetail | None:
    """Save the words for one criterion; without any the row goes. `row_version` is that of what was opened (0: nothing).

    Conflict with both texts when somebody saved meanwhile. The same again is no conflict and no event.
    """
    row = locked(assignment)
    policies.may_write_report(by, row).require()
    if criterion not in CRITERIA:
        raise Invalid([Problem("criterion", "Choose one of the criteria.")])
    typed = text.strip()
    _check(covers, typed)
    held = ReportingDetail.objects.select_for_update(of=("self",)).filter(assignment=row, criterion=criterion).first()
    if (held.text, held.covers) == (typed, covers) if held else not typed:
        return held
    if row_version != (held.row_version if held else 0):
        raise Conflict(
            "Somebody else saved this while you wrote. Nothing of yours was saved: compare the two.",
            theirs={"text": held.text if held else ""}, yours={"text": typed},
        )  # fmt: skip
    audit.record("evaluations.detail_saved", row, by=by, parties=[row.agency_id])
    if not typed:
        if held:
            held.delete()
        return None
    held = held or ReportingDetail(
        assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, criterion=criterion
    )
    held.text, held.covers, held.row_version = typed, covers, row_version + 1
    held.saved_by, held.saved_at = by, timezone.now()
    held.save()
    return held


def _check(covers: str, text: str) -> None:
    problems = printable({"text": text})
    if covers not in ReportingDetail.Covers.values:
        problems.append(Problem("covers", "Choose how much of the criterion this covers."))
    elif covers == ReportingDetail.Covers.NOT_APPLICABLE and not text:
        problems.append(Problem("text", "Say in a sentence why it does not apply to this test."))
    if problems:
        raise Invalid(problems)
