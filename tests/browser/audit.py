"""What is asked of every page that the story meets: axe finds nothing, nothing overflows, nothing was blocked or broken."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Page

from embedded.services import REPOSITORY
from tests.nightly import IS_NIGHT

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# Chromium writes a line of its own for each answer of 400 and more; the story says itself which it expects.
ANSWERED = "Failed to load resource: the server responded with a status of"
# By day a page is measured once, and again with a kind of part that no page had; for pictures the words of its head count as well.
PARTS = """() => {
    const kind = e => `${e.tagName}.${e.getAttribute('class') || ''} ${e.getAttribute('type') || e.getAttribute('role') || ''}`;
    return [...new Set([...document.querySelectorAll('main *')].map(kind))].sort();
}"""
# Colours go by kind of part and what it stands in, as far as it is seen.
COLOURED = """() => {
    const kind = e => `${e.tagName}.${e.getAttribute('class') || ''}`;
    const seen = [...document.querySelectorAll('body *')].filter(e => e.checkVisibility());
    return [...new Set(seen.map(e => `${kind(e.parentElement)} > ${kind(e)}`))];
}"""
HEAD = "() => [...document.querySelectorAll('h1, main button, .c-status')].map(e => e.textContent).join('|')"
# Markup that a reader sees as text.
SHOWN = r"() => (document.body.innerText.match(/<\/?(time|span|a|p|strong|em)\b[^]{0,80}/) || [''])[0]"
AXE = Axe().axe_script
RUN = """contrast => axe.run({resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}}})
    .then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"""
TOO_WIDE = """() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return '';
    const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > limit + 1);
    return wide.slice(-1).map(e => e.outerHTML.slice(0, 160))[0] || 'something';
}"""


class Audit:
    """Gathers what is wrong, so that one walk tells everything; keeps pictures when CONCORD_SCREENSHOTS is set."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.routes: set[str] = set()
        self.measured: set[tuple[str, str]] = set()  # routes and states of theirs
        self.parts: set[str] = set()  # kinds of parts that were measured on any page
        self.coloured: dict[int, set[str]] = {size["width"]: set() for size in (NARROW, WIDE)}
        self.tried: set[tuple[str, str, str, bool]] = set()  # buttons that were pressed twice, or sent once more
        self.folder = REPOSITORY / "screenshots" if os.environ.get("CONCORD_SCREENSHOTS") else None
        self.names: dict[str, int] = {}

    def listen(self, page: Page, who: str) -> None:
        """Hear what the console of this page complains about, from its first moment."""

        def complained(message: ConsoleMessage) -> None:
            if message.type == "error" and not message.text.startswith(ANSWERED):
                self.problems.append(f"{who} {page.url}: console: {message.text}")

        page.on("console", complained)
        page.on("pageerror", lambda error: self.problems.append(f"{who} {page.url}: {error}"))

    def look(self, page: Page, who: str) -> None:
        """Measure this page at both widths, unless it was measured before: by day with parts of the same kinds or of kinds that
        other pages had, by night with parts of the same kinds.

        axe is asked at the narrow width, and at the wide one where something stands there that was not seen so before. Of its
        rules the one about contrast takes four fifths of the time; it too is asked where something is new. By night, everywhere.
        """
        route = self.route(page.url)
        first = route not in self.routes
        self.routes.add(route)
        if shown := page.evaluate(SHOWN):
            self.problems.append(f"{who} {urlsplit(page.url).path}: shows {shown}")
        if route.startswith("admin/"):
            return
        parts, every = set(page.evaluate(PARTS)), IS_NIGHT or self.folder
        state = str(sorted(parts)) + (str(page.evaluate(HEAD)) if self.folder else "")
        if (route, state) in self.measured or not (first or every or parts - self.parts):
            return
        self.parts |= parts
        self.measured.add((route, state))
        where = f"{who} {urlsplit(page.url).path}"
        page.evaluate(AXE)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a dict is what it takes
            wide = page.evaluate(TOO_WIDE)
            if wide:
                self.problems.append(f"{where} at {size['width']}: wider than the screen: {wide}")
            coloured = set(page.evaluate(COLOURED))
            fresh = bool(coloured - self.coloured[size["width"]]) or IS_NIGHT
            self.coloured[size["width"]] |= coloured
            if fresh or size is NARROW:
                for name, node in page.evaluate(RUN, fresh):
                    self.problems.append(f"{where} at {size['width']}: {name}: {node}")
            self._keep(page, route, who, size["width"])

    def route(self, address: str) -> str:
        """The pattern that an address belongs to."""
        path = urlsplit(address).path
        try:
            return str(resolve(path).route)
        except Resolver404:
            return f"no pattern for {path}"

    def _keep(self, page: Page, route: str, who: str, width: int) -> None:
        if self.folder is None:
            return
        self.folder.mkdir(exist_ok=True)
        name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"<\w+:(\w+)>", r"\1", route).lower()).strip("-") or "home"
        if width == NARROW["width"]:
            self.names[name] = self.names.get(name, 0) + 1
        path: Path = self.folder / f"{name}-{self.names[name]}-{width}.png"
        page.screenshot(path=str(path), full_page=True)
