"""More assigned than there is room for: an item for each router concerned, settled by itself once it fits; and the way out, which
a routing officer takes. Nothing is moved silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from core.decisions import Invalid, Problem
from evaluations import notices, policies, queries
from evaluations.actions import turns
from evaluations.actions.base import needed
from evaluations.actions.reassigning import reassign
from evaluations.models import EvaluationAssignment, PlaceOverload, RoutingDecision
from evaluations.queries.places import Places
from evaluations.rules.places import Days, Stretch, overloads
from evaluations.workflow import OCCUPIES_A_PLACE

HORIZON = timedelta(days=400)  # how far ahead assignments are looked at


@transaction.atomic
def look_at_places(*, agency: Organisation) -> None:
    """Places of an agency changed or became free: raise and settle items of too much, and call whoever's turn it is. In a
    context that sees the agency's rows."""
    today = timezone.now().date()
    days = Days(today, today + HORIZON)
    places = Places([agency.pk], days, lock=True)
    _settle(agency, places, days)
    turns.call(agency, places)


def capacity_changed(agency: Organisation) -> None:
    """In the context of whoever keeps the agency's places."""
    look_at_places(agency=agency)


def _settle(agency: Organisation, places: Places, days: Days) -> None:
    rows = PlaceOverload.objects.select_for_update(of=("self",)).filter(agency=agency, settled_at=None)
    known = {(row.domain, row.router_id): row for row in rows}
    for capability in places.capabilities[agency.pk]:
        worst = _worst(agency, capability.domain, overloads(places.through(agency.pk, capability.domain, days)))
        for router, stretch in worst.items():
            row = known.pop((capability.domain, router), None)
            new = row is None
            row = row or PlaceOverload(agency=agency, router_id=router, domain=capability.domain)
            row.first_on, row.last_on, row.places, row.taken = (
                stretch.first,
                stretch.last,
                stretch.places,
                stretch.taken,
            )
            row.save()
            if new:
                notices.overloaded(row)
    for row in known.values():
        row.settled_at = timezone.now()
        row.save(update_fields=["settled_at"])


def _worst(agency: Organisation, domain: str, found: Sequence[Stretch]) -> dict[UUID, Stretch]:
    """Router → the stretch on which most is too much among those that its requests are part of."""
    if not found:
        return {}
    held = EvaluationAssignment.objects.filter(
        agency=agency, status__in=OCCUPIES_A_PLACE, domains__contains=[domain], tests_from__lte=found[-1].last
    )
    spans = {
        attempt: (first, last) for attempt, first, last in held.values_list("attempt", "tests_from", "tests_until")
    }
    rows = RoutingDecision.objects.filter(agency=agency, attempt__in=spans)
    worst: dict[UUID, Stretch] = {}
    for attempt, router in rows.values_list("attempt", "router"):
        first, last = spans[attempt]
        for stretch in found:
            meets = Days(stretch.first, stretch.last).meet(first, last or stretch.last)
            if meets and (router not in worst or stretch.free < worst[router].free):
                worst[router] = stretch
    return worst


@transaction.atomic
def relieve(*, overload: PlaceOverload, decisions: Iterable[UUID], reason: str, by: User) -> int:
    """A routing officer takes these requests back from the agency, for whoever the rules find; how many. The reason is read by
    the agencies."""
    policies.may_relieve(by, overload).require()
    words = needed(reason, "reason", "Say why in a few words: the agencies read it.")
    offered = {row.pk: row for row in queries.movable(overload)}
    chosen = sorted(set(decisions), key=str)
    if not chosen:
        raise Invalid([Problem("decisions", "Choose at least one request to route again.")])
    if any(key not in offered for key in chosen):
        raise Invalid([Problem("decisions", "One of these is not the agency's any more. Look at the page again.")])
    for key in chosen:
        reassign(decision=offered[key], agency=None, reason=words, by=by)
    return len(chosen)
