"""Several people fill a draft: one takes a section, hands it over, another asks; and the receipt is a file with its digest."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any

import pytest

from audit.models import Event
from core.decisions import Conflict, Invalid, Refused
from early_access import actions, filling, queries, receipts
from early_access.models import EarlyAccessRequest, SectionTask
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_keys import told
from tests.world import World, client_for

DRAFTER, SECURITY = ("aurora", "drafter"), ("aurora", "security")


def states(world: World, request: EarlyAccessRequest) -> dict[str, str]:
    with acting(world.person(*DRAFTER)):
        row = EarlyAccessRequest.objects.select_related("developer").get(pk=request.pk)
        return {task["section"].name: task["state"] for task in filling.task_list(row, queries.drafted(row))}


def do(world: World, act: Any, request: EarlyAccessRequest, who: tuple[str, str] = DRAFTER, **kwargs: Any) -> Any:
    with acting(world.person(*who)) as by:
        return act(request=request, section=kwargs.pop("section", "access"), by=by, **kwargs)


def begun(world: World) -> EarlyAccessRequest:
    with acting(world.person(*DRAFTER)) as by:
        return actions.create(developer=world.aurora, by=by)


def test_the_state_of_a_section_is_computed(world: World) -> None:
    request = begun(world)
    assert set(states(world, request).values()) == {"Not begun"}
    save, data = actions.save_section, make.sections(make.checkpoint(world))["access"]
    do(world, save, request, data={"base_url": data["base_url"]}, row_version=0)
    assert states(world, request)["access"] == "In work", "the method is missing"
    do(world, save, request, data=data, row_version=1)
    assert states(world, request)["access"] == "Ready"
    do(world, actions.ask_in_section, request, question="Which host?")
    assert states(world, request)["access"] == "Needs an answer"
    do(world, actions.answer_in_section, request, SECURITY, answer="The first.")
    assert states(world, request)["access"] == "Ready"


def test_a_section_is_taken_and_handed_over(world: World) -> None:
    request, security = begun(world), world.person(*SECURITY)
    do(world, actions.hand_over, request, to=world.person(*DRAFTER), row_version=0)
    assert told(world, "section_owner", *DRAFTER) == 0, "one's own doing"
    do(world, actions.hand_over, request, to=security, row_version=1)
    do(world, actions.hand_over, request, to=security)
    assert told(world, "section_owner", *SECURITY) == 1, "the second press changes nothing"
    do(world, actions.hand_over, request, SECURITY, to=None)
    assert told(world, "section_owner", *SECURITY) == 1
    with acting(world.person(*DRAFTER)):
        row = SectionTask.objects.get(request=request)
        assert (row.owner, row.row_version) == (None, 3)
        said = list(
            Event.objects.filter(verb="early_access.section_owner").order_by("at").values_list("parties", flat=True)
        )
    assert said == [[world.aurora.pk]] * 3


def test_questions_go_to_the_owner_and_answers_to_who_asked(world: World) -> None:
    request = begun(world)
    do(world, actions.hand_over, request, to=world.person(*SECURITY))
    do(world, actions.ask_in_section, request, question="Which host?")
    with pytest.raises(Conflict, match="waits here already"):
        do(world, actions.ask_in_section, request, question="Again?")
    assert (told(world, "section_asked", *SECURITY), told(world, "section_asked", "aurora", "counsel")) == (1, 0)
    inbox = client_for(world.person(*SECURITY)).get("/inbox/").content.decode()
    assert "a colleague asks in “Access specification”" in inbox and "Which host?" in inbox
    assert "a colleague asks in" not in client_for(world.person("aurora", "counsel")).get("/inbox/").content.decode()
    do(world, actions.answer_in_section, request, SECURITY, answer="The first.")
    assert told(world, "section_answered", *DRAFTER) == 1
    with pytest.raises(Conflict, match="No question waits"):
        do(world, actions.answer_in_section, request, answer="Twice.")
    do(world, actions.ask_in_section, request, section="dates", question="When?")
    assert told(world, "section_asked", "aurora", "counsel") == 1, "nobody has it: all who fill sections"


def test_what_is_refused(world: World) -> None:
    request, act = begun(world), actions.hand_over
    for person in (("aurora", "signatory"), ("basalt", "security")):
        with pytest.raises(Invalid, match="Choose one of them"):
            do(world, act, request, to=world.person(*person))
    with pytest.raises(Invalid, match="no such section"):
        do(world, act, request, to=None, section="weather")
    with pytest.raises(Conflict, match="A colleague changed this"):
        do(world, act, request, to=None, row_version=4)
    for text in (" ", "x" * 401):
        with pytest.raises(Invalid, match="at most 400"):
            do(world, actions.ask_in_section, request, question=text)
    with pytest.raises(Refused, match="Your role"):
        do(world, act, request, ("aurora", "signatory"), to=None)
    with acting(world.person(*DRAFTER)):
        assert not SectionTask.objects.filter(request=request).exists()
    sent = make.submitted(world)
    with pytest.raises(Refused, match="cannot be changed"):
        do(world, act, sent, to=None)


def test_over_http(world: World) -> None:
    request = begun(world)
    url, api = f"/requests/{request.reference}/section/access/", f"/api/v1/requests/{request.reference}/sections/"
    me, colleague, rival = (client_for(world.person(*who)) for who in (DRAFTER, SECURITY, ("basalt", "security")))
    security = world.person(*SECURITY)
    for page in ("owner/", "question/"):
        assert rival.get(url + page).status_code == 404
        assert "your own organisation only" in me.get(url + page).content.decode()
    assert me.post(f"{url}owner/", {"row_version": 0, "person": str(security.pk)}).status_code == 302
    assert me.post(f"{url}owner/", {"row_version": 0, "person": ""}).status_code == 409
    assert "at most 400" in me.post(f"{url}question/", {"row_version": 1, "text": ""}).content.decode()
    assert me.post(f"{url}question/", {"row_version": 1, "text": "Which host?"}).status_code == 302
    listed = " ".join(colleague.get(f"/requests/{request.reference}/").content.decode().split())
    assert "asks: Which host?" in listed and "Needs an answer" in listed and security.name in listed
    assert "Which host?" in colleague.get(url).content.decode()
    assert colleague.post(f"{url}question/", {"row_version": 2, "text": "The first."}).status_code == 302
    (task,) = [t for t in me.get(api).json()["results"] if t["name"] == "access"]
    assert task["work"] == {
        "owner": security.name, "question": "Which host?", "answer": "The first.", "row_version": 3,
    }  # fmt: skip
    send = {"content_type": "application/json"}
    for path, body in (
        ("owner/", {"person": security.email.upper()}), ("question/", {"question": "And the port?"}),
        ("answer/", {"answer": "443."}),
    ):  # fmt: skip
        assert me.post(f"{api}access/{path}", body, **send).status_code == 200
        assert rival.post(f"{api}access/{path}", body, **send).status_code == 404
    assert me.post(f"{api}access/owner/", {"person": "nobody@x.example"}, **send).status_code == 400


def test_the_receipt_is_a_file_with_its_digest(world: World) -> None:
    request = make.submitted(world)
    url, api = f"/requests/{request.reference}/receipt/", f"/api/v1/requests/{request.reference}/receipt/"
    developer, officer, rival = (
        client_for(world.person(*w)) for w in (DRAFTER, ("commerce", "intake"), ("basalt", "drafter"))
    )
    file = developer.get(url)
    digest = sha256(file.content).hexdigest()
    told = developer.get(api).json()
    assert (told["sha256"], told["unchanged"], told["text"].encode()) == (digest, True, file.content)
    assert file["Repr-Digest"] == f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
    assert file["Content-Disposition"] == f'attachment; filename="{request.reference}-{digest[:12]}.json"'
    assert make.SECRET not in file.content.decode()
    assert officer.get(api).json() == {"sha256": digest, "at": told["at"], "unchanged": None, "text": ""}
    assert (officer.get(url).status_code, rival.get(url).status_code, rival.get(api).status_code) == (404, 404, 404)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        actions.ask_for_information(request=request, question="Which context length?", by=by)
    data = make.sections(make.checkpoint(world), access={"context_length": 128000})["access"]
    with acting(world.person(*DRAFTER)) as by:
        actions.save_section(request=request, section="access", data=data, row_version=1, by=by)
        with pytest.raises(Conflict, match="have changed since"):
            receipts.in_full(request, by)
    assert developer.get(url).status_code == 409
    assert (developer.get(api).json()["unchanged"], developer.get(api).json()["text"]) == (False, "")


def test_a_draft_has_none(world: World) -> None:
    request = begun(world)
    client = client_for(world.person(*DRAFTER))
    assert client.get(f"/requests/{request.reference}/receipt/").status_code == 403
    assert client.get(f"/api/v1/requests/{request.reference}/receipt/").status_code == 404
