"""This room's rows of the inbox."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.seats import Seats
from core.days import in_days
from evaluations import policies
from evaluations.models import EvaluationAssignment, EvaluationIncident, Finding, RoutingAttempt
from evaluations.queries.assignments import SENTENCES, buttons, due_at
from evaluations.queries.findings import FINDING_SENTENCES, attested_by
from evaluations.queries.incidents import INCIDENT_SENTENCES, incident_moves
from evaluations.queries.overloads import overloaded
from evaluations.workflow import ASSIGNMENT, FINDING, INCIDENT, OCCUPIES_A_PLACE, UNTOLD
from notifications.inbox import CLOSED, WAITING, YOURS, InboxItem

BOUND = 100
RECENT = timedelta(days=30)


def inbox(user: User, seats: Seats) -> list[InboxItem]:
    """This room's rows of the inbox."""
    if not seats.all or seats.is_auditor:
        return []
    since = timezone.now() - RECENT
    rows = EvaluationAssignment.objects.visible_to(user).filter(
        Q(status__in=OCCUPIES_A_PLACE) | Q(status="report_delivered") | Q(created_at__gte=since)
    ).exclude(developer__in=policies.conflicts_of(user)).select_related("agency", "request").annotate(
        checks=Count("access_checks")
    )[:BOUND]  # fmt: skip
    items = [_item(row, user) for row in rows]
    for attempt in (
        RoutingAttempt.objects.visible_to(user).filter(placed=0, resolved_at=None).select_related("request")[:BOUND]
    ):
        if seats.holds(attempt.router_id, "router"):
            why = "No agency can take it now; the board says why for each."
            items.append(
                InboxItem(
                    YOURS,
                    f"{attempt.request.reference}: nobody eligible",
                    f"{reverse('evaluations:board')}?show=open",
                    why,
                    "Routing",
                )
            )
    return items + _overloads(user) + _findings(user, seats) + _incidents(user, seats)


def _overloads(user: User) -> list[InboxItem]:
    """Agencies with fewer places than they were given requests, for whoever routed these."""
    return [
        InboxItem(
            YOURS, f"{row.agency.name}: more requests than places", reverse("evaluations:overload", args=[row.pk]),
            f"{row.get_domain_display()}, {in_days(row.first_on, row.last_on)}. Nothing was moved.", "Routing",
        )
        for row in overloaded(user)[:BOUND]
    ]  # fmt: skip


WITH_AN_OWNER = tuple(s.name for s in FINDING.states if s.owner)


def _findings(user: User, seats: Seats) -> list[InboxItem]:
    """Findings that somebody is asked to answer, and those that came to rest lately; at an agency only those of
    assignments that the person attested for. Drafts of an assignment that has ended wait for nobody."""
    rows = (
        Finding.objects.visible_to(user)
        .filter(Q(status__in=WITH_AN_OWNER) | Q(moved_at__gte=timezone.now() - RECENT))
        .exclude(Q(status=FINDING.initial), ~Q(assignment__status__in=policies.WITH_RUNS))
        .select_related("assignment")
    )
    listed = list(rows.order_by("-created_at")[:BOUND])
    attested = attested_by(user, {row.assignment_id for row in listed})
    items = []
    for row in listed:
        at_agency = row.assignment_id in attested
        if not at_agency and not seats.holds(row.shared_with_id):
            continue
        heading, _ = FINDING_SENTENCES[row.status]
        items.append(
            InboxItem(
                _group(row, seats, at_agency), f"{row.reference}: {row.title}", row.get_absolute_url(), heading,
                f"Finding, {FINDING.label(row.status).lower()}", row.answer_due_at, row.moved_at,
            )
        )  # fmt: skip
    return items


def _incidents(user: User, seats: Seats) -> list[InboxItem]:
    """Incidents that go on, and those closed lately; at an agency only of assignments that the person attested for."""
    rows = (
        EvaluationIncident.objects.visible_to(user)
        .filter(~Q(status="closed") | Q(moved_at__gte=timezone.now() - RECENT))
        .select_related("assignment__agency", "assignment__developer", "assignment__request")
    )
    listed = list(rows.order_by("-created_at")[:BOUND])
    attested = attested_by(user, {row.assignment_id for row in listed})
    items = []
    for row in listed:
        if row.assignment_id not in attested and not seats.holds(row.assignment.developer_id):
            continue
        heading, _ = INCIDENT_SENTENCES[row.status]
        mine = any(decision for _, decision in incident_moves(row, user))
        items.append(
            InboxItem(
                CLOSED if row.status == "closed" else YOURS if mine else WAITING,
                f"{row.reference}: {row.get_kind_display()}", row.get_absolute_url(), heading,
                f"Incident, {INCIDENT.label(row.status).lower()}", row.notice_due_at if row.status in UNTOLD else None,
                row.moved_at,
            )
        )  # fmt: skip
    return items


def _group(row: Finding, seats: Seats, at_agency: bool) -> str:
    owner = FINDING.state(row.status).owner
    if not owner:
        return CLOSED
    if owner == "agency":
        return YOURS if at_agency and seats.holds(row.agency_id, "evaluator") else WAITING
    return YOURS if seats.holds(row.shared_with_id, *policies.ANSWERING) else WAITING


def _item(row: EvaluationAssignment, user: User) -> InboxItem:
    heading, _ = SENTENCES[row.status]
    url = reverse("evaluations:assignment", args=[row.reference])
    moves = buttons(row, user) if row.status in (*OCCUPIES_A_PLACE, "report_delivered") else []
    if row.status not in OCCUPIES_A_PLACE:
        # Nobody owes anything, but a report that nobody has opened yet waits for its reader.
        group = YOURS if any(a["primary"] and not a["post"] for a in moves) else CLOSED
    else:
        mine = any(a["decision"] and not a["danger"] for a in moves)
        group = YOURS if mine else WAITING
    return InboxItem(
        group,
        f"{row.reference}: {row.agency.name}",
        url,
        heading,
        f"Assignment, {ASSIGNMENT.label(row.status).lower()}",
        due_at(row),
    )
