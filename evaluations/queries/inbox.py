"""This room's rows of the inbox."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.seats import Seats
from evaluations.models import EvaluationAssignment, RoutingAttempt
from evaluations.queries.assignments import SENTENCES, buttons
from evaluations.workflow import ASSIGNMENT, OCCUPIES_A_PLACE
from notifications.inbox import CLOSED, WAITING, YOURS, InboxItem

BOUND = 100
RECENT = timedelta(days=30)


def inbox(user: User, seats: Seats) -> list[InboxItem]:
    """This room's rows of the inbox."""
    if not seats.all:
        return []
    since = timezone.now() - RECENT
    rows = EvaluationAssignment.objects.visible_to(user).filter(
        Q(status__in=OCCUPIES_A_PLACE) | Q(created_at__gte=since)
    ).select_related("agency", "request").annotate(checks=Count("access_checks"))[:BOUND]  # fmt: skip
    items = [_item(row, user) for row in rows]
    for attempt in (
        RoutingAttempt.objects.visible_to(user).filter(placed=0, resolved_at=None).select_related("request")[:BOUND]
    ):
        if seats.holds(attempt.router_id, "router"):
            why = "No agency can take it now; the board says why for each."
            items.append(
                InboxItem(
                    YOURS, f"{attempt.request.reference}: nobody eligible", reverse("evaluations:board"), why, "Routing"
                )
            )
    return items


def _item(row: EvaluationAssignment, user: User) -> InboxItem:
    heading, _ = SENTENCES[row.status]
    url = reverse("evaluations:assignment", args=[row.reference])
    if row.status not in OCCUPIES_A_PLACE:
        group = CLOSED
    else:
        mine = any(a["decision"] and not a["danger"] for a in buttons(row, user))
        group = YOURS if mine else WAITING
    due = row.answer_due_at if row.status == "proposed" else None
    return InboxItem(
        group,
        f"{row.reference}: {row.agency.name}",
        url,
        heading,
        f"Assignment, {ASSIGNMENT.label(row.status).lower()}",
        due,
    )
