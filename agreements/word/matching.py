"""Finds the clauses of an agreement in the words of a file, and puts its variables back in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agreements.pdf.redline import Piece, words
from agreements.texts import PLACE, fill
from agreements.word.names import bookmark
from agreements.word.reader import Paragraph
from agreements.word.safety import WordRefused

Edit = tuple[int, int, str]  # from, to, name of the variable
NUMBER = re.compile(r"^\s*(?:§\s*)?\d+(?:\.\d+)*[.)]?\s+")


@dataclass(frozen=True)
class NewClause:
    """A clause that the file adds; `after` is the id of the one before it, empty at the beginning."""

    after: str
    heading: str
    text: str


@dataclass
class Matched:
    """What the file says, by clause id; what it adds, what it leaves out, and headings that it changed."""

    texts: dict[str, str] = field(default_factory=dict)
    added: list[NewClause] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)


def match(paragraphs: Sequence[Paragraph], known: Sequence[Piece]) -> Matched:
    """Cut the file at its headings. WordRefused when it has none of this agreement's clauses, or one twice."""
    marks = {bookmark(piece.key): piece.key for piece in known}
    names = {_plain(piece.heading): piece.key for piece in known}
    found = Matched()
    sections: list[tuple[str, str, list[str]]] = []
    for paragraph in paragraphs:
        key = marks.get(paragraph.bookmark) or names.get(_plain(paragraph.text), "")
        if (key or (paragraph.heading and sections)) and paragraph.text.strip():
            sections.append((key, NUMBER.sub("", paragraph.text).strip(), []))
        elif sections:
            sections[-1][2].append(paragraph.text)
    last = ""
    for key, heading, lines in sections:
        text = "\n".join(lines).strip()
        if not key:
            found.added.append(NewClause(last, heading, text))
            continue
        if key in found.texts:
            raise WordRefused(f"The clause “{heading}” stands in the file twice. Keep one of them, and save again.")
        found.texts[key], last = text, key
        if _plain(heading) not in names or names[_plain(heading)] != key:
            found.headings[key] = heading
    if not found.texts:
        raise WordRefused(
            "None of this agreement's clauses was found in the file. Begin from the Word file that Concord gives of the "
            "version, and keep the headings of the clauses."
        )
    found.removed = [piece.key for piece in known if piece.key not in found.texts]
    return found


def _plain(heading: str) -> str:
    return " ".join(NUMBER.sub("", heading).split()).casefold()


def restore(
    wording: str, values: Mapping[str, Any], said: str, may_be: Callable[[str, str], bool] = lambda name, value: True
) -> tuple[str, dict[str, str]]:
    """The wording behind `said`: where a filled value still stands its {variable} does too; where another one that it
    `may_be` took its place, that value by name. What cannot be told stays as it was written."""
    filled, spans = _filled(wording, values)
    place = _positions(filled, said)
    kept: list[Edit] = []
    other: list[Edit] = []
    for start, end, name in spans:
        now = [place[i] for i in range(start, end)]
        first = now[0] if now else None
        if first is not None and now == list(range(first, first + len(now))):
            kept.append((first, first + len(now), name))
            continue
        before = -1 if start == 0 else place[start - 1]
        after = len(said) if end == len(filled) else place[end]
        if before is not None and after is not None and all(p is None for p in now):
            other += [(before + 1, after, name)] if may_be(name, said[before + 1 : after]) else []
    changed = {name: said[start:end] for start, end, name in other}
    text = _put(said, [*kept, *other])
    if fill(text, {**values, **changed}) == said:
        return text, changed
    return _put(said, kept), {}


def _put(said: str, edits: Iterable[Edit]) -> str:
    for start, end, name in sorted(edits, reverse=True):
        said = f"{said[:start]}{{{name}}}{said[end:]}"
    return said


def _filled(wording: str, values: Mapping[str, Any]) -> tuple[str, list[tuple[int, int, str]]]:
    """The filled text, and where each value stands in it."""
    text, spans, at = "", [], 0
    for found in PLACE.finditer(wording):
        text += wording[at : found.start()]
        value = values.get(found[1])
        shown = str(value) if value not in (None, "") else f"[{found[1]}]"
        spans.append((len(text), len(text) + len(shown), found[1]))
        text, at = text + shown, found.end()
    return text + wording[at:], spans


def _positions(before: str, after: str) -> list[int | None]:
    """For each character of `before`, where it stands in `after`; None where it is gone."""
    found: list[int | None] = []
    at = 0
    for op, text in words(before, after):
        if op <= 0:
            found += [at + i if op == 0 else None for i in range(len(text))]
        if op >= 0:
            at += len(text)
    return found
