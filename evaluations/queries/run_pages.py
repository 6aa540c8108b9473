"""The page of one run, for its agency, and of the copy that its developer reads."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_datetime

from agencies.domains import RiskDomain
from evaluations.formats.kinds import LABELS
from evaluations.models import Baseline, EvaluationRun, Result, RunLog, RunNotes, SharedRun
from evaluations.queries.claims import beside, estimates_of_copy, estimates_of_run, stated
from evaluations.queries.drawing import of_copy, of_run, price_of
from evaluations.queries.plots import claimed_plot, plots
from evaluations.queries.runs import _baseline, _variant, plot, shown
from evaluations.rules.notes import worded

PROVENANCE = {
    "format": "Format", "evaluation_id": "Its id there", "source": "Published by", "relationship": "Evaluated by",
    "source_kind": "Taken from", "log_sha256": "SHA-256 of the log, which stays at the agency", "tools": "Tools",
}  # fmt: skip


def run_page(run: EvaluationRun) -> dict[str, Any]:
    """The agency's page: estimates, their baselines and the plot of both."""
    results = list(Result.objects.filter(run=run).prefetch_related("baselines").order_by("metric", "scorer", "slice"))
    rows = [(shown(r), [_baseline(b, r) for b in _in_order(r)]) for r in results]
    drawn = of_run(run, results, run.suite, price_of(run.assignment.request))
    claims, _ = beside(stated(run.assignment), estimates_of_run(run, results))
    return {
        "claims": claims, "claimed_plot": claimed_plot(claims),
        "plots": plots([drawn]), "kind": LABELS.get(run.log.kind, ""),
        "provenance": [(PROVENANCE.get(name, name), value) for name, value in run.provenance.items() if value],
        "results": rows, "plot": plot(rows), "named": {str(r.pk): shown(r)["name"] for r in results},
        "domain": RiskDomain(run.domain).label, "variant": _variant(run.variant),
        "notes": worded(vars(notes)) if (notes := RunNotes.objects.filter(run=run).first()) else [],
        "superseding": RunLog.objects.filter(run=run.superseded_by_id).first() if run.superseded_by_id else None,
    }  # fmt: skip


def shared_page(shared: SharedRun) -> dict[str, Any]:
    """The developer's page: nothing but the copy made when the run was shared."""
    content = shared.content
    rows = [(shown(r), [_baseline(b, r) for b in r["baselines"]]) for r in content["results"]]
    drawn = of_copy(shared, price_of(shared.assignment.request), named=False)
    claims, _ = beside(stated(shared.assignment), estimates_of_copy(shared))
    return {
        "claims": claims, "claimed_plot": claimed_plot(claims),
        "plots": plots([drawn]), "content": content, "results": rows, "plot": plot(rows), "domain": RiskDomain(content["domain"]).label,
        "variant": _variant(content["variant"]), "notes": worded(content.get("notes", {})),
        "started_at": parse_datetime(content["started_at"]) if content["started_at"] else None,
        "ended_at": parse_datetime(content["ended_at"]) if content["ended_at"] else None,
    }  # fmt: skip


def _in_order(result: Result) -> list[Baseline]:
    return sorted(result.baselines.all(), key=lambda b: (b.created_at, str(b.pk)))
