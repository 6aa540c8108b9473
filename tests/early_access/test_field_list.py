"""The whole field list: what is typed into it is frozen, shown to those who read the request, and pinned where it says how the
model is reached."""

from __future__ import annotations

from typing import Any

from early_access import actions, changes
from early_access.models import EarlyAccessRequest, RequestStatement
from early_access.rules.sections import BY_NAME, STATED, asked
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.world import World, client_for

CAISI = make.AGENCIES[0]


def everything(section: str, method: str = "openai_compatible_api") -> dict[str, Any]:
    """Words in each field that agencies only read."""
    made: dict[str, Any] = {}
    for spec in asked(BY_NAME[section], method):
        if spec.kind in ("long", "text") and spec.name not in ("base_url", "model_name"):
            made[spec.name] = f"Said of {spec.name}."
    return made


def offered(world: World) -> EarlyAccessRequest:
    documents = everything("documents") | {"safeguards": "A filter <b>behind</b> it."}
    request = make.draft(
        world, access=everything("access") | {"authentication": "x_api_key", "tokens_per_day": 5000000, "images": True},
        domains={"information_level": "2", "timeframe_level": "3"},
        confidentiality=everything("confidentiality") | {"statement": "It is new.", "sharing": True},
        contacts={"rotation_name": "Rafael Ito", "rotation_email": "keys@aurora.example"},
    )  # fmt: skip
    with acting(world.person("aurora", "drafter")) as by:
        actions.save_section(request=request, section="documents", data=documents, row_version=0, by=by)
        actions.submit(request=request, by=by)
    return request


def test_everything_that_is_typed_is_read_by_those_it_is_for(world: World) -> None:
    request = offered(world)
    url = f"/requests/{request.reference}/"
    client = client_for(world.person(CAISI, "evaluator"))
    page, answer = client.get(url).content.decode(), client.get(f"/api/v1{url}").json()
    assert {one["name"] for one in answer["statements"]} == set(STATED)
    assert {"name": "timeframe_level", "text": "AL3, white box"} in answer["statements"]
    for words in (
        "Information about the model</dt><dd>AL2, grey box", "Time for the evaluation</dt><dd>AL3", "Said of assertions.",
        "tell each other what they find</dt><dd>Yes", "A filter &lt;b&gt;behind&lt;/b&gt; it.", "keys@aurora.example",
        "Key in the header X-Api-Key", "Tokens per day</dt><dd>5000000", "Said of tool_defects.",
        "Images are read</dt><dd>Yes",
    ):  # fmt: skip
        assert words in page, words
    assert "Runtime image" not in page, "of the weights route"
    assert (answer["specification"]["tokens_per_day"], answer["specification"]["logprobs"]) == (5000000, False)
    with acting(world.person("basalt", "drafter")):
        assert not RequestStatement.objects.exists()


def test_what_says_how_the_model_is_reached_is_pinned(world: World) -> None:
    request = offered(world)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        actions.accept(request=request, by=by)
    with acting(world.person("aurora", "security")) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        actions.announce_change(request=row, sentence="Images are off.", access={"images": False, "tls": ""}, by=by)
        found = changes.picture(row, by)
    assert found is not None
    assert [(d.name, d.before, d.after) for d in found.changes[0].differences] == [
        ("access.tls", "Said of tls.", "not stated"), ("access.images", "Yes", "No"),
    ]  # fmt: skip


def test_the_form_asks_what_belongs_to_the_chosen_method(world: World) -> None:
    request = make.draft(world)
    url = f"/requests/{request.reference}/section/access/"
    client = client_for(world.person("aurora", "security"))
    page = client.get(url).content.decode()
    assert 'name="tls"' in page and 'name="weights_runtime"' not in page
    version = page.split('name="row_version" value="')[1].split('"')[0]
    sent = {"method": "weights_by_agency_channel", "context_length": "128000", "row_version": version}
    assert client.post(url, sent).status_code == 302
    page = client.get(url).content.decode()
    assert 'name="tls"' not in page and 'name="weights_runtime"' in page and "128000" in page
