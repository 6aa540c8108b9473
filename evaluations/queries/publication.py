"""Reads of reviews before publication."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from evaluations import policies
from evaluations.models import EvaluationReport, PublicationReview

BOUND = 50


def publications(report: EvaluationReport, user: User) -> list[dict[str, Any]]:
    """Texts that either side wanted to publish, newest first, with what this person can do about each."""
    related = ("agency", "developer", "asked_for", "asked_by", "answered_by", "published_by")
    rows = PublicationReview.objects.visible_to(user).filter(report=report).select_related(*related)
    found = []
    for row in rows.order_by("-created_at", "-id")[:BOUND]:
        row.assignment = report.assignment
        may_publish = policies.may_publish(user, row)
        found.append(
            {
                "row": row, "may_answer": policies.may_answer_publication(user, row), "may_publish": may_publish,
                "mine": policies.publishing_side(user, report.assignment) == row.asked_for,
            }
        )  # fmt: skip
    return found
