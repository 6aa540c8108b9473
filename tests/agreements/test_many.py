"""One change to many agreements: shown first, then a draft for each, which is signed on its own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from agreements import actions, consolidated
from agreements.models import Clause, TestingAgreement
from agreements.rules.many import CLAUSE, MOST, RENEW, TERM, Change
from core.decisions import Invalid
from tests.agreements import factories as make
from tests.world import World, client_for

FEWER = Change(TERM, "access_days", "10", "Shorter windows")


def two(world: World) -> list[TestingAgreement]:
    return [make.in_force(world, (agency,)) for agency in ("treasury", "commerce")]


def amendments(world: World) -> list[TestingAgreement]:
    with make.acting(world.person("aurora", "drafter")) as by:
        return list(TestingAgreement.objects.visible_to(by).filter(amends__isnull=False).order_by("created_at"))


def test_it_is_shown_first_and_nothing_is_made_by_that(world: World) -> None:
    rows = two(world)
    with make.acting(world.person("aurora", "drafter")) as by:
        found = actions.preview_many(agreements=rows, change=FEWER, by=by)
        assert [[(c.heading, c.filled) for c in o.changes] for o in found] == [
            [("Longest early-access window, days", "30 becomes 10.")]
        ] * 2
        assert not connection.needs_rollback
    assert amendments(world) == []


def test_each_gets_its_own_draft_and_one_that_is_refused_keeps_none_from_the_others(world: World) -> None:
    rows = two(world)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.terminate(agreement=rows[0], by=by, reason="We end our part.")
        first, second = actions.amend_many(agreements=rows, change=Change(RENEW), by=by)
        assert (first.draft, second.refused) == (None, "")
        assert "Notice was given" in first.refused
        again = actions.amend_many(agreements=rows, change=Change(RENEW), by=by)
    (made,) = amendments(world)
    assert second.draft == made
    assert made.reference in again[1].refused, "a second press makes no second draft"
    with make.acting(world.person("commerce", "counsel")) as other:
        assert not TestingAgreement.objects.visible_to(other).filter(pk=made.pk).exists(), "one's own side sees it only"


def test_a_clause_is_brought_to_the_librarys_newest_text(world: World) -> None:
    rows = two(world)
    old = Clause.objects.filter(key="purpose").order_by("-version").first()
    assert old is not None
    fresh = {f.name: getattr(old, f.name) for f in Clause._meta.fields if f.name not in ("id", "created_at")}
    Clause.objects.create(**fresh | {"version": old.version + 1, "text": "The parties test models before release."})
    with make.acting(world.person("aurora", "drafter")) as by:
        found = actions.amend_many(agreements=rows, change=Change(CLAUSE, "purpose", "", "The newer purpose"), by=by)
        assert [o.refused for o in found] == ["", ""]
        for outcome in found:
            assert outcome.draft is not None
            version = outcome.draft.versions.get()
            row = version.clauses.get(clause_id="purpose")
            assert (row.source, row.text) == ("library", "The parties test models before release.")
            assert [op.clause_id for op in consolidated.changes_of(version)] == ["purpose"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(TERM, "access_days", "31", "Longer windows"), "30"),
        (Change(TERM, "access_days", "30", "The same"), "Nothing differs"),
        (Change(TERM, "no_such_term", "3", "Nothing"), "no such term"),
        (Change(CLAUSE, "research_plan", "", "A plan"), "no such clause"),
    ],
)
def test_what_does_not_fit_is_said_for_each_and_leaves_nothing(world: World, change: Change, words: str) -> None:
    agreement = make.in_force(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        (outcome,) = actions.amend_many(agreements=[agreement], change=change, by=by)
    assert outcome.draft is None
    assert words in outcome.refused
    assert amendments(world) == []


def test_none_and_too_many_are_refused(world: World) -> None:
    with make.acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(Invalid, match="at least one"):
            actions.amend_many(agreements=[], change=FEWER, by=by)
        with pytest.raises(Invalid, match="at most 50"):
            actions.amend_many(agreements=[make.in_force(world, ("treasury",))] * (MOST + 1), change=FEWER, by=by)


def test_by_clicks(world: World) -> None:
    rows, rival = two(world), make.in_force(world, ("treasury",), developer="basalt")
    drafter = client_for(world.person("aurora", "drafter"))
    page = drafter.get("/agreements/amend/").content.decode()
    assert all(row.reference in page for row in rows)
    assert rival.reference not in page
    sent = {"agreements": [row.reference for row in rows], "kind": "term", "term": "access_days", "value": "10"}
    assert "Write a title" in drafter.post("/agreements/amend/", sent).content.decode()
    sent["title"] = "Shorter windows"
    shown = drafter.post("/agreements/amend/", sent | {"show": "1"}).content.decode()
    assert shown.count("30 becomes 10.") == 2
    made = drafter.post("/agreements/amend/", sent | {"make": "1"}).content.decode()
    assert len(set(re.findall(r"/agreements/(AGR-[0-9A-Z-]+)/edit/", made))) == 2
    assert drafter.post("/agreements/amend/", {"agreements": [rival.reference], "kind": "renew"}).status_code == 400
    assert client_for(world.person("commerce-caisi", "evaluator")).get("/agreements/amend/").status_code == 403


def test_over_the_api(world: World) -> None:
    rows, rival = two(world), make.in_force(world, ("treasury",), developer="basalt")
    drafter, url = client_for(world.person("aurora", "drafter")), "/api/v1/agreements/amend/"

    def call(client: Client = drafter, **data: object) -> Any:
        return client.post(url, data, content_type="application/json")

    named = [row.reference for row in rows]
    sent: dict[str, object] = {"agreements": named, "kind": "term", "key": "access_days", "value": "10"}
    wrong = call(**sent)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "#/title")
    assert call(**sent | {"title": "Shorter windows", "value": ""}).json()["errors"][0]["pointer"] == "#/value"
    assert call(agreements=[], kind="renew").json()["errors"][0]["pointer"] == "#/agreements"
    assert call(agreements=named * (MOST + 1), kind="renew").status_code == 200, "named twice counts once"
    sent["title"] = "Shorter windows"
    shown = call(**sent).json()
    assert shown["made"] is False and [o["draft"] for o in shown["outcomes"]] == [None, None]
    assert {c["filled"] for o in shown["outcomes"] for c in o["changes"]} == {"30 becomes 10."}
    assert amendments(world) == []
    unknown = [call(agreements=[name], kind="renew", make=True) for name in (rival.reference, "AGR-0000-0000")]
    assert [(a.status_code, a.json()["errors"][0]["pointer"]) for a in unknown] == [(400, "#/agreements")] * 2
    said = [a.json()["errors"][0]["detail"].split(":")[0] for a in unknown]
    assert said[0] == said[1], "a rival's agreement reads like none"
    made = call(**sent | {"make": True}).json()
    assert [o["agreement"] for o in made["outcomes"]] == named
    assert {o["draft"] for o in made["outcomes"]} == {row.reference for row in amendments(world)}
    again = call(**sent | {"make": True}).json()
    assert all(o["draft"] is None and "already" in o["refused"] for o in again["outcomes"])
    assert len(amendments(world)) == 2
    assert call(client_for(world.person("commerce-caisi", "evaluator")), **sent).status_code == 403
