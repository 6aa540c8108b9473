"""Who may do what with an assignment, now; each answer is a Decision."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access import policies as early_access
from early_access.models import EarlyAccessRequest
from evaluations.models import (
    AccessCheck,
    Attestation,
    ConflictOfInterest,
    EvaluationAssignment,
    Finding,
    RulesOfEngagement,
)
from evaluations.policies.conflicts import conflicted, no_conflict
from evaluations.workflow import ASSIGNMENT, OPEN_FINDINGS, UNDER_WAY

DECIDERS = ("router", "evaluator")


def _holds(user: User, assignment: EvaluationAssignment, roles: tuple[str, ...], who: str) -> Decision:
    if seats_of(user).holds(assignment.agency_id, *roles):
        return no_conflict(user, assignment.developer_id)
    return refuse("This is the agency's move.", who)


def may_accept(user: User, assignment: EvaluationAssignment) -> Decision:
    """Take the assignment on."""
    return first_refusal(
        ASSIGNMENT.may(assignment.status, "accept"),
        _holds(user, assignment, DECIDERS, "A routing officer or evaluator of the agency can."),
    )


def may_decline(user: User, assignment: EvaluationAssignment) -> Decision:
    """Turn it down with a reason; it is routed again without this agency."""
    return first_refusal(
        ASSIGNMENT.may(assignment.status, "decline"),
        _holds(user, assignment, DECIDERS, "A routing officer or evaluator of the agency can."),
    )


def may_attest(user: User, assignment: EvaluationAssignment) -> Decision:
    """Attest before seeing anything."""
    if assignment.status not in UNDER_WAY and not has_open_findings(assignment):
        return refuse("Attestations are given from acceptance until testing has ended and no finding is open.")
    if not (decision := _holds(user, assignment, ("evaluator",), "An evaluator of the agency can.")):
        return decision
    if has_attested(user, assignment):
        return refuse("You have attested.")
    return _room_for_one_more(assignment)


def waits_to_attest(user: User, assignment: EvaluationAssignment) -> bool:
    """Whether an evaluator could attest if the agreement let more people have access."""
    if not no_conflict(user, assignment.developer_id):
        return False
    mine = seats_of(user).holds(assignment.agency_id, "evaluator") and not has_attested(user, assignment)
    return mine and assignment.status in UNDER_WAY


def _room_for_one_more(assignment: EvaluationAssignment) -> Decision:
    """The agreement says how many people of an agency have access in one window. Who has left the agency has none."""
    most = assignment.max_testers
    if most is None or len(with_access(assignment)) < most:
        return ALLOWED
    return refuse(
        f"The agreement lets at most {most} {'person' if most == 1 else 'people'} of the agency have access to this test, "
        "and so many have attested.",
        "Evaluators who have attested can go on; the parties can amend the agreement.",
    )


def with_access(assignment: EvaluationAssignment) -> list[User]:
    """Who has attested and still is an evaluator of the agency."""
    rows = Attestation.objects.filter(assignment=assignment).exclude(evaluator__in=conflicted(assignment.developer_id))
    rows = rows.select_related("evaluator").order_by("created_at")
    return [row.evaluator for row in rows if seats_of(row.evaluator).holds(assignment.agency_id, "evaluator")]


def has_open_findings(assignment: EvaluationAssignment) -> bool:
    """Whether a finding waits for an answer; somebody who may see inside is needed as long as one does."""
    return Finding.objects.filter(assignment=assignment, status__in=OPEN_FINDINGS).exists()


def has_attested(user: User, assignment: EvaluationAssignment) -> bool:
    """Whether this person's attestation stands: a conflict of interest takes it away at once, whenever it was given."""
    given = Attestation.objects.filter(assignment=assignment, evaluator=user)
    return given.exclude(evaluator__in=conflicted(assignment.developer_id)).exists()


