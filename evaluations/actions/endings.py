"""What happens here when a request is withdrawn or its window closes, in that action's own transaction."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from early_access.models import EarlyAccessRequest
from evaluations import notices
from evaluations.actions.assignments import DECIDERS
from evaluations.actions.base import made
from evaluations.models import EvaluationAssignment
from evaluations.workflow import ASSIGNMENT, OCCUPIES_A_PLACE


def stop_all(request: EarlyAccessRequest, by: User | None, reason: str) -> None:
    """A withdrawal stops every assignment at once."""
    rows = EvaluationAssignment.objects.select_for_update(of=("self",)).filter(
        request=request, status__in=OCCUPIES_A_PLACE
    )
    for row in rows.order_by("id"):
        row.ended_reason, row.access_revoked_at = reason or "The developer withdrew the request.", timezone.now()
        made(row, "stop", by=by, reason=row.ended_reason)
        notices.tell("stopped", row, [(row.agency_id, DECIDERS)], by)


def window_closed(request: EarlyAccessRequest, by: User | None, reason: str) -> None:
    """Access ends; an assignment that was testing goes on to analysis, one that never began is stopped."""
    rows = EvaluationAssignment.objects.select_for_update(of=("self",)).filter(
        request=request, status__in=OCCUPIES_A_PLACE
    )
    for row in rows.order_by("id"):
        row.access_revoked_at = timezone.now()
        if ASSIGNMENT.may(row.status, "analyse"):
            made(row, "analyse", by=by, reason=reason)
        elif row.status in ("proposed", "accepted", "preparing"):
            row.ended_reason = "The window closed before testing began."
            made(row, "stop", by=by, reason=row.ended_reason)
        else:
            row.save(update_fields=["access_revoked_at"])
