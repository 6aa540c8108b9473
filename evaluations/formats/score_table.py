"""CSV tables of ours, told apart by their columns: scores with n, or how far each attempt at a range came."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from evaluations.formats.documents import Document, summary
from evaluations.formats.inspect_log import LogRefused, moment, text

KIND = "csv"
LABEL = "Table of scores or steps, CSV"
ABOUT = (
    "suite",
    "suite_version",
    "model",
    "harness",
    "harness_version",
    "started_at",
    "completed_at",
)  # the same in all rows
SCORES = (*ABOUT, "metric", "slice", "successes", "n", "estimate", "ci_low", "ci_high", "ci_level", "tokens")
STEPS = (*ABOUT, "range", "attempt", "steps_total", "steps_reached", "tokens", "minutes")
MOST_ATTEMPTS = 200
MOST_STEPS = 1000
LONGEST = {"suite": 200, "suite_version": 40, "model": 200, "harness": 40, "harness_version": 40}


def mine(document: Document) -> bool:
    """Text whose first line names a column of ours."""
    if document.is_archive or document.is_json:
        return False
    first = document.head.split(b"\n", 1)[0].decode("utf-8", "replace").lower()
    return bool({name.strip(' "\ufeff\r') for name in re.split("[,;]", first)} & {"metric", "range", "suite"})


def read(document: Document, *, key: bytes, clear_ids: bool = False) -> dict[str, Any]:
    """Scores, or attempts at ranges."""
    rows = document.table
    columns, known = set(rows[0]), STEPS if "range" in rows[0] else SCORES
    if unknown := [n for n, name in enumerate(rows[0], start=1) if name not in known]:
        raise LogRefused(f"Column {unknown[0]} has a name that is not known. Known are: {', '.join(known)}.")
    about = {name: _one(rows, name) for name in ABOUT if name in columns}
    for name in ("started_at", "completed_at"):
        if about.get(name) and not moment(about[name]):
            raise LogRefused(f"“{name}” must be an instant such as 2026-11-02T14:30:00Z.")
    told = {name: text(value, LONGEST.get(name, 40)) for name, value in about.items()}
    told = {{"suite": "task", "suite_version": "task_version"}.get(name, name): value for name, value in told.items()}
    if "range" in columns:
        return summary(KIND, **told, **_steps(rows), provenance={"format": "CSV, steps of ranges"})
    return summary(KIND, **told, **_scores(rows), provenance={"format": "CSV, scores"})


def _one(rows: list[dict[str, str]], name: str) -> str:
    values = {row[name] for row in rows if row[name]}
    if len(values) > 1:
        raise LogRefused(f"“{name}” differs between rows. Upload one table per run.")
    return values.pop() if values else ""


def _scores(rows: list[dict[str, str]]) -> dict[str, Any]:
    _needs(rows, ("metric", "n"), "A table of scores")
    if "successes" not in rows[0]:
        _needs(rows, ("estimate", "ci_low", "ci_high"), "A table without successes")
    seen: dict[tuple[str, str], int] = {}
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    found = []
    for number, row in enumerate(rows, start=2):
        entry = _score(row, number)
        place = (entry["metric"], entry["slice"])
        if place in seen:
            raise LogRefused(f"Rows {seen[place]} and {number} give the same metric and slice: keep one of them.")
        seen[place] = number
        sizes[entry["metric"]][entry["slice"]] = entry["n"]
        found.append(entry)
    total = max(sliced.get("") or sum(sliced.values()) for sliced in sizes.values())
    tokens = sum(_whole(row, "tokens", n) for n, row in enumerate(rows, start=2) if row.get("tokens"))
    return {"reported": found, "total_samples": total, "tokens": tokens}


def _score(row: dict[str, str], number: int) -> dict[str, Any]:
    if not row["metric"]:
        raise LogRefused(f"Row {number} names no metric.")
    n = _whole(row, "n", number)
    if n < 1:
        raise LogRefused(f"Row {number}: n must be at least 1. An estimate of nothing is none.")
    entry: dict[str, Any] = {
        "metric": text(row["metric"], 100), "scorer": "", "slice": text(row.get("slice", ""), 100), "n": n, "error": None,
        "successes": None, "low": None, "high": None, "level": None,
    }  # fmt: skip
    if row.get("successes"):
        solved = _whole(row, "successes", number)
        if solved > n:
            raise LogRefused(f"Row {number} has more successes than n. Mend one of them.")
        return entry | {"successes": solved, "estimate": solved / n}
    value, low, high = (_share(row, name, number) for name in ("estimate", "ci_low", "ci_high"))
    if not low <= value <= high:
        raise LogRefused(f"Row {number}: the interval does not hold the estimate. Mend it.")
    level = _share(row, "ci_level", number) if row.get("ci_level") else 0.95
    if not 0 < level < 1:
        raise LogRefused(f"Row {number}: ci_level must lie between 0 and 1, such as 0.95.")
    return entry | {"estimate": value, "low": low, "high": high, "level": level}


def _steps(rows: list[dict[str, str]]) -> dict[str, Any]:
    _needs(rows, ("attempt", "steps_total", "steps_reached"), "A table of ranges")
    seen: dict[tuple[str, int], int] = {}
    totals: dict[str, int] = {}
    found: list[dict[str, Any]] = []
    for number, row in enumerate(rows, start=2):
        one = _attempt(row, number)
        place = (one["range"], one["attempt"])
        if place in seen:
            raise LogRefused(f"Rows {seen[place]} and {number} give the same attempt at one range: keep one of them.")
        seen[place] = number
        if totals.setdefault(one["range"], one["steps_total"]) != one["steps_total"]:
            raise LogRefused(f"Row {number}: a range has the same number of steps in all its attempts.")
        found.append(one)
    if len(found) > MOST_ATTEMPTS:
        raise LogRefused(f"The table has {len(found)} attempts; at most {MOST_ATTEMPTS} are read.")
    return {"ranges": found, "tokens": sum(one["tokens"] for one in found), "total_samples": len(found)}


def _attempt(row: dict[str, str], number: int) -> dict[str, Any]:
    if not row["range"]:
        raise LogRefused(f"Row {number} names no range.")
    total, reached = _whole(row, "steps_total", number), _whole(row, "steps_reached", number)
    if not 1 <= total <= MOST_STEPS or reached > total:
        raise LogRefused(f"Row {number}: steps_reached must be at most steps_total, and that 1 to {MOST_STEPS}.")
    return {
        "range": text(row["range"], 100), "attempt": _whole(row, "attempt", number), "steps_total": total,
        "steps_reached": reached, "tokens": _whole(row, "tokens", number) if row.get("tokens") else 0,
        "minutes": _whole(row, "minutes", number) if row.get("minutes") else None,
    }  # fmt: skip


def _needs(rows: list[dict[str, str]], names: tuple[str, ...], what: str) -> None:
    if missing := [name for name in names if name not in rows[0]]:
        raise LogRefused(f"{what} needs the column “{missing[0]}”. Begin with the template.")


def _whole(row: dict[str, str], name: str, number: int) -> int:
    if not re.fullmatch(r"[0-9]{1,12}", row[name], re.ASCII):
        raise LogRefused(f"Row {number}, “{name}” is not a whole number.")
    return int(row[name])


def _share(row: dict[str, str], name: str, number: int) -> float:
    """A share between 0 and 1, written plainly: no NaN, no exponent, no percent."""
    if not re.fullmatch(r"(0?\.[0-9]{1,12}|[01](\.[0-9]{0,12})?)", row.get(name, ""), re.ASCII) or float(row[name]) > 1:
        raise LogRefused(f"Row {number}, “{name}” is not a share between 0 and 1, such as 0.42.")
    return float(row[name])