def may_see_inside(user: User, assignment: EvaluationAssignment) -> Decision:
    """Access details, check results: the developer's people, and evaluators who have attested."""
    seats = seats_of(user)
    if seats.holds(assignment.developer_id):
        return ALLOWED
    if not (free := no_conflict(user, assignment.developer_id)):
        return free
    if has_attested(user, assignment):
        return ALLOWED
    return refuse(
        "What is inside opens after your attestation.", "Evaluators of the agency attest on the assignment's page."
    )


def assignments_attested_by(user: User) -> QuerySet[Attestation, Any]:
    """Ids of the assignments for which this person's attestation stands, as a subquery: `has_attested` for many."""
    with_conflict = ConflictOfInterest.objects.filter(person=user, ended_at=None).values("developer")
    return Attestation.objects.filter(evaluator=user).exclude(developer__in=with_conflict).values("assignment")


def may_prepare(user: User, assignment: EvaluationAssignment) -> Decision:
    """Write the rules of engagement."""
    return first_refusal(
        ASSIGNMENT.may(assignment.status, "prepare"),
        _holds(user, assignment, ("evaluator",), "An evaluator of the agency can."),
        may_see_inside(user, assignment),
    )


def may_verify(user: User, assignment: EvaluationAssignment) -> Decision:
    """Have the agency's worker verify access again."""
    if assignment.status not in ("preparing", "running", "paused") or assignment.request.status != "window_open":
        return refuse("Access is verified while the window is open and the test is prepared or running.")
    return first_refusal(
        _holds(user, assignment, ("evaluator",), "An evaluator of the agency can."),
        may_see_inside(user, assignment),
        early_access.not_held(assignment.request, assignment.agency_id),
    )


def may_move(user: User, assignment: EvaluationAssignment, verb: str) -> Decision:
    """Start, pause, resume, end testing."""
    decision = first_refusal(
        ASSIGNMENT.may(assignment.status, verb),
        _holds(user, assignment, ("evaluator",), "An evaluator of the agency can."),
        may_see_inside(user, assignment),
    )
    if decision and verb in ("start", "resume"):
        decision = early_access.not_held(assignment.request, assignment.agency_id)
    if not decision or verb != "start":
        return decision
    if assignment.request.status != "window_open":
        return refuse("Testing starts when the access window opens.")
    if not RulesOfEngagement.objects.filter(assignment=assignment).exists():
        return refuse("Write the rules of engagement first.")
    newest = newest_checks(assignment)
    if not newest:
        return refuse("Access is not verified yet. Have it verified first.")
    if not any(check.passed for check in newest.values()):
        return refuse(
            "Access is not verified yet: the last verification failed. The developer's security contact was told what"
            " to mend; have it verified again after that."
        )
    return ALLOWED


def newest_checks(assignment: EvaluationAssignment) -> dict[str, AccessCheck]:
    """The newest verification with the key of each variant ("": the common key). Testing begins once one of them works;
    what is reached with another key waits for that one."""
    rows = assignment.access_checks.order_by("opening__variant", "-created_at").select_related("opening")
    return {check.variant: check for check in rows.distinct("opening__variant")}


def may_stop(user: User, assignment: EvaluationAssignment) -> Decision:
    """The developer's stop switch: always open while anything runs."""
    if not seats_of(user).holds(assignment.developer_id, "security", "drafter"):
        return refuse("Only the developer stops a test this way.", "Its security or policy lead can.")
    return ASSIGNMENT.may(assignment.status, "stop")


def opening_gate(user: User, request: EarlyAccessRequest, agency: Organisation) -> Decision:
    """What this room adds to opening a credential: an accepted assignment, the person's attestation, and the
    test plan with its rules of engagement."""
    row = EvaluationAssignment.objects.filter(request=request, agency=agency, status__in=UNDER_WAY).first()
    if row is None:
        return refuse("Your agency has no assignment under way for this request.")
    if not (inside := may_see_inside(user, row)):
        return inside
    if not RulesOfEngagement.objects.filter(assignment=row).exists():
        return refuse(
            "The test plan and the rules of engagement are not written yet: nothing is reached before both sides can read them.",
            "An evaluator of the agency writes them.",
        )
    return ALLOWED
