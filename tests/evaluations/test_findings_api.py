"""Findings over the API: the same life, the same refusals, idempotent, and nothing for those who may not see."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations import actions
from evaluations.models import Finding
from evaluations.workflow import FINDING
from tests.evaluations.findings import TEXT, drafted, in_state, moved
from tests.evaluations.test_runs import own, read, under_test, upload
from tests.world import World, acting, client_for

JSON = "application/json"


def call(client: Any, method: str, path: str, data: Any = None, status: int = 200, **headers: str) -> Any:
    sent = {} if method == "get" else {"content_type": JSON}
    answer = getattr(client, method)(f"/api/v1/{path}", data, headers=headers, **sent)
    assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[:2000])
    return answer.json()


@pytest.fixture
def sides(world: World) -> tuple[Any, Any]:
    return client_for(world.person("commerce-caisi", "evaluator")), client_for(world.person("aurora", "security"))


def test_the_whole_life(world: World, sides: tuple[Any, Any]) -> None:
    agency, developer = sides
    evaluator, row = under_test(world)
    run = read(evaluator, upload(evaluator, row, own())).run
    assert run is not None
    made = call(agency, "post", f"assignments/{row.reference}/findings/", TEXT | {"run": str(run.pk)}, 201)
    assert (made["status"], made["run"], made["shared_run"], made["row_version"]) == ("draft", str(run.pk), None, 1)
    where = f"findings/{made['reference']}/"
    assert [m["name"] for m in made["moves"]] == ["share"] and made["moves"][0]["allowed"]
    call(developer, "get", where, status=404)
    edited = call(agency, "put", where, TEXT | {"row_version": 1, "severity": "low"})
    assert (edited["severity"], edited["row_version"], edited["run"]) == ("low", 2, None)
    stale = call(agency, "put", where, TEXT | {"row_version": 1, "text": "Mine."}, 409)
    assert (stale["yours"]["text"], stale["theirs"]["severity"]) == ("Mine.", "low")
    call(agency, "put", where, TEXT | {"row_version": 2, "run": str(run.pk)})
    with acting(evaluator):
        shared = actions.share_run(run=run, by=evaluator)
    call(agency, "post", f"{where}moves/share/", {})
    told = call(developer, "get", where)
    assert (told["run"], told["shared_run"], told["status"]) == (None, str(shared.pk), "shared")
    assert {m["name"]: m["allowed"] for m in told["moves"]} == {"acknowledge": True, "dispute": True}
    missing = call(developer, "post", f"{where}moves/dispute/", {"text": " "}, 400)
    assert missing["errors"][0]["pointer"] == "#/text"
    call(developer, "post", f"{where}moves/dispute/", {"text": "Not ours."})
    call(agency, "post", f"{where}moves/uphold/", {"text": "It is."})
    call(developer, "post", f"{where}comments/", {"text": "We look."}, 201)
    for client, verb in ((developer, "plan"), (developer, "remedy"), (agency, "retest"), (agency, "resolve")):
        last = call(client, "post", f"{where}moves/{verb}/", {"text": "Done."})
    assert (last["status"], last["moves"], last["answer_due_at"]) == ("resolved", [], None)
    assert [e["move"] for e in last["entries"]] == [
        "share",
        "dispute",
        "uphold",
        "",
        "plan",
        "remedy",
        "retest",
        "resolve",
    ]
    said = {e["by"] for e in last["entries"]}
    assert said == {
        f"{evaluator.name}, Center for AI Standards and Innovation, NIST",
        "Security lead, Aurora Cognition",
    }
    names = {e["by"] for e in call(developer, "get", where)["entries"]}
    assert not any(evaluator.name in name for name in names), "people of the other side by role"
    assert len(call(developer, "get", f"{where}timeline/")["results"]) == 8


def test_who_cannot_reads_why_and_who_can(world: World, sides: tuple[Any, Any]) -> None:
    agency, _ = sides
    finding = in_state(world, "acknowledged")
    where = f"findings/{finding.reference}/"
    counsel = client_for(world.person("aurora", "counsel"))
    moves = {m["name"]: m for m in call(counsel, "get", where)["moves"]}
    assert not moves["plan"]["allowed"] and "policy or security lead" in moves["plan"]["why_not"]
    assert moves["accept_risk"]["allowed"] and moves["accept_risk"]["needs_text"]
    assert "policy or security lead" in call(counsel, "post", f"{where}moves/plan/", {"text": "x"}, 403)["detail"]
    call(agency, "post", f"{where}moves/leave_open/", {}, 404)
    call(agency, "put", where, TEXT | {"row_version": 1}, 403)
    call(agency, "post", f"{where}discard/", {"typed": finding.reference}, 403)


def test_rivals_other_agencies_and_those_who_did_not_attest(world: World) -> None:
    finding = in_state(world, "shared")
    where = f"findings/{finding.reference}/"
    posts = [f"{where}moves/{m.name}/" for m in FINDING.moves if m.party != "system"]
    posts += [f"{where}comments/", f"{where}discard/", f"assignments/{finding.assignment.reference}/findings/"]
    for home, role in (("basalt", "drafter"), ("treasury", "evaluator"), ("homeland-cisa", "evaluator")):
        client = client_for(world.person(home, role))
        for path in (where, f"{where}timeline/"):
            call(client, "get", path, status=404)
        for path in posts:
            call(client, "post", path, {}, 404)
        call(client, "put", where, {}, 404)
        assert call(client, "get", "findings/")["results"] == []
    for home, role, index in (("commerce-caisi", "evaluator", 1), ("commerce", "intake", 0)):
        client = client_for(world.person(home, role, index))
        call(client, "get", where, status=403)
        (row,) = call(client, "get", "findings/")["results"]
        assert (row["reference"], row["title"]) == (finding.reference, "")


def test_bad_input_is_said_at_its_place(world: World, sides: tuple[Any, Any]) -> None:
    agency, _ = sides
    _, row = under_test(world)
    path = f"assignments/{row.reference}/findings/"
    for change, pointer in (
        ({"severity": "terrible"}, "#/severity"), ({"run": str(uuid4())}, "#/run"), ({"title": ""}, "#/title"),
        ({"domain": "chemical_biological"}, "#/domain"), ({"text": "x" * 20_001}, "#/text"), ({"more": 1}, "#/more"),
        ({"text": "a\x00b"}, "#/text"),
    ):  # fmt: skip
        refused = call(agency, "post", path, TEXT | change, 400)
        assert [e["pointer"] for e in refused["errors"]] == [pointer], change
    with acting(world.person("commerce-caisi", "evaluator")):
        assert Finding.objects.count() == 0
    assert "Choose one of" in call(agency, "get", "findings/?status=open", status=400)["errors"][0]["detail"]


def test_a_repeated_call_with_its_key_is_one(world: World, sides: tuple[Any, Any]) -> None:
    agency, developer = sides
    _, row = under_test(world)
    key = {"idempotency-key": "draft-1"}
    path = f"assignments/{row.reference}/findings/"
    one = call(agency, "post", path, TEXT, 201, **key)
    assert call(agency, "post", path, TEXT, 201, **key) == one
    where, key = f"findings/{one['reference']}/", {"idempotency-key": "share-1"}
    first = call(agency, "post", f"{where}moves/share/", {}, **key)
    assert call(agency, "post", f"{where}moves/share/", {}, **key) == first
    call(agency, "post", f"{where}moves/share/", {}, 403)
    assert len(call(developer, "get", where)["entries"]) == 1


def test_a_draft_is_discarded(world: World, sides: tuple[Any, Any]) -> None:
    agency, _ = sides
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    where = f"findings/{finding.reference}/"
    assert call(agency, "post", f"{where}discard/", {"typed": "x"}, 400)["errors"][0]["pointer"] == "#/typed"
    assert call(agency, "post", f"{where}discard/", {"typed": finding.reference}) == {"reference": finding.reference}
    call(agency, "get", where, status=404)


def test_the_lists_ask_as_often_for_many_as_for_few(world: World, sides: tuple[Any, Any]) -> None:
    agency, developer = sides
    evaluator, row = under_test(world)
    counts: dict[tuple[int, str], set[int]] = {}
    for number in range(6):
        moved(world, drafted(evaluator, row, title=f"Number {number}"), "share")
        if number not in (1, 5):
            continue
        for client, name in ((agency, "agency"), (developer, "developer")):
            for path in ("findings/", "findings/?status=shared"):
                call(client, "get", path)
                with CaptureQueriesContext(connection) as counted:
                    assert len(call(client, "get", path)["results"]) == number + 1
                counts.setdefault((len(path), name), set()).add(len(counted))
    assert all(len(found) == 1 for found in counts.values()), counts
    assert len(call(developer, "get", f"assignments/{row.reference}/findings/")["results"]) == 6
    page = call(developer, "get", "findings/?size=4")
    assert len(page["results"]) == 4 and "cursor=" in page["next"]
