"""One person at one browser: clicks what the page offers, and sends every form a second time."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLong

from config.demo import people
from tests.browser.audit import WIDE, Audit
from tests.browser.product import Product

PATIENCE = 180.0
# A draft's text is written down by the tables' triggers alone.
SILENT = ("Save", "Save the draft")
FORM = """button => {
    const form = button.form, sent = [...new FormData(form, button)].filter(([, value]) => typeof value === 'string');
    return { action: form.action, method: form.method, files: !!form.querySelector('[type=file]'), sent };
}"""


def known(organisation: str, role: str) -> people.Person:
    """The first demo person with that role there."""
    if organisation == "concord":
        return people.STAFF
    return next(p for p in people.PEOPLE if p.organisation == organisation and role in p.roles)


class Person:
    """Acts as one of the demo's people."""

    def __init__(self, browser: Browser, product: Product, audit: Audit, who: people.Person, **context: Any) -> None:
        self.product, self.audit, self.who = product, audit, who
        self.scripts: bool = context.get("java_script_enabled", True)  # axe itself is a script
        self.context = browser.new_context(
            viewport=WIDE, reduced_motion="reduce", base_url=product.address, accept_downloads=True, **context
        )  # type: ignore[arg-type]  # a dict is what it takes
        self.context.set_default_timeout(60_000)
        self.page = self.tab()
        self.sign_in()

    def tab(self) -> Page:
        """Another tab of this browser."""
        page = self.context.new_page()
        self.audit.listen(page, self.who.name)
        return page

    def sign_in(self) -> None:
        """By the demo's page of people."""
        self.page.goto("/demo/sign-in/")
        self.look()
        self.page.get_by_role("button", name=f"Sign in as {self.who.name}", exact=True).click()
        self.page.wait_for_url("**/inbox/")
        self.look()

    def look(self) -> Page:
        """Have this page measured."""
        if self.scripts:
            self.audit.look(self.page, self.who.name)
        return self.page

    def open(self, path: str) -> Page:
        """Type an address, as a link in a mail does; confirm who we are when asked to."""
        self.page.goto(path)
        return self._arrived()

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> Page:
        """Click a link."""
        link = (within or self.page).get_by_role("link", name=name, exact=isinstance(name, str)).first
        with self.page.expect_navigation():
            link.click()
        return self._arrived()

    def follow_to(self, path: str) -> Page:
        """Click the link of the page's main part that leads there."""
        with self.page.expect_navigation():
            self.page.locator(f"main a[href='{path}']").first.click()
        return self._arrived()

    def press(self, name: str, *, within: Locator | None = None, again: bool = True) -> Page:
        """Double-click a button, and send what it sent once more, as another tab with the same page would: one effect,
        and an answer in a sentence. A button that was tried so is clicked once from then on."""
        button = (within or self.page).get_by_role("button", name=name, exact=True)
        form = button.evaluate(FORM)
        doubled = self._first(form["action"], name, "double")
        sends = again and form["method"] == "post" and not form["files"]
        repeated = sends and self._first(form["action"], name, "again")
        before = self.product.deeds(self.who.email) if repeated else None
        click = self._twice if doubled or repeated else self._once
        click(button)
        while self._confirmed():
            click(self.page.get_by_role("button", name=name, exact=True))
        if before is not None:
            self._once_more(name, form, before)
        return self._arrived()

    def fill(self, **values: Any) -> None:
        """Fill fields by name: text, True or False for a box, a list of labels for several boxes, a label to choose."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name.replace('__', '.')}']:not([type=hidden]):visible")
            if not isinstance(value, list):
                self._awaits(field, name)
            if isinstance(value, bool):
                field.set_checked(value)
            elif isinstance(value, list):
                group = self.page.locator(f"main fieldset:has([name='{name}'])")
                for label in value:
                    group.get_by_label(label).check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def _awaits(self, field: Locator, name: str) -> None:
        try:
            field.wait_for()
        except TooLong as error:
            raise AssertionError(f"{self.who.name} {self.page.url} has no field {name}:\n{self.said()}") from error

    def look_up(self, words: str) -> Page:
        """Look something up with the field of the page's head."""
        self.page.get_by_role("searchbox").fill(words)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Search", exact=True).first.click()
        return self._arrived()

    def until(self, words: str, path: str = "") -> Page:
        """Reload until the page says these words: workers need a moment."""
        deadline = time.monotonic() + PATIENCE
        path = path or self.page.url
        while time.monotonic() < deadline:
            self.open(path)
            if words in self.page.locator("main").inner_text():
                return self.page
            time.sleep(0.3)
        raise AssertionError(f"{self.who.name} {path} does not say “{words}”:\n{self.said()}")

    def waits_for(self, words: str) -> Page:
        """The page comes to say this by itself; without scripts, when it is asked for again."""
        if not self.scripts:
            return self.until(words)
        expect(self.page.locator("main")).to_contain_text(words, timeout=PATIENCE * 1000)
        return self._arrived()

    def reads(self, *sentences: str) -> None:
        """The page says this."""
        for sentence in sentences:
            expect(self.page.locator("main")).to_contain_text(sentence)

    def said(self) -> str:
        """The words of the page."""
        return self.page.locator("main, body").first.inner_text()

    def heading(self, words: str) -> None:
        """We are on this page."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def _twice(self, button: Locator) -> None:
        # not expect_navigation: without our script the second click may cut the first one's navigation off
        with self.page.expect_event("load"):
            button.dblclick()

    def _once(self, button: Locator) -> None:
        with self.page.expect_event("load"):
            button.click()

    def _first(self, address: str, name: str, how: str) -> bool:
        """Whether nobody has tried this button like that so far; without scripts it is another button."""
        key = (self.audit.route(address), name, how, self.scripts)
        if key in self.audit.tried:
            return False
        self.audit.tried.add(key)
        return True

    def _arrived(self) -> Page:
        self._confirmed()
        return self.look()

    def _confirmed(self) -> bool:
        """Prove who we are, when the page asks for it; whether it did."""
        if "/demo/confirm/" not in self.page.url:
            return False
        self.look()
        click = self._twice if self._first(self.page.url, "Confirm", "double") else self._once
        click(self.page.get_by_role("button", name=f"Confirm as {self.who.name}"))
        return True

    def _once_more(self, name: str, form: dict[str, Any], before: Counter[str]) -> None:
        """The same form from another tab."""
        first = self.product.deeds(self.who.email)
        where = f"{self.who.name} “{name}” at {form['action'].removeprefix(self.product.address)}"
        if not first - before and name not in SILENT:
            self.audit.problems.append(f"{where}: led to nothing")
        answer = self.context.request.post(
            form["action"], data=urlencode([tuple(pair) for pair in form["sent"]]),
            headers={"Referer": form["action"], "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        if answer.status >= 500 or "<h1" not in answer.text():
            self.audit.problems.append(f"{where}: a second time answers {answer.status}")
        more = self.product.deeds(self.who.email) - first
        if more:
            self.audit.problems.append(f"{where}: a second time did it again: {dict(more)}")
        doubled = [deed for deed, n in (first - before).items() if n > 1]
        if doubled:
            self.audit.problems.append(f"{where}: a double click did it twice: {doubled}")
