"""The same form sent twice is done once, whoever is faster, and what did not go through may be sent again."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.test import Client
from redis.exceptions import ConnectionError as RedisGone

from config import once
from tests.world import World, client_for

NEW = "/requests/new/"


class Sender:
    """Somebody whose browser sends the token of the page that it drew."""

    def __init__(self, world: World) -> None:
        self.client: Client = client_for(world.person("aurora", "drafter"))

    def page(self) -> str:
        """The token of a page drawn now."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w{64})"', self.client.get(NEW).content.decode())
        assert found is not None
        return found[1]

    def send(self, page: str, path: str = NEW, **typed: str) -> Any:
        body = urlencode({"csrfmiddlewaretoken": page, **typed})
        return self.client.generic("POST", path, body, content_type=once.FORM)

    def drafts(self) -> int:
        return self.client.get("/requests/").content.decode().count("<tr data-row>")


@pytest.fixture
def sender(world: World) -> Sender:
    return Sender(world)


def test_the_second_arrival_leads_to_the_same_page_and_says_so(sender: Sender) -> None:
    page = sender.page()
    first, second = sender.send(page), sender.send(page)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert "This was sent twice. It was done once." in sender.client.get(first["Location"]).content.decode()
    assert sender.drafts() == 1


def test_another_page_or_another_text_is_another_form(sender: Sender) -> None:
    assert len({sender.send(sender.page())["Location"] for _ in range(2)}) == 2
    page = sender.page()
    assert sender.send(page)["Location"] != sender.send(page, more="1")["Location"]
    assert sender.drafts() == 4


def test_another_person_with_the_same_bytes_is_another_form(sender: Sender, world: World) -> None:
    page = sender.page()
    rival = client_for(world.person("basalt", "drafter"))
    answers = [
        c.generic("POST", NEW, f"csrfmiddlewaretoken={page}", content_type=once.FORM) for c in (sender.client, rival)
    ]
    assert answers[0]["Location"] != answers[1]["Location"]


def test_what_came_back_with_errors_may_be_sent_again(sender: Sender) -> None:
    page = sender.page()
    answers = [sender.send(page, "/models/new/", codename="") for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 200]
    assert "Something needs your attention" in answers[1].content.decode()


def test_a_refusal_may_be_sent_again(sender: Sender) -> None:
    page, path = sender.page(), sender.send(sender.page())["Location"] + "move/acknowledge/"
    codes = [sender.send(page, path).status_code for _ in range(2)]
    assert codes[0] == codes[1] != 200


def test_the_second_of_two_at_once_waits_and_then_says_that_it_is_worked_on(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.1)
    monkeypatch.setattr(once.OncePerForm, "_key", lambda self, request: "once:one-that-runs")
    caches["fast"].set("once:one-that-runs", once.RUNNING, 30)
    try:
        answer = sender.send(sender.page())
    finally:
        caches["fast"].delete("once:one-that-runs")
    assert answer.status_code == 409
    assert "still being worked on" in answer.content.decode()
    assert sender.drafts() == 0


def test_a_view_that_breaks_is_forgotten_and_may_be_tried_again(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sender.page()

    def broken(**_: Any) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr("early_access.actions.create", broken)
        with pytest.raises(RuntimeError):
            sender.send(page)
    assert sender.send(page).status_code == 302
    assert sender.drafts() == 1


def test_without_redis_each_arrival_is_done(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sender.page()

    def gone(*_: Any, **__: Any) -> None:
        raise RedisGone("no answer")

    monkeypatch.setattr(type(caches["fast"]), "add", gone)
    assert [sender.send(page).status_code for _ in range(2)] == [302, 302]
    assert sender.drafts() == 2
