"""What the pages of runs show: the section on an assignment's page, one run with its plot, the developer's copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from developers.models import ModelVariant
from evaluations import charts, policies
from evaluations.formats import every_eval_export
from evaluations.models import Baseline, EvaluationAssignment, Result, RunLog, SharedRun
from evaluations.statistics import Estimate, difference
from jobs.models import Job

BOUND = 100
PLOT = "Estimates with their 95 % intervals"
LEVEL = 0.95  # of every baseline's interval
METHODS = {
    "wilson": "Wilson", "clustered": "clustered by item", "bootstrap": "bootstrap over items",
    "as_reported": "as reported", "standard_error": "from the reported standard error",
}  # fmt: skip


def runs(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The section “Runs”: every log with its state for the agency, the shared ones for the developer."""
    at_agency = bool(seats_of(user).holds(assignment.agency_id))
    rows = RunLog.objects.visible_to(user).filter(assignment=assignment).select_related("run", "uploaded_by")
    logs = list(rows.prefetch_related("run__results").order_by("-created_at")[:BOUND]) if at_agency else []
    shared = SharedRun.objects.visible_to(user).filter(assignment=assignment)
    return {
        "at_agency": at_agency,
        "logs": [_listed(log) for log in logs],
        "shared": list(shared.order_by("-created_at")[:BOUND]),
        "may_upload": policies.may_upload(user, assignment),
        "upload_url": reverse("evaluations:upload_log", args=[assignment.reference]),
    }


def _listed(log: RunLog) -> dict[str, Any]:
    results = sorted(log.run.results.all(), key=lambda r: r.scorer) if log.run else []
    return {"log": log, "run": log.run, "results": [shown(r) for r in results]}


def _reader(row: models.Model | dict[str, Any]) -> Callable[[str], Any]:
    """Fields of a row, or of the plain copy that a developer reads."""
    return row.__getitem__ if isinstance(row, dict) else partial(getattr, row)


def shown(result: Result | dict[str, Any]) -> dict[str, Any]:
    """One estimate as pages print it, from a row or from a developer's copy."""
    get = _reader(result)
    part = result.get("slice", "") if isinstance(result, dict) else result.slice
    return {
        "name": ", ".join(filter(None, (get("metric"), get("scorer"), part))),
        "metric": get("metric"),
        "scorer": get("scorer"),
        "slice": part,
        "estimate": get("estimate"),
        "low": get("ci_low"),
        "high": get("ci_high"),
        "level": round(get("ci_level") * 100),
        "method": METHODS.get(get("ci_method"), get("ci_method")),
        "n": get("n"),
        "successes": get("successes"),
        "small": get("n") < charts.SMALL,
    }


def reading_key(log: RunLog) -> str:
    """The key of the job that reads a log."""
    return f"evaluations.read_log:{log.pk}:1"


def reading_failed(log: RunLog) -> bool:
    """Whether the agency's worker gave up on a log: its job used up its attempts without a word about the log itself."""
    job = Job.objects.filter(key=reading_key(log)).first()
    return job is not None and job.state == Job.State.DEAD


def every_eval(shared: SharedRun) -> dict[str, Any]:
    """The developer's copy as an Every Eval Ever record."""
    row = shared.assignment
    model = row.request.model
    named = every_eval_export.Named(
        label=shared.label, agency=shared.agency.name, developer=row.developer.name,
        model=model.codename if model else "Unnamed model", assignment=row.reference,
    )  # fmt: skip
    return every_eval_export.record(shared.content, named, at=timezone.now())


def _baseline(row: Baseline | dict[str, Any], result: Result | dict[str, Any]) -> dict[str, Any]:
    get = _reader(row)
    return {
        "name": get("name"), "estimate": get("estimate"), "low": get("ci_low"), "high": get("ci_high"), "n": get("n"),
        "same_conditions": get("same_conditions"), "source": get("source"), "gap": _gap(result, row),
    }  # fmt: skip


def _gap(result: Result | dict[str, Any], baseline: Baseline | dict[str, Any]) -> str:
    """How far the estimate lies above its baseline, with the interval of the difference, in words of page and PDF.

    Newcombe's method takes the two as independent. The same items on both sides would give a narrower interval.
    """
    ours, theirs = _reader(result), _reader(baseline)
    if theirs("ci_low") is None or theirs("ci_high") is None or ours("ci_level") != LEVEL:
        return "Measured minus compared: the interval is not known"
    gap, low, high = difference(_estimate(ours), _estimate(theirs))
    perhaps = "; there may be no difference" if low <= 0 <= high else ""
    return (
        f"Measured minus compared: {_points(gap)} points, 95 % interval {_points(low)} to {_points(high)} "
        f"(Newcombe){perhaps}"
    )


def _points(share: float) -> str:
    """0.2 → "+20.0", -0.031 → "−3.1" (a minus sign, no hyphen)."""
    return f"{share * 100:+.1f}".replace("-", "−")


def _estimate(get: Callable[[str], Any]) -> Estimate:
    return Estimate(get("estimate"), get("ci_low"), get("ci_high"), get("n") or 0, "")


def plot(rows: list[tuple[dict[str, Any], list[dict[str, Any]]]], title: str = PLOT) -> str:
    """Estimates with what each is compared with, one below the other."""
    bars: list[charts.Bar] = []
    for result, baselines in rows:
        bars.append(charts.Bar(result["name"], result["estimate"], result["low"], result["high"], result["n"]))
        bars += [
            charts.Bar(f"Compared: {b['name']}", b["estimate"], b["low"], b["high"], b["n"], baseline=True)
            for b in baselines
        ]
    return charts.forest(title, bars)


def _variant(kind: str) -> str:
    return str(ModelVariant.Kind(kind).label) if kind in ModelVariant.Kind.values else kind
