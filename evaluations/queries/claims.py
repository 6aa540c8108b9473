"""What the developer claims beside what was measured: comparisons that evaluators wrote, and results that the developer stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from developers.models import ModelVariant
from early_access import claims as early_access
from evaluations.models import Baseline, EvaluationAssignment, EvaluationRun, Result, SharedRun
from evaluations.queries.runs import _baseline, _variant, shown
from evaluations.rules.claiming import Claim, Tested, alone, conditions, matching
from evaluations.statistics import wilson

CLAIMED = Baseline.Kind.DEVELOPER_CLAIMED
SAME = 1e-9
Claimable = tuple[Tested, dict[str, Any], Any, list[dict[str, Any]]]


def stated(assignment: EvaluationAssignment) -> list[Claim]:
    """Results that the developer stated and that stand, as far as this assignment's agency reads them."""
    rows = early_access.read_by_agency(assignment.request, assignment.agency_id)
    return [
        Claim(
            row.suite, row.suite_version, row.metric, row.estimate, row.ci_low, row.ci_high, row.n, row.checkpoint_label,
            row.variant, row.method, row.source,
        ) for row in rows
    ]  # fmt: skip


def estimates_of_run(run: EvaluationRun, results: Iterable[Result]) -> Iterator[Claimable]:
    """The estimates of the agency's own row, with their baselines at hand."""
    tested = Tested(run.checkpoint.label, run.variant, run.suite, run.suite_version)
    for result in results:
        written = [_baseline(b, result) for b in result.baselines.all() if b.kind == CLAIMED]
        yield tested, shown(result) | {"run": f"{run.suite}, {_variant(run.variant)}"}, result, written


def estimates_of_copy(shared: SharedRun) -> Iterator[Claimable]:
    """The estimates of a developer's copy; of a suite that is held out no claim is told."""
    told = shared.content
    tested = Tested(told["checkpoint"], told["variant"], told.get("suite", ""), told.get("suite_version", ""))
    for result in told["results"]:
        written = [_baseline(b, result) for b in result["baselines"] if b["kind"] == CLAIMED]
        yield tested, shown(result) | {"run": f"{shared.label}, {_variant(told['variant'])}"}, result, written


def beside(claims: list[Claim], estimates: Iterable[Claimable]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
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
        "name": str(CLAIMED.label), "estimate": claim.estimate, "ci_low": low, "ci_high": high, "n": claim.n,
        "same_conditions": conditions(claim, run), "source": source,
    }  # fmt: skip
    return _baseline(dict(told), row)


def _alone(claim: Claim) -> dict[str, Any]:
    return {
        "suite": " ".join(filter(None, (claim.suite, claim.suite_version))), "metric": claim.metric, "checkpoint": claim.checkpoint,
        "variant": str(ModelVariant.Kind(claim.variant).label), "estimate": claim.estimate, "low": claim.ci_low,
        "high": claim.ci_high, "n": claim.n, "method": claim.method, "source": claim.source,
    }  # fmt: skip
