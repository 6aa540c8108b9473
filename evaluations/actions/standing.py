"""What becomes of one agency's test when its agreement is suspended, goes on, or ends. Called by early access."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Organisation
from early_access.models import EarlyAccessRequest
from evaluations import notices
from evaluations.actions.base import begin_analysis, held, made
from evaluations.policies import DECIDERS
from evaluations.workflow import ASSIGNMENT, OCCUPIES_A_PLACE
from jobs import actions as jobs


def access_rests(request: EarlyAccessRequest, agency: Organisation, why: str) -> None:
    """A test that runs is paused; the agency resumes it when access goes on."""
    for row in held(request, "running", agency=agency):
        made(row, "pause", by=None, reason=why, consequence=True)


def access_goes_on(request: EarlyAccessRequest, agency: Organisation, why: str) -> None:
    """An agency that the router left out meanwhile is looked at again."""
    if not held(request, *OCCUPIES_A_PLACE, agency=agency):
        at = timezone.now().strftime("%Y%m%d%H%M%S%f")
        jobs.enqueue(
            "evaluations.route", key=f"evaluations.route:{request.pk}:access:{agency.pk}:{at}",
            organisations=[request.developer_id],
            payload={"request": str(request.pk), "cause": "Access goes on under an agreement"},
        )  # fmt: skip


def access_ended(request: EarlyAccessRequest, agency: Organisation, why: str) -> None:
    """As at the end of a window, for this agency: what ran goes to analysis, what had not begun is stopped. Findings and
    the report outlive the agreement."""
    for row in held(request, *OCCUPIES_A_PLACE, "report_delivered", agency=agency):
        row.access_revoked_at = row.access_revoked_at or timezone.now()
        if ASSIGNMENT.may(row.status, "analyse"):
            begin_analysis(row, by=None, reason=why, consequence=True)
        elif row.status in ("proposed", "accepted", "preparing"):
            row.ended_reason = why
            made(row, "stop", by=None, reason=why, consequence=True)
            notices.tell("stopped", row, [(row.agency_id, DECIDERS)])
        else:
            row.save(update_fields=["access_revoked_at"])
