"""Who waits for a place: written by each pass of the router, ended when a place was given or nothing is waited for any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation
from evaluations.actions.base import look_at_places
from evaluations.models import PlaceTurn
from evaluations.queries.facts import Facts
from evaluations.queries.places import Places, Turns
from evaluations.rules.routing import Placement
from jobs import actions as jobs

if TYPE_CHECKING:
    from evaluations.actions.routing import Pass

MOST = 100  # requests that one free place has the router look at
CAUSE = "A place is free again"


def note(facts: Facts, passes: Sequence[Pass], found: Mapping[UUID, Mapping[UUID, Placement]]) -> None:
    """After a batch: a turn for each request that only a place is missing for, none for any other. Whoever was passed over
    for a request that comes first has that one placed; whoever leaves the line makes room for the next."""
    known = {(one.request, agency): one for agency in _agencies(found) for one in facts.turns.at(agency)}
    begun: list[PlaceTurn] = []
    over: list[UUID] = []
    look: dict[UUID, str] = {}
    for done in passes:
        row = done.attempt.request
        for agency, placement in found[row.pk].items():
            turn = known.get((row.pk, agency))
            if turn and frozenset(placement.short) != turn.domains:
                over += PlaceTurn.objects.filter(request=row, agency=agency, ended_at=None).values_list("pk", flat=True)
                if not placement.placed and len(facts.turns.at(agency)) > 1:
                    look[agency] = f"{done.attempt.pk}:left"
            if placement.short and (turn is None or frozenset(placement.short) != turn.domains):
                days = facts.days[row.pk]
                begun.append(
                    PlaceTurn(
                        request=row, developer_id=row.developer_id, agency_id=agency, domains=list(placement.short),
                        tests_from=days.first, tests_until=days.last, asked_at=row.created_at,
                    )
                )  # fmt: skip
                if placement.passed:
                    look[agency] = f"{done.attempt.pk}:passed"
    if over:
        end(PlaceTurn.objects.filter(pk__in=over))
    if begun:
        PlaceTurn.objects.bulk_create(begun)
    for agency, occasion in look.items():
        look_at_places(agency, occasion)


def _agencies(found: Mapping[UUID, Mapping[UUID, Placement]]) -> set[UUID]:
    return {agency for here in found.values() for agency in here}


def end(turns: QuerySet[PlaceTurn, Any]) -> None:
    """These requests wait there no longer."""
    turns.filter(ended_at=None).update(ended_at=timezone.now())


def call(agency: Organisation, places: Places) -> None:
    """Have the router look at those who wait at an agency and for whom a place is free now, all in one job, which goes through
    them in turn."""
    waiting = Turns([agency.pk]).placeable(places, agency.pk)[:MOST]
    if not waiting:
        return
    named = sha256(f"{timezone.now().isoformat()}{[one.request for one in waiting]}".encode()).hexdigest()
    jobs.enqueue(
        "evaluations.route", key=f"evaluations.route:turn:{agency.pk}:{named}",
        organisations={one.developer for one in waiting},
        payload={"requests": [str(one.request) for one in waiting], "cause": CAUSE},
    )  # fmt: skip
