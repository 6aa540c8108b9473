"""A log's summary as the parent holds it: every field is checked again, since the child read a hostile file."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

from evaluations.formats.inspect_log import LogRefused, moment, text

LARGEST = 32 * 1024 * 1024
OUTCOMES = ("finished", "stopped", "failed")


@dataclass(frozen=True)
class Tally:
    """Successes (a sum of values) out of scored attempts, for one item and scorer."""

    successes: float
    attempts: int


@dataclass(frozen=True)
class Item:
    """One item under its keyed hash; `id` only for public suites."""

    item: str
    scores: dict[str, Tally]
    attempts: int
    errors: int
    limits: int
    seconds: float
    tokens: int
    turns: int
    id: str = ""


@dataclass(frozen=True)
class Score:
    """One scorer's metrics as the harness reported them."""

    name: str
    scorer: str
    reducer: str
    scored_samples: int | None
    unscored_samples: int | None
    metrics: dict[str, float | None]


@dataclass(frozen=True)
class Reported:
    """An estimate that somebody else made: a share of n items, with their interval or standard error if they gave one."""

    metric: str
    scorer: str
    slice: str
    estimate: float
    n: int
    successes: int | None
    low: float | None
    high: float | None
    level: float | None
    error: float | None


@dataclass(frozen=True)
class Attempt:
    """One attempt at a range: how many of its steps were reached. `minutes` where they were written down."""

    range: str
    attempt: int
    steps_total: int
    steps_reached: int
    tokens: int
    minutes: int | None


@dataclass(frozen=True)
class Alert:
    """How often a scanner's rule found something."""

    rule: str
    name: str
    level: str
    count: int


@dataclass(frozen=True)
class LogSummary:
    """What may be kept of a file. `outcome` is what the run is worth, `status` what the harness called it.

    The fields from `kind` on are empty in summaries of `.eval` logs that were made at home.
    """

    status: str
    outcome: str
    reason: str
    eval_id: str
    run_id: str
    task_id: str
    task: str
    task_version: str
    model: str
    harness: str
    harness_version: str
    sandbox: str
    created: str
    started_at: str
    completed_at: str
    epochs: int
    limits: dict[str, float]
    total_samples: int | None
    completed_samples: int | None
    scores: tuple[Score, ...]
    tokens: int
    edited: bool
    invalidated: bool
    error: str
    items: tuple[Item, ...]
    attempts: int
    n_error: int
    n_limit: int
    not_scalar: tuple[str, ...]
    kind: str = "inspect_eval"
    provenance: dict[str, str] = field(default_factory=dict)
    reported: tuple[Reported, ...] = ()
    ranges: tuple[Attempt, ...] = ()
    alerts: tuple[Alert, ...] = ()
    remarks: tuple[str, ...] = ()

    def tallies(self, scorer: str) -> list[tuple[float, int]]:
        """(successes, attempts) per scored item, as `evaluations.statistics.clustered` takes them."""
        found = (item.scores.get(scorer) for item in self.items)
        return [(tally.successes, tally.attempts) for tally in found if tally]


TEXTS = {
    "status": 20, "outcome": 20, "reason": 200, "eval_id": 64, "run_id": 64, "task_id": 64, "task": 200,
    "task_version": 40, "model": 200, "harness": 40, "harness_version": 40, "sandbox": 40, "error": 500,
}  # fmt: skip
MOMENTS = ("created", "started_at", "completed_at")
COUNTS = ("epochs", "tokens", "attempts", "n_error", "n_limit")


