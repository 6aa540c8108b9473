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
# By day a page of known kinds of parts is not measured again; for pictures the words of its head count as well.
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
        self.parts: dict[str, set[str]] = {}  # by route, the kinds of parts that were measured on it
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
        """Measure this page at both widths, unless one like it was measured before: by day one with the same kinds of parts or
        fewer, by night with the same.

        Of axe's rules the one about contrast takes four fifths of the time. By day it is asked where something stands that was
        not seen so before, by night everywhere.
        """
        route = self.route(page.url)
        self.routes.add(route)
        if route.startswith("admin/"):
            return
        parts, first = set(page.evaluate(PARTS)), route not in self.parts
        known, every = self.parts.setdefault(route, set()), IS_NIGHT or self.folder
        state = str(sorted(parts)) + (str(page.evaluate(HEAD)) if self.folder else "")
        if (route, state) in self.measured or not (first or every or parts - known):
            return
        known |= parts
        self.measured.add((route, state))
        where = f"{who} {urlsplit(page.url).path}"
        page.evaluate(AXE)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a dict is what it takes
            wide = page.evaluate(TOO_WIDE)
            if wide:
                self.problems.append(f"{where} at {size['width']}: wider than the screen: {wide}")
            # another state of a page is asked at one width only: its parts are the same at the other
            if first or size is NARROW:
                coloured = set(page.evaluate(COLOURED))
                fresh = coloured - self.coloured[size["width"]]
                self.coloured[size["width"]] |= coloured
                for name, node in page.evaluate(RUN, bool(fresh) or IS_NIGHT):
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
