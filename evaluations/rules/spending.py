"""What a solved task cost in one run: tokens and dollars, with what the interval of the share makes of them. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

MILLION = 1_000_000


def per_solved(result: Mapping[str, Any], tokens: int, dollars: Decimal | None) -> dict[str, Any] | None:
    """Tokens and dollars of the whole run for each task that it solved; None where that cannot be told: no tokens known, a
    slice, or no count of solved tasks. With none solved there is no figure, and the row says so.

    The interval comes from that of the share: a run that solved less would have cost more for each. Its upper end is open
    (None) where the share may be zero.
    """
    solved, n = result["successes"], result["n"]
    if solved is None or tokens <= 0 or result["slice"]:
        return None
    return {
        "tokens": tokens, "solved": solved, "n": n, "small": result["small"],
        "tokens_each": tokens / solved if solved else None,
        "low": tokens / (n * result["high"]) if solved and result["high"] else None,
        "high": tokens / (n * result["low"]) if solved and result["low"] else None,
        "dollars": None if dollars is None else float(dollars),
        "dollars_each": float(dollars / solved) if dollars is not None and solved else None,
    }  # fmt: skip
