"""The story over the API, and what it refuses."""

from __future__ import annotations

from typing import Any

from django.test import Client

from agreements import reference
from tests.agreements import factories as make
from tests.world import World, client_for

BASE = "/api/v1/agreements/"


def call(client: Client, path: str, data: dict[str, Any] | None = None, method: str = "post") -> Any:
    return getattr(client, method)(f"{BASE}{path}", data or {}, content_type="application/json")


def test_the_story(world: World) -> None:
    reference.load()
    for organisation in ("aurora", "treasury"):
        make.authority(world, organisation)
    drafter, counsel = client_for(world.person("aurora", "drafter")), client_for(world.person("treasury", "counsel"))
    made = call(drafter, "", {"template": reference.TEMPLATE, "title": "Framework", "agencies": ["treasury"]})
    assert made.status_code == 201, made.content
    path = f"{made.json()['reference']}/"
    saved = call(drafter, f"{path}draft/", {"row_version": 1, "variables": make.FAMILIES}, "put")
    assert saved.json()["row_version"] == 2, saved.content
    for verb in ("send", "open_clearance"):
        assert call(drafter, f"{path}{verb}/").status_code == 200
    text_hash = counsel.get(f"{BASE}{path}").json()["text_hash"]
    assert call(counsel, f"{path}concur/", {"text_hash": text_hash}).status_code == 200
    assert call(drafter, f"{path}open_for_signature/").json()["status"] == "awaiting_signature"
    for organisation in ("aurora", "treasury"):
        person = world.person(organisation, "signatory")
        client = client_for(person)
        sha256 = client.get(f"{BASE}{path}").json()["file_sha256"]
        done = call(client, f"{path}sign/", {"shown_sha256": sha256, "typed_name": person.name, "agreed": True})
        assert done.status_code == 200, done.content
    assert done.json()["status"] == "in_force"
    assert drafter.get(f"{BASE}{path}executed.pdf").content.startswith(b"%PDF-")
    assert [row["reference"] for row in drafter.get(BASE).json()["results"]] == [made.json()["reference"]]


def test_what_is_wrong_is_a_problem_detail(world: World) -> None:
    agreement = make.draft(world)
    drafter = client_for(world.person("aurora", "drafter"))
    path = f"{agreement.reference}/draft/"
    extra = call(drafter, path, {"row_version": 2, "colour": "red"}, "put")
    assert (extra.status_code, extra.json()["errors"][0]["pointer"]) == (400, "#/colour")
    long = call(drafter, path, {"row_version": 2, "variables": {"access_days": 31}}, "put")
    assert (long.status_code, long.json()["errors"][0]["pointer"]) == (400, "#/variables/access_days")
    stale = call(drafter, path, {"row_version": 1, "clauses": {"purpose": "Mine."}}, "put")
    assert stale.status_code == 409
    assert "Mine." in stale.json()["yours"]


def test_a_rival_gets_404(world: World) -> None:
    agreement = make.negotiated(world)
    rival = client_for(world.person("basalt", "drafter"))
    for path in ("", "draft/", "versions/1/", "executed.pdf"):
        assert rival.get(f"{BASE}{agreement.reference}/{path}").status_code == 404
    for verb in ("send", "withdraw", "terminate", "comments", "sign", "concur"):
        assert call(rival, f"{agreement.reference}/{verb}/").status_code == 404
    assert rival.get(BASE).json()["results"] == []
