"""What a developer may state of a file of results that it read in: figures of whole suites, with what is left out. Pure."""

from __future__ import annotations

from collections import Counter

from early_access.rules.claims import LONGEST, OwnResult, OwnResults, key
from evaluations.formats import every_eval
from evaluations.formats.kinds import LABELS
from evaluations.formats.summaries import LogSummary
from evaluations.rules.claiming import WHOLE
from evaluations.rules.runs import LEVEL, Judged, Scored


def own_results(found: LogSummary, judged: Judged) -> OwnResults:
    """The figures of a file as they can be stated: one for each suite and metric."""
    whole = [one for one in judged.scored if one.slice == WHOLE]
    times = Counter((_suite(found, one), key(one.metric)) for one in whole)
    results: dict[tuple[str, str], OwnResult] = {}
    left_out = list(found.remarks)
    for one in whole:
        suite = _suite(found, one)
        # two scorers of one log both say "accuracy": their own names tell them apart
        metric = one.scorer if times[suite, key(one.metric)] > 1 and one.scorer else one.metric
        made = _result(found, one, suite, metric)
        if results.setdefault((key(suite), key(metric)), made) is not made:
            left_out.append(f"“{metric}” of “{suite}” stands in the file twice; the first is taken.")
        elif one.level != LEVEL:
            left_out.append(f"The interval of “{metric}” is of {one.level * 100:g} %: one of 95 % is stated, or none.")
    if parts := len(judged.scored) - len(whole):
        left_out.append(f"Figures of parts of a suite are not stated: {parts}.")
    label = LABELS.get(found.kind, found.kind)
    return OwnResults(label, tuple(results.values()), _method(found, judged), tuple(left_out))


def _suite(found: LogSummary, one: Scored) -> str:
    """One file of Every Eval Ever may hold several evaluations, each under a name of its own."""
    return one.scorer or found.task if found.kind == every_eval.KIND else found.task


def _result(found: LogSummary, one: Scored, suite: str, metric: str) -> OwnResult:
    low, high = (one.estimate.low, one.estimate.high) if one.level == LEVEL else (None, None)
    return OwnResult(
        suite[: LONGEST["suite"]], found.task_version[: LONGEST["suite_version"]], metric[: LONGEST["metric"]], one.estimate.value,
        low, high, one.estimate.n,
    )  # fmt: skip


def _method(found: LogSummary, judged: Judged) -> str:
    """How it was measured, as far as the file says."""
    said = [f"{found.harness} {found.harness_version}".strip()]
    if found.items:  # else nobody can know
        said.append(f"{found.epochs} attempt{'s' if found.epochs != 1 else ''} at each item")
        said.append(f"{judged.n_scored} of {judged.n_items} items scored")
    if source := found.provenance.get("source"):
        said.append(f"reported by {source}")
    first = "; ".join(part for part in said if part)
    warnings = [warning for warning in judged.warnings if warning not in found.remarks]
    return " ".join([f"{first}." if first else "", *warnings]).strip()[: LONGEST["method"]]
