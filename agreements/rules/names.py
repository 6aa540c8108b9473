"""Whether a typed name is the name of a profile: keyboards and systems write the same letters in different ways."""

from __future__ import annotations

import unicodedata

ALIKE = str.maketrans({**dict.fromkeys("\u2018\u2019\u02bc\u05f3", "'"), **dict.fromkeys("\u2010\u2011\u05be", "-")})


def same(one: str, other: str) -> bool:
    """Equal but for case, blanks, accents typed apart, shapes of a letter, and marks that nobody sees."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    """Compatibility caseless matching (Unicode, section 3.13), without format characters and with one kind of blank."""
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf")
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", seen).casefold()).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).translate(ALIKE).split())
