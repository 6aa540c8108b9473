"""Components that concur inside their agency: plan, order, seal, refusal, what is carried over, and who reads none of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.seats import seats_of
from agreements import actions, completion, components, inbox, moves, policies, queries, tasks
from agreements.models import (
    ClauseReview,
    Concurrence,
    ConcurrenceAsk,
    ConcurrencePart,
    ConcurrencePlan,
    TestingAgreement,
)
from audit.queries import timeline
from core import rls
from core.decisions import Conflict, Invalid, Refused
from jobs.models import Job
from jobs.testing import run_due
from notifications.duties import board
from notifications.inbox import WAITING, YOURS
from notifications.models import Mail, Notice
from tests.agreements import factories as make
from tests.world import World, client_for

PARTIES = ("defense", "treasury")
BOTH = ("defense-nsa", "defense-cdao")
CANARY = "words-of-nsa-to-its-own-department"
OUTSIDE = (("aurora", "drafter"), ("aurora", "counsel"), ("treasury", "counsel"))


def planned(
    world: World, chosen: tuple[str, ...] = BOTH, *, order: str = "parallel", blind: bool = False,
    answer_by: date | None = None, parties: tuple[str, ...] = PARTIES, by_day: date | None = None,
) -> TestingAgreement:  # fmt: skip
    """In clearance; Defense's counsel has said which of its components concur first."""
    row = make.negotiated(world, parties)
    plan(world, row, chosen, order=order, blind=blind, answer_by=answer_by)
    with make.acting(world.person("aurora", "drafter")) as by:
        return actions.open_clearance(agreement=make.seen(row, by), by=by, answer_by=by_day)


def plan(world: World, row: TestingAgreement, chosen: tuple[str, ...] = BOTH, who: str = "defense", **how: Any) -> None:
    with make.acting(world.person(who, "counsel")) as by:
        values = {"order": "parallel", "blind": False, "answer_by": None} | how
        actions.set_component_plan(
            agreement=make.seen(row, by), by=by, agency=world.agency("defense"), components=chosen, **values
        )


def concur(world: World, row: TestingAgreement, component: str, comment: str = "") -> Concurrence:
    with make.acting(world.person(component, "counsel")) as by:
        found = make.seen(row, by)
        return actions.concur_for_component(
            agreement=found,
            by=by,
            component=world.agency(component),
            text_hash=found.current.text_hash,
            comment=comment,
        )


def refuse(world: World, row: TestingAgreement, component: str, words: str = "Too long.", **said: Any) -> Concurrence:
    with make.acting(world.person(component, "counsel")) as by:
        found = make.seen(row, by)
        values = {"text_hash": found.current.text_hash, "comment": words, "clause_ids": ["publication"]} | said
        return actions.refuse_for_component(agreement=found, by=by, component=world.agency(component), **values)


def standing(world: World, row: TestingAgreement, who: str = "defense") -> components.Standing:
    with make.acting(world.person(who, "counsel")) as by:
        (found,) = components.of(make.seen(row, by))
        return found


def told(world: World, kind: str) -> set[str]:
    """Organisations whose counsel (of the developer, policy lead) have a notice of the kind."""
    run_due(kinds=("notifications.tell",))
    found = set()
    for who in ("aurora", "basalt", "treasury", "defense", *BOTH, "commerce-caisi"):
        person = world.person(who, "counsel")
        with make.acting(person):
            found |= {who} if Notice.objects.filter(user=person, kind=f"agreements.{kind}").exists() else set()
    return found


def item_of(world: World, who: str) -> tuple[str, str, datetime | None] | None:
    """The group, words and day of the one row about the agreement in this counsel's inbox."""
    with make.acting(world.person(who, "counsel")) as by:
        rows = [i for i in inbox.source(by, seats_of(by)) if i.kind in ("Agreement", "Concurrence of a component")]
    assert len(rows) <= 1
    return (rows[0].group, rows[0].why, rows[0].due_at) if rows else None


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


def moves_of(world: World, row: TestingAgreement, who: str) -> str:
    with make.acting(world.person(who, "counsel")) as by:
        return moves.heading(make.seen(row, by), by)


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


# Under seal


