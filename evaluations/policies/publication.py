"""Who may ask for a review before publication, answer it, and record that something was published; each a Decision."""

from __future__ import annotations

from datetime import UTC

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, refuse
from evaluations.models import EvaluationAssignment, EvaluationReport, PublicationReview
from evaluations.policies.assignments import may_see_inside
from evaluations.policies.reports import CHECKING

WHO = "A policy lead, security lead or counsel of the developer can, or an evaluator of the agency who has attested."


def publishing_side(user: User, assignment: EvaluationAssignment) -> Organisation | None:
    """The organisation for which this person speaks of publishing."""
    seats = seats_of(user)
    if seats.holds(assignment.developer_id, *CHECKING):
        return assignment.developer
    if seats.holds(assignment.agency_id, "evaluator") and may_see_inside(user, assignment):
        return assignment.agency
    return None


def may_ask_publication(user: User, report: EvaluationReport) -> Decision:
    """Show the other side what is to be published."""
    side = publishing_side(user, report.assignment)
    if side is None:
        return refuse("Your role does not include publishing.", WHO)
    if PublicationReview.objects.filter(report=report, asked_for=side, answered_at=None, published_at=None).exists():
        return refuse("The other side has a text of yours to review. Wait for its answer, then send the next.")
    return ALLOWED


def may_answer_publication(user: User, review: PublicationReview) -> Decision:
    """Say whether something has to be left out: the other side, until it was published."""
    if not review.is_open:
        return refuse("This was answered, or published after its time.")
    side = publishing_side(user, review.assignment)
    if side is not None and side.pk == review.answers.pk:
        return ALLOWED
    return refuse("The other side answers this.", WHO)


def may_publish(user: User, review: PublicationReview) -> Decision:
    """Record that it was published: whoever asked, once the review is over or the other side has nothing against it."""
    side = publishing_side(user, review.assignment)
    if side is None or side.pk != review.asked_for_id:
        return refuse("Only the side that wants to publish records it.", WHO)
    if review.published_at is not None:
        return refuse("This is recorded as published.")
    if review.verdict == PublicationReview.Verdict.LEAVE_OUT:
        return refuse("The other side asked that something be left out. Change the text, and send it for review again.")
    if review.answered_at is None and timezone.now() < review.due_at:
        return refuse(
            f"The agreement gives the other side until {review.due_at.astimezone(UTC):%-d %b %Y, %H:%M} UTC to review the text.",
            "Publish after that, or once it has answered.",
        )
    return ALLOWED
