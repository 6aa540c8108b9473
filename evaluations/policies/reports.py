"""Who may write, check, deliver, correct and read a report, now; each answer is a Decision."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from evaluations.models import EvaluationAssignment, EvaluationReport, FactCheck
from evaluations.policies.assignments import DECIDERS, _holds, may_see_inside
from evaluations.workflow import ASSIGNMENT

CHECKING = ("drafter", "security", "counsel")
CORRECTABLE = ("report_delivered", "closed")
EVALUATOR = "An evaluator of the agency who has attested can."


def _evaluator(user: User, assignment: EvaluationAssignment) -> Decision:
    return first_refusal(
        _holds(user, assignment, ("evaluator",), EVALUATOR), may_see_inside(user, assignment)
    )  # fmt: skip


def may_write_report(user: User, assignment: EvaluationAssignment) -> Decision:
    """Save the draft: in analysis, or of a corrected version once one is delivered."""
    if assignment.status == "developer_fact_check":
        return refuse("The developer checks the facts of this draft; it can be changed when the fact check has ended.")
    if assignment.status != "analysis" and not _correctable(assignment):
        return refuse("The report is written once testing has ended.", "End testing first.")
    return _evaluator(user, assignment)


def _correctable(assignment: EvaluationAssignment) -> bool:
    return assignment.status in CORRECTABLE and assignment.request.status != "withdrawn"


def may_read_draft(user: User, assignment: EvaluationAssignment) -> Decision:
    """Read the agency's draft: evaluators of the agency who have attested. To the developer there is no such thing."""
    return _evaluator(user, assignment)


def may_ask_fact_check(user: User, assignment: EvaluationAssignment) -> Decision:
    """Send the draft to the developer, who checks its facts."""
    return first_refusal(
        ASSIGNMENT.may(assignment.status, "ask_fact_check"), _evaluator(user, assignment), _draft_exists(assignment)
    )


def may_see_fact_check(user: User, assignment: EvaluationAssignment) -> Decision:
    """Read what was sent and what the developer said to it."""
    return may_see_inside(user, assignment)


def may_comment_facts(user: User, fact_check: FactCheck) -> Decision:
    """Say something about the facts: the developer, until the fact check ends."""
    if not fact_check.is_open:
        return refuse("This fact check has ended.", "Findings can still be answered on their own pages.")
    if seats_of(user).holds(fact_check.developer_id, *CHECKING):
        return ALLOWED
    return refuse("The developer checks the facts.", "Its policy lead, security lead or counsel can.")


def may_hand_back_facts(user: User, fact_check: FactCheck) -> Decision:
    """Hand the fact check back, with or without comments."""
    return first_refusal(
        may_comment_facts(user, fact_check), ASSIGNMENT.may(fact_check.assignment.status, "hand_back_facts")
    )


def may_deliver_report(user: User, assignment: EvaluationAssignment) -> Decision:
    """Deliver the report, or a corrected version of it. Not before the developer had the days its agreement gives."""
    if not _correctable(assignment):
        moves = first_refusal(ASSIGNMENT.may(assignment.status, "deliver_report"), _facts_checked(assignment))
        if not moves:
            return moves
    return first_refusal(_evaluator(user, assignment), _draft_exists(assignment))


def _facts_checked(assignment: EvaluationAssignment) -> Decision:
    if assignment.status == "developer_fact_check":
        if assignment.fact_check_due_at and timezone.now() >= assignment.fact_check_due_at:
            return ALLOWED
        return refuse("The developer checks the facts; the report is delivered after that.", "The page says by when.")
    days = assignment.fact_check_days
    if not days or FactCheck.objects.filter(assignment=assignment).exists():
        return ALLOWED
    return refuse(
        f"The agreement gives the developer {days} {'day' if days == 1 else 'days'} to check the facts of a report "
        "before it is delivered. Send the draft for the fact check first."
    )


def _draft_exists(assignment: EvaluationAssignment) -> Decision:
    if EvaluationReport.objects.filter(assignment=assignment, delivered_at=None).exists():
        return ALLOWED
    return refuse("There is no draft yet: write the report first.")


def may_end_without_report(user: User, assignment: EvaluationAssignment) -> Decision:
    """End the assignment when no report will come."""
    return first_refusal(
        ASSIGNMENT.may(assignment.status, "end_without_report"),
        _holds(user, assignment, DECIDERS, "A routing officer or evaluator of the agency can."),
    )


def may_close(user: User, assignment: EvaluationAssignment) -> Decision:
    """Close an assignment whose report is delivered; the end of the request does the same."""
    return first_refusal(
        ASSIGNMENT.may(assignment.status, "close"),
        _holds(user, assignment, DECIDERS, "A routing officer or evaluator of the agency can."),
    )


def may_read_report(user: User, report: EvaluationReport) -> Decision:
    """Read and download a delivered version: the developer's people and evaluators who have attested."""
    return may_see_inside(user, report.assignment)
