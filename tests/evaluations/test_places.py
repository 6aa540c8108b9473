"""Places on days: the calendar, the days of the window in each decision, turns between developers, and what is too much."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies import actions as agencies
from agencies.models import CapacityPeriod, TestingCapability
from core.days import in_days
from core.decisions import Conflict, Invalid, Refused
from early_access.models import AccessWindow, EarlyAccessRequest
from evaluations import actions
from evaluations.models import EvaluationAssignment, PlaceOverload, PlaceTurn, RoutingDecision
from evaluations.rules.places import Days, overloads, stretches, tightest
from jobs.models import Job
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements.factories import acting, in_force
from tests.early_access import factories
from tests.evaluations.test_assignments import assignment_of
from tests.evaluations.test_routing_batches import batch, placed, scheduled
from tests.world import World, client_for

pytestmark = pytest.mark.django_db
ROUTE, LOOK = "evaluations.route", "evaluations.look_at_places"
DAY = timedelta(days=1)
ONLY_TREASURY = {
    "agencies": {"agencies": ["commerce-bis", "treasury"]}
}  # the other takes the request in and tests no such thing
CYBER = "cybersecurity"


@pytest.fixture
def keeper(world: World) -> User:
    """Who answers for Treasury's places."""
    return world.person("treasury", "router")


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


def test_days_are_cut_where_anything_changes_and_the_tightest_decides() -> None:
    days = Days(at(1), at(30))
    found = stretches(days, 3, [(at(10), at(12), 1)], [(at(5), at(11), 1), (date.min, at(2), 1)])
    assert [(s.first.day, s.last.day, s.places, s.taken) for s in found] == [
        (1, 2, 3, 1), (3, 4, 3, 0), (5, 9, 3, 1), (10, 11, 1, 1), (12, 12, 1, 0), (13, 30, 3, 0),
    ]  # fmt: skip
    tight = tightest(days, 3, [(at(10), at(12), 1)], [(at(5), at(11), 1)])
    assert (tight.first, tight.last, tight.free) == (at(10), at(11), 0)
    assert overloads(stretches(days, 1, [], [(at(3), at(4), 2)])) == [
        s for s in stretches(days, 1, [], [(at(3), at(4), 2)]) if s.first == at(3)
    ]
    assert stretches(days, 2, [], [(at(3), at(4), 0)]) == stretches(days, 2, [], [])


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 12, 1), date(2026, 12, 30), "1–30 Dec 2026"),
        (date(2026, 11, 27), date(2026, 12, 26), "27 Nov – 26 Dec 2026"),
        (date(2026, 12, 24), date(2027, 1, 2), "24 Dec 2026 – 2 Jan 2027"),
        (date(2026, 12, 24), date(2026, 12, 24), "24 Dec 2026"),
    ],
)
def test_days_in_words(first: date, last: date, words: str) -> None:
    assert in_days(first, last) == words


# the calendar


def test_routing_uses_the_days_of_the_window_and_says_so(world: World, keeper: User) -> None:
    period(keeper, world, 10, 12, 0, note="Holidays")
    request = only_treasury(world, "aurora")[0]
    route([request])
    assert sentence(world, request) == f"Treasury: rule 12, cybersecurity: no places on {in_days(day(10), day(12))}"
    period(keeper, world, 40, 50, 9)  # after the window: it changes nothing
    with acting(keeper) as by:
        row = CapacityPeriod.objects.get(starts_on=day(10))
        agencies.save_period(
            agency=row.agency, period=row, row_version=1, domain=CYBER, starts_on=day(10), ends_on=day(12), places=1,
            note="One of us stays", by=by,
        )  # fmt: skip
    run_due(kinds=(LOOK, ROUTE))  # a place is free: the request that waits is routed by itself
    days = in_days(day(10), day(12))
    assert sentence(world, request) == f"Treasury: rule 12, cybersecurity, AL1, 0 of 1 places taken, {days}"
    with acting(keeper):
        row = EvaluationAssignment.objects.get(request=request)
        assert (row.tests_from, row.tests_until) == (day(0), day(29))


def test_windows_that_do_not_meet_do_not_share_places(world: World) -> None:
    usual(world, 1)
    first = only_treasury(world, "aurora")[0]
    later = {"starts_on": str(day(40)), "ends_on": str(day(59))}
    second = factories.scheduled(world, developer="basalt", window=later, **ONLY_TREASURY)
    Job.objects.filter(kind=ROUTE).update(state=Job.State.CANCELLED)
    route([first, second])
    assert placed(world)["treasury"] == [first.reference, second.reference]
    with acting(world.person("aurora", "drafter")):
        AccessWindow.objects.filter(request=first).update(ends_on=day(30), longer_by_consent=True)
    with acting(world.person("treasury", "evaluator")):
        assert EvaluationAssignment.objects.get(request=first).tests_until == day(30), "the database copies the days"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_on": 5, "ends_on": 3}, "lies before the first"),
        ({"starts_on": -9, "ends_on": -3}, "are past"),
        ({"starts_on": 0, "ends_on": 400}, "lasts a year at most"),
        ({"places": 501}, "from 0 to 500"),
        ({"places": -1}, "from 0 to 500"),
        ({"domain": "conventional_military"}, "a domain that the agency tests"),
        ({"note": "x" * 201}, "At most 200"),
        ({"starts_on": 12, "ends_on": 14}, "already has an entry of its own (2 places)"),
    ],
)
def test_what_cannot_stand_in_the_calendar(world: World, keeper: User, change: dict[str, Any], words: str) -> None:
    period(keeper, world, 10, 12, 2)
    said = {"domain": CYBER, "starts_on": 1, "ends_on": 2, "places": 1, "note": "", **change}
    said |= {name: day(said[name]) for name in ("starts_on", "ends_on")}
    with acting(keeper) as by, pytest.raises(Invalid) as refused:
        agencies.save_period(agency=world.agency("treasury"), by=by, **said)
    assert words in str(refused.value)
    with acting(keeper):
        assert CapacityPeriod.objects.count() == 1


