"""Places on days: the calendar, who keeps it, and the days of the window in each decision."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies import actions as agencies
from agencies.models import CapacityPeriod, TestingCapability
from core.days import in_days
from core.decisions import Invalid, Refused
from early_access.models import AccessWindow
from evaluations.models import EvaluationAssignment
from evaluations.rules.places import Days, overloads, stretches, tightest
from jobs.models import Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.evaluations.placing import (
    CYBER,
    DAY,
    LOOK,
    ONLY_TREASURY,
    ROUTE,
    at,
    day,
    only_treasury,
    period,
    route,
    sentence,
    usual,
)
from tests.evaluations.test_routing_batches import placed
from tests.world import World, client_for

pytestmark = pytest.mark.django_db


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
