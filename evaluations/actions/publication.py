"""Review before publication: show the text, answer, record that it was published."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from core.decisions import Conflict, Invalid, Problem
from evaluations import notices, policies
from evaluations.actions.base import locked, needed, said
from evaluations.models import EvaluationReport, PublicationReview

LONGEST = 20_000


def _text(text: str, field: str, sentence: str) -> str:
    words = needed(text, field, sentence)
    if len(words) > LONGEST:
        raise Invalid([Problem(field, f"Keep it to {LONGEST:,} characters.")])
    return words


@transaction.atomic
def ask_publication(*, report: EvaluationReport, text: str, by: User) -> PublicationReview:
    """Show the other side what is to be published. It has the days that the agreement gave when the test was routed."""
    row = locked(report.assignment)
    report.assignment = row
    policies.may_ask_publication(by, report).require()
    side = policies.publishing_side(by, row)
    if side is None:
        raise Conflict("You have no part in this assignment any more.")
    made = PublicationReview.objects.create(
        report=report, assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, asked_for=side, asked_by=by,
        text=_text(text, "text", "Write the text that is to be published: the other side reads it."),
        due_at=timezone.now() + timedelta(days=row.publication_review_days or 0),
    )  # fmt: skip
    said(row, "publication_asked", by=by)
    _tell("publication_asked", made, made.answers, by)
    return made


def _held(review: PublicationReview) -> PublicationReview:
    row = locked(review.assignment)
    related = ("report", "agency", "developer", "asked_for")
    found = PublicationReview.objects.select_for_update(of=("self",)).select_related(*related).get(pk=review.pk)
    found.assignment = row
    return found


@transaction.atomic
def answer_publication(*, review: PublicationReview, verdict: str, remark: str = "", by: User) -> PublicationReview:
    """Say that nothing has to be left out, or what has."""
    held = _held(review)
    policies.may_answer_publication(by, held).require()
    if verdict not in PublicationReview.Verdict.values:
        raise Invalid([Problem("verdict", "Choose whether something has to be left out.")])
    words = remark.strip()
    if verdict == PublicationReview.Verdict.LEAVE_OUT:
        words = _text(remark, "remark", "Name what has to be left out, and why it is confidential.")
    held.verdict, held.remark, held.answered_by, held.answered_at = verdict, words[:LONGEST], by, timezone.now()
    held.save(update_fields=["verdict", "remark", "answered_by", "answered_at"])
    said(held.assignment, "publication_answered", by=by)
    _tell("publication_answered", held, held.asked_for, by)
    return held


@transaction.atomic
def publish(*, review: PublicationReview, by: User) -> PublicationReview:
    """Record that the text was published, which happens elsewhere. Refused while the review runs or asks for changes."""
    held = _held(review)
    policies.may_publish(by, held).require()
    held.published_by, held.published_at = by, timezone.now()
    held.save(update_fields=["published_by", "published_at"])
    said(held.assignment, "published", by=by)
    _tell("published", held, held.answers, by)
    return held


def _tell(name: str, review: PublicationReview, side: Organisation, by: User) -> None:
    """Those of one side who can do something with it."""
    roles = policies.CHECKING if side.pk == review.developer_id else ("evaluator",)
    notices.publication(name, review, [(side.pk, roles)], by)
