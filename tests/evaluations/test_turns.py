"""Places that are short: turns between developers, and what is too much."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db.utils import DatabaseError
from django.test import Client

from accounts.models import User
from agencies import actions as agencies
from agencies.models import CapacityPeriod, TestingCapability
from core.days import in_days
from core.decisions import Conflict
from evaluations import actions
from evaluations.models import EvaluationAssignment, PlaceOverload, PlaceTurn, RoutingDecision
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements.factories import acting, in_force
from tests.early_access import factories
from tests.evaluations.placing import (
    CYBER,
    LOOK,
    ONLY_TREASURY,
    ROUTE,
    day,
    only_treasury,
    period,
    route,
    sentence,
    usual,
)
from tests.evaluations.test_assignments import assignment_of
from tests.evaluations.test_routing_batches import placed, scheduled
from tests.world import World, client_for

pytestmark = pytest.mark.django_db


# turns


def test_the_developer_with_fewer_places_comes_first(world: World) -> None:
    """Aurora holds a place; of two free ones each developer gets one, although both of Aurora's requests are older."""
    usual(world, 1)
    held, *rest = only_treasury(world, "aurora", "aurora", "aurora", "basalt")
    route([held])
    usual(world, 2)
    route(rest)
    assert placed(world)["treasury"] == [held.reference, rest[2].reference]
    usual(world, 3)
    route(rest[:2])
    assert placed(world)["treasury"] == [held.reference, rest[0].reference, rest[2].reference], "among equals the older"


def test_who_waits_is_placed_before_a_later_request_of_somebody_who_holds_more(world: World) -> None:
    usual(world, 1)
    held, waits, later = only_treasury(world, "aurora", "basalt", "aurora")
    route([held])
    route([waits])
    assert "1 of 1 places taken" in sentence(world, waits)
    TestingCapability.objects.filter(agency__slug="treasury", domain=CYBER).update(parallel_capacity=2)
    route([later])  # and in the same moment the one that it was passed over for
    run_due(kinds=(LOOK, ROUTE))
    assert placed(world)["treasury"] == [held.reference, waits.reference]
    with acting(world.person("commerce", "router")):
        about = RoutingDecision.objects.filter(attempt__request=later, agency__slug="treasury")
        words = list(about.order_by("created_at").values_list("sentence", flat=True))
    assert "places are shared between developers, and another request is next in turn" in words[0]
    with acting(world.staff):
        assert PlaceTurn.objects.filter(request=waits, ended_at=None).count() == 0
        assert PlaceTurn.objects.filter(request=later, ended_at=None).count() == 1


def test_a_request_that_could_not_be_placed_keeps_nobody_waiting(world: World, keeper: User) -> None:
    usual(world, 1)
    period(keeper, world, 45, 50, 0, note="Closed")
    waits = factories.scheduled(
        world, developer="basalt", window={"starts_on": str(day(25)), "ends_on": str(day(50))}, **ONLY_TREASURY
    )
    other = only_treasury(world, "aurora")[0]
    route([waits])
    assert "no places on" in sentence(world, waits)
    route([other])
    assert placed(world)["treasury"] == [other.reference]


def test_a_place_that_becomes_free_goes_to_whoever_waits(world: World) -> None:
    usual(world, 1)
    first, second = only_treasury(world, "aurora", "basalt")
    route([first, second])
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator) as by:
        actions.decline(assignment=assignment_of(world, by, "treasury"), reason="Not now.", by=by)
    run_due(kinds=(LOOK, ROUTE))
    with acting(world.staff):
        held = EvaluationAssignment.objects.get(status="proposed")
        assert held.request_id == second.pk
        assert not PlaceTurn.objects.filter(ended_at=None).exists()


def test_a_developer_reads_that_it_waits_and_nothing_of_who_else_does(world: World) -> None:
    usual(world, 1)
    first, second, third = only_treasury(world, "aurora", "basalt", "basalt")
    route([first, second, third])
    drafter = world.person("basalt", "drafter")
    page = client_for(drafter).get(f"/requests/{second.reference}/").content.decode()
    assert "Waits for a place" in page and "Places are shared between developers in turn" in page
    for word in ("places taken", "next in turn", "1 of", "Aurora"):
        assert word not in page
    with acting(drafter):
        assert set(PlaceTurn.objects.values_list("request", flat=True)) == {second.pk, third.pk}
    with acting(world.person("aurora", "drafter")):
        assert not PlaceTurn.objects.exists()
    other = client_for(drafter).get(f"/requests/{third.reference}/").content.decode()
    shown = "No place is free at this agency for these days."
    assert (shown in page) and (shown in other), "the same words for whoever is next and for whoever is not"


