"""Figures for people: a line each while they are measured, and the table at the end of README.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measure import Result

README = Path(__file__).parent / "README.md"
HEADING = "## Last measured\n"
VERDICTS = {"PASS": "pass", "": "–"}


def line(result: Result) -> str:
    """One figure while the others are measured."""
    spread = f"[{result.low:.2f}–{result.high:.2f}]"
    verdict = result.verdict + (f": {result.wrong}" if result.wrong else "")
    return (
        f"{result.goal:4} {result.what:62} {result.value:8.2f}{result.unit:1} {spread:16} {_limit(result):10} {verdict}"
    )


def _limit(result: Result) -> str:
    if result.limit is None:
        return "no limit"
    return f"{'≥' if result.at_least else '≤'} {result.limit:g}{result.unit}"


def write(results: Sequence[Result], about: dict[str, Any], path: Path = README) -> None:
    """Put these figures in place of the last ones: everything below the heading."""
    kept, found, _ = path.read_text().partition(HEADING)
    if not found:
        raise ValueError(f"{path} has no heading {HEADING.strip()!r}")
    today = date.today()
    said = (
        f"{today.day} {today:%B %Y}, {about['scale']:,} requests, {about['cpus']} cores, PostgreSQL {about['postgresql']}, "
        f"Python {about['python']}."
    )
    rows = [
        f"| {r.goal} | {r.what} | {r.value:.2f} | {r.low:.2f}–{r.high:.2f} | {_limit(r)} | {VERDICTS.get(r.verdict, r.verdict)} |"
        for r in results
    ]
    missed = sum(1 for r in results if r.verdict not in VERDICTS)
    end = (
        f"{missed} of {len(results)} figures miss their goal."
        if missed
        else f"All {len(results)} figures are within their goals."
    )
    table = "\n".join(["| Goal | Figure | Value | Spread | Limit | |", "|---|---|---|---|---|---|", *rows])
    path.write_text(f"{kept}{HEADING}\n{said}\n\n{table}\n\n{end}\n")
