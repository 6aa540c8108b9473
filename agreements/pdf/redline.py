"""What changed between two texts, word by word. A display aid: no decision depends on it (those go by hash)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from diff_match_patch import diff_match_patch

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
SURROGATES = range(0xD800, 0xE000)

Runs = list[tuple[int, str]]  # (-1 deleted, 0 kept, 1 inserted; text)


def words(before: str, after: str) -> Runs:
    """The runs from `before` to `after`, lossless both ways; words are never cut."""
    index: dict[str, int] = {}
    known: list[str] = []

    def code(word: str) -> str:
        if word not in index:
            number = len(known) + 1
            index[word] = number if number < SURROGATES.start else number + len(SURROGATES)
            known.append(word)
        return chr(index[word])

    def decode(text: str) -> str:
        numbers = (ord(c) for c in text)
        return "".join(known[(n if n < SURROGATES.start else n - len(SURROGATES)) - 1] for n in numbers)

    engine = diff_match_patch()
    engine.Diff_Timeout = 1.0
    parts = engine.diff_main("".join(map(code, TOKEN.findall(before))), "".join(map(code, TOKEN.findall(after))), False)
    engine.diff_cleanupSemantic(parts)
    return [(op, decode(text)) for op, text in parts]


@dataclass(frozen=True)
class Piece:
    """One clause of one text."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Change:
    """One clause beside its earlier self. `kind` is kept, changed, added or removed; `number` is empty when removed."""

    key: str
    number: str
    kind: str
    heading: Runs
    text: Runs


def compare(before: Sequence[Piece], after: Sequence[Piece]) -> list[Change]:
    """Clause by clause in the order of `after`; a removed clause stands behind the one that it followed."""
    old, new = {p.key: p for p in before}, {p.key for p in after}
    gone: dict[str, list[Piece]] = {}
    last = ""
    for piece in before:
        if piece.key in new:
            last = piece.key
        else:
            gone.setdefault(last, []).append(piece)
    found = [_removed(p) for p in gone.get("", [])]
    for number, piece in enumerate(after, start=1):
        found.append(_beside(old.get(piece.key), piece, str(number)))
        found += [_removed(p) for p in gone.get(piece.key, [])]
    return found


def _removed(piece: Piece) -> Change:
    return Change(piece.key, "", "removed", [(-1, piece.heading)], [(-1, piece.text)])


def _beside(old: Piece | None, new: Piece, number: str) -> Change:
    if old is None:
        return Change(new.key, number, "added", [(1, new.heading)], [(1, new.text)])
    if (old.heading, old.text) == (new.heading, new.text):
        return Change(new.key, number, "kept", [(0, new.heading)], [(0, new.text)])
    return Change(new.key, number, "changed", words(old.heading, new.heading), words(old.text, new.text))


def paragraphs(runs: Runs) -> list[tuple[Runs, int]]:
    """The runs cut at line ends: each paragraph, and whether the end of it was kept, inserted or deleted. The last
    paragraph has the end that is kept."""
    found: list[tuple[Runs, int]] = []
    line: Runs = []
    for op, text in runs:
        first, *rest = text.split("\n")
        if first:
            line.append((op, first))
        for part in rest:
            found.append((line, op))
            line = [(op, part)] if part else []
    return [*found, (line, 0)]