def rows_read(world: World, who: tuple[str, str]) -> dict[str, int]:
    """How many rows of NSA's answer a person's own context finds, past everything that pages ask."""
    nsa = world.agency("defense-nsa")
    with make.acting(world.person(*who)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_event WHERE body LIKE %s OR reason LIKE %s", [f"%{CANARY}%"] * 2)
            events = cursor.fetchone()[0]
        return {
            "answers": Concurrence.every.filter(agency=nsa).count(), "events": events,
            "reviews": ClauseReview.objects.filter(concurrence__agency=nsa).count(),
            "asks": ConcurrenceAsk.objects.filter(agency=nsa).count(), "plans": ConcurrencePlan.objects.count(),
            "parts": ConcurrencePart.objects.count(),
        }  # fmt: skip


def read_of(world: World, row: TestingAgreement, who: tuple[str, str], *, inside: bool = False) -> str:
    """All that a person gets of the agreement, over pages and API."""
    run_due(kinds=("notifications.tell",))
    client, there, api = client_for(world.person(*who)), row.get_absolute_url(), f"/api/v1/agreements/{row.reference}/"
    places = [
        there, f"{there}negotiation/", f"{there}redline/", "/inbox/", "/due/", "/notifications/", "/agreements/",
        "/agreements/portfolio/", "/search/?q=Framework", api, f"{api}timeline/", f"{api}comments/", "/api/v1/inbox/",
        "/api/v1/notices/", "/api/v1/due/", "/api/v1/agreements/",
    ]  # fmt: skip
    places += [f"{there}components/", f"{api}components/"] if inside else []
    found = [client.get(place) for place in places]
    assert {answer.status_code for answer in found} == {200}
    return "\n".join(answer.content.decode() for answer in found)


def test_a_sealed_answer_is_read_in_its_component_only_until_all_are_in(world: World) -> None:
    row = planned(world, blind=True)
    refuse(world, row, "defense-nsa", CANARY)
    assert CANARY in read_of(world, row, ("defense-nsa", "counsel"), inside=True)
    for who in (("defense-cdao", "counsel"), ("defense", "counsel"), ("defense", "signatory")):
        said = read_of(world, row, who, inside=True)
        assert CANARY not in said and "Does not concur" not in said, who
        assert "1 of 2 components have answered" in said
        assert rows_read(world, who)["answers"] == rows_read(world, who)["reviews"] == 0, who
    assert "Answered, sealed" in read_of(world, row, ("defense", "counsel"), inside=True)
    assert rows_read(world, ("defense-cdao", "counsel"))["events"] == 0
    said = client_for(world.person("defense-cdao", "counsel")).get(f"/api/v1/agreements/{row.reference}/components/")
    nsa, own = said.json()["results"][0]["components"]
    assert (nsa["answered"], nsa["verdict"], own["answered"]) == (None, None, False), (
        "who has answered is not said either"
    )
    with pytest.raises(Refused, match="Chief Digital and Artificial Intelligence Office has not answered yet"):
        make.concur(world, row, "defense")
    with pytest.raises(Invalid, match="given under seal"):
        plan(world, row, blind=False)
    concur(world, row, "defense-cdao")
    for who in (("defense-cdao", "counsel"), ("defense", "counsel")):
        assert CANARY in read_of(world, row, who, inside=True)
    with make.acting(world.person("defense", "counsel")) as by:
        said = timeline(make.seen(row, by), by)
        opened = next(e for e in said if e["sentence"].startswith("opened the sealed answers of the components"))
        assert opened["actor"] == "Concord"
    assert told(world, "component_refused") == {"defense"} and told(world, "components_done") == set()
    concur(world, row, "defense-nsa")
    assert standing(world, row).is_clear
    make.concur(world, row, "defense")


def test_taking_the_last_one_out_opens_what_is_sealed(world: World) -> None:
    row = planned(world, blind=True)
    concur(world, row, "defense-nsa", CANARY)
    assert not standing(world, row).is_clear
    plan(world, row, ("defense-nsa",), blind=True)
    assert standing(world, row).is_clear
    assert CANARY in read_of(world, row, ("defense", "counsel"), inside=True)


def test_nobody_outside_the_agency_reads_anything_of_it_by_any_way(world: World) -> None:
    row = make.in_clearance(world, PARTIES)
    before = {who: read_of(world, row, who) for who in OUTSIDE}
    mailed = {
        slug: Mail.objects.filter(address__endswith=f"@{slug}.example").count() for slug in ("aurora", "treasury")
    }
    plan(world, row)
    refuse(world, row, "defense-nsa", CANARY)
    concur(world, row, "defense-cdao", CANARY)
    concur(world, row, "defense-nsa", CANARY)
    for who in OUTSIDE:
        after = read_of(world, row, who)
        assert CANARY not in after and "omponent" not in after.replace("c-component", ""), who
        assert after.count("Concurs") == before[who].count("Concurs")
        for name in ("National Security Agency", "Leonie Marsh", "Amos Whitlow"):
            assert after.count(name) == before[who].count(name), (who, name)
        assert set(rows_read(world, who).values()) == {0}, who
    for slug, count in mailed.items():
        assert Mail.objects.filter(address__endswith=f"@{slug}.example").count() == count
    assert not Mail.objects.filter(body__contains=CANARY).exists()
    for job in Job.objects.filter(kind="notifications.tell", payload__kind__startswith="agreements.component"):
        assert not {str(world.aurora.pk), str(world.agency("treasury").pk)} & {org for org, _ in job.payload["to"]}
    aurora, treasury = (client_for(world.person(who, "counsel")) for who in ("aurora", "treasury"))
    assert aurora.get(f"{row.get_absolute_url()}components/").status_code == 403
    assert aurora.get(f"/api/v1/agreements/{row.reference}/components/").status_code == 403
    page = treasury.get(f"{row.get_absolute_url()}components/").content.decode()
    assert "National Security" not in page and CANARY not in page
    assert treasury.get(f"/api/v1/agreements/{row.reference}/components/").json()["results"] == []
    rival = client_for(world.person("basalt", "drafter"))
    caisi = client_for(world.person("commerce-caisi", "counsel"))
    for client in (rival, caisi):
        for place in (row.get_absolute_url(), f"/api/v1/agreements/{row.reference}/"):
            assert client.get(f"{place}components/").status_code == 404
    make.concur(world, row, "defense")
    make.concur(world, row, "treasury")
    for who in OUTSIDE:
        assert CANARY not in read_of(world, row, who)
        with make.acting(world.person(*who)) as by:
            assert len(queries.verdicts(make.seen(row, by))) == 2


def test_the_executed_file_and_its_certificate_say_nothing_of_components(world: World) -> None:
    for organisation in ("aurora", "defense"):
        make.authority(world, organisation)
    row = planned(world, parties=("defense",))
    for component in BOTH:
        concur(world, row, component, CANARY)
    make.concur(world, row, "defense")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=make.seen(row, by), by=by)
    for organisation in ("aurora", "defense"):
        make.sign(world, row, organisation)
    with make.acting(world.person("defense", "counsel")) as by:  # whose context sees all of it
        found = make.seen(row, by)
        said = json.dumps(completion.content(found, queries.executed_pdf(found)[1]), default=str)
    assert "Department of Defense: concurs" in said
    assert "National Security" not in said and "component" not in said and CANARY not in said