def parse(raw: bytes) -> LogSummary:
    """A summary from its JSON, also one that an agency made at home. LogRefused for anything else."""
    if len(raw) > LARGEST:
        raise LogRefused("The summary is larger than 32 MiB: split the run and upload the parts.")
    try:
        data = json.loads(raw)
        return _summary(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LogRefused("This is not a summary made by this version's reader: make it again and upload it.") from error


def _summary(data: dict[str, Any]) -> LogSummary:
    if data["reader"] != 1 or data["outcome"] not in OUTCOMES:
        raise ValueError("another reader")
    plain: dict[str, Any] = {name: _text(data[name], longest) for name, longest in TEXTS.items()}
    plain |= {name: _moment(data[name]) for name in MOMENTS}
    plain |= {name: _count(data[name]) for name in COUNTS}
    plain |= {name: _count_or_none(data[name]) for name in ("total_samples", "completed_samples")}
    plain |= {name: _flag(data[name]) for name in ("edited", "invalidated")}
    return LogSummary(
        **plain,
        limits={_text(name, 40): _number(value) for name, value in data["limits"].items()},
        scores=tuple(_score(score) for score in data["scores"]),
        items=tuple(_item(item) for item in data["items"]),
        not_scalar=tuple(_text(name, 200) for name in data["not_scalar"]),
        kind=_text(data.get("kind", "inspect_eval"), 20),
        provenance={_text(name, 40): _text(value, 200) for name, value in data.get("provenance", {}).items()},
        reported=tuple(_reported(one) for one in data.get("reported", ())),
        ranges=tuple(_attempt(one) for one in data.get("ranges", ())),
        alerts=tuple(_alert(one) for one in data.get("alerts", ())),
        remarks=tuple(_text(one, 400) for one in data.get("remarks", ())),
    )


def _reported(data: dict[str, Any]) -> Reported:
    low, high, level, error = (
        None if data[name] is None else _number(data[name]) for name in ("low", "high", "level", "error")
    )
    metric, scorer, part = (_text(data[name], 120) for name in ("metric", "scorer", "slice"))
    share, n, successes = _number(data["estimate"]), _count(data["n"]), _count_or_none(data["successes"])
    found = Reported(metric, scorer, part, share, n, successes, low, high, level, error)
    if not 0 <= found.estimate <= 1 or found.n < 1 or (found.successes or 0) > found.n:
        raise ValueError("not a share of n")
    if found.low is not None and not (found.high is not None and 0 <= found.low <= found.estimate <= found.high <= 1):
        raise ValueError("not its interval")
    return found


def _attempt(data: dict[str, Any]) -> Attempt:
    found = Attempt(
        range=_text(data["range"], 120), minutes=_count_or_none(data["minutes"]),
        **{name: _count(data[name]) for name in ("attempt", "steps_total", "steps_reached", "tokens")},
    )  # fmt: skip
    if not 1 <= found.steps_total <= 1000 or found.steps_reached > found.steps_total:
        raise ValueError("not steps of a range")
    return found


def _alert(data: dict[str, Any]) -> Alert:
    plain = {name: _text(data[name], 120) for name in ("rule", "name", "level")}
    return Alert(**plain, count=_count(data["count"]))


def _score(data: dict[str, Any]) -> Score:
    plain: dict[str, Any] = {name: _text(data[name], 200) for name in ("name", "scorer", "reducer")}
    plain |= {name: _count_or_none(data[name]) for name in ("scored_samples", "unscored_samples")}
    return Score(
        **plain,
        metrics={_text(n, 200): None if v is None else _number(v) for n, v in data["metrics"].items()},
    )


def _item(data: dict[str, Any]) -> Item:
    if len(data["item"]) != 64 or set(data["item"]) - set("0123456789abcdef"):
        raise ValueError("not a hash")
    return Item(
        item=data["item"],
        id=_text(data.get("id", ""), 200),
        scores={
            _text(name, 200): Tally(_number(tally["successes"]), _count(tally["attempts"]))
            for name, tally in data["scores"].items()
        },
        seconds=_number(data["seconds"]),
        **{name: _count(data[name]) for name in ("attempts", "errors", "limits", "tokens", "turns")},
    )


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or text(value, longest) != value:
        raise ValueError("not a plain text")
    return value


def _moment(value: Any) -> str:
    if value != "" and moment(value) != value:
        raise ValueError("not a date")
    return str(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("not a count")
    return value


def _count_or_none(value: Any) -> int | None:
    return None if value is None else _count(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value
