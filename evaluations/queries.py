"""Reads of the room: assignments for a person, the routing board, the inbox, whose move it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import Seats, seats_of
from agencies.models import TestingCapability
from core.decisions import Decision
from evaluations import policies
from evaluations.models import EvaluationAssignment, RoutingAttempt
from evaluations.workflow import ASSIGNMENT, OCCUPIES_A_PLACE, UNDER_WAY
from notifications.inbox import CLOSED, WAITING, YOURS, InboxItem

BOUND = 100
RECENT = timedelta(days=30)


def places_taken(agencies: Iterable[Organisation]) -> dict[tuple[Any, str], int]:
    """(agency id, domain) → assignments that occupy a place now. Runs in the router's context, which sees them."""
    taken: dict[tuple[Any, str], int] = {}
    rows = EvaluationAssignment.objects.filter(agency__in=list(agencies), status__in=OCCUPIES_A_PLACE)
    for agency_id, domains in rows.values_list("agency_id", "domains"):
        for domain in domains:
            taken[agency_id, domain] = taken.get((agency_id, domain), 0) + 1
    return taken


def capacity(agency: Organisation) -> list[dict[str, Any]]:
    """Each domain an agency tests with its places, for its own people."""
    taken = places_taken([agency])
    rows = TestingCapability.objects.filter(agency=agency, is_active=True).order_by("domain")
    return [{"capability": c, "taken": taken.get((agency.pk, c.domain), 0)} for c in rows]


def board(user: User) -> list[RoutingAttempt]:
    """The newest attempts of the routers this person sits with, each with its decisions."""
    rows = RoutingAttempt.objects.visible_to(user).select_related("request", "rule_set", "router")
    return list(rows.prefetch_related("decisions__agency").order_by("-created_at")[:BOUND])


def next_action(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The panel at the top of an assignment: whose move, why, by when, and the buttons with their decisions."""
    heading, why = SENTENCES[assignment.status]
    due = assignment.answer_due_at if assignment.status == "proposed" else None
    return {"heading": heading, "why": why, "due_at": due, "actions": _buttons(assignment, user)}


def _buttons(assignment: EvaluationAssignment, user: User) -> list[dict[str, Any]]:
    def button(
        verb: str, label: str, decision: Decision, *, page: bool = False, danger: bool = False
    ) -> dict[str, Any]:
        name = verb if page else "move"
        arguments = [assignment.reference] if page else [assignment.reference, verb]
        return {
            "label": label, "url": reverse(f"evaluations:{name}", args=arguments), "post": not page,
            "decision": decision, "primary": bool(decision) and not danger, "danger": danger,
        }  # fmt: skip

    found: list[dict[str, Any]] = []
    seats = seats_of(user)
    at_agency, status = seats.holds(assignment.agency_id), assignment.status
    if at_agency and status == "proposed":
        found.append(button("accept", "Accept", policies.may_accept(user, assignment)))
        found.append(button("decline", "Decline", policies.may_decline(user, assignment), page=True, danger=True))
    if at_agency and status in UNDER_WAY and (attest := policies.may_attest(user, assignment)):
        found.append(button("attest", "Attest", attest, page=True))
    if at_agency and status == "accepted":
        found.append(button("prepare", "Write rules of engagement", policies.may_prepare(user, assignment), page=True))
    if at_agency and status in ("preparing", "running", "paused"):
        found.append(button("verify", "Verify access now", policies.may_verify(user, assignment)))
    for verb in ("start", "pause", "resume", "analyse"):
        if at_agency and status in ASSIGNMENT.move(verb).sources and verb != "pause":
            found.append(button(verb, ASSIGNMENT.move(verb).label, policies.may_move(user, assignment, verb)))
    if seats.holds(assignment.developer_id) and (stop := policies.may_stop(user, assignment)):
        found.append(button("stop", "Stop testing", stop, page=True, danger=True))
    return found


SENTENCES = {
    "proposed": ("The agency’s move: accept or decline", "The router proposed it for the reasons below."),
    "accepted": ("The agency’s move: attest and agree the rules", "Nobody sees anything inside before attesting."),
    "declined": ("Declined", "The request was routed again without this agency."),
    "preparing": ("The agency’s move: start when access is verified", "Testing starts in the open window, once access is verified."),
    "running": ("The agency is testing", "The developer can stop it at any time; access ends with the window."),
    "paused": ("Paused", "Testing rests; the clock of the window does not."),
    "analysis": ("The agency’s move: write up what was found", "Access is not needed any more."),
    "developer_fact_check": ("The developer’s move: check the facts", "Facts only; a dispute stands beside the finding."),
    "report_delivered": ("Report delivered", "The developer has the report."),
    "closed": ("Closed", "Nothing is open here."),
    "stopped": ("Stopped", "The test ended before its time; nothing of the developer’s may be used any more."),
}  # fmt: skip


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
        mine = any(a["decision"] and not a["danger"] for a in _buttons(row, user))
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
