"""What a developer may read of a run once it is shared: built from this list, never by leaving things out.

A restricted suite's name, version, harness, limits and scorers would tell which suite it is, so they are not in it; of
the notes on such a run only the numbers are.
"""

from __future__ import annotations

from typing import Any

from evaluations.models import Baseline, EvaluationRun, Result, RunNotes
from evaluations.rules.notes import NUMBERS, TEXTS

ALWAYS = (
    "status", "variant", "configuration_sha256", "domain", "tokens", "n_items", "n_scored", "n_invalid", "n_error",
    "n_limit", "edited_after_run",
)  # fmt: skip
OF_OPEN_SUITES = ("suite", "suite_version", "harness", "sandbox_kind", "epochs", "limits")
OF_RESULT = ("metric", "estimate", "ci_low", "ci_high", "ci_level", "ci_method", "n", "successes")
OF_BASELINE = ("kind", "name", "estimate", "ci_low", "ci_high", "n", "same_conditions", "source")


OF_NOTES = (*TEXTS, *NUMBERS)


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
        "results": [
            {
                **_copied(result, OF_RESULT),
                "scorer": f"Scorer {number}" if run.restricted else result.scorer,
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


def _notes(notes: RunNotes, fields: tuple[str, ...]) -> dict[str, Any]:
    copied = _copied(notes, fields)
    return copied | {"cost_usd": None if notes.cost_usd is None else str(notes.cost_usd)}


def _copied(row: EvaluationRun | Result | Baseline | RunNotes, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}
