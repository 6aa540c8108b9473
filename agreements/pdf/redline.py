"""What changed between two texts, word by word. A display aid: no decision depends on it (those go by hash)."""

from __future__ import annotations

import re

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