def test_a_withdrawn_request_leaves_the_line(world: World) -> None:
    from early_access import actions as early_access

    usual(world, 1)
    first, second = only_treasury(world, "aurora", "basalt")
    route([first, second])
    with acting(world.person("basalt", "drafter")) as by:
        early_access.withdraw(request=second, by=by)
        assert not PlaceTurn.objects.filter(ended_at=None).exists()


# too much


def test_fewer_places_than_assigned_are_an_item_on_the_board_and_nothing_moves(world: World, keeper: User) -> None:
    in_force(world, ("treasury", "commerce"), "basalt")
    requests = scheduled(world, "aurora", "basalt")
    route(requests)
    router = world.person("commerce", "router")
    client = client_for(router)
    period(keeper, world, 5, 6, 1)
    run_due(kinds=("notifications.tell",))
    assert len(placed(world)["treasury"]) == 2, "nothing is moved silently"
    page = client.get("/routing/").content.decode()
    assert "More requests than places" in page and in_days(day(5), day(6)) in page
    assert "more requests than places" in client.get("/inbox/").content.decode()
    with acting(router):
        row = PlaceOverload.objects.get(settled_at=None)
        assert (row.places, row.taken, row.domain) == (1, 2, CYBER)
        assert Notice.objects.filter(kind="evaluations.overloaded", user=router).exists()
    path = f"/routing/overloads/{row.pk}/"
    page = client.get(path).content.decode()
    assert all(r.reference in page for r in requests)
    assert page.count("checked") == 1, "as many as are too many"
    for who in (("aurora", "drafter"), ("homeland", "router"), ("treasury", "counsel")):
        assert client_for(world.person(*who)).get(path).status_code in (403, 404)
    assert "Say why in a few words" in client.post(path, {"decisions": [], "reason": " "}).content.decode()
    chosen = RoutingDecision.objects.none()
    with acting(router):
        chosen = RoutingDecision.objects.get(attempt__request=requests[1], agency__slug="treasury")
    assert client.post(path, {"decisions": [str(uuid4())], "reason": "Short."}).status_code == 200
    assert (
        client.post(path, {"decisions": [str(chosen.pk)], "reason": "Fewer people over the holidays."}).status_code
        == 302
    )
    run_due(kinds=(LOOK, ROUTE))
    with acting(world.staff):
        assert PlaceOverload.objects.get().settled_at is not None
        held = EvaluationAssignment.objects.filter(agency__slug="treasury", status="proposed")
        assert [row.request_id for row in held] == [requests[0].pk]
    assert "More requests than places" not in client.get("/routing/").content.decode()
    assert client.get(path).status_code == 403


def test_more_places_settle_it_by_themselves_and_programs_relieve_it(world: World, keeper: User) -> None:
    in_force(world, ("treasury", "commerce"), "basalt")
    route(scheduled(world, "aurora", "basalt"))
    row = period(keeper, world, 5, 6, 1)
    client = client_for(world.person("commerce", "router"))
    (found,) = client.get("/api/v1/routing/overloads/").json()["results"]
    assert (found["places"], found["taken"], len(found["movable"])) == (1, 2, 2)
    path = f"/api/v1/routing/overloads/{found['id']}/relieve/"

    def relieve(decisions: list[str], reason: str) -> int:
        body = {"decisions": decisions, "reason": reason}
        answer = client.post(path, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())})
        return int(answer.status_code)

    assert relieve(found["movable"][:1], "") == 400
    assert relieve([str(uuid4())], "x") == 400
    with acting(keeper) as by:
        agencies.remove_period(period=row, row_version=1, by=by)
    assert client.get("/api/v1/routing/overloads/").json()["results"] == []
    assert relieve(found["movable"][:1], "Too late.") == 403
    with acting(keeper) as by, pytest.raises(Conflict):
        agencies.remove_period(period=row, row_version=1, by=by)


def test_nobody_writes_into_another_agencys_calendar_past_the_actions(world: World) -> None:
    person = world.person("aurora", "drafter")
    with pytest.raises(DatabaseError), acting(person):
        CapacityPeriod.objects.create(
            agency=world.agency("treasury"), domain=CYBER, starts_on=day(1), ends_on=day(2), places=0, set_by=person
        )


def test_the_components_calendar_is_its_parents_to_keep(world: World) -> None:
    client: Client = client_for(world.person("commerce", "router"))
    page = client.get("/routing/capacity/").content.decode()
    assert "Center for AI Standards" in page and "Bureau of Industry" in page
    assert client.get("/routing/capacity/commerce-caisi/new/").status_code == 200
    reader = client_for(world.person("commerce-caisi", "evaluator")).get("/routing/capacity/").content.decode()
    assert "Set places for some days" not in reader and "Those of Center for AI" in reader
