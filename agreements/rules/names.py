"""Whether a typed name is the name of a profile, since keyboards and systems write the same letters in different ways; and
whether a name can stand under a signature at all."""

from __future__ import annotations

import unicodedata

from core import typesetting

ALIKE = str.maketrans({**dict.fromkeys("\u2018\u2019\u02bc\u05f3", "'"), **dict.fromkeys("\u2010\u2011\u05be", "-")})


def same(one: str, other: str) -> bool:
    """Equal but for case, blanks, accents typed apart, shapes of a letter, and marks that nobody sees."""
    return _folded(one) == _folded(other)


def unprintable(name: str) -> str:
    """What stands against naming somebody of this name, in a sentence; "" when every letter of it can be printed."""
    wrong = typesetting.unprintable(name)
    if not wrong:
        return ""
    return (
        f"The name {name} has characters that cannot be printed under a signature: {' '.join(wrong)}. Its person can write it in "
        "their profile in letters that can, as in a passport."
    )


def _folded(name: str) -> str:
    """Compatibility caseless matching (Unicode, section 3.13), without format characters and with one kind of blank."""
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf")
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", seen).casefold()).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).translate(ALIKE).split())
