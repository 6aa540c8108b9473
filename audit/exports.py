"""Guards for exported cells: a spreadsheet must never read a cell as a formula (R36)."""

from __future__ import annotations

import unicodedata

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def guarded_cell(text: str) -> str:
    """The text, with an apostrophe in front when a spreadsheet could run it (full-width forms included)."""
    clean = text.replace("\0", "")
    first = unicodedata.normalize("NFKC", clean[:1])
    return f"'{clean}" if first.startswith(STARTS) or text.startswith("\0") else clean
