"""axe finds nothing on the gallery and the sign-in page; nothing overflows on a phone; the CSP blocks nothing of ours."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from core.gallery import sample

pytestmark = pytest.mark.browser

WIDTHS = [1280, 390]


def violations(page: Page) -> list[str]:
    """Rule and first element of each finding."""
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in Axe().run(page).response["violations"]]


def opened(browser: Browser, url: str, width: int, html: str | None = None) -> tuple[Page, list[str]]:
    """The page at that width, and what its console complained about; `html` stands in for the server's answer."""
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    if html is not None:
        page.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(url)
    return page, said


@pytest.mark.parametrize("width", WIDTHS)
def test_the_gallery(browser: Browser, site: Any, width: int) -> None:
    page, said = opened(browser, f"{site.url}/components/", width, render_to_string("components.html", sample()))
    try:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.querySelector('.c-next')).borderLeftWidth") == "4px"
        assert said == []
    finally:
        page.close()


def test_what_is_typed_survives_and_a_failed_save_says_so(browser: Browser, site: Any) -> None:
    html = (
        '<!doctype html><html lang="en"><title>t</title><body data-who="somebody" data-shortcuts="off">'
        '<script src="/static/js/concord.js" defer></script><form data-keep="t" data-autosave="/save/">'
        '<input name="title"><input name="key" type="password">'
        "<span data-save-state></span></form></body></html>"
    )
    page, _ = opened(browser, f"{site.url}/long-form/", 1280, html)
    answers = [503, 200]
    page.route(
        "**/save/", lambda route: route.fulfill(status=answers.pop(0), body="{}", content_type="application/json")
    )
    try:
        page.fill("[name=key]", "hunter2")
        page.fill("[name=title]", "Borealis")
        state = page.locator("[data-save-state]")
        page.wait_for_function("document.querySelector('[data-save-state]').textContent.startsWith('Not saved')")
        assert page.evaluate("localStorage.getItem('concord:somebody:t')") == '{"title":"Borealis"}'
        page.unroute(page.url)
        page.route(
            page.url, lambda route: route.fulfill(body=html.replace("somebody", "another"), content_type="text/html")
        )
        page.goto(page.url)  # a reload would fill the fields in by itself
        assert page.get_by_role("button", name="Bring back").count() == 0, "somebody else at the same browser"
        page.unroute(page.url)
        page.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(page.url)
        page.get_by_role("button", name="Bring back what you typed earlier").click()
        assert page.input_value("[name=title]") == "Borealis"
        page.fill("[name=title]", "Borealis 4")
        page.wait_for_function("document.querySelector('[data-save-state]').textContent.startsWith('Saved ')")
        assert state.inner_text().startswith("Saved ")
        assert page.evaluate("localStorage.getItem('concord:somebody:t')") is None
    finally:
        page.close()


@pytest.mark.parametrize(("answer", "kept"), [("usa-alert--success", False), ("c-errors", True)])
def test_the_kept_text_goes_only_when_the_server_said_success(
    browser: Browser, site: Any, answer: str, kept: bool
) -> None:
    head = '<!doctype html><html lang="en"><title>t</title><body data-who="somebody"><script src="/static/js/concord.js" defer></script>'
    form = '<form method="post" action="/sent/" data-keep="t"><input name="title"><button>Save</button></form>'
    page, _ = opened(browser, f"{site.url}/long-form/", 1280, head + form)
    reply = f'{head}<p class="{answer}">Answer</p>'
    page.route("**/sent/", lambda route: route.fulfill(body=reply, content_type="text/html"))
    try:
        page.fill("[name=title]", "Borealis")
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/sent/")
        assert (page.evaluate("localStorage.getItem('concord:somebody:t')") is not None) is kept
    finally:
        page.close()
