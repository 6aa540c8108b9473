"""Where more is assigned than there is room for, for the router's board."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.seats import seats_of
from core import rls
from evaluations.models import EvaluationAssignment, PlaceOverload, RoutingDecision
from evaluations.workflow import BEFORE_TESTING

MOST = 50


def overloaded(user: User) -> QuerySet[PlaceOverload]:
    """Open items of the routers that this person acts for, the nearest days first."""
    mine = seats_of(user).with_role("router")
    rows = PlaceOverload.objects.visible_to(user).filter(router__in=mine, settled_at=None)
    return rows.select_related("agency", "router").order_by("first_on", "created_at")


def movable(overload: PlaceOverload) -> list[RoutingDecision]:
    """The router's own requests at the agency that take a place on these days and are not tested yet, the newest first. Which
    days an assignment takes is the agency's row, read for the router as routing itself reads it."""
    with transaction.atomic(), rls.widened(overload.agency_id):
        held = EvaluationAssignment.objects.filter(
            agency=overload.agency_id, status__in=BEFORE_TESTING, domains__contains=[overload.domain],
            tests_from__lte=overload.last_on, tests_until__gte=overload.first_on,
        )  # fmt: skip
        attempts = set(held.values_list("attempt", flat=True))
    rows = RoutingDecision.objects.filter(
        router=overload.router_id, agency=overload.agency_id, attempt__in=attempts, superseded_at=None,
        status__in=BEFORE_TESTING,
    )  # fmt: skip
    related = ("agency", "router", "attempt__request", "attempt__developer", "attempt__rule_set")
    return list(rows.select_related(*related).order_by("-created_at", "-id")[:MOST])
