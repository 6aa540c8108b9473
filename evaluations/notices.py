"""What is said to whom about assignments: references and links only."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from evaluations.models import EvaluationAssignment, RoutingAttempt
from notifications import actions as notify
from notifications import kinds

KINDS = {
    "proposed": "An assignment was proposed to your agency",
    "accepted": "An agency accepted an assignment",
    "declined": "An agency declined an assignment",
    "verified": "Access was verified",
    "not_verified": "Access verification failed",
    "stopped": "A test was stopped",
    "nobody": "No agency can take a request",
}


def register() -> None:
    """The kinds of this room."""
    for name, label in KINDS.items():
        kinds.register(f"evaluations.{name}", label=label)


def tell(
    name: str, assignment: EvaluationAssignment, to: Sequence[tuple[UUID, Sequence[str]]], by: User | None = None
) -> None:
    """One of KINDS about an assignment."""
    notify.tell(
        f"evaluations.{name}", about=assignment, to=to, url=reverse("evaluations:assignment", args=[assignment.reference]),
        context={"reference": assignment.reference}, by=by,
    )  # fmt: skip


def nobody(attempt: RoutingAttempt) -> None:
    """The router's inbox, with why on the board."""
    notify.tell(
        "evaluations.nobody", about=attempt, to=[(attempt.router_id, ("router",))], url=reverse("evaluations:board"),
        context={"reference": attempt.request.reference},
    )  # fmt: skip
