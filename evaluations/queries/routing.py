"""Reads of routing: places taken, capacity, the board."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from accounts.models import Organisation, User
from agencies.models import TestingCapability
from evaluations.models import EvaluationAssignment, RoutingAttempt
from evaluations.workflow import OCCUPIES_A_PLACE


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


def attempts_of(ids: Iterable[UUID], user: User) -> list[RoutingAttempt]:
    """The attempts of one page of the board, newest first, each with its decisions."""
    rows = RoutingAttempt.objects.visible_to(user).filter(pk__in=list(ids))
    found = rows.select_related("request", "rule_set", "router").prefetch_related("decisions__agency")
    return list(found.order_by("-created_at", "-id"))
