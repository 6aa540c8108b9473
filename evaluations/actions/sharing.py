"""Share a run with the developer, and write down what its estimates are compared with."""

from __future__ import annotations

import math

from django.db import transaction

from accounts.models import User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from evaluations import disclosure, notices, policies
from evaluations.actions.base import held_run, locked, needed, said
from evaluations.models import Baseline, EvaluationRun, Result, RunNotes, SharedRun
from evaluations.statistics import wilson


@transaction.atomic
def share_run(*, run: EvaluationRun, by: User) -> SharedRun:
    """Make the developer's copy; it does not change afterwards."""
    assignment = locked(run.assignment)
    held = held_run(run)
    policies.may_share_run(by, held).require()
    results = list(Result.objects.filter(run=held).order_by("metric", "scorer", "slice"))
    baselines = list(Baseline.objects.filter(result__run=held).order_by("created_at", "id"))
    before = SharedRun.objects.filter(assignment=assignment, run__restricted=True)
    row = SharedRun.objects.create(
        run=held, assignment=assignment, developer_id=held.developer_id, agency_id=held.agency_id, shared_by=by,
        label=disclosure.label(held, list(before.values_list("run__suite", "label"))),
        content=disclosure.content(held, results, baselines, RunNotes.objects.filter(run=held).first()),
    )  # fmt: skip
    audit.record("evaluations.run_shared", row, by=by, parties=[row.developer_id, row.agency_id])
    said(assignment, "run_shared", by=by)
    notices.shared(row, by)
    return row


@transaction.atomic
def add_baseline(
    *, run: EvaluationRun, result: Result, kind: str, name: str, estimate: float, n: int | None, same_conditions: str,
    source: str, by: User,
) -> Baseline:  # fmt: skip
    """What one estimate is compared with. Never another developer's unreleased model: it could not be named here.

    With n, it gets Wilson's interval, as of one attempt per item: more attempts would make it narrower, never wider.
    """
    locked(run.assignment)
    held = held_run(run)
    policies.may_add_baseline(by, held).require()
    if result.run_id != held.pk:
        raise Conflict("This estimate belongs to another run.")
    if kind not in Baseline.Kind.values:
        raise Invalid([Problem("kind", "Choose what it is compared with.")])
    if not (math.isfinite(estimate) and 0 <= estimate <= 1):
        raise Invalid([Problem("estimate", "Enter a share between 0 and 1, such as 0.42.")])
    interval = wilson(estimate * n, n) if n else None
    row = Baseline.objects.create(
        ci_low=interval and interval.low, ci_high=interval and interval.high,
        result=result, developer_id=held.developer_id, agency_id=held.agency_id, kind=kind, estimate=estimate, n=n,
        name=needed(name, "name", "Name it, such as the public model or the group of people."),
        same_conditions=needed(same_conditions, "same_conditions", "Write yes, or what differs."),
        source=needed(source, "source", "Say where the figure comes from."),
    )  # fmt: skip
    audit.record("evaluations.baseline_added", held, by=by, parties=[held.agency_id])
    return row
