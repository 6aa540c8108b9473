"""A form sent after the session ended: the answer gives back what was typed, secrets and machinery aside."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from developers.models import FrontierModel
from tests.world import World, client_for

pytestmark = pytest.mark.django_db
PATH = "/models/new/"
TYPED = {
    "codename": "Heron <b>two</b>\nsecond line",
    "family": "Waders",
    "row_version": "3",
    "access.secret": "hunter2",
}


def test_what_was_typed_is_given_back_and_nothing_is_stored(world: World) -> None:
    client = Client()
    answer = client.post(PATH, {**TYPED, "card": SimpleUploadedFile("card.pdf", b"%PDF-")})
    text = answer.content.decode()
    assert answer.status_code == 401
    for words in ("You were signed out", "Heron &lt;b&gt;two&lt;/b&gt;\nsecond line", "Waders", "The file card.pdf"):
        assert words in text
    assert "hunter2" not in text and "Not repeated here" in text and "Row version" not in text
    assert f'href="/accounts/login/?next={PATH}"' in text.replace("%2F", "/")
    assert not client.session.keys() and not FrontierModel.objects.filter(family="Waders").exists()


def test_nothing_typed_is_a_redirect_as_before(world: World) -> None:
    for data in ({}, {"codename": " ", "row_version": "3"}):
        assert Client().post(PATH, data)["Location"].startswith("/accounts/login/?next=")
    assert Client().get(PATH, {"codename": "x"}).status_code == 302


def test_a_form_that_outlived_its_token_gives_the_text_back_to_its_own_page_only(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for(world.person("aurora", "drafter")).cookies
    own = client.post(PATH, TYPED, headers={"Sec-Fetch-Site": "same-origin"})
    assert own.status_code == 403 and "Waders" in own.content.decode() and "hunter2" not in own.content.decode()
    other = client.post(PATH, TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403 and "Waders" not in other.content.decode()
