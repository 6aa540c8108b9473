"""The pages over HTTP, each as the person it is for: status, words, query counts, and nothing for rivals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from early_access import hooks
from early_access.models import EarlyAccessRequest
from tests.early_access import factories as make
from tests.world import World, client_for

SIGNED_IN = 12  # session, user, seats, context of the transaction


@pytest.fixture(autouse=True)
def _this_room_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("on_withdraw", "on_window_opened", "on_window_closed", "may_open_credential", "open_findings"):
        monkeypatch.setattr(hooks, name, [])


def _status(world: World, request: EarlyAccessRequest) -> str:
    return make.seen(world, request).status


def test_developer_drafts_and_submits_in_the_browser(world: World) -> None:
    make.in_force(world, ("treasury", "commerce"))
    row = make.checkpoint(world)
    client = client_for(world.person("aurora", "drafter"))
    page = client.post("/requests/new/")
    url = page["Location"]
    for name, data in make.sections(row).items():
        assert client.get(f"{url}section/{name}/").status_code == 200
        typed = {k: ("on" if v is True else v) for k, v in data.items()}
        answer = client.post(f"{url}section/{name}/", typed | {"row_version": 0})
        assert answer.status_code == 302, answer.content.decode()
    checked = client.get(f"{url}check/")
    assert b"Before it can be submitted" not in checked.content and make.SECRET.encode() not in checked.content
    assert client.post(f"{url}check/").status_code == 302
    assert b"Acknowledged" in client.get(url).content
    assert client.post(f"{url}check/").status_code == 409


def test_check_page_names_problems_with_anchors(world: World) -> None:
    client = client_for(world.person("aurora", "drafter"))
    url = client.post("/requests/new/")["Location"]
    page = client.post(f"{url}check/")
    assert page.status_code == 400
    assert f"{url}section/window/#id_starts_on" in page.content.decode()


def test_stale_form_and_autosave_answer_409_with_both_texts(world: World) -> None:
    client = client_for(world.person("aurora", "counsel"))
    url = client.post("/requests/new/")["Location"]
    one = {"scope": "everything", "statement": "first text", "row_version": 0}
    assert client.post(f"{url}section/confidentiality/autosave/", one).json()["row_version"] == 1
    two = one | {"statement": "second text"}
    stale = client.post(f"{url}section/confidentiality/autosave/", two)
    assert stale.status_code == 409
    assert (stale.json()["theirs"]["statement"], stale.json()["yours"]["statement"]) == ("first text", "second text")
    page = client.post(f"{url}section/confidentiality/", two)
    assert page.status_code == 409 and b"first text" in page.content and b"second text" in page.content


def test_intake_walks_to_scheduled_and_evaluator_opens_the_key(world: World) -> None:
    from jobs.testing import run_due

    request = make.submitted(world)
    url = f"/requests/{request.reference}/"
    officer = client_for(world.person("commerce", "intake"))
    assert request.reference in officer.get("/requests/intake/").content.decode()
    for verb in ("acknowledge", "accept"):
        assert officer.post(f"{url}move/{verb}/").status_code == 302
    assert officer.post(f"{url}schedule/", {"confirm": "1"}).status_code == 302
    assert _status(world, request) == "scheduled"
    run_due(kinds=("early_access.open_window",))
    evaluator = client_for(world.person("commerce-caisi", "evaluator"))
    page = evaluator.get(f"{url}connect/commerce-caisi/")
    assert page.status_code == 200 and make.SECRET not in page.content.decode()
    opened = evaluator.post(f"{url}connect/commerce-caisi/", {"text": "First calls"})
    assert make.SECRET in opened.content.decode() and "no-store" in opened["Cache-Control"]
    assert make.SECRET not in evaluator.get(url).content.decode()


def test_rival_gets_404_for_every_page(world: World) -> None:
    request = make.submitted(world)
    client = client_for(world.person("basalt", "drafter"))
    url = f"/requests/{request.reference}/"
    for page in ("", "check/", "withdraw/", "schedule/", "section/identity/", "release/", "close-early/"):
        assert client.get(url + page).status_code == 404, page
    assert request.reference not in client.get("/requests/").content.decode()


def test_agencies_never_read_drafted_sections(world: World) -> None:
    request = make.submitted(world)
    client = client_for(world.person("commerce", "intake"))
    assert client.get(f"/requests/{request.reference}/section/identity/").status_code == 404
    assert client.get(f"/requests/{request.reference}/check/").status_code == 404


def test_withdraw_page_says_what_happens(world: World) -> None:
    request = make.submitted(world)
    client = client_for(world.person("aurora", "drafter"))
    page = client.get(f"/requests/{request.reference}/withdraw/")
    assert b"What will happen" in page.content and b"What will not" in page.content
    assert client.post(f"/requests/{request.reference}/withdraw/", {"text": ""}).status_code == 302
    assert _status(world, request) == "withdrawn"
    assert client.post(f"/requests/{request.reference}/withdraw/", {"text": ""}).status_code == 403


def test_release_notice_is_the_developers_own(world: World) -> None:
    request = make.submitted(world)
    url = f"/requests/{request.reference}/"
    developer, officer = client_for(world.person("aurora", "drafter")), client_for(world.person("commerce", "intake"))
    day = timezone.now().date() + timedelta(days=5)
    assert developer.post(f"{url}release/", {"release_on": str(day), "rationale": "Ready."}).status_code == 302
    assert "Ready." not in officer.get(url).content.decode()
    pk = request.release_notices.model.objects
    with make.acting(world.person("aurora", "drafter")):
        notice = pk.get()
    assert officer.post(f"{url}release/{notice.pk}/issue/").status_code == 404
    assert developer.post(f"{url}release/{notice.pk}/issue/").status_code == 302
    assert "Ready." in officer.get(url).content.decode()


@pytest.mark.parametrize(("path", "most"), [("", 48), ("list", 30)])
def test_query_counts(world: World, path: str, most: int) -> None:
    request = make.submitted(world)
    client = client_for(world.person("aurora", "drafter"))
    url = "/requests/" if path else f"/requests/{request.reference}/"
    client.get(url)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    assert len(counted) <= most, [q["sql"][:80] for q in counted]


def _api(client: Any, method: str, path: str, data: Any = None) -> Any:
    return getattr(client, method)(f"/api/v1{path}", data, content_type="application/json")


def test_api_tells_the_same_story(world: World) -> None:
    make.in_force(world, ("treasury", "commerce"))
    row = make.checkpoint(world)
    client = client_for(world.person("aurora", "drafter"))
    made = _api(client, "post", "/requests/", {})
    assert made.status_code == 201, made.content
    path = f"/requests/{made.json()['reference']}/"
    for name, data in make.sections(row).items():
        sent = _api(client, "put", f"{path}sections/{name}/", {"row_version": 0, "data": data})
        assert sent.status_code == 200 and make.SECRET not in sent.content.decode(), sent.content
    assert _api(client, "post", f"{path}moves/submit/", {}).json()["status"] == "submitted"
    assert _api(client, "post", f"{path}moves/accept/", {}).status_code == 403
    assert _api(client_for(world.person("basalt", "drafter")), "get", path).status_code == 404
    assert make.SECRET not in client.get(f"/api/v1{path}").content.decode()


def test_a_refusal_leads_back_to_what_it_is_about(world: World) -> None:
    request = make.submitted(world)
    answer = client_for(world.person("commerce", "intake")).get(f"/requests/{request.reference}/withdraw/")
    assert answer.status_code == 403
    back = f'<a href="/requests/{request.reference}/">Back to {request.reference}</a>'
    assert back in answer.content.decode()
