"""Search finds what the searcher can see, by reference, title, codename or name; of a rival not half a word."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import search
from accounts.models import User
from tests.agreements import factories as agreement_in
from tests.early_access import factories as make
from tests.evaluations import findings as finding_in
from tests.evaluations.test_runs import under_test
from tests.world import World, acting, client_for


def found(person: User, text: str) -> dict[str, list[str]]:
    with acting(person):
        person.__dict__.pop("_seats", None)
        return {group.kind: [hit.title for hit in group.hits] for group in search.find(person, text)}


def test_a_full_reference_opens_its_page_in_any_case(world: World) -> None:
    request = make.submitted(world)
    client = client_for(world.person("aurora", "drafter"))
    for text in (request.reference, f"  {request.reference.lower()} "):
        answer = client.get("/search/", {"q": text})
        assert (answer.status_code, answer["Location"]) == (302, f"/requests/{request.reference}/")


def test_parts_of_references_titles_codenames_and_names_are_found_by_kind(world: World) -> None:
    request = make.submitted(world)
    drafter = world.person("aurora", "drafter")
    assert found(drafter, request.reference[:7]) == {"Early access": [request.reference]}
    assert found(drafter, "FRAMEWORK for")["Agreements"] == ["Framework for early access"]
    by_codename = found(drafter, "hero")
    assert by_codename == {"Early access": [request.reference], "Models": ["Heron"]}
    assert found(drafter, "lindq") == {"People": ["Tomas Lindqvist"]}
    assert found(drafter, "standards and innov") == {"Organisations": ["Center for AI Standards and Innovation, NIST"]}


def test_agencies_find_what_was_shown_to_them_and_the_developer_of_it(world: World) -> None:
    request = make.submitted(world)
    officer = world.person("treasury", "intake")
    assert found(officer, "heron") == {"Early access": [request.reference], "Models": ["Heron"]}
    assert found(officer, "aurora cog") == {"Organisations": ["Aurora Cognition"]}
    page = client_for(officer).get("/search/", {"q": "aurora cog"}).content.decode()
    assert f"/requests/?developer={world.aurora.pk}" in page
    assert found(world.person("defense", "router"), "heron") == {}


@pytest.mark.parametrize("who", [("basalt", "drafter"), ("basalt", "administrator"), ("defense", "router")])
def test_strangers_find_nothing_not_by_a_letter_more_or_less(world: World, who: tuple[str, str]) -> None:
    request = make.submitted(world)
    with acting(world.person("aurora", "drafter")):
        agreement, model = request.agreement, request.model
    stranger = world.person(*who)
    for secret in (request.reference, agreement.reference, model.reference, "Heron", "Framework for", "Okafor"):
        for text in {secret, secret[:-1], secret[:7]}:
            assert found(stranger, text) == {}, text


def test_a_rivals_search_looks_and_costs_the_same_whether_a_thing_exists_or_not(world: World) -> None:
    request = make.submitted(world)
    client = client_for(world.person("basalt", "drafter"))
    answers, counts = [], []
    client.get("/search/", {"q": "warm"})
    for text in (request.reference, "REQ-2222-2222"):
        with CaptureQueriesContext(connection) as counted:
            page = client.get("/search/", {"q": text})
        counts.append(len(counted))
        body = page.content.decode()
        answers.append((page.status_code, body[body.index("<main") :].replace(text, "IT")))
    assert answers[0] == answers[1] and counts[0] == counts[1]
    assert "Nothing that you can see matches this." in answers[0][1]


def test_developers_do_not_find_developers(world: World) -> None:
    assert found(world.person("aurora", "drafter"), "basalt") == {}
    assert found(world.person("aurora", "drafter"), "petra lang") == {}
    assert found(world.person("aurora", "drafter"), "nora quill") == {}, "people of agencies are not colleagues"


def test_a_draft_is_the_developers_own(world: World) -> None:
    draft = make.draft(world)
    assert found(world.person("treasury", "intake"), draft.reference) == {}
    assert found(world.person("aurora", "drafter"), draft.reference) == {"Early access": [draft.reference]}


def test_a_title_that_may_not_be_read_yet_is_not_found_by_its_words(world: World) -> None:
    evaluator, assignment = under_test(world)
    row = finding_in.moved(world, finding_in.drafted(evaluator, assignment), "share")
    word = row.title.split()[0]
    assert row.title in found(world.person("commerce-caisi", "evaluator"), word)["Findings"]
    other = world.person("commerce-caisi", "evaluator", 1)
    assert "Findings" not in found(other, word)
    assert found(other, row.reference) == {"Findings": [row.reference]}
    assert row.title in found(world.person("aurora", "drafter"), word)["Findings"]


@pytest.mark.parametrize("text", ["%", "__", "' OR 1=1 --", "\\", "(", "é" * 300])
def test_no_character_has_a_meaning_of_its_own(world: World, text: str) -> None:
    make.submitted(world)
    client = client_for(world.person("aurora", "drafter"))
    answer = client.get("/search/", {"q": text})
    assert answer.status_code == 200
    assert all(not group.hits for group in answer.context["groups"])


def test_short_texts_ask_for_more(world: World) -> None:
    client = client_for(world.person("aurora", "drafter"))
    for text in ("", "a", "  b "):
        assert "at least two letters" in client.get("/search/", {"q": text}).content.decode()


def test_many_hits_say_that_there_are_more(world: World) -> None:
    for _ in range(search.MOST + 1):
        agreement_in.draft(world, ("treasury",))
    page = client_for(world.person("aurora", "drafter")).get("/search/", {"q": "framework"})
    (group,) = page.context["groups"]
    assert (len(group.hits), group.more) == (search.MOST, True)
    assert "Type more of it" in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_hits(world: World) -> None:
    client, counts = client_for(world.person("aurora", "drafter")), []
    for _ in range(2):
        agreement_in.draft(world, ("treasury",))
        client.get("/search/", {"q": "framework"})
        with CaptureQueriesContext(connection) as counted:
            client.get("/search/", {"q": "framework"})
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 30


def test_the_api_finds_the_same(world: World) -> None:
    request = make.submitted(world)
    client = client_for(world.person("aurora", "drafter"))
    rows = client.get("/api/v1/search/", {"q": "heron"}).json()["results"]
    assert [(row["kind"], row["reference"] == request.reference) for row in rows] == [
        ("Models", False), ("Early access", True),
    ]  # fmt: skip
    assert client_for(world.person("basalt", "drafter")).get("/api/v1/search/", {"q": "heron"}).json()["results"] == []
    short = client.get("/api/v1/search/", {"q": "h"})
    assert short.status_code == 400 and "two characters" in short.json()["errors"][0]["detail"]


def test_outside_counsel_finds_only_what_was_given(world: World) -> None:
    agreement = agreement_in.draft(world)
    guest = world.person("aurora", "outside_counsel")
    assert found(guest, agreement.reference) == {}
    assert found(guest, "framework") == {}
    assert found(guest, "okafor") == {}
