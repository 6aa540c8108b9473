"""Places on days: a calendar, and requests that are routed by it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from agencies import actions as agencies
from agencies.models import CapacityPeriod, TestingCapability
from early_access.models import EarlyAccessRequest
from evaluations.models import RoutingDecision
from jobs.models import Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.evaluations.test_routing_batches import batch
from tests.world import World

ROUTE, LOOK = "evaluations.route", "evaluations.look_at_places"
DAY = timedelta(days=1)
ONLY_TREASURY = {
    "agencies": {"agencies": ["commerce-bis", "treasury"]}
}  # the other takes the request in and tests no such thing
CYBER = "cybersecurity"


def day(number: int) -> date:
    return factories.today() + number * DAY


def period(keeper: User, world: World, first: int, last: int, places: int, **more: Any) -> CapacityPeriod:
    with acting(keeper) as by:
        return agencies.save_period(
            agency=world.agency("treasury"), domain=CYBER, starts_on=day(first), ends_on=day(last), places=places,
            **{"note": "", "by": by, **more},
        )  # fmt: skip


def usual(world: World, many: int) -> None:
    TestingCapability.objects.filter(agency__slug="treasury", domain=CYBER).update(parallel_capacity=many)


def sentence(world: World, request: EarlyAccessRequest, agency: str = "treasury") -> str:
    with acting(world.person("commerce", "router")):
        rows = RoutingDecision.objects.filter(attempt__request=request, agency__slug=agency)
        return str(rows.latest("created_at").sentence)


def route(requests: list[EarlyAccessRequest]) -> None:
    batch(requests, key=f"batch-{uuid4()}")
    run_due(kinds=(ROUTE,))


def only_treasury(world: World, *developers: str) -> list[EarlyAccessRequest]:
    """Scheduled requests that only Treasury may take, none of them routed."""
    found = [factories.scheduled(world, developer=developer, **ONLY_TREASURY) for developer in developers]
    Job.objects.filter(kind=ROUTE).update(state=Job.State.CANCELLED)
    return found


# arithmetic

D = date(2026, 12, 1)


def at(number: int) -> date:
    return D + (number - 1) * DAY
