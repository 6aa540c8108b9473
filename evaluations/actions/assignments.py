"""Receive, accept, decline, lapse, attest, prepare, move, stop."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.decisions import Invalid, Problem
from evaluations import notices, policies
from evaluations.actions import endings, fact_checks
from evaluations.actions.base import begin_analysis, locked, made, needed, said
from evaluations.models import Attestation, EvaluationAssignment, RoutingDecision, RulesOfEngagement
from evaluations.policies import DECIDERS
from evaluations.workflow import UNANSWERED
from jobs import actions as jobs

STATEMENT = (
    "I have read the agreement's terms on confidentiality, use and nondisclosure and will keep to them. I have no "
    "financial or personal interest in this developer or in a competitor of it. I will use access only for this "
    "assignment and only within its rules of engagement, and I will report an incident at once."
)


@transaction.atomic
def receive(*, assignment: EvaluationAssignment) -> None:
    """Done by the agency's own worker: the assignment has reached the agency, and its people are told."""
    row = locked(assignment)
    if row.received_at is None:
        row.received_at = timezone.now()
        row.save(update_fields=["received_at"])
        said(row, "received", by=None)
        to = [(row.agency_id, DECIDERS), *([(row.agency.parent_id, ("router",))] if row.agency.parent_id else [])]
        notices.tell("proposed", row, to)


@transaction.atomic
def accept(*, assignment: EvaluationAssignment, by: User) -> None:
    """The agency takes it on."""
    row = locked(assignment)
    policies.may_accept(by, row).require()
    made(row, "accept", by=by)
    notices.tell("accepted", row, [(row.developer_id, ("drafter", "security"))], by)


@transaction.atomic
def decline(*, assignment: EvaluationAssignment, reason: str, by: User) -> None:
    """The agency turns it down; the request is routed again without it. Its reason stands on the router's board and not
    on the assignment, which the developer reads."""
    row = locked(assignment)
    policies.may_decline(by, row).require()
    words = needed(reason, "reason", "Give the reason: the router reads it.")
    made(row, "decline", by=by)
    RoutingDecision.objects.filter(attempt=row.attempt_id, agency=row.agency_id).update(ended_reason=words)
    jobs.enqueue(
        "evaluations.route", key=f"evaluations.route:{row.request_id}:declined:{row.pk}",
        organisations=[row.developer_id], payload={"request": str(row.request_id), "cause": "An agency declined"},
    )  # fmt: skip


@transaction.atomic
def remind_of_answer(*, assignment: EvaluationAssignment) -> bool:
    """The clock, a day before: the agency's people are told that an answer is still missing; whether it was."""
    row = locked(assignment)
    if row.status != "proposed":
        return False
    said(row, "answer_reminded", by=None, only_agency=True)
    notices.tell("answer_due", row, [(row.agency_id, DECIDERS)])
    return True


@transaction.atomic
def lapse(*, assignment: EvaluationAssignment) -> bool:
    """The clock: without an answer by the due date the place is free and the request is routed again; whether it was.

    Whoever takes the lock first decides: an answer that came before leaves nothing to do here.
    """
    row = locked(assignment)
    if row.status != "proposed" or timezone.now() < row.answer_due_at:
        return False
    row.ended_reason = UNANSWERED
    made(row, "lapse", by=None, reason=UNANSWERED)
    jobs.enqueue(
        "evaluations.route", key=f"evaluations.route:{row.request_id}:lapsed:{row.pk}",
        organisations=[row.developer_id], payload={"request": str(row.request_id), "cause": "An agency did not answer"},
    )  # fmt: skip
    notices.tell("lapsed", row, [(row.agency_id, DECIDERS), (row.developer_id, ("drafter", "security"))])
    return True


@transaction.atomic
def attest(*, assignment: EvaluationAssignment, typed_name: str, consented: bool, by: User) -> Attestation:
    """An evaluator's statement, once per person and assignment."""
    row = locked(assignment)
    policies.may_attest(by, row).require()
    problems = [] if consented else [Problem("consented", "Tick the box to make the statement.")]
    if " ".join(typed_name.split()).casefold() != " ".join(by.name.split()).casefold():
        problems.append(Problem("typed_name", f"Type your name as it is recorded: {by.name}."))
    if problems:
        raise Invalid(problems)
    statement = Attestation.objects.create(
        assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, evaluator=by, statement=STATEMENT,
        typed_name=typed_name.strip(),
    )  # fmt: skip
    said(row, "attested", by=by)
    return statement


@transaction.atomic
def prepare(
    *, assignment: EvaluationAssignment, targets: str, plan: str, egress: str, stop_conditions: str, by: User
) -> None:  # fmt: skip
    """Write the rules of engagement with the test plan; both sides read them."""
    row = locked(assignment)
    policies.may_prepare(by, row).require()
    RulesOfEngagement.objects.create(
        assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, agreed_by=by,
        targets=needed(targets, "targets", "Say what will be tested."),
        plan=needed(plan, "plan", "Say what will be run: suites, attempts, budgets."),
        egress=needed(egress, "egress", "Say which addresses the test reaches."),
        stop_conditions=needed(stop_conditions, "stop_conditions", "Say when the test stops."),
    )  # fmt: skip
    made(row, "prepare", by=by)


@transaction.atomic
def move(*, assignment: EvaluationAssignment, verb: str, by: User) -> None:
    """Start, resume, or end testing."""
    row = locked(assignment)
    policies.may_move(by, row, verb).require()
    if verb == "analyse":
        begin_analysis(row, by=by)
    else:
        made(row, verb, by=by)


@transaction.atomic
def pause(*, assignment: EvaluationAssignment, reason: str, by: User) -> None:
    """Let testing rest, with a reason that both sides read; the clock of the window goes on."""
    row = locked(assignment)
    policies.may_move(by, row, "pause").require()
    made(row, "pause", by=by, reason=needed(reason, "reason", "Say why in a few words: the developer reads it."))


@transaction.atomic
def stop(*, assignment: EvaluationAssignment, reason: str, by: User) -> None:
    """The developer's stop switch."""
    row = locked(assignment)
    policies.may_stop(by, row).require()
    row.ended_reason = needed(reason, "reason", "Say why in a few words: the agency reads it.")
    row.access_revoked_at = timezone.now()
    fact_checks.end_open(row, row.access_revoked_at)
    made(row, "stop", by=by, reason=row.ended_reason)
    endings.ask_reconciliation(row, "stopped")
    notices.tell("stopped", row, [(row.agency_id, DECIDERS)], by)
