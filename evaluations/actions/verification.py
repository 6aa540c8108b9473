"""Access verification: asked for when the window opens or by an evaluator, done by the agency's worker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.reference import queue
from early_access.models import EarlyAccessRequest
from evaluations import notices, policies
from evaluations.access_checks import Verification
from evaluations.actions.base import locked, said
from evaluations.models import AccessCheck, EvaluationAssignment
from evaluations.workflow import UNDER_WAY
from jobs import actions as jobs


def window_opened(request: EarlyAccessRequest) -> None:
    """Every assignment under way has its access verified as soon as the window opens."""
    for row in EvaluationAssignment.objects.filter(request=request, status__in=UNDER_WAY).select_related("agency"):
        _enqueue(row, "window")


def key_replaced(request: EarlyAccessRequest, version: int) -> None:
    """The same with every new key."""
    for row in EvaluationAssignment.objects.filter(request=request, status__in=UNDER_WAY).select_related("agency"):
        _enqueue(row, f"key-{version}")


def change_announced(request: EarlyAccessRequest, number: int) -> None:
    """The same when the developer announced that something else is served."""
    for row in EvaluationAssignment.objects.filter(request=request, status__in=UNDER_WAY).select_related("agency"):
        _enqueue(row, f"state-{number}")


@transaction.atomic
def ask_verification(*, assignment: EvaluationAssignment, by: User) -> None:
    """An evaluator asks for another check; one at a time per minute."""
    row = locked(assignment)
    policies.may_verify(by, row).require()
    _enqueue(row, timezone.now().strftime("%Y%m%d%H%M"))
    said(row, "verification_asked", by=by)


def _enqueue(row: EvaluationAssignment, occasion: str) -> None:
    jobs.enqueue(
        "evaluations.verify_access", key=f"evaluations.verify_access:{row.pk}:{occasion}",
        organisations=[row.agency_id], payload={"assignment": str(row.pk)}, queue=queue(row.agency),
    )  # fmt: skip


@transaction.atomic
def record_verification(
    *, assignment: EvaluationAssignment, found: Verification, opening: UUID, began: datetime
) -> AccessCheck:
    """Store the result; a failure tells the developer's security contact what to mend."""
    row = locked(assignment)
    check = AccessCheck.objects.create(
        assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, opening_id=opening, passed=found.passed,
        probes=[p.as_dict() for p in found.probes], fingerprint=found.fingerprint, started_at=began,
        milliseconds=sum(p.milliseconds for p in found.probes),
    )  # fmt: skip
    said(row, "verified" if found.passed else "not_verified", by=None)
    if found.passed:
        notices.tell("verified", row, [(row.agency_id, ("evaluator",))])
    else:
        notices.tell("not_verified", row, [(row.developer_id, ("security",)), (row.agency_id, ("evaluator",))])
    return check
