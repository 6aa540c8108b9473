"""How assignments and their request end together: withdrawal, the window's end, the last report, the request's close."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations import notices
from evaluations.actions import fact_checks, turns
from evaluations.actions.base import begin_analysis, held, locked, made, said
from evaluations.models import EvaluationAssignment, PlaceTurn
from evaluations.policies import DECIDERS
from evaluations.workflow import ASSIGNMENT, OCCUPIES_A_PLACE
from jobs import actions as jobs

ALL_IN = "Every agency that tested has delivered its report."
NONE_LEFT = "No further report will come: the other assignments were stopped or declined."
NO_REPORT = "No report will come: every assignment was stopped or declined."


def stop_all(request: EarlyAccessRequest, by: User | None, reason: str) -> None:
    """A withdrawal stops every assignment at once, and closes those whose report is delivered."""
    at = timezone.now()
    turns.end(PlaceTurn.objects.filter(request=request))
    for row in held(request, *OCCUPIES_A_PLACE, "report_delivered"):
        row.access_revoked_at = row.access_revoked_at or at
        if row.status == "report_delivered":
            made(row, "close", by=None, reason="The developer withdrew the request.")
            continue
        row.ended_reason = reason or "The developer withdrew the request."
        fact_checks.end_open(row, at)
        made(row, "stop", by=by, reason=row.ended_reason)
        notices.tell("stopped", row, [(row.agency_id, DECIDERS)], by)


def window_closed(request: EarlyAccessRequest, by: User | None, reason: str) -> None:
    """Access ends; an assignment that was testing goes on to analysis, one that never began is stopped."""
    turns.end(PlaceTurn.objects.filter(request=request))
    for row in held(request, *OCCUPIES_A_PLACE, "report_delivered", "closed"):
        row.access_revoked_at = row.access_revoked_at or timezone.now()
        if ASSIGNMENT.may(row.status, "analyse"):
            begin_analysis(row, by=by, reason=reason)
        elif row.status in ("proposed", "accepted", "preparing"):
            row.ended_reason = "The window closed before testing began."
            made(row, "stop", by=by, reason=row.ended_reason)
            notices.tell("stopped", row, [(row.agency_id, DECIDERS)], by)
        else:
            row.save(update_fields=["access_revoked_at"])
    _reconcile(request)


def ask_reconciliation(row: EvaluationAssignment, occasion: str) -> None:
    """After an assignment ended: a job looks at all of the request's, which one agency's people cannot see."""
    jobs.enqueue(
        "evaluations.reconcile", key=f"evaluations.reconcile:{row.request_id}:{row.pk}:{occasion}",
        organisations=[row.developer_id], payload={"request": str(row.request_id)},
    )  # fmt: skip


def request_closed(request: EarlyAccessRequest, by: User | None, reason: str) -> None:
    """The request is closed: a job closes its assignments, also those that whoever closed it does not see."""
    jobs.enqueue(
        "evaluations.reconcile", key=f"evaluations.reconcile:{request.pk}:closed",
        organisations=[request.developer_id], payload={"request": str(request.pk)},
    )  # fmt: skip


@transaction.atomic
def reconcile(*, request: EarlyAccessRequest) -> None:
    """Bring a request in line with its assignments, seen with the developer's eyes: nothing stays open for ever."""
    row = EarlyAccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.status == "closed":
        for assignment in held(row, "report_delivered"):
            made(assignment, "close", by=None, reason="The request was closed.")
    elif row.status == "window_closed":
        _reconcile(row)


def _reconcile(request: EarlyAccessRequest) -> None:
    states = set(EvaluationAssignment.objects.filter(request=request).values_list("status", flat=True))
    if states.intersection(OCCUPIES_A_PLACE):
        return
    delivered = states & {"report_delivered", "closed"}
    sentence = NO_REPORT if not delivered else NONE_LEFT if states - delivered else ALL_IN
    early_access.mark_reported(request=request, reason=sentence)


@transaction.atomic
def report_overdue(*, assignment: EvaluationAssignment) -> bool:
    """The clock: a report that is still not delivered is said to both sides; whether it was overdue."""
    row = locked(assignment)
    if row.status not in ("analysis", "developer_fact_check"):
        return False
    said(row, "report_overdue", by=None)
    to = [(row.agency_id, DECIDERS), (row.developer_id, ("drafter", "security"))]
    notices.tell("report_overdue", row, to)
    return True
