"""Canaries: texts that name the field they stand in and who may read them, and the search for them in any answer.

A canary reads `CNRY-<organisation>-<model>-<field>-<hex>`. An answer is searched raw, unescaped (HTML, JSON), URL-decoded and
base64-decoded, without regard to case or hyphens, for whole canaries and for beginnings, and for digests of whole ones.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_plus

START = "cnry"
END = "abc123"  # as long as the hex at the end
NO_WORD = re.compile(r"[^a-z0-9]+")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}")
DIGEST = re.compile(r"\b[0-9a-f]{32,128}\b")
UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE)
REFERENCE = re.compile(r"\b[A-Z]{3}-[0-9A-Z]{4,}(?:-[0-9A-Z]+)*\b")


@dataclass(frozen=True)
class Canary:
    """One planted text. `readers` are organisations and other words that a visitor must hold one of; none: nobody."""

    text: str
    home: str
    place: str  # app.Model.field
    readers: frozenset[str]

    @property
    def plain(self) -> str:
        """As it is compared."""
        return plain(self.text)


@dataclass(frozen=True)
class Sighting:
    """A canary, or what is left of one, found in a text. `candidates` could each be it."""

    candidates: tuple[Canary, ...]
    how: str
    letters: str = ""  # what was found, in plain letters

    def allowed(self, words: frozenset[str]) -> bool:
        """Whether a visitor with these words may read it. Of a beginning, all that it could be must be hidden."""
        return any(c.readers & words for c in self.candidates)


def plain(text: str) -> str:
    """Lower case, letters and digits only."""
    return NO_WORD.sub("", text.lower())


class Aviary:
    """All canaries of a stage, by what they look like."""

    def __init__(self) -> None:
        self.all: dict[str, Canary] = {}
        self.digests: dict[str, Canary] = {}
        self._lengths: set[int] = set()

    def mint(self, home: str, place: str, readers: Iterable[str], longest: int | None = None) -> str:
        """A new canary that fits into a field of that length."""
        _, model, field = place.rsplit(".", 2)
        end = secrets.token_hex(len(END) // 2)
        room = (longest or 200) - len(f"CNRY-{home}---{end}")
        if room < 4:
            raise ValueError(f"{place} is too short for a canary: name a reason instead")
        model, field = model[: max(2, room - len(field))], field[: max(2, room - min(len(model), room - 2))]
        text = f"CNRY-{home}-{model}-{field}-{end}"
        made = Canary(text, home, place, frozenset(readers))
        self.all[made.plain] = made
        self._lengths.add(len(made.plain))
        for name in ("md5", "sha1", "sha256", "sha512"):
            self.digests[hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()] = made
        return text

    def find(self, raw: str) -> list[Sighting]:
        """Every canary in a text, however it is written."""
        found = {}
        for how, shown in _views(raw):
            words = plain(shown)
            at = words.find(START)
            while at >= 0:
                sighting = self._at(words, at, how)
                if sighting:
                    found[sighting.candidates] = sighting
                at = words.find(START, at + 1)
        for digest in DIGEST.findall(raw.lower()):
            if digest in self.digests:
                found[self.digests[digest],] = Sighting((self.digests[digest],), "digest")
        return list(found.values())

    def _at(self, words: str, at: int, how: str) -> Sighting | None:
        """The canary that begins here, or those of which only the beginning stands here."""
        rest = words[at : at + 220]
        for length in sorted(self._lengths, reverse=True):
            known = self.all.get(rest[:length])
            if known:
                return Sighting((known,), how, known.plain)
        # The hex at the end is left out: where a page marks what changed, one of it may begin like another's.
        shared = [(_common(rest, key[: -len(END)]), canary) for key, canary in self.all.items()]
        most = max((n for n, _ in shared), default=0)
        if most < len(START) + 3:  # three letters of the organisation's key at least
            return None
        return Sighting(tuple(c for n, c in shared if n == most), f"beginning, {how}", rest[:most])


def _common(one: str, other: str) -> int:
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n


def _views(raw: str) -> Iterable[tuple[str, str]]:
    yield "raw", raw
    unescaped = html.unescape(ESCAPED.sub(lambda m: chr(int(m[1], 16)), raw))
    if unescaped != raw:
        yield "escaped", unescaped
    if "%" in unescaped:
        decoded = unquote_plus(unescaped)
        yield "in an address", decoded
        if "%" in decoded:
            yield "in an address, twice", unquote_plus(decoded)
    for run in _packed(raw):
        yield "base64", run


def _middle(word: bytes, shift: int) -> str:
    """The letters that base64 makes of a word alone, when `shift` bytes of its group stand before it."""
    first, last = -(-8 * shift // 6), (8 * shift + 8 * len(word)) // 6
    return base64.b64encode(b"\0" * shift + word).decode()[first:last]


PACKED = tuple(_middle(word, shift) for word in (b"CNRY-", b"cnry-") for shift in range(3))


def _packed(raw: str) -> Iterable[str]:
    """Runs of base64 that hold a canary, decoded."""
    if not any(piece in raw for piece in PACKED):
        return
    for run in BASE64.findall(raw):
        if any(piece in run for piece in PACKED):
            text = run.replace("-", "+").replace("_", "/")
            for shift in range(4):
                part = text[shift : len(text) - (len(text) - shift) % 4]
                try:
                    yield base64.b64decode(part).decode("latin-1")
                except binascii.Error:
                    continue
