"""The pages of the room over HTTP: the story by clicks, query counts, rivals, downloads, stale drafts."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

import pytest
from django.test import Client

from agreements import queries, reference
from agreements.models import TestingAgreement
from tests.agreements import factories as make
from tests.world import World, client_for


def the_agreement(world: World) -> TestingAgreement:
    with make.acting(world.person("aurora", "drafter")) as by:
        return TestingAgreement.objects.visible_to(by).select_related("current").get()


def typed(client: Client, url: str) -> dict[str, str]:
    form = client.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name not in ("agencies",)}


def test_the_story_by_clicks(world: World) -> None:
    template = reference.load()
    for organisation in ("aurora", "treasury"):
        make.authority(world, organisation)
    drafter = client_for(world.person("aurora", "drafter"))
    new = drafter.get("/agreements/new/")
    assert b"section 3(c)" in new.content
    sent = {
        "template": template.pk,
        "title": "Framework",
        "home": world.aurora.pk,
        "agencies": [world.agency("treasury").pk],
    }
    edit = drafter.post("/agreements/new/", sent)
    assert edit.status_code == 302
    data = typed(drafter, edit.url) | {"variables.model_families": "Aurora 4"}
    assert drafter.post(edit.url, data | {"send": "1"}).status_code == 302
    agreement = the_agreement(world)
    url = agreement.get_absolute_url()
    assert agreement.status == "in_negotiation"
    assert drafter.post(f"{url}clearance/").status_code == 302
    counsel = client_for(world.person("treasury", "counsel"))
    page = counsel.get(f"{url}negotiation/")
    assert b"Open for your agency: 16 of 16" in page.content
    comment = {"clause_id": "purpose", "text": "Fine with us.", "audience": "all"}
    assert counsel.post(f"{url}comment/", comment).status_code == 302
    text_hash = page.context["verdict_form"]["text_hash"].value()
    assert counsel.post(f"{url}verdict/", {"text_hash": text_hash, "verdict": "concur"}).status_code == 302
    assert drafter.post(f"{url}open/").status_code == 302
    for organisation in ("aurora", "treasury"):
        person = world.person(organisation, "signatory")
        client = client_for(person)
        form = typed(client, f"{url}sign/")
        done = client.post(f"{url}sign/", form | {"agreed": "on", "typed_name": person.name}, follow=True)
        assert b"You have signed" in done.content
    detail = drafter.get(url)
    assert b"In force" in detail.content
    file = drafter.get(f"{url}executed.pdf")
    assert file.content.startswith(b"%PDF-")
    assert file["Content-Disposition"] == f'attachment; filename="{agreement.reference}.pdf"'
    assert (file["X-Content-Type-Options"], file["Cache-Control"]) == ("nosniff", "no-store")
    with make.acting(world.person("aurora", "drafter")):
        assert hashlib.sha256(file.content).hexdigest() == queries.current_file(agreement).sha256


PAGES = (
    "", "edit/", "autosave/", "discard/", "send/", "propose/", "versions/1/", "negotiation/", "comment/", "verdict/", "clearance/", "open/",
    "sign/", "signed/", "decline/", "withdraw/", "suspend/", "resume/", "terminate/", "executed.pdf",
)  # fmt: skip


def test_a_rival_meets_the_same_404_everywhere(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    for role in ("drafter", "counsel", "signatory"):
        rival = client_for(world.person("basalt", role))
        for path in PAGES:
            real, never = f"{agreement.get_absolute_url()}{path}", f"/agreements/AGR-AAAA-AAAA/{path}"
            for call in (rival.get, rival.post):
                answers = [call(real), call(never)]
                assert answers[0].status_code == answers[1].status_code, path
                assert answers[0].status_code in (404, 405), path
                assert strip(answers[0].content) == strip(answers[1].content), path
    assert agreement.reference.encode() not in rival.get("/agreements/").content


def strip(content: bytes) -> bytes:
    return re.sub(rb'(csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|AGR-[A-Z0-9-]+)', b"", content)


def test_a_partly_signed_file_cannot_be_had(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")
    for organisation, role in (("aurora", "drafter"), ("treasury", "signatory")):
        answer = client_for(world.person(organisation, role)).get(f"{agreement.get_absolute_url()}executed.pdf")
        assert answer.status_code == 403
        assert b"not everybody has signed" in answer.content


def test_out_of_turn_by_post(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    answer = client_for(world.person("treasury", "signatory")).post(
        f"{agreement.get_absolute_url()}sign/",
        {"shown_sha256": "0" * 64, "agreed": "on", "typed_name": "Celia Norwood"},
    )
    assert answer.status_code == 403
    assert b"not your turn" in answer.content


def test_signing_asks_to_step_up_first(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    client, url = (
        client_for(world.person("aurora", "signatory"), stepped_up=False),
        f"{agreement.get_absolute_url()}sign/",
    )
    page = client.get(url)
    assert page.status_code == 200, "reading asks for nothing, and may take longer than a confirmation holds"
    form = {"agreed": "on", "typed_name": "Maren Vale", "shown_sha256": page.context["file"].sha256}
    answer = client.post(url, form)
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url
    kept = client.get(url).content.decode()
    assert re.search(r'name="typed_name"[^>]*value="Maren Vale"|value="Maren Vale"[^>]*name="typed_name"', kept)
    assert re.search(r'name="agreed"[^>]*checked', kept), "what was typed is kept"


def test_one_confirmation_signs_once(world: World) -> None:
    """By page the detour is offered again; by API, and past the page, it is refused in a sentence."""
    first, second = (make.awaiting(world, ("treasury",)) for _ in range(2))
    person = world.person("aurora", "signatory")
    client = client_for(person)

    def form(agreement: TestingAgreement) -> dict[str, str]:
        page = client.get(f"{agreement.get_absolute_url()}sign/")
        return {"agreed": "on", "typed_name": person.name, "shown_sha256": page.context["file"].sha256}

    assert client.post(f"{first.get_absolute_url()}sign/", form(first)).url.endswith("/signed/")
    again = client.post(f"{second.get_absolute_url()}sign/", form(second))
    assert "reauthenticate" in again.url and f"next={quote(second.get_absolute_url(), safe='')}" in again.url
    said = client.post(
        f"/api/v1/agreements/{second.reference}/sign/",
        {**form(second), "agreed": True},
        content_type="application/json",
    )
    assert (said.status_code, "each signature needs a confirmation of its own" in said.content.decode()) == (403, True)
    assert client.get(f"{second.get_absolute_url()}sign/").status_code == 200
    fresh = client_for(person)
    assert fresh.post(f"{second.get_absolute_url()}sign/", form(second)).url.endswith("/signed/")


def test_a_stale_draft_is_a_409_with_both_texts(world: World) -> None:
    agreement = make.draft(world)
    url = f"{agreement.get_absolute_url()}edit/"
    first, second = (client_for(world.person("aurora", role)) for role in ("drafter", "counsel"))
    data = typed(first, url)
    assert second.post(url, typed(second, url) | {"clause.purpose": "Their purpose."}).status_code == 302
    answer = first.post(url, data | {"clause.purpose": "My purpose."})
    assert answer.status_code == 409
    assert b"Their purpose." in answer.content
    assert b"My purpose." in answer.content
    saved = first.post(f"{agreement.get_absolute_url()}autosave/", data | {"clause.purpose": "My purpose."})
    assert (saved.status_code, saved.json()["yours"].count("My purpose.")) == (409, 1)


def test_autosave_answers_with_the_next_row_version(world: World) -> None:
    agreement = make.draft(world)
    client = client_for(world.person("aurora", "drafter"))
    data = typed(client, f"{agreement.get_absolute_url()}edit/")
    url = f"{agreement.get_absolute_url()}autosave/"
    assert client.post(url, data).json()["row_version"] == int(data["row_version"]) + 1
    data["row_version"] = str(int(data["row_version"]) + 1)
    wrong = client.post(url, data | {"variables.access_days": "31"})
    assert wrong.status_code == 400
    assert "between 1 and 30" in str(wrong.json())


def test_a_window_of_31_days_is_refused_at_its_field(world: World) -> None:
    agreement = make.draft(world)
    client = client_for(world.person("aurora", "drafter"))
    url = f"{agreement.get_absolute_url()}edit/"
    page = client.post(url, typed(client, url) | {"variables.access_days": "31"})
    assert "between 1 and 30" in page.context["form"].errors["variables.access_days"][0]


@pytest.mark.parametrize("way", ["withdraw", "suspend", "terminate"])
def test_ways_out_have_a_page_and_work(world: World, way: str) -> None:
    agreement = make.negotiated(world, ("treasury",)) if way == "withdraw" else make.in_force(world, ("treasury",))
    client = client_for(world.person("aurora", "drafter"))
    url = f"{agreement.get_absolute_url()}{way}/"
    assert b"What will happen" in client.get(url).content
    assert client.post(url, {"reason": "Our own."}).status_code == 302
    assert the_agreement(world).ended_reason in ("", "Our own.")
    after = client.get(agreement.get_absolute_url()).content.decode()
    assert "Early access can be asked for" not in after
    if way == "terminate":
        assert "Notice of termination was given: the agreement ends on" in after
        assert "The developer gave notice, and access ended with that." in after


def test_every_page_carries_the_notice(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    client = client_for(world.person("aurora", "signatory"))
    for path in ("", "negotiation/", "versions/1/", "sign/", "decline/", "withdraw/"):
        page = client.get(f"{agreement.get_absolute_url()}{path}")
        assert page.status_code == 200, path
        assert b"mandatory licensing, preclearance or permitting" in page.content, path


def test_query_counts(world: World, django_assert_max_num_queries) -> None:
    agreements = [make.negotiated(world, ("treasury",)) for _ in range(3)]
    client = client_for(world.person("aurora", "drafter"))
    client.get("/agreements/")
    with django_assert_max_num_queries(14):
        client.get("/agreements/")
    with django_assert_max_num_queries(32):
        client.get(agreements[0].get_absolute_url())
    with django_assert_max_num_queries(36):
        client.get("/inbox/")


def test_delegations_are_recorded_and_revoked_by_administrators(world: World) -> None:
    client = client_for(world.person("aurora", "administrator"))
    assert client.get("/agreements/authorities/").status_code == 200
    sent = {
        "number": "B-7", "title": "Board resolution", "instruments": ["mou"], "valid_from": "2026-01-01 00:00",
        "holder": world.person("aurora", "signatory").pk,
    }  # fmt: skip
    assert client.post("/agreements/authorities/new/", sent).status_code == 302
    page = client.get("/agreements/authorities/")
    (row,) = page.context["rows"]
    assert b"Waits for counsel" in page.content
    others = client_for(world.person("basalt", "administrator"))
    assert others.post(f"/agreements/authorities/{row.pk}/revoke/").status_code == 404
    assert b"Board resolution" not in others.get("/agreements/authorities/").content
    assert client.post(f"/agreements/authorities/{row.pk}/revoke/", {"reason": " "}).status_code == 400
    assert client.post(f"/agreements/authorities/{row.pk}/revoke/", {"reason": "She left."}).status_code == 302
    assert b"Revoked" in client.get("/agreements/authorities/").content
    drafter = client_for(world.person("aurora", "drafter"))
    assert drafter.post("/agreements/authorities/new/", sent | {"number": "B-8"}).status_code == 403
