"""Access verification: asked for when the window opens or by an evaluator, done by the agency's worker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from agencies.reference import queue
from early_access import keys
from early_access.models import AccessCredential, EarlyAccessRequest, RevocationProof
from evaluations import notices, policies
from evaluations.access_checks import Verification
from evaluations.actions.base import locked, said
from evaluations.models import AccessCheck, EvaluationAssignment
from evaluations.workflow import UNDER_WAY
from jobs import actions as jobs


def window_opened(request: EarlyAccessRequest) -> None:
    """Every assignment under way has its access verified with each of its keys as soon as the window opens."""
    for row in _under_way(request):
        _enqueue(row, "window")


def key_replaced(key: AccessCredential) -> None:
    """The same with every new key, by the agencies that it is sealed for."""
    for row in _under_way(key.request):
        if key in keys.live(key.request, row.agency):
            _enqueue_one(row, f"key-{key.version}", key.variant)


def change_announced(request: EarlyAccessRequest, number: int) -> None:
    """The same when the developer announced that something else is served."""
    for row in _under_way(request):
        _enqueue(row, f"state-{number}")


def proof_asked(proof: RevocationProof) -> None:
    """The worker of the agency that had opened a revoked key asks the endpoint whether it still takes it."""
    moment = (proof.asked_at or timezone.now()).strftime("%Y%m%d%H%M")
    jobs.enqueue(
        "evaluations.prove_revocation", key=f"evaluations.prove_revocation:{proof.pk}:{moment}",
        organisations=[proof.agency_id, proof.developer_id], payload={"proof": str(proof.pk)}, queue=queue(proof.agency),
    )  # fmt: skip


def _under_way(request: EarlyAccessRequest) -> QuerySet[EvaluationAssignment]:
    rows = EvaluationAssignment.objects.filter(request=request, status__in=UNDER_WAY)
    return rows.select_related("agency", "request")


@transaction.atomic
def ask_verification(*, assignment: EvaluationAssignment, by: User) -> None:
    """An evaluator asks for another check; one at a time per minute."""
    row = locked(assignment)
    policies.may_verify(by, row).require()
    _enqueue(row, timezone.now().strftime("%Y%m%d%H%M"))
    said(row, "verification_asked", by=by)


def _enqueue(row: EvaluationAssignment, occasion: str) -> None:
    """One job for each key that the agency holds: one that does not work holds no other up."""
    for key in keys.live(row.request, row.agency):
        _enqueue_one(row, occasion, key.variant)


def _enqueue_one(row: EvaluationAssignment, occasion: str, variant: str) -> None:
    which = f"{variant}:{occasion}" if variant else occasion
    jobs.enqueue(
        "evaluations.verify_access", key=f"evaluations.verify_access:{row.pk}:{which}", organisations=[row.agency_id],
        payload={"assignment": str(row.pk), "variant": variant}, queue=queue(row.agency),
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
