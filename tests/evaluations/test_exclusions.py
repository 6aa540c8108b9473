"""Agencies that are kept out: by a routing officer for a while, by a rule, and which of several rules decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from agencies.domains import RiskDomain as D
from core.days import in_days
from core.decisions import Conflict, Invalid, Refused
from evaluations import actions, queries
from evaluations.models import RoutingDecision, RoutingExclusion
from evaluations.rules.routing import Candidate, Capability, Rule, Wanted, chosen, decide
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.evaluations.test_assignments import routed
from tests.evaluations.test_routing_batches import placed
from tests.world import World, client_for

pytestmark = pytest.mark.django_db
NSA = Candidate("defense-nsa", "Defense/NSA", (Capability(D.CYBERSECURITY, 3, 3, 0, "1–30 Dec 2026"),))
START, UNTIL = date(2026, 12, 1), date(2026, 12, 31)
CYBER = Wanted((D.CYBERSECURITY,), 1, "aurora", START)
BRINGS = Rule(4, D.CYBERSECURITY, "defense-nsa", 2)
SHUTS = Rule(2, D.CYBERSECURITY, "defense-nsa", 3, True, "", UNTIL)


def test_the_first_rule_decides_and_says_what_it_comes_before() -> None:
    kept_out = decide(CYBER, [BRINGS, SHUTS], NSA)
    assert not kept_out.placed
    assert kept_out.sentence == (
        "Defense/NSA: rule 2 keeps it out of cybersecurity until 31 Dec 2026, before rule 4, which would bring it"
    )
    brought = decide(CYBER, [BRINGS, replace(SHUTS, number=7)], NSA)
    assert brought.sentence == (
        "Defense/NSA: rule 4 (before rule 7, which would keep it out), cybersecurity, AL1, 0 of 3 places taken, "
        "1–30 Dec 2026"
    )
    assert (brought.rule_number, brought.domains) == (4, (D.CYBERSECURITY,))


@pytest.mark.parametrize(
    ("rule", "wanted", "placed_there"),
    [
        (SHUTS, CYBER, False),
        (replace(SHUTS, developer="aurora"), CYBER, False),
        (replace(SHUTS, developer="basalt"), CYBER, True),
        (SHUTS, replace(CYBER, begins=UNTIL), False),
        (SHUTS, replace(CYBER, begins=UNTIL + timedelta(days=1)), True),
        (replace(SHUTS, domain=D.CHEMICAL_BIOLOGICAL), CYBER, True),
        (replace(SHUTS, agency="treasury"), CYBER, True),
    ],
)
def test_whom_and_until_when_a_rule_keeps_out(rule: Rule, wanted: Wanted, placed_there: bool) -> None:
    assert decide(wanted, [rule, BRINGS], NSA).placed is placed_there


def test_what_comes_before_every_rule() -> None:
    recused = decide(CYBER, [BRINGS], replace(NSA, recused=True, kept_out_until=UNTIL))
    assert recused.sentence == "Defense/NSA: recused itself from tests of this developer"
    shut = replace(NSA, kept_out_until=UNTIL)
    for found in (decide(CYBER, [BRINGS], shut), chosen(CYBER, shut)):
        assert found.sentence == "Defense/NSA: excluded by a routing officer until 31 Dec 2026"


def test_whose_turn_it_is_stands_in_words_without_counting_anybody() -> None:
    tight = replace(NSA, capabilities=(Capability(D.CYBERSECURITY, 3, 3, 2, "1–30 Dec 2026", 1),))
    found = decide(CYBER, [BRINGS], tight)
    assert (found.placed, found.short, found.passed) == (False, (D.CYBERSECURITY,), True)
    assert found.sentence.endswith("; places are shared between developers, and another request is next in turn")
    full = replace(NSA, capabilities=(Capability(D.CYBERSECURITY, 3, 3, 3),))
    assert decide(CYBER, [BRINGS], full).passed is False
    weak = replace(NSA, capabilities=(Capability(D.CYBERSECURITY, 1, 3, 3),))
    assert decide(replace(CYBER, access_level=2), [BRINGS], weak).short == (), "it does not wait for a place alone"


# a routing officer's


@pytest.fixture
def router(world: World) -> User:
    return world.person("commerce", "router")


def excluded(world: World, router: User, **changes: Any) -> RoutingExclusion:
    said: dict[str, Any] = {
        "router": world.agency("commerce"), "agency": world.agency("treasury"), "developer": world.aurora,
        "until": factories.today() + timedelta(days=10), "reason": "Its range is being audited.", **changes,
    }  # fmt: skip
    with acting(router) as by:
        return actions.exclude_agency(by=by, **said)


def test_an_excluded_agency_is_left_out_until_the_day(world: World, router: User) -> None:
    row = excluded(world, router)
    request = routed(world)
    assert set(placed(world)) == {"commerce-caisi"}
    with acting(world.person("treasury", "router")):
        decision = RoutingDecision.objects.get(agency__slug="treasury")
        assert decision.sentence == f"Treasury: excluded by a routing officer until {in_days(row.until, row.until)}"
        assert not RoutingExclusion.objects.exists(), "the reason is the router's"
    with acting(world.person("aurora", "drafter")):
        assert not RoutingExclusion.objects.exists()
    client = client_for(router)
    assert client.post(f"/routing/exclusions/{row.pk}/lift/").status_code == 302
    assert client.post(f"/routing/exclusions/{row.pk}/lift/").status_code == 403
    with acting(router) as by:
        attempt = queries.attempts_of([a.pk for a in request.attempts.all()], by)[0]
        actions.route_again(attempt=attempt, by=by)
    run_due(kinds=("evaluations.route",))
    assert set(placed(world)) == {"commerce-caisi", "treasury"}


def test_it_is_about_windows_that_begin_until_the_day_and_about_one_request_if_so_said(
    world: World, router: User
) -> None:
    first = factories.scheduled(world)
    excluded(world, router, request=first)
    later = {
        "starts_on": str(factories.today() + timedelta(days=11)),
        "ends_on": str(factories.today() + timedelta(days=20)),
    }
    second = factories.scheduled(world)
    run_due(kinds=("evaluations.route",))
    assert placed(world)["treasury"] == [second.reference]
    excluded(world, router, agency=world.agency("commerce-caisi"))
    third = factories.scheduled(world, window=later)
    run_due(kinds=("evaluations.route",))
    assert third.reference in placed(world)["commerce-caisi"]


def test_what_cannot_be_excluded(world: World, router: User) -> None:
    excluded(world, router)
    with pytest.raises(Conflict, match="excluded there already"):
        excluded(world, router)
    for change, words in (
        ({"until": factories.today() - timedelta(days=1)}, "from today on"),
        ({"until": factories.today() + timedelta(days=900)}, "within two years"),
        ({"reason": "  "}, "Say why"),
        ({"reason": "x" * 2001}, "At most"),
        ({"request": factories.submitted(world, developer="basalt")}, "of this developer"),
    ):
        with pytest.raises(Invalid, match=words):
            excluded(world, router, **{"agency": world.agency("homeland"), **change})
    with pytest.raises(Refused):
        excluded(world, world.person("treasury", "router"))
    with acting(world.person("commerce", "intake")) as by, pytest.raises(Refused):
        actions.lift_exclusion(exclusion=RoutingExclusion.objects.get(), by=by)


def test_pages_and_programs_exclude(world: World, router: User) -> None:
    client = client_for(router)
    request = factories.scheduled(world)
    said = {
        "router": "commerce", "agency": "treasury", "developer": str(world.aurora.pk), "request": request.reference,
        "until": str(factories.today() + timedelta(days=9)), "reason": "A clash of dates.",
    }  # fmt: skip
    page = client.post("/routing/exclusions/new/", {**said, "request": "REQ-0000-00"}).content.decode()
    assert "There is no such request" in page and "A clash of dates." in page
    assert client.post("/routing/exclusions/new/", said).status_code == 302
    assert "excluded there already" in client.post("/routing/exclusions/new/", said).content.decode()
    page = client.get("/routing/exclusions/").content.decode()
    assert "A clash of dates." in page and request.reference in page
    del said["router"]
    body = {**said, "agency": "homeland", "request": None}
    sent = {"content_type": "application/json", "headers": {"Idempotency-Key": str(uuid4())}}
    made = client.post("/api/v1/routing/exclusions/", body, **sent)
    assert made.status_code == 201, made.content
    path = f"/api/v1/routing/exclusions/{made.json()['id']}/lift/"
    assert client.post(path, headers={"Idempotency-Key": str(uuid4())}).json()["lifted_at"]
    assert len(client.get("/api/v1/routing/exclusions/").json()["results"]) == 2
    for who, code in ((("aurora", "drafter"), 404), (("commerce", "intake"), 404)):
        for address in ("/routing/exclusions/", "/routing/exclusions/new/", "/api/v1/routing/exclusions/"):
            assert client_for(world.person(*who)).get(address).status_code in (code, 405), address
    other = client_for(world.person("defense", "router"))
    assert "A clash of dates." not in other.get("/routing/exclusions/").content.decode()


# by a rule, in a draft


def test_a_rule_keeps_an_agency_out_and_the_dry_run_says_so(world: World, router: User) -> None:
    request = routed(world)
    with acting(router) as by:
        rows = actions.draft_rules(router=world.agency("commerce"), by=by)
        kept = [
            actions.NewRule(r.domain, str(r.agency.slug), r.highest_access_level)
            for r in rows.rules.select_related("agency")
        ]
        until = factories.today() + timedelta(days=30)
        shut = actions.NewRule(D.CYBERSECURITY, "treasury", 0, True, str(world.aurora.pk), until)
        for wrong, words in (
            (replace(shut, until=None), "Say until when"),
            (replace(shut, until=factories.today() + timedelta(days=999)), "within two years"),
            (replace(shut, developer=str(uuid4())), "Choose a developer"),
            (replace(kept[0], until=until), "Only a rule that keeps an agency out"),
        ):
            with pytest.raises(Invalid, match=words):
                actions.save_rules(rule_set=rows, note="x", rules=[wrong, *kept[1:]], row_version=0, by=by)
        with pytest.raises(Invalid, match="keeps this agency out of it already"):
            actions.save_rules(rule_set=rows, note="x", rules=[shut, shut, *kept], row_version=0, by=by)
        row = actions.save_rules(rule_set=rows, note="An audit.", rules=[shut, *kept], row_version=0, by=by)
        (said,) = queries.changes(row, queries.in_force(row.router))
        assert said == (
            f"New: Department of the Treasury kept out of Cybersecurity for Aurora Cognition, until {in_days(until, until)}"
        )
        run = queries.dry_run(row, by)
        (one,) = run.differences
        assert one.request.pk == request.pk
        assert "rule 1 keeps it out of cybersecurity for this developer until" in one.lost[0]
        row = actions.save_rules(rule_set=row, note="An audit.", rules=[*kept, shut], row_version=1, by=by)
        assert queries.dry_run(row, by).differences == [], "after the rule that brings it, it decides nothing"
    page = client_for(router).get(f"/routing/rules/{row.pk}/").content.decode()
    assert "Keeps it out until" in page and "of Aurora Cognition only" in page
    page = client_for(router).get(f"/routing/rules/{row.pk}/edit/").content.decode()
    assert page.count('<option value="excludes" selected>') == 1


def test_the_dry_run_knows_recusals_exclusions_and_closed_days(world: World, router: User) -> None:
    from agencies import actions as agencies

    routed(world)
    with acting(router) as by:
        row = actions.draft_rules(router=world.agency("commerce"), by=by)
        before = {a["label"]: a["before"] for a in queries.dry_run(row, by).agencies}
        assert before == {"Commerce/CAISI": 1, "Treasury": 1}
    excluded(world, router, agency=world.agency("commerce-caisi"))
    with acting(world.person("treasury", "router")) as by:
        agencies.save_period(
            agency=world.agency("treasury"), domain=D.CYBERSECURITY, starts_on=factories.today(), places=0, note="", by=by,
            ends_on=factories.today() + timedelta(days=2),
        )  # fmt: skip
    with acting(router) as by:
        run = queries.dry_run(row, by)
        assert {a["label"]: a["before"] for a in run.agencies} == {"Commerce/CAISI": 0, "Treasury": 0}
        assert (run.nobody_before, run.differences) == (1, [])
