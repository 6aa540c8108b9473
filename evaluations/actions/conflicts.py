"""Conflicts of interest: declared by the person, recorded by counsel, ended by counsel. What a new one shuts, it shuts at once."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from evaluations import notices, policies, queries
from evaluations.actions import endings, fact_checks
from evaluations.actions.base import made, needed
from evaluations.models import ConflictOfInterest, EvaluationAssignment
from evaluations.policies import DECIDERS
from evaluations.workflow import OCCUPIES_A_PLACE, RECUSED
from jobs import actions as jobs

LONGEST_REASON = 2_000
WHY = "Say in a few words what the interest is: you and the agency's counsel read it, nobody else."


@transaction.atomic
def declare_conflict(
    *, agency: Organisation, developer: Organisation, reason: str, by: User, person: UUID | None = None
) -> ConflictOfInterest:
    """Somebody of the agency takes no part in tests of a developer: whoever declares it, or a colleague for whom counsel
    records it. From this commit on nothing of these tests is open to them, whatever they attested before."""
    own = person in (None, by.pk)
    (policies.may_declare(by, agency) if own else policies.may_record(by, agency)).require()
    whom = by if own else queries.member(person or by.pk, agency)
    if whom is None:
        raise Invalid([Problem("person", "Choose somebody who works for this agency.")])
    row = _written(agency, developer, whom, reason, by)
    policies.forget_conflicts(by)
    return row


@transaction.atomic
def recuse_agency(*, agency: Organisation, developer: Organisation, reason: str, by: User) -> ConflictOfInterest:
    """The whole agency takes no part in tests of a developer: routing leaves it out, and what it holds ends now. The developer
    reads that the agency stepped back, and never why."""
    policies.may_record(by, agency).require()
    row = _written(agency, developer, None, reason, by)
    held = EvaluationAssignment.objects.select_for_update(of=("self",)).select_related("agency", "developer", "request")
    for assignment in held.filter(agency=agency, developer=developer, status__in=OCCUPIES_A_PLACE).order_by("id"):
        _step_back(assignment, by)
    return row


def _step_back(row: EvaluationAssignment, by: User) -> None:
    row.ended_reason, row.access_revoked_at = RECUSED, timezone.now()
    fact_checks.end_open(row, row.access_revoked_at)
    made(row, "recuse", by=by, reason=RECUSED)
    endings.ask_reconciliation(row, "recused")
    jobs.enqueue(
        "evaluations.route", key=f"evaluations.route:{row.request_id}:recused:{row.pk}",
        organisations=[row.developer_id], payload={"request": str(row.request_id), "cause": "An agency stepped back"},
    )  # fmt: skip
    notices.tell("recused", row, [(row.agency_id, DECIDERS), (row.developer_id, ("drafter", "security"))], by)


@transaction.atomic
def end_conflict(*, conflict: ConflictOfInterest, reason: str, by: User) -> ConflictOfInterest:
    """Counsel says that it no longer holds. Attestations given before count again; nothing that ended begins again."""
    rows = ConflictOfInterest.objects.select_for_update(of=("self",)).select_related("agency", "developer")
    row = rows.get(pk=conflict.pk)
    policies.may_end_conflict(by, row).require()
    row.ended_reason = _words(reason, "Say why it no longer holds.")
    row.ended_at, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    audit.record("evaluations.conflict_ended", row, by=by, parties=[row.agency_id])
    return row


def _written(
    agency: Organisation, developer: Organisation, person: User | None, reason: str, by: User
) -> ConflictOfInterest:  # fmt: skip
    words = _words(reason, WHY)
    try:
        with transaction.atomic():
            row = ConflictOfInterest.objects.create(
                agency=agency, developer=developer, person=person, reason=words, recorded_by=by
            )
    except IntegrityError as error:
        raise Conflict("This conflict of interest stands already. There is nothing to add.") from error
    verb = "conflict_declared" if person else "agency_recused"
    audit.record(f"evaluations.{verb}", row, by=by, parties=[agency.pk])
    return row


def _words(text: str, sentence: str) -> str:
    words = needed(text, "reason", sentence)
    if len(words) > LONGEST_REASON:
        raise Invalid([Problem("reason", f"At most {LONGEST_REASON:,} characters fit here.")])
    return words
