"""Components that concur inside their agency: the plan, who answers, and in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership
from agreements import actions, moves, policies, queries
from agreements.models import (
    Concurrence,
    ConcurrenceAsk,
    ConcurrencePlan,
    TestingAgreement,
)
from audit.queries import timeline
from core import rls
from core.decisions import Conflict, Invalid, Refused
from notifications.duties import board
from notifications.inbox import WAITING, YOURS
from tests.agreements import factories as make
from tests.agreements.inside import (
    BOTH,
    CANARY,
    PARTIES,
    concur,
    item_of,
    moves_of,
    plan,
    planned,
    refuse,
    told,
)
from tests.world import World, client_for

# The plan


def test_without_a_plan_nothing_is_different(world: World) -> None:
    row = make.in_clearance(world, PARTIES)
    for component in BOTH:
        person = world.person(component, "counsel")
        assert client_for(person).get(row.get_absolute_url()).status_code == 404
        assert item_of(world, component) is None
    make.concur(world, row, "defense")
    assert told(world, "component_asked") == set()
    page = client_for(world.person("treasury", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    assert "has no component in Concord that could answer, so there is nothing to plan" in page
    page = client_for(world.person("defense", "signatory")).get(f"{row.get_absolute_url()}components/").content.decode()
    assert "Its counsel can, on this page" in page and "Choose components" not in page


def test_the_agency_concurs_after_its_components_and_is_told_who_is_out(world: World) -> None:
    row = planned(world)
    assert told(world, "component_asked") == set(BOTH)
    with pytest.raises(Refused, match="National Security Agency has not answered yet, and the plan") as no:
        make.concur(world, row, "defense")
    assert no.value.decision.who_can == "Its counsel can: Leonie Marsh."
    assert item_of(world, "defense") == (WAITING, moves_of(world, row, "defense"), None)
    assert "0 of 2 components have answered" in moves_of(world, row, "defense")
    concur(world, row, "defense-nsa", "Fine with us.")
    with pytest.raises(Refused, match="Chief Digital and Artificial Intelligence Office has not answered yet"):
        make.concur(world, row, "defense")
    assert told(world, "components_done") == set()
    concur(world, row, "defense-cdao")
    assert told(world, "components_done") == {"defense"}
    assert item_of(world, "defense")[0] == YOURS
    make.concur(world, row, "treasury")  # who waits for nobody
    make.concur(world, row, "defense")
    with make.acting(world.person("aurora", "drafter")) as by:
        assert queries.not_concurred(make.seen(row, by)) == []
        assert Concurrence.every.filter(agreement=row).count() == 2
    with make.acting(world.person("defense", "counsel")) as by, pytest.raises(Refused, match="has concurred with this"):
        actions.set_component_plan(
            agreement=make.seen(row, by), by=by, agency=world.agency("defense"), components=[], order="parallel",
            blind=False,
        )  # fmt: skip
    with pytest.raises(Refused, match="asks nothing of its components now"):
        refuse(world, row, "defense-nsa")


def test_the_person_of_a_component_is_asked_until_a_day_and_reads_the_text(world: World) -> None:
    day = timezone.now().date() + timedelta(days=9)
    row = planned(world, answer_by=day, by_day=day + timedelta(days=10))
    group, why, due = item_of(world, "defense-nsa")
    assert (group, due.date()) == (YOURS, day)
    assert (
        why
        == f"The concurrence of National Security Agency is asked for inside Department of Defense by {day:%-d %b %Y}."
    )
    with make.acting(world.person("defense-nsa", "counsel")) as by:
        found = make.seen(row, by)
        move = moves.next_action(found, by)
        assert (move["mine"], move["due_at"], move["heading"]) == (True, day, why)
        assert move["actions"][0]["url"].endswith("/components/")
        (duty,) = [r.duty for r in board(by) if r.duty.kind == "Concurrence" and r.ours]
        assert (duty.due, duty.owes, duty.url) == (day, world.agency("defense-nsa").pk, move["actions"][0]["url"])
    client = client_for(world.person("defense-nsa", "counsel"))
    for place in ("", "negotiation/", "versions/1/", "components/", "redline/"):
        assert client.get(f"{row.get_absolute_url()}{place}").status_code == 200, place
    page = client.get(f"{row.get_absolute_url()}components/").content.decode()
    assert "Answer for National Security Agency" in page and "Open for your component: 16 of 16 clauses" in page
    concur(world, row, "defense-nsa")
    assert item_of(world, "defense-nsa") is None
    with make.acting(world.person("defense-nsa", "counsel")) as by:
        assert not [r for r in board(by) if r.duty.kind == "Concurrence" and r.ours]


def test_a_plan_that_cannot_be_meant_is_refused_in_words(world: World) -> None:
    row = make.negotiated(world, (*PARTIES, "commerce"))
    for wrong, words in (
        ({"chosen": ("treasury",)}, "no component of your agency"),
        ({"chosen": ("commerce-caisi",)}, "no component of your agency"),
        ({"chosen": ("defense-nsa", "defense-nsa")}, "Name each component once"),
        ({"order": "sequence", "blind": True}, "each component knows that those before it concurred"),
        ({"order": "sideways"}, "Choose whether the components are asked at once"),
        ({"answer_by": timezone.now().date()}, "The day lies after today"),
    ):
        with pytest.raises(Invalid, match=words):
            plan(world, row, **wrong)
    for who, words in (("treasury", "says which of its components"), ("aurora", "says which of its components")):
        with pytest.raises(Refused, match=words):
            plan(world, row, who=who)
    with make.acting(world.person("defense", "signatory")) as by:
        assert not policies.may_set_component_plan(by, make.seen(row, by), world.agency("defense"))
    with make.acting(world.person("defense", "counsel")):
        assert not ConcurrencePlan.objects.exists()


def test_a_component_that_is_a_party_speaks_for_itself(world: World) -> None:
    row = make.negotiated(world, ("defense", "defense-nsa"))
    with pytest.raises(Invalid, match="defense-nsa: no component"):
        plan(world, row)
    plan(world, row, ("defense-cdao",))


def test_whoever_is_taken_out_of_the_plan_reads_nothing_any_more(world: World) -> None:
    row = planned(world)
    concur(world, row, "defense-cdao")
    nsa = client_for(world.person("defense-nsa", "counsel"))
    assert nsa.get(row.get_absolute_url()).status_code == 200
    plan(world, row, ("defense-cdao",))
    assert nsa.get(row.get_absolute_url()).status_code == 404
    assert item_of(world, "defense-nsa") is None
    with make.acting(world.person("defense-nsa", "counsel")):
        assert not TestingAgreement.objects.exists() and not ConcurrenceAsk.objects.exists()
    make.concur(world, row, "defense")
    second = planned(world)
    plan(world, second, ())
    make.concur(world, second, "defense")


def test_a_component_that_is_put_in_later_is_asked_at_once(world: World) -> None:
    row = make.in_clearance(world, PARTIES)
    plan(world, row, ("defense-nsa",))
    assert told(world, "component_asked") == {"defense-nsa"}
    plan(world, row, ("defense-nsa",))
    with make.acting(world.person("defense", "counsel")) as by:
        said = [e["sentence"] for e in timeline(make.seen(row, by), by)]
        assert said.count("set which components of their agency concur first") == 1, "saved twice is set once"
    plan(world, row, BOTH)
    assert told(world, "component_asked") == set(BOTH)
    concur(world, row, "defense-cdao")


# Who answers


def test_only_counsel_who_sits_there_answers_for_a_component(world: World) -> None:
    row = planned(world)

    def tried(who: str, role: str, component: str = "defense-nsa") -> str:
        with make.acting(world.person(who, role)) as by, pytest.raises(Refused) as no:
            found = make.seen(row, by)
            actions.concur_for_component(
                agreement=found, by=by, component=world.agency(component), text_hash=found.current.text_hash
            )
        return no.value.decision.sentence

    own = "Its counsel can: Leonie Marsh."
    assert tried("defense", "counsel") == (
        f"You do not sit in National Security Agency itself, and a component answers through its own counsel. {own}"
    )
    assert tried("defense-nsa", "evaluator") == (
        f"Your role in National Security Agency does not include its concurrence. {own}"
    )
    assert tried("defense-cdao", "counsel").startswith("You do not sit in National Security Agency itself")
    assert "No plan of an agency names this component" in tried("treasury", "counsel")
    assert "No plan of an agency names this component" in tried("aurora", "counsel")


def test_a_component_without_counsel_says_who_gives_the_role(world: World) -> None:
    row = planned(world)
    nsa = world.person("defense-nsa", "counsel")
    with rls.context(user=nsa.pk, actor="system:test"):
        Membership.objects.filter(user=nsa).update(roles=["evaluator"])
    with pytest.raises(Refused) as no:
        make.concur(world, row, "defense")
    assert no.value.decision.who_can.startswith("Nobody there has the role of counsel. An administrator of National")
    page = client_for(world.person("defense", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    assert "Nobody there has the role of counsel" in page


def test_a_refusal_names_clause_and_reason_and_can_be_thought_over(world: World) -> None:
    row = planned(world)
    for said, words in (
        ({"words": " "}, "Give the reason, so that your agency"),
        ({"clause_ids": []}, "Name at least one clause"),
        ({"clause_ids": ["nowhere"]}, "not in the current version"),
        ({"words": "x" * 5001}, "longer than 5,000"),
    ):
        with pytest.raises(Invalid, match=words):
            refuse(world, row, "defense-nsa", **said)
    with pytest.raises(Conflict, match="A newer version stands"):
        refuse(world, row, "defense-nsa", text_hash="0" * 64)
    concur(world, row, "defense-cdao")
    made = refuse(world, row, "defense-nsa", CANARY)
    assert (made.clause_ids, made.verdict) == (["publication"], "refuse")
    assert refuse(world, row, "defense-nsa", CANARY).decided_at == made.decided_at, "pressed twice is said once"
    assert told(world, "component_refused") == {"defense"}
    with make.acting(world.person("aurora", "drafter")) as by:
        assert make.seen(row, by).status == "in_clearance", "a refusal inside moves nothing outside"
    with pytest.raises(Refused, match="National Security Agency does not concur with this version"):
        make.concur(world, row, "defense")
    group, why, _ = item_of(world, "defense")
    assert group == YOURS and "National Security Agency does not concur: read why" in why
    page = client_for(world.person("defense", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    assert CANARY in page and "Publication" in page
    cdao = (
        client_for(world.person("defense-cdao", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    )
    assert CANARY in cdao, "open answers are read by every component in the plan"
    concur(world, row, "defense-nsa", "After a telephone call.")
    with pytest.raises(Invalid, match="has already concurred with this version"):
        concur(world, row, "defense-nsa")
    make.concur(world, row, "defense")


def test_the_agency_can_refuse_whatever_its_components_say(world: World) -> None:
    row = planned(world)
    client = client_for(world.person("defense", "counsel"))
    page = client.get(f"{row.get_absolute_url()}negotiation/").content.decode()
    assert "Your agency cannot concur yet." in page and "Do not concur" in page and "Concur with version" not in page
    with make.acting(world.person("defense", "counsel")) as by:
        found = make.seen(row, by)
        actions.refuse_concurrence(
            agreement=found, by=by, text_hash=found.current.text_hash, comment="No.", clause_ids=["publication"]
        )
    with pytest.raises(Refused, match="Components answer while concurrence is asked for"):
        concur(world, row, "defense-nsa")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(row, by), by=by)
    concur(world, row, "defense-nsa")


# One after the other


def test_in_turn_only_the_component_whose_turn_it_is_answers(world: World) -> None:
    row = planned(world, order="sequence")
    assert told(world, "component_asked") == {"defense-nsa"}
    with pytest.raises(Refused, match="National Security Agency comes before yours"):
        concur(world, row, "defense-cdao")
    group, why, _ = item_of(world, "defense-cdao")
    assert (group, why) == (
        WAITING,
        "Chief Digital and Artificial Intelligence Office is in the plan of Department of Defense. It is told when it is"
        " its turn.",
    )
    refuse(world, row, "defense-nsa")
    assert told(world, "component_asked") == {"defense-nsa"}, "a refusal calls nobody further"
    concur(world, row, "defense-nsa")
    assert told(world, "component_asked") == set(BOTH)
    concur(world, row, "defense-cdao")
    make.concur(world, row, "defense")


def test_agencies_in_turn_ask_their_components_when_it_is_theirs(world: World) -> None:
    row = make.negotiated(world, ("treasury", "defense"))
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.set_ways(agreement=make.seen(row, by), by=by, order="sequence", blind=False)
    plan(world, row)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(row, by), by=by)
    assert told(world, "component_asked") == set()
    with pytest.raises(Refused, match="is not asked yet itself"):
        concur(world, row, "defense-nsa")
    make.concur(world, row, "treasury")
    assert told(world, "component_asked") == set(BOTH)
