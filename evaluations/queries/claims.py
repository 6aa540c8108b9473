"""What the developer claims beside what was measured: comparisons that evaluators wrote, and results that the developer stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from developers.models import ModelVariant
from early_access import claims as early_access
from evaluations.models import EvaluationAssignment
from evaluations.queries.runs import _baseline
from evaluations.rules.claiming import Claim, Tested, alone, conditions, matching
from evaluations.statistics import wilson

CLAIMED = "developer_claimed"
NAME = "Claimed by the developer"
SAME = 1e-9


def stated(assignment: EvaluationAssignment) -> list[Claim]:
    """Results that the developer stated and that stand, as far as this assignment's agency reads them."""
    rows = early_access.read_by_agency(assignment.request, assignment.agency_id)
    return [
        Claim(
            row.checkpoint_label, row.variant, row.suite, row.suite_version, row.metric, row.estimate, row.ci_low, row.ci_high,
            row.n, row.method, row.source,
        ) for row in rows
    ]  # fmt: skip


def beside(
    claims: list[Claim], estimates: Iterable[tuple[Tested, dict[str, Any], Any, list[dict[str, Any]]]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Pairs of what was claimed and measured, and claims that stand beside nothing.

    `estimates`: (run, result as a page shows it, the row or copy itself, its claimed baselines as a page shows them). What an
    evaluator wrote down goes first; the same figure stated by the developer is not told twice.
    """
    pairs, used = [], []
    for run, result, row, written in estimates:
        name = f"{result.get('run', run.suite)}: {result['name']}"
        pairs += [{"name": name, "measured": result, "claimed": one} for one in written]
        for claim in matching(claims, run, result):
            used.append(claim)
            if all(abs(one["estimate"] - claim.estimate) > SAME for one in written):
                pairs.append({"name": name, "measured": result, "claimed": _shown(claim, run, row)})
    return pairs, [_alone(claim) for claim in alone(claims, used)]


def _shown(claim: Claim, run: Tested, row: Any) -> dict[str, Any]:
    """As a baseline; without an interval of its own it gets Wilson's from n, as one that an evaluator writes down does."""
    low, high, source = claim.ci_low, claim.ci_high, claim.source
    if low is None or high is None:
        share = wilson(claim.estimate * claim.n, claim.n)
        low, high, source = share.low, share.high, f"{source} (the interval is Wilson’s, from n)"
    told: Mapping[str, Any] = {
        "name": NAME, "estimate": claim.estimate, "ci_low": low, "ci_high": high, "n": claim.n,
        "same_conditions": conditions(claim, run), "source": source,
    }  # fmt: skip
    return _baseline(dict(told), row)


def _alone(claim: Claim) -> dict[str, Any]:
    return {
        "suite": " ".join(filter(None, (claim.suite, claim.suite_version))), "metric": claim.metric, "checkpoint": claim.checkpoint,
        "variant": str(ModelVariant.Kind(claim.variant).label), "estimate": claim.estimate, "low": claim.ci_low,
        "high": claim.ci_high, "n": claim.n, "method": claim.method, "source": claim.source,
    }  # fmt: skip
