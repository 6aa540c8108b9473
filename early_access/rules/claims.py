"""What a claimed result must say, and whether two of them claim the same. Pure functions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.decisions import Problem

LONGEST = {"suite": 200, "suite_version": 60, "metric": 120, "method": 2000, "source": 300, "why": 300}
MOST_ITEMS = 2_000_000_000
MOST_AT_ONCE = 100  # results of one file
NEEDED = {
    "suite": "Name the benchmark or suite as its authors do, so that it is found beside what agencies measure.",
    "metric": "Name what was measured, such as accuracy or attack success.",
    "method": "Say how it was measured: harness, attempts, tools and limits.",
    "source": "Say where the figure stands, such as “System card, table 3”, or choose the document.",
    "why": "Say why, in a few words: agencies that read the result read it too.",
}


@dataclass(frozen=True)
class OwnResult:
    """One figure of a whole suite. Shares in 0..1; the interval at 95 %, or none. `suite` is "" where the file names none."""

    suite: str
    suite_version: str
    metric: str
    estimate: float
    ci_low: float | None
    ci_high: float | None
    n: int


@dataclass(frozen=True)
class OwnResults:
    """What a file of results gives: the figures, how they were measured as far as it says, and in sentences what was left out."""

    kind: str
    results: tuple[OwnResult, ...]
    method: str
    left_out: tuple[str, ...]


def words_problems(typed: dict[str, str]) -> list[Problem]:
    """Words that are missing, or longer than they may be."""
    found = [Problem(name, NEEDED[name]) for name in typed if name in NEEDED and not typed[name]]
    return found + [
        Problem(name, f"Keep it to {LONGEST[name]:,} characters.")
        for name, text in typed.items()
        if len(text) > LONGEST[name]
    ]


def figure_problems(estimate: float, low: float | None, high: float | None, n: int) -> list[Problem]:
    """A share with the interval that holds it, and how many items it stands on."""
    found = []
    if not _share(estimate):
        found.append(Problem("estimate", "Enter a share between 0 and 1, such as 0.42 for 42 %."))
    if not 1 <= n <= MOST_ITEMS:
        found.append(Problem("n", "Enter how many items it was measured on, at least 1."))
    if (low is None) != (high is None):
        missing = "ci_low" if low is None else "ci_high"
        found.append(Problem(missing, "Give both ends of the interval, or leave both empty."))
    elif low is not None and high is not None and not found:
        if not (_share(low) and low <= estimate):
            found.append(Problem("ci_low", "The lower end lies between 0 and the result."))
        if not (_share(high) and high >= estimate):
            found.append(Problem("ci_high", "The upper end lies between the result and 1."))
    return found


def _share(value: float) -> bool:
    return math.isfinite(value) and 0 <= value <= 1


def key(text: str) -> str:
    """A name as it is compared: case, spaces, hyphens and underscores make no difference. "SWE-bench Verified" is
    "swe_bench verified"; a harness's prefix ("inspect_evals/gpqa") stays, since the part before it may tell two apart."""
    return "".join(c for c in text.casefold() if c not in " -_\u00a0\u2010\u2011")
