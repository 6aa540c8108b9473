"""What a developer may read of a run once it is shared: built from this list, never by leaving things out.

A restricted suite's name, version, harness, limits, metrics and scorers would tell which suite it is, so they are not in it; of
the notes on such a run only the numbers are. Slices are told where they are tiers, which every suite names alike.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from evaluations.models import Baseline, EvaluationRun, Result, RunNotes
from evaluations.rules.notes import NUMBERS, TEXTS
from evaluations.rules.tiers import TIERS

ALWAYS = (
    "status", "variant", "configuration_sha256", "domain", "tokens", "n_items", "n_scored", "n_invalid", "n_error",
    "n_limit", "edited_after_run",
)  # fmt: skip
OF_OPEN_SUITES = ("suite", "suite_version", "harness", "sandbox_kind", "epochs", "limits")
OF_RESULT = ("estimate", "ci_low", "ci_high", "ci_level", "ci_method", "n", "successes")
OF_BASELINE = ("kind", "name", "estimate", "ci_low", "ci_high", "n", "same_conditions", "source")
OF_ATTEMPT = ("attempt", "steps_total", "steps_reached")
OF_ALERT = ("rule", "level", "count")
OF_NOTES = (*TEXTS, *NUMBERS)
PLAIN_METRICS = ("accuracy", "range completed", "checks passed")  # ours, the same for every suite


def content(
    run: EvaluationRun, results: list[Result], baselines: list[Baseline], notes: RunNotes | None = None
) -> dict[str, Any]:
    """The developer's copy, as plain data."""
    fields = ALWAYS if run.restricted else ALWAYS + OF_OPEN_SUITES
    return {
        **_copied(run, fields),
        "checkpoint": run.checkpoint.label,
        "started_at": run.started_at.isoformat() if run.started_at else "",
        "ended_at": run.ended_at.isoformat() if run.ended_at else "",
        "held_out": run.restricted,
        "notes": _notes(notes, tuple(NUMBERS) if run.restricted else OF_NOTES) if notes else {},
        "ranges": _ranges(run),
        "levels": dict(_levels(run)),
        "alerts": [] if run.restricted else [{name: one[name] for name in OF_ALERT} for one in run.alerts],
        "results": [
            {
                **_copied(result, OF_RESULT),
                **_named(result, number, restricted=run.restricted),
                "baselines": [_copied(b, OF_BASELINE) for b in baselines if b.result_id == result.pk],
            }
            for number, result in enumerate(results, start=1)
        ],
    }


def label(run: EvaluationRun, shared_before: list[tuple[str, str]]) -> str:
    """The name under which the developer reads it; a restricted suite gets its number within the assignment.

    `shared_before`: (suite, label) of the assignment's restricted runs that are shared.
    """
    if not run.restricted:
        return run.suite or "Unnamed suite"
    known = dict(shared_before)
    return known.get(run.suite, f"Held-out suite {len(set(known.values())) + 1}")


def _named(result: Result, number: int, *, restricted: bool) -> dict[str, str]:
    if not restricted:
        return {"metric": result.metric, "scorer": result.scorer, "slice": result.slice}
    return {
        "metric": result.metric if result.metric in PLAIN_METRICS else "score",
        "scorer": f"Scorer {number}",
        "slice": result.slice if result.slice.lower() in TIERS else "",
    }


def _ranges(run: EvaluationRun) -> list[dict[str, Any]]:
    """Attempts with the steps that they reached; a range of a restricted suite gets a number."""
    numbers = {name: n for n, name in enumerate(dict.fromkeys(one["range"] for one in run.ranges), start=1)}
    return [
        {"range": f"Range {numbers[one['range']]}" if run.restricted else one["range"]}
        | {name: one[name] for name in OF_ATTEMPT}
        for one in run.ranges
    ]


def _levels(run: EvaluationRun) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in run.alerts:
        found[one["level"]] += one["count"]
    return found


def _notes(notes: RunNotes, fields: tuple[str, ...]) -> dict[str, Any]:
    copied = _copied(notes, fields)
    return copied | {"cost_usd": None if notes.cost_usd is None else str(notes.cost_usd)}


def _copied(row: EvaluationRun | Result | Baseline | RunNotes, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}
