"""Defined terms: “Word” means …, one paragraph each. A changed definition alters every clause that uses the word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from agreements.texts import digest

DEFINED = re.compile(r"^[“\"]([^”\"\n]{2,80})[”\"] means\b.*$", re.MULTILINE)


def definitions(texts: Iterable[str]) -> dict[str, str]:
    """Term → its defining paragraph; the first one where a term is defined twice."""
    found: dict[str, str] = {}
    for text in texts:
        for match in DEFINED.finditer(text):
            found.setdefault(match[1], match[0])
    return found


def named(text: str, known: Iterable[str]) -> set[str]:
    """The known terms whose whole words stand in a text."""
    return {term for term in known if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text)}


def reached(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """Term → hash of its definition, for every term that a text uses, also through other definitions."""
    found: dict[str, str] = {}
    waiting = [text]
    while waiting:
        for term in named(waiting.pop(), known) - found.keys():
            found[term] = digest(known[term])
            waiting.append(known[term])
    return dict(sorted(found.items()))


def review_key(text_hash: str, terms: Mapping[str, str]) -> str:
    """What a review of a clause is good for: this text, with these meanings of the terms in it."""
    return digest([text_hash, dict(terms)]) if terms else text_hash
