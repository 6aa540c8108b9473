"""Sign-in, passkeys, codes and sessions in our words: every page answers, and its scripts carry the nonce."""

import re

import pytest
from django.test import Client

from tests.world import World, client_for

PUBLIC = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
OWN = [
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/reauthenticate/",
]

NEED_PASSWORD = {"/accounts/password/change/", "/accounts/reauthenticate/"}


def check(html: str, policy: str) -> None:
    """One heading, our frame, and nothing that this response's policy blocks."""
    assert html.count("<h1") == 1
    assert 'href="#main"' in html
    nonce = re.search(r"'nonce-([^']+)'", policy).group(1)
    for tag in re.findall(r"<script[^>]*>", html):
        assert f'nonce="{nonce}"' in tag or 'type="application/json"' in tag, tag
    assert not re.search(r"\sstyle=|src=\"data:", html)


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_before_sign_in(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    check(answer.content.decode(), answer["Content-Security-Policy"])


@pytest.mark.parametrize("path", OWN)
def test_pages_of_ones_own_account(world: World, path: str) -> None:
    person = world.person("aurora", "drafter")
    if path in NEED_PASSWORD:
        person.set_password("a long enough password for tests")
        person.save()
    answer = client_for(person, factor=False).get(path)
    assert answer.status_code == 200, answer.get("Location")
    check(answer.content.decode(), answer["Content-Security-Policy"])


def test_sign_in_offers_the_passkey_first_and_never_a_bare_sign_up(db: None) -> None:
    html = Client().get("/accounts/login/").content.decode()
    assert html.index('id="passkey_login"') < html.index('name="password"')
    assert "/accounts/signup/" not in html


def test_the_square_code_stands_in_the_page_and_not_in_a_data_address(world: World) -> None:
    html = client_for(world.person("aurora", "drafter"), factor=False).get("/accounts/2fa/totp/activate/").content
    assert b"<svg" in html.split(b"c-qr")[1]
