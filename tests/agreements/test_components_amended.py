"""An amendment or a renewal is read by the components that read its agreement, until the agency says otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements import actions, queries
from agreements.models import ConcurrencePlan, TestingAgreement
from core.decisions import Refused
from tests.agreements import factories as make
from tests.agreements.inside import BOTH, CANARY, OUTSIDE, concur, plan, planned, read_of, standing, told
from tests.world import World, client_for

PARTY = ("defense", "treasury")


@pytest.fixture
def agreed(world: World) -> TestingAgreement:
    """In force; the components of Defense concurred first, in turn, under a plan with a day."""
    for organisation in ("aurora", *PARTY):
        make.authority(world, organisation)
    row = planned(world, BOTH, order="sequence", answer_by=timezone.now().date() + timedelta(days=9), parties=PARTY)
    for component in BOTH:
        concur(world, row, component, CANARY)
    for agency in PARTY:
        make.concur(world, row, agency)
    signed(world, row)
    return row


def sent(world: World, amendment: TestingAgreement, home: str = "aurora") -> None:
    """To the other parties, with concurrence asked for."""
    with make.acting(world.person(home, "drafter" if home == "aurora" else "counsel")) as by:
        actions.send(agreement=make.seen(amendment, by), by=by)
        actions.open_clearance(agreement=make.seen(amendment, by), by=by)


def signed(world: World, row: TestingAgreement) -> None:
    """By all parties."""
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=make.seen(row, by), by=by)
    for organisation in ("aurora", *PARTY):
        make.sign(world, row, organisation)


def page(world: World, row: TestingAgreement, who: str) -> str:
    answer = client_for(world.person(who, "counsel")).get(f"{row.get_absolute_url()}components/")
    return answer.content.decode()


def test_the_components_of_the_agreement_are_asked_about_what_an_amendment_changes(
    world: World, agreed: TestingAgreement
) -> None:
    amendment = make.amendment_draft(world, agreed, variables={"access_days": 10})
    with make.acting(world.person("defense", "counsel")):
        assert not ConcurrencePlan.objects.filter(agreement=amendment).exists()
    with make.acting(world.person("defense-nsa", "counsel")) as by:
        assert not TestingAgreement.objects.visible_to(by).filter(pk=amendment.pk).exists(), "a draft is one side's"
    sent(world, amendment)

    found = standing(world, amendment)
    assert [part.component.slug for part in found.parts] == list(BOTH)
    assert (found.plan.order, found.plan.answer_by) == ("sequence", None), "the day was that of the agreement"
    assert [part.component.slug for part in found.parts if part.ask] == ["defense-nsa"]
    origin = f"Taken over from {agreed.reference}, where Department of Defense set this plan."
    assert f"{origin} Change the plan if" in page(world, amendment, "defense")
    read = page(world, amendment, "defense-nsa")
    assert origin in read and "Change the plan" not in read
    with make.acting(world.person("defense-nsa", "counsel")) as by:
        row = make.seen(amendment, by)
        assert queries.open_for(row, world.agency("defense-nsa").pk) == ["early_access"], "only what it changes"

    with pytest.raises(Refused, match="National Security Agency has not answered yet"):
        make.concur(world, amendment, "defense")
    make.concur(world, amendment, "treasury")
    for component in BOTH:
        concur(world, amendment, component, CANARY)
    make.concur(world, amendment, "defense")
    for who in OUTSIDE:
        read = read_of(world, amendment, who)
        assert CANARY not in read and "which components of an agency" not in read
        with make.acting(world.person(*who)):
            assert not ConcurrencePlan.objects.exists()
    timeline = read_of(world, amendment, ("defense", "counsel"), inside=True)
    assert "took over from the agreement which components of an agency concur first" in timeline

    signed(world, amendment)
    renewal = make.amendment_draft(world, agreed, variables={"term_months": 36})
    sent(world, renewal)
    assert standing(world, renewal).origin == origin, "where it was set, not where it was only taken over"
    api = client_for(world.person("defense", "counsel")).get(f"/api/v1/agreements/{renewal.reference}/components/")
    assert [row["taken_over_from"] for row in api.json()["results"]] == [agreed.reference]


def test_what_the_agency_changes_stands_for_the_next_amendment(world: World, agreed: TestingAgreement) -> None:
    first = make.amendment_draft(world, agreed, variables={"access_days": 10})
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.send(agreement=make.seen(first, by), by=by)
    plan(world, first, ("defense-cdao",))
    assert standing(world, first).origin == ""
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(first, by), by=by)
    second = make.amendment_draft(world, agreed, variables={"access_days": 12})
    sent(world, second)
    assert [p.component.slug for p in standing(world, second).parts] == list(BOTH), "the first is no part of it yet"
    concur(world, first, "defense-cdao")
    for agency in PARTY:
        make.concur(world, first, agency)
    signed(world, first)

    third = make.amendment_draft(world, agreed, home="defense", variables={"access_days": 14})
    (part,) = standing(world, third).parts
    assert part.component.slug == "defense-cdao", "who drafts has its plan at once"
    plan(world, third, ())
    sent(world, third, "defense")
    make.concur(world, third, "defense")
    assert told(world, "component_asked") == set(BOTH)
