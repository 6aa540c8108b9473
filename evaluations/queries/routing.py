"""Reads of routing: places taken, capacity, the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core import rls
from core.decisions import Invalid, Problem
from early_access import queries as early_access
from early_access.models import EarlyAccessRequest
from evaluations.models import RoutingAttempt, RoutingDecision
from evaluations.queries.places import Places
from evaluations.rules.places import Days


def capacity(agency: Organisation) -> list[dict[str, Any]]:
    """Each domain an agency tests with its places today, for its own people."""
    today = timezone.now().date()
    held = Places([agency.pk], Days(today, today))
    rows = sorted(held.capabilities[agency.pk], key=lambda row: row.domain)
    return [{"capability": row, "now": held.on(agency.pk, row.domain, Days(today, today))} for row in rows]


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