def test_only_the_agencys_own_routing_officers_keep_its_calendar(world: World, keeper: User) -> None:
    row = period(keeper, world, 10, 12, 2, note="A private reason")
    for who in (("commerce", "router"), ("aurora", "drafter"), ("treasury", "counsel"), ("treasury", "administrator")):
        person = world.person(*who)
        with acting(person), pytest.raises(Refused):
            agencies.save_period(
                agency=world.agency("treasury"),
                domain=CYBER,
                starts_on=day(1),
                ends_on=day(2),
                places=1,
                note="",
                by=person,
            )
    for who in (("commerce", "router"), ("aurora", "drafter")):
        client = client_for(world.person(*who))
        assert client.get(f"/routing/capacity/periods/{row.pk}/").status_code == 404
        assert client.get("/routing/capacity/treasury/new/").status_code == 404
        assert "private reason" not in client.get("/routing/capacity/?agency=treasury").content.decode()
    with acting(world.person("commerce", "router")):
        assert not CapacityPeriod.objects.exists()
    assert client_for(world.person("treasury", "counsel")).get("/routing/capacity/treasury/new/").status_code == 403


def test_the_calendar_is_kept_on_pages(world: World, keeper: User) -> None:
    client, month = client_for(keeper), f"{day(10):%Y-%m}"
    said = {
        "domain": CYBER,
        "starts_on": day(10),
        "ends_on": day(12),
        "places": 0,
        "note": "Holidays",
        "row_version": 0,
    }
    assert client.post("/routing/capacity/treasury/new/", said).status_code == 302
    page = client.get(f"/routing/capacity/?month={month}").content.decode()
    assert in_days(day(10), min(day(12), day(10).replace(day=28))) in page or "Holidays" in page
    assert "No places" in page and 'role="img"' in page
    bad = client.post("/routing/capacity/treasury/new/", {**said, "starts_on": day(11)}).content.decode()
    assert 'href="#id_starts_on"' in bad and "Change that one" in bad
    with acting(keeper):
        row = CapacityPeriod.objects.get()
    path = f"/routing/capacity/periods/{row.pk}/"
    assert client.post(path, {**said, "places": 1, "row_version": 1}).status_code == 302
    stale = client.post(path, {**said, "places": 2, "row_version": 1}).content.decode()
    assert "Somebody changed this entry" in stale
    assert client.post(f"{path}remove/", {"row_version": 1}).status_code == 409
    assert client.post(f"{path}remove/", {"row_version": 2}).status_code == 302
    assert client.post(f"{path}remove/", {"row_version": 2}).status_code == 404
    assert client.post("/routing/capacity/treasury/usual/", {"domain": CYBER, "places": 7}).status_code == 302
    assert TestingCapability.objects.get(agency__slug="treasury", domain=CYBER).parallel_capacity == 7
    assert (
        "Give a number from 1" in client.post("/routing/capacity/treasury/usual/", {"domain": CYBER}).content.decode()
    )
    for odd in ("nonsense", "1999-01", "2999-01", "2026-13"):
        assert client.get(f"/routing/capacity/?month={odd}&agency=nobody").status_code == 200


def test_the_calendar_is_kept_by_programs_too(world: World, keeper: User) -> None:
    client = client_for(keeper)
    said = {"agency": "treasury", "domain": CYBER, "starts_on": str(day(10)), "ends_on": str(day(12)), "places": 0}

    def call(method: str, path: str, body: dict[str, Any], code: int) -> Any:
        extra = {"headers": {"Idempotency-Key": str(uuid4())}, "content_type": "application/json"}
        answer = getattr(client, method)(f"/api/v1/routing/capacity/{path}", body, **extra)
        assert answer.status_code == code, answer.content
        return answer.json()

    made = call("post", "", said, 201)
    assert "already has an entry" in call("post", "", said, 400)["detail"]
    assert "none of your agencies" in call("post", "", {**said, "agency": "commerce-caisi"}, 400)["detail"]
    month = client.get(f"/api/v1/routing/capacity/?month={day(10):%Y-%m}").json()
    assert month["agency"] == "treasury" and made["id"] in {p["id"] for p in month["periods"]}
    changed = call("put", f"periods/{made['id']}/", {**said, "places": 5, "row_version": 1}, 200)
    assert (changed["places"], changed["row_version"]) == (5, 2)
    call("put", f"periods/{made['id']}/", {**said, "row_version": 1}, 409)
    call("post", f"periods/{made['id']}/remove/", {"row_version": 2}, 200)
    call("put", "usual/", {"agency": "treasury", "domain": CYBER, "places": 3}, 200)
    drafter = client_for(world.person("aurora", "drafter"))
    assert drafter.get("/api/v1/routing/capacity/").status_code == 404


def test_a_month_costs_as_many_statements_with_many_periods(world: World, keeper: User) -> None:
    client, path = client_for(keeper), f"/routing/capacity/?month={day(40):%Y-%m}"
    first = day(40).replace(day=1)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    client.get(path)
    before = statements()
    for number in range(8):
        with acting(keeper) as by:
            on = first + 3 * number * DAY
            agencies.save_period(
                agency=world.agency("treasury"), domain=CYBER, starts_on=on, ends_on=on, places=number, note="", by=by
            )
    assert statements() == before


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
