"""Walks every page that a visitor can find or guess, and says what stands in the answers that is not theirs."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import resolve

from tests.canary.marks import REFERENCE, UUID, Aviary, Canary
from tests.canary.visitors import Visitor

LINK = re.compile(r"""(?:href|action|src|data-url|hx-get)\s*=\s*["']([^"'#]+)""")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
METHOD = re.compile(r"""<form\b[^>]*method\s*=\s*["']?post""", re.IGNORECASE)
ACTION = re.compile(r"""<form\b[^>]*action\s*=\s*["']([^"']*)""")
INPUT = re.compile(r"""<input\b[^>]*name=["']([^"']+)["'][^>]*>""")
SELECT = re.compile(r"""<select\b[^>]*name=["']([^"']+)["'].*?</select>""", re.DOTALL)
OPTION = re.compile(r"""<option\b[^>]*value=["']([^"']+)["']""")
STEP_OUT = (
    "/accounts/logout",
    "/static/",
    "/accounts/2fa",
    "/accounts/password",
    "/accounts/email",
    "/accounts/sessions",
)
SEARCHED = ("q", "search", "query", "term")
MOST = 1600
NAMES_A_ROW = ("pk", "reference", "number", "key", "object_id")
# Told on purpose beyond those who read its own page: (place, part of the address) with the reason.
TOLD_ELSEWHERE = {
    ("evaluations.Finding.title", "/requests/"): "an agency's people read which of its findings a release leaves open",
}
# What differs between two answers to the same question.
NOISE = re.compile(
    rb'nonce="[^"]*"|nonce-[\w-]+|"request_id": ?"[^"]*"|csrfmiddlewaretoken"[^>]*>'
    rb'|"retrieved_timestamp": ?"\d+"|/\d{10}"'  # when a file was made, in it and in its name
    rb"|\b(?:just )?now\b|less than a minute|(?:in )?\d+ (?:second|minute|hour)s?(?: ago)?"
)
# Markup that a reader sees as text: escaped in a page, or any at all in JSON.
MARKUP = {
    "text/html": re.compile(r"&lt;/?(?:time|span|a|p|strong|em)\b"),
    "json": re.compile(r"</?(?:time|span|strong)\b"),
}
# Expires is the moment of the answer, where Django forbids keeping it.
RANDOM_HEADERS = {"X-Request-Id", "Content-Security-Policy", "Set-Cookie", "Content-Length", "Expires"}


@dataclass
class Walk:
    """What one visitor saw."""

    visitor: Visitor
    leaks: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    met: set[Canary] = field(default_factory=set)
    pages: dict[str, tuple[int, bytes]] = field(default_factory=dict)  # address → status and, of strangers, answer


class Crawler:
    """`ids` are ids and references of the rooms that strangers may not learn of; `hints` what they would search for."""

    def __init__(self, aviary: Aviary, ids: Iterable[str] = (), hints: Iterable[str] = ()) -> None:
        self.aviary, self.ids, self.hints = aviary, frozenset(ids), tuple(hints)
        self.only_written: set[str] = set()  # addresses that answer no GET, whoever asks

    def walk(self, visitor: Visitor, start: Iterable[str], *, most: int = MOST, follow: bool = True) -> Walk:
        """Breadth first from some addresses; with `follow`, along links, forms, filters, pages and searches.

        Of pages that look alike, which differ by an id, a visitor opens as many as their `each` says.
        """
        walk, queue, seen = Walk(visitor), deque(dict.fromkeys(start)), set(start)
        shapes: Counter[str] = Counter()
        while queue:
            path = queue.popleft()
            if path in self.only_written:
                continue
            if len(walk.pages) >= most:
                raise AssertionError(f"{visitor.name} found more than {most} pages: {path}")
            with transaction.atomic():  # some reads are recorded: a walk leaves nothing behind for the next
                answer = visitor.client.get(path)
                transaction.set_rollback(True)
            text = self.judge(walk, "GET", path, answer)
            if answer.status_code == 405:
                self.only_written.add(path)
            if follow:
                for found in self._onward(path, answer, text, visitor):
                    if found not in seen and shapes[_shape(found, visitor)] < visitor.each:
                        shapes[_shape(found, visitor)] += 1
                        seen.add(found)
                        queue.append(found)
        return walk

    def ask(self, walk: Walk, method: str, path: str) -> None:
        """One question by another method."""
        self.judge(walk, method, path, walk.visitor.client.generic(method, path))

    def judge(self, walk: Walk, method: str, path: str, answer: Any) -> str:
        """Note what an answer holds; returns its text."""
        body = _body(answer)
        text = body.decode("utf-8", "replace")
        head = "\n".join(f"{k}: {v}" for k, v in answer.items())
        cookies = "\n".join(m.OutputString() for m in answer.cookies.values())
        if answer.status_code >= 500:
            walk.broken.append(f"{walk.visitor.name}: {method} {path}: {answer.status_code}")
        for kind, markup in MARKUP.items():
            if kind in answer.get("Content-Type", "") and (shown := markup.search(text)):
                walk.broken.append(
                    f"{walk.visitor.name}: {method} {path}: shows {text[shown.start() : shown.start() + 80]}"
                )
        where = f"{walk.visitor.name}: {method} {path} ({answer.status_code})"
        walk.leaks += self.leaks(walk.visitor, f"{head}\n{cookies}\n{text}", where, walk.met, typed=path)
        if method == "GET":
            walk.pages[path] = (answer.status_code, _comparable(answer, body) if walk.visitor.stranger else b"")
        return text

    def leaks(
        self, visitor: Visitor, text: str, where: str, met: set[Canary] | None = None, typed: str = ""
    ) -> list[str]:
        """What in a text this visitor may not read, and did not type themselves into the address."""
        found = []
        for sighting in self.aviary.find(_without_typed(text, typed)):
            if not sighting.allowed(visitor.words):
                if any(p == sighting.candidates[0].place and part in typed for p, part in TOLD_ELSEWHERE):
                    continue
                names = ", ".join(sorted({c.place for c in sighting.candidates})[:3])
                found.append(f"{where}: {names} of {sighting.candidates[0].home}, {sighting.how}")
            elif met is not None and len(sighting.candidates) == 1:
                met.add(sighting.candidates[0])
        if visitor.stranger and not visitor.admin and self.ids:
            known = {m.lower() for m in UUID.findall(text)} | set(REFERENCE.findall(text))
            found += [f"{where}: the id {one}" for one in sorted(known & self.ids) if one not in where]
        return found

    def _onward(self, path: str, answer: Any, text: str, visitor: Visitor) -> list[str]:
        if 300 <= answer.status_code < 400:
            return _kept([urljoin(path, answer["Location"])], visitor)
        if answer.status_code != 200:
            return []
        kind = answer.get("Content-Type", "")
        if "json" in kind:
            following = answer.json().get("next") if isinstance(answer.json(), dict) else None
            return _kept([following] if following else [], visitor)
        if "html" not in kind:
            return []
        links = [urljoin(path, unescape(link)) for link in LINK.findall(text)]
        return _kept([*links, *self._filters(path, text)], visitor)

    def _filters(self, path: str, text: str) -> Iterable[str]:
        """Every choice of every form that only reads, and each search for a hint."""
        for form in FORM.findall(text):
            if METHOD.match(form):
                continue
            action = ACTION.match(form)
            base = urljoin(path, unescape(action[1])) if action and action[1] else urlsplit(path).path
            for select in SELECT.finditer(form):
                yield from (f"{base}?{urlencode({select[1]: value})}" for value in OPTION.findall(select[0]))
            for name in INPUT.findall(form):
                words = self.hints if name in SEARCHED else ()
                yield from (f"{base}?{urlencode({name: hint})}" for hint in words)


def changed(before: Walk, after: Walk) -> list[str]:
    """Addresses that answer otherwise than before: some number or order depends on what another house did meanwhile."""
    return [
        f"{after.visitor.name}: {path}: {_difference(before.pages[path][1], after.pages[path][1])}"
        for path in before.pages if path in after.pages and before.pages[path] != after.pages[path]
    ]  # fmt: skip


def _difference(one: bytes, other: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[at - 40 : at + 60]!r} then {other[at - 40 : at + 60]!r}"


def _shape(path: str, visitor: Visitor) -> str:
    """What pages have in common that differ in their ids only, and in what is filtered for: by one filter alone everything
    is tried by some visitors."""
    parts = urlsplit(path)
    names = sorted(name for name, _ in parse_qsl(parts.query))
    query = parts.query if visitor.filters and len(names) == 1 else names
    try:
        found = resolve(parts.path)
    except Http404:
        return f"{UUID.sub('…', parts.path)}?{query}"
    return f"{found.route} {[v for k, v in found.kwargs.items() if k not in NAMES_A_ROW]} {query}"


def _kept(links: Iterable[str], visitor: Visitor) -> list[str]:
    """Addresses of ours, without what leads nowhere, in one spelling."""
    found = []
    for link in links:
        parts = urlsplit(link)
        if parts.netloc not in ("", "testserver") or parts.scheme not in ("", "http", "https"):
            continue
        if not parts.path.startswith("/") or parts.path.startswith(STEP_OUT):
            continue
        if parts.path.startswith("/admin/") is not visitor.admin:
            continue
        query = [(k, v) for k, v in parse_qsl(parts.query) if k != "next" and not visitor.admin]
        found.append(parts.path + (f"?{urlencode(query)}" if query else ""))
    return found


def _without_typed(text: str, path: str) -> str:
    """A text without what was searched for, where it stands alone: repeating it tells nothing, completing it does."""
    for _, value in parse_qsl(urlsplit(path).query):
        if len(value) > 3:
            text = re.sub(re.escape(value) + r"(?![\w-])", "", text, flags=re.IGNORECASE)
    return text


def _body(answer: HttpResponse) -> bytes:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return _words_of(body) + body if body.startswith(b"%PDF") else bytes(body)


@lru_cache(maxsize=64)
def _words_of(pdf: bytes) -> bytes:
    """The text of a PDF, which many fetch; nothing where the tool is not installed (see the test of PDF files)."""
    if shutil.which("pdftotext") is None:
        return b""
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout


def _comparable(answer: Any, body: bytes) -> bytes:
    """Headers and body without what differs each time."""
    headers = sorted(f"{k}: {v}" for k, v in answer.items() if k not in RANDOM_HEADERS)
    return NOISE.sub(b"", "\n".join(headers).encode() + b"\n" + body)
