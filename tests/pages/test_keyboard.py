"""The keyboard: search, help, the rows of a list, the off switch."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from developers.models import FrontierModel
from tests.pages.test_accessibility import violations
from tests.world import World, acting, client_for

pytestmark = pytest.mark.browser


@pytest.fixture
def three(transactional_world: World) -> World:
    """Three models of Aurora."""
    with acting(transactional_world.person("aurora", "drafter")):
        for name in ("Heron", "Ibis", "Kestrel"):
            FrontierModel.objects.create(developer=transactional_world.aurora, codename=name)
    return transactional_world


@pytest.fixture
def cookies(three: World) -> dict[str, str]:
    """Session keys, made before the browser starts its loop."""
    quiet = three.person("aurora", "counsel")
    User.objects.filter(pk=quiet.pk).update(keyboard_shortcuts=False)
    people = {"drafter": three.person("aurora", "drafter"), "quiet": three.person("aurora", "counsel")}
    return {name: client_for(person).cookies["session"].value for name, person in people.items()}


def opened(browser: Browser, site: Any, path: str, key: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": "session", "value": key, "domain": urlsplit(site.url).hostname, "path": "/"}])
    page = context.new_page()
    page.goto(site.url + path)
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent || document.activeElement.id"))


def test_rows_are_walked_and_opened(three: World, cookies: dict[str, str], browser: Browser, site: Any) -> None:
    page = opened(browser, site, "/models/", cookies["drafter"])
    page.keyboard.press("j")
    assert focused(page) == "Kestrel", "the newest stands first"
    page.keyboard.press("j")
    assert focused(page) == "Ibis"
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert focused(page) == "Kestrel"
    page.locator("a", has_text="Heron").focus()
    page.keyboard.press("k")
    assert focused(page) == "Ibis", "it goes on from where the focus is"
    page.keyboard.press("o")
    page.wait_for_url("**/models/MDL-*/")
    assert page.locator("h1").inner_text() == "Ibis"


def test_slash_leads_to_search_and_typing_is_typing(
    three: World, cookies: dict[str, str], browser: Browser, site: Any
) -> None:
    page = opened(browser, site, "/models/", cookies["drafter"])
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("kojo?/k")
    assert page.input_value("#search") == "kojo?/k"
    assert page.locator("dialog[open]").count() == 0
    page.fill("#search", "kest")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=kest")
    assert page.locator("main a", has_text="Kestrel").count() == 1


def test_the_help_says_every_key_and_takes_none_while_it_is_open(
    three: World, cookies: dict[str, str], browser: Browser, site: Any
) -> None:
    page = opened(browser, site, "/models/", cookies["drafter"])
    page.keyboard.press("?")
    help = page.locator("dialog[open]")
    assert help.count() == 1
    assert [k.inner_text() for k in help.locator("kbd").all()] == ["/", "j", "k", "o", "?", "Esc"]
    assert violations(page) == []
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_the_off_switch_is_honoured(three: World, cookies: dict[str, str], browser: Browser, site: Any) -> None:
    page = opened(browser, site, "/models/", cookies["quiet"])
    for key in ("?", "j", "/"):
        page.keyboard.press(key)
    assert page.locator("dialog").count() == 0
    assert page.evaluate("document.activeElement === document.body")