# A new version


def version(world: World, row: TestingAgreement, clause: str) -> None:
    """The developer proposes other words for one clause, and asks again."""
    with make.acting(world.person("aurora", "drafter")) as by:
        found = make.seen(row, by)
        draft = actions.begin_version(agreement=found, by=by)
        words = f"{draft.clauses.get(clause_id=clause).text} Also this."
        actions.save_draft(agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={clause: words})
        actions.propose_version(agreement=make.seen(row, by), by=by)


def reopen(world: World, row: TestingAgreement) -> None:
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.return_with_comments(agreement=make.seen(row, by), by=by, comment="We change a clause.")


def ask_again(world: World, row: TestingAgreement) -> None:
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(row, by), by=by)


def test_a_new_version_asks_components_about_what_changed_only(world: World) -> None:
    row = planned(world, parties=("defense",))
    concur(world, row, "defense-nsa")
    reopen(world, row)
    version(world, row, "publication")
    ask_again(world, row)
    page = (
        client_for(world.person("defense-nsa", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    )
    assert "Open for your component: 1 of 16 clauses.</strong> Publication. It has already concurred" in page
    page = (
        client_for(world.person("defense-cdao", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    )
    assert "Open for your component: 16 of 16 clauses" in page
    concur(world, row, "defense-nsa")
    with make.acting(world.person("defense-nsa", "counsel")):
        made = Concurrence.every.filter(agency=world.agency("defense-nsa")).latest("decided_at")
        carried = made.reviews.filter(carried_from__isnull=False)
        assert (made.reviews.count(), carried.count()) == (16, 15)


def test_what_did_not_change_is_carried_over_inside_and_outside(world: World) -> None:
    row = planned(world, parties=("defense",), blind=True)
    for component in BOTH:
        concur(world, row, component)
    make.concur(world, row, "defense")
    reopen(world, row)
    with make.acting(world.person("aurora", "drafter")) as by:
        found = make.seen(row, by)
        draft = actions.begin_version(agreement=found, by=by)
        names = [c.clause_id for c in draft.clauses.order_by("position")]
        move = [{"do": "down", "clause_id": names[1]}]
        actions.save_draft(
            agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={}, arrange=move
        )
        actions.propose_version(agreement=make.seen(row, by), by=by)
        assert queries.not_concurred(make.seen(row, by)) == []
    found = standing(world, row)
    assert found.is_clear and all(part.answer.basis == "carried" for part in found.parts)
    page = client_for(world.person("defense", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    assert page.count("carried over: nothing of it changed") == 2


def test_an_agencys_concurrence_is_not_carried_past_a_component_that_was_never_asked(world: World) -> None:
    row = planned(world, ("defense-nsa",), parties=("defense",))
    concur(world, row, "defense-nsa")
    make.concur(world, row, "defense")
    reopen(world, row)
    plan(world, row, BOTH)
    with make.acting(world.person("aurora", "drafter")) as by:
        found = make.seen(row, by)
        draft = actions.begin_version(agreement=found, by=by)
        names = [c.clause_id for c in draft.clauses.order_by("position")]
        move = [{"do": "down", "clause_id": names[1]}]
        actions.save_draft(
            agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={}, arrange=move
        )
        actions.propose_version(agreement=make.seen(row, by), by=by)
        actions.open_clearance(agreement=make.seen(row, by), by=by)
        assert [a.slug for a in queries.not_concurred(make.seen(row, by))] == ["defense"]
    assert [part.component.slug for part in standing(world, row).missing] == ["defense-cdao"]
    concur(world, row, "defense-cdao")
    make.concur(world, row, "defense")


# Clocks


def test_components_are_reminded_and_their_agency_hears_who_is_late(world: World) -> None:
    today = timezone.now().date()
    day = today + timedelta(days=10)
    row = planned(world, answer_by=day)
    concur(world, row, "defense-cdao")
    kind = "agreements.remind_of_components"
    jobs = sorted(Job.objects.filter(kind=kind).values_list("not_before", flat=True))
    assert [at.date() for at in jobs] == [day - timedelta(days=3), day + timedelta(days=1)]
    run_due(at=datetime.combine(day - timedelta(days=3), time(0, 5), UTC), kinds=(kind,))
    assert told(world, "component_reminder") == {"defense-nsa"}
    assert told(world, "components_late") == set()


def test_after_the_day_the_agency_alone_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    day = timezone.now().date() + timedelta(days=10)
    row = planned(world, answer_by=day)
    job = Job.objects.filter(kind="agreements.remind_of_components").latest("not_before")
    assert not {world.aurora.pk, world.agency("treasury").pk} & set(job.organisations)
    later = datetime.combine(day + timedelta(days=1), time(0, 5), UTC)
    with monkeypatch.context() as clock, rls.context(organisations=tuple(job.organisations), actor=f"job:{job.kind}"):
        clock.setattr(timezone, "now", lambda: later)
        tasks.remind_of_components(job)
    run_due(at=later + timedelta(days=1), kinds=("notifications.tell",))
    assert told(world, "components_late") == {"defense"}
    concur(world, row, "defense-nsa")  # late is better than never


@pytest.mark.parametrize("what", ["answered", "other day", "agency answered"])
def test_an_old_clock_of_a_plan_does_nothing(world: World, what: str) -> None:
    day = timezone.now().date() + timedelta(days=10)
    row = planned(world, answer_by=day)
    if what == "other day":
        plan(world, row, answer_by=day + timedelta(days=5))
    else:
        for component in BOTH:
            concur(world, row, component)
    if what == "agency answered":
        make.concur(world, row, "defense")
    found = standing(world, row).plan
    with rls.context(organisations=(found.agency_id,)):
        actions.remind_of_components(plan=found, day=day)
    assert told(world, "component_reminder") == told(world, "components_late") == set()


def test_the_reminder_of_the_agency_reaches_its_components_too(world: World) -> None:
    day = timezone.now().date() + timedelta(days=10)
    row = planned(world, by_day=day)
    with make.acting(world.person("defense-nsa", "counsel")) as by:
        assert components.due(make.seen(row, by), by) == day
    run_due(at=datetime.combine(day - timedelta(days=3), time(0, 5), UTC), kinds=("agreements.remind_of_concurrence",))
    assert told(world, "component_reminder") == set(BOTH)


# The wall, the pages, the programs


def test_the_database_takes_plan_and_answers_from_whom_they_belong_to(world: World) -> None:
    row = planned(world)
    made = concur(world, row, "defense-nsa")
    found = standing(world, row).plan

    def refused(write: Any) -> bool:
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            write()
        return True

    with make.acting(world.person("defense-cdao", "counsel")) as by:
        assert refused(lambda: Concurrence.every.filter(pk=made.pk).update(comment="Other words."))
        assert refused(lambda: ConcurrencePlan.objects.filter(pk=found.pk).update(blind=True))
        assert refused(lambda: TestingAgreement.objects.filter(pk=row.pk).update(title="Other"))
        assert found.parts.all().delete()[0] == 0 and found.parts.count() == 2
        values = {"target": found, "agreement": row, "position": 3}
        assert refused(lambda: ConcurrencePart.objects.create(organisation=world.agency("homeland-cisa"), **values))
        answer = {
            "agreement": row, "version": row.current, "developer": world.aurora, "verdict": "concur", "decided_by": by,
            "decided_at": timezone.now(),
        }  # fmt: skip
        for agency, inside in (("defense-nsa", found), ("defense", None), ("defense-cdao", None)):
            assert refused(
                lambda a=agency, i=inside: Concurrence.every.create(agency=world.agency(a), inside=i, **answer)
            )
    with make.acting(world.person("defense", "counsel")):
        other = world.agency("commerce-caisi")
        assert refused(lambda: ConcurrencePart.objects.create(organisation=other, **values)), "no foreign component"
    with make.acting(world.person("treasury", "counsel")):
        assert not ConcurrencePlan.objects.filter(pk=found.pk).update(blind=True)


def posted(client: Any, row: TestingAgreement, component: str, verdict: str, **typed: Any) -> Any:
    """The form on the page, sent."""
    url = f"{row.get_absolute_url()}components/"
    fields = {"text_hash": row.current.text_hash, "comment": "", "clauses": []} | typed
    return client.post(
        f"{url}{component}/answer/", {f"{component}-{k}": v for k, v in fields.items()} | {"verdict": verdict}
    )


def test_the_pages_from_plan_to_answer(world: World) -> None:
    row = make.in_clearance(world, PARTIES)
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(row, by)
    url = f"{row.get_absolute_url()}components/"
    defense, nsa, cdao = (client_for(world.person(who, "counsel")) for who in ("defense", *BOTH))
    assert "Choose components that concur first" in defense.get(url).content.decode()
    form = {"place.defense-nsa": "2", "place.defense-cdao": "2", "order": "sequence"}
    twice = defense.post(f"{url}defense/plan/", form)
    assert (twice.status_code, b"Another component has this place" in twice.content) == (400, True)
    sealed = defense.post(f"{url}defense/plan/", form | {"place.defense-cdao": "1", "blind": "on"})
    assert (sealed.status_code, b"each component knows" in sealed.content) == (400, True)
    assert defense.post(f"{url}defense/plan/", form | {"place.defense-cdao": "1"}).status_code == 302
    assert [part.component.slug for part in standing(world, row).parts] == ["defense-cdao", "defense-nsa"]
    again = defense.get(f"{url}defense/plan/").content.decode()
    assert "Department of Defense: people of a component that is asked read this agreement" in again
    early = posted(nsa, row, "defense-nsa", "concur")
    assert (early.status_code, b"comes before yours" in early.content) == (403, True)
    empty = posted(cdao, row, "defense-cdao", "refuse", comment="Kept as typed.")
    page = empty.content.decode()
    assert empty.status_code == 400 and "Name at least one clause" in page and "Kept as typed." in page
    assert 'href="#id_defense-cdao-clauses"' in page and 'id="id_defense-cdao-clauses"' in page
    assert posted(cdao, row, "defense-cdao", "concur", text_hash="0" * 64).status_code == 409
    assert posted(cdao, row, "defense-cdao", "concur").status_code == 302
    assert posted(nsa, row, "defense-nsa", "refuse", comment="Too long.", clauses=["publication"]).status_code == 302
    said = defense.get(url).content.decode()
    assert "Too long." in said and "National Security Agency does not concur" in said
    for other in ("treasury", "no-such"):
        assert posted(nsa, row, other, "concur").status_code in (403, 404)
    for client in (client_for(world.person("aurora", "counsel")), client_for(world.person("treasury", "counsel"))):
        assert client.get(f"{url}defense/plan/").status_code == 403
        assert posted(client, row, "defense-nsa", "concur").status_code == 403
    auditor = client_for(world.person("oversight", "auditor"))
    assert "Too long." in auditor.get(url).content.decode()
    assert auditor.get(f"{url}defense/plan/").status_code == 403


def test_programs_do_what_the_pages_do(world: World) -> None:
    row = make.in_clearance(world, PARTIES)
    api = f"/api/v1/agreements/{row.reference}/components/"
    defense, nsa, cdao = (client_for(world.person(who, "counsel")) for who in ("defense", *BOTH))
    sent = {"components": list(BOTH), "order": "parallel", "blind": True}

    def call(client: Any, method: str, path: str, body: dict[str, Any]) -> Any:
        return client.generic(method, f"{api}{path}", json.dumps(body), content_type="application/json")

    assert call(defense, "PUT", "defense/plan/", sent | {"components": ["commerce-bis"]}).status_code == 400
    assert call(nsa, "PUT", "defense/plan/", sent).status_code == 404, "it reads nothing of it yet"
    (made,) = call(defense, "PUT", "defense/plan/", sent).json()["results"]
    assert (made["agency"], made["blind"], made["answered"], made["all_concur"]) == ("defense", True, 0, False)
    assert call(nsa, "PUT", "defense/plan/", sent).status_code == 403
    text = nsa.get(f"/api/v1/agreements/{row.reference}/").json()
    assert text["your_move"] and "is asked for inside Department of Defense" in text["next"]
    body = {"text_hash": text["text_hash"]}
    for bad in ({"comment": "Too long."}, {"comment": "", "clause_ids": ["publication"]}):
        assert call(nsa, "POST", "defense-nsa/refuse/", body | bad).status_code == 400
    good = {"comment": CANARY, "clause_ids": ["publication"]}
    assert call(nsa, "POST", "defense-cdao/refuse/", body | good).status_code == 403
    assert call(nsa, "POST", "defense-nsa/refuse/", {"text_hash": "0" * 64} | good).status_code == 409
    (said,) = call(nsa, "POST", "defense-nsa/refuse/", body | good).json()["results"]
    assert said["components"][0]["comment"] == CANARY
    (read,) = defense.get(api).json()["results"]
    assert [(c["answered"], c["verdict"]) for c in read["components"]] == [(True, None), (False, None)]
    assert call(cdao, "POST", "defense-cdao/concur/", body).status_code == 200
    (read,) = defense.get(api).json()["results"]
    assert [c["verdict"] for c in read["components"]] == ["refuse", "concur"]
    answer = defense.post(f"/api/v1/agreements/{row.reference}/concur/", body, content_type="application/json")
    assert (answer.status_code, "does not concur" in answer.json()["detail"]) == (403, True)


def test_the_number_of_statements_does_not_grow_with_agreements_or_components(world: World) -> None:
    def statements(who: str, read: Any) -> int:
        count = [0]

        def counting(execute: Any, *args: Any) -> Any:
            count[0] += 1
            return execute(*args)

        with make.acting(world.person(who, "counsel")) as by, connection.execute_wrapper(counting):
            read(by)
        return count[0]

    def own(by: Any) -> None:
        assert list(inbox.source(by, seats_of(by)))

    def due(by: Any) -> None:
        assert [r for r in board(by) if r.ours]

    day = timezone.now().date() + timedelta(days=20)
    planned(world, blind=True, by_day=day)
    once = {(who, read): statements(who, read) for who in ("defense", "defense-nsa") for read in (own, due)}
    for _ in range(3):
        planned(world, blind=True, by_day=day)
    again = {(who, read): statements(who, read) for who in ("defense", "defense-nsa") for read in (own, due)}
    assert again == once
