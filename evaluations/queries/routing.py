"""Reads of routing: places taken, capacity, the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Func, QuerySet

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agencies.models import TestingCapability
from core import rls
from core.decisions import Invalid, Problem
from early_access import queries as early_access
from early_access.models import EarlyAccessRequest
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingDecision
from evaluations.workflow import OCCUPIES_A_PLACE


def places_taken(agencies: Iterable[Organisation]) -> dict[tuple[Any, str], int]:
    """(agency id, domain) → assignments that occupy a place now. Runs in the router's context, which sees them."""
    rows = EvaluationAssignment.objects.filter(agency__in=list(agencies), status__in=OCCUPIES_A_PLACE)
    each = rows.values_list("agency", Func(F("domains"), function="unnest")).annotate(taken=Count("pk"))
    return {(agency_id, domain): taken for agency_id, domain, taken in each}


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


def unroutable(user: User) -> QuerySet[RoutingAttempt]:
    """The inbox of a routing officer: attempts that placed nobody and that no newer one answers, oldest first."""
    mine = seats_of(user).with_role("router")
    rows = RoutingAttempt.objects.visible_to(user).filter(router__in=mine, placed=0, resolved_at=None)
    return rows.select_related("request", "router", "rule_set").order_by("created_at")


def on_the_board(ids: Iterable[UUID], user: User) -> list[RoutingDecision]:
    """The decisions of one page of the board, newest first, each with its request and the rules it was made by."""
    rows = RoutingDecision.objects.visible_to(user).filter(pk__in=list(ids))
    related = ("agency", "router", "chosen_by", "attempt__rule_set", "attempt__request", "attempt__developer")
    return list(rows.select_related(*related).order_by("-created_at", "-id"))


def agency_of(slug: str | None) -> Organisation | None:
    """The agency of that slug, None for None; Invalid when there is none."""
    if slug is None:
        return None
    found = Organisation.objects.filter(kind=Organisation.Kind.AGENCY, slug=slug).first()
    if found is None:
        raise Invalid([Problem("agency", "There is no agency of that name: take the slug from the choices.")])
    return found


@contextmanager
def as_the_router(*requests: EarlyAccessRequest) -> Iterator[None]:
    """Within a transaction: what a job that routes these requests sees, the developers' side and the agencies consented to.

    What comes out of it are decisions and their sentences, which routing officers read in any case.
    """
    with rls.widened(*{row.developer_id for row in requests}):
        consented = early_access.consented_of([row.pk for row in requests])
        with rls.widened(*{agency.pk for listed in consented.values() for agency in listed}):
            yield
