"""A passkey from enrolment to sign-in, in a real browser with a virtual authenticator, under our CSP."""

from typing import Any

import pytest
from allauth.account.internal.userkit import user_id_to_str
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests.world import World, client_for

pytestmark = pytest.mark.browser


def with_authenticator(page: Page) -> None:
    """A device that always agrees, as a laptop does after a finger was put on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})


@pytest.fixture
def drafter(site: Any) -> tuple[User, str]:
    """A person without a passkey, and the cookie of a session."""
    person = World().person("aurora", "drafter")
    client = client_for(person, factor=False)
    session = client.session
    session["account_authentication_methods_user"] = user_id_to_str(person)  # whose records these are, for allauth
    session.save()
    return person, client.cookies["session"].value


def test_enrol_sign_out_and_sign_in_again(drafter: tuple[User, str], browser: Browser, site: Any) -> None:
    person, session = drafter
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    blocked: list[str] = []
    page.on("console", lambda m: blocked.append(m.text) if "Content Security Policy" in m.text else None)
    page.context.add_cookies([{"name": "session", "value": session, "url": site.url}])
    with_authenticator(page)

    page.goto(f"{site.url}/accounts/2fa/webauthn/add/")
    page.fill("[name=name]", "Work laptop")
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.get_by_role("heading", level=1, name="Recovery codes")).to_be_visible()
    page.get_by_label("I have kept my recovery codes").check()
    page.goto(f"{site.url}/accounts/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="Work laptop")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/inbox/")
    expect(page.get_by_role("link", name=person.name)).to_be_visible()
    assert blocked == []


def test_a_passkey_that_does_not_answer_is_said_in_words(browser: Browser, site: Any) -> None:
    page = browser.new_page()
    page.route("**/accounts/2fa/webauthn/login/", lambda route: route.fulfill(status=503))
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Your passkey did not answer.")
