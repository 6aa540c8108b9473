"""All estimates of a test in one view, beside its earlier ones: by domain, by variant, claimed and measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from accounts.models import User
from accounts.seats import seats_of
from agencies.domains import RiskDomain
from evaluations import charts, policies
from evaluations.models import Baseline, EvaluationAssignment, EvaluationRun, Result, SharedRun
from evaluations.queries.claims import Claimable, beside, estimates_of_copy, estimates_of_run, stated
from evaluations.queries.drawing import of_copy, of_run, price_of
from evaluations.queries.over_time import Public, over_time
from evaluations.queries.plots import Drawn, claimed_plot, plots, plotted
from evaluations.queries.runs import BOUND, LEVEL, PLOT, _baseline, _points, _variant, plot, shown
from evaluations.rules.comparing import TITLES, Comparison, Measured, compared
from evaluations.statistics import Estimate


def results_page(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """For the agency its runs that stand, for the developer the copies that were shared: nothing of the other side."""
    side = _side(assignment, user)
    here, elsewhere = side.here(), side.elsewhere()
    found = compared(here, elsewhere)
    claims, alone = beside(stated(assignment), side.estimates())
    return {
        "at_agency": isinstance(side, _Agency),
        "domains": [_domain(name, rows) for name, rows in side.by_domain().items()],
        "comparisons": [_worded(c) for c in found],
        "differences": charts.forest(
            "Differences in points, with their 95 % intervals", [_bar(c) for c in found], charts.POINTS
        ),
        "claims": claims,
        "claims_alone": alone,
        "claimed_plot": claimed_plot(claims),
        "plots": plots(side.drawn()),
        "over_time": over_time([*here, *elsewhere], side.public()),
    }


def plots_of(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The numbers of every plot of that page as plain data."""
    side = _side(assignment, user)
    claims, alone = beside(stated(assignment), side.estimates())
    builds = over_time([*side.here(), *side.elsewhere()], side.public())
    plain = [{name: value for name, value in one.items() if name != "plot"} for one in builds]
    return {**plotted(side.drawn()), "claims": claims, "claims_alone": alone, "over_time": plain}


def comparisons_of(assignment: EvaluationAssignment, user: User) -> list[dict[str, Any]]:
    """The same comparisons as plain data."""
    side = _side(assignment, user)
    return [_worded(c) for c in compared(side.here(), side.elsewhere())]


def _side(assignment: EvaluationAssignment, user: User) -> _Agency | _Developer:
    return _Agency(assignment, user) if seats_of(user).holds(assignment.agency_id) else _Developer(assignment, user)


class _Agency:
    """What the agency's evaluator reads: own runs, and those of other assignments for which they attested as well."""

    def __init__(self, assignment: EvaluationAssignment, user: User) -> None:
        self.assignment, self.user = assignment, user
        self.runs = list(self._standing().filter(assignment=assignment)[:BOUND])

    def _standing(self) -> QuerySet[EvaluationRun]:
        rows = EvaluationRun.objects.visible_to(self.user).filter(superseded_by=None, results__isnull=False)
        rows = rows.select_related("checkpoint", "assignment", "log__launch", "notes").prefetch_related(
            "results__baselines"
        )
        return rows.order_by("-created_at", "-id").distinct()

    def here(self) -> list[Measured]:
        """Estimates of this assignment, newest first."""
        return [self._measured(run, result) for run in self.runs for result in _sorted(run)]

    def elsewhere(self) -> list[Measured]:
        """Estimates of the same suites and the same model in other assignments of this agency."""
        rows = self._standing().filter(
            agency_id=self.assignment.agency_id, checkpoint__model__in={r.checkpoint.model_id for r in self.runs},
            suite__in={r.suite for r in self.runs}, assignment__in=policies.assignments_attested_by(self.user),
        )  # fmt: skip
        others = rows.exclude(assignment=self.assignment)[:BOUND]
        return [self._measured(run, result) for run in others for result in _sorted(run)]

    def by_domain(self) -> dict[str, list[tuple[dict[str, Any], list[dict[str, Any]]]]]:
        """Domain → estimates with what they are compared with."""
        found = defaultdict(list)
        for run in self.runs:
            for result in _sorted(run):
                baselines = [_baseline(b, result) for b in result.baselines.all()]
                found[run.domain].append((self._listed(run, result), baselines))
        return found

    def drawn(self) -> list[Drawn]:
        """Each run with what is drawn of it by item."""
        price = price_of(self.assignment.request)
        return [of_run(run, _sorted(run), f"{run.suite}, {_variant(run.variant)}", price) for run in self.runs]

    def estimates(self) -> Iterator[Claimable]:
        """Each estimate with what is needed to find what the developer claims of it."""
        for run in self.runs:
            yield from estimates_of_run(run, _sorted(run))

    def public(self) -> Iterator[Public]:
        """Public models that estimates of this test were compared with."""
        for run in self.runs:
            for result in _sorted(run):
                for b in result.baselines.all():
                    if b.kind == Baseline.Kind.PUBLIC_MODEL:
                        yield Public(run.suite, shown(result)["name"], run.variant, b.name, b.estimate, b.n, b.source)

    def _listed(self, run: EvaluationRun, result: Result) -> dict[str, Any]:
        url = reverse("evaluations:run", args=[self.assignment.reference, run.log.pk]) if hasattr(run, "log") else ""
        return shown(result) | {"name": f"{run.suite}, {_variant(run.variant)}: {shown(result)['name']}", "url": url}

    def _measured(self, run: EvaluationRun, result: Result) -> Measured:
        items = {str(i["item"]): i["scores"].get(result.scorer) for i in run.items}
        means = {name: score[0] / score[1] for name, score in items.items() if score and score[1]}
        return Measured(
            run=str(run.pk), assignment=run.assignment.reference, title=shown(result)["name"], suite=run.suite,
            scorer=result.scorer, variant=run.variant, variant_label=_variant(run.variant), checkpoint=run.checkpoint.label,
            estimate=Estimate(result.estimate, result.ci_low, result.ci_high, result.n, result.ci_method),
            at=run.ended_at or run.started_at,
            conditions={
                "suite_version": run.suite_version, "harness": run.harness, "sandbox_kind": run.sandbox_kind,
                "epochs": run.epochs, "limits": run.limits, "configuration_sha256": run.configuration_sha256,
            },
            means=means if len(means) == result.n else {},
        )  # fmt: skip


class _Developer:
    """What the developer reads: the copies, and of earlier tests those of suites that are told by name."""

    def __init__(self, assignment: EvaluationAssignment, user: User) -> None:
        self.assignment, self.user = assignment, user
        rows = SharedRun.objects.visible_to(user).select_related("assignment", "agency")
        self.shared = list(rows.filter(assignment=assignment).order_by("-created_at", "-id")[:BOUND])

    def here(self) -> list[Measured]:
        """Estimates that were shared, newest first."""
        return [one for shared in self.shared for one in self._measured(shared)]

    def elsewhere(self) -> list[Measured]:
        """Estimates of other tests of the same model, by whichever agency."""
        rows = SharedRun.objects.visible_to(self.user).select_related("assignment", "agency")
        rows = rows.filter(assignment__request__model=self.assignment.request.model_id)
        others = rows.exclude(assignment=self.assignment).order_by("-created_at", "-id")[:BOUND]
        return [one for shared in others for one in self._measured(shared)]

    def by_domain(self) -> dict[str, list[tuple[dict[str, Any], list[dict[str, Any]]]]]:
        """Domain → estimates with what they are compared with."""
        found = defaultdict(list)
        for shared in self.shared:
            for result in shared.content["results"]:
                baselines = [_baseline(b, result) for b in result["baselines"]]
                found[shared.content["domain"]].append((self._listed(shared, result), baselines))
        return found

    def drawn(self) -> list[Drawn]:
        """Each copy: nothing by item is in it."""
        price = price_of(self.assignment.request)
        return [of_copy(shared, price) for shared in self.shared]

    def estimates(self) -> Iterator[Claimable]:
        """Each estimate that was shared, with what is needed to find what we claim of it."""
        for shared in self.shared:
            yield from estimates_of_copy(shared)

    def public(self) -> Iterator[Public]:
        """Public models that what was shared is compared with."""
        for shared in self.shared:
            told = shared.content
            for result in told["results"]:
                for b in result["baselines"]:
                    if b["kind"] == Baseline.Kind.PUBLIC_MODEL and not told["held_out"]:
                        yield Public(
                            told["suite"], shown(result)["name"], told["variant"], b["name"], b["estimate"], b["n"], b["source"]
                        )  # fmt: skip

    def _listed(self, shared: SharedRun, result: dict[str, Any]) -> dict[str, Any]:
        variant = _variant(shared.content["variant"])
        url = reverse("evaluations:shared_run", args=[self.assignment.reference, shared.pk])
        return shown(result) | {"name": f"{shared.label}, {variant}: {shown(result)['name']}", "url": url}

    def _measured(self, shared: SharedRun) -> list[Measured]:
        told = shared.content
        return [
            Measured(
                run=str(shared.pk), assignment=shared.assignment.reference, title=shown(r)["name"],
                # a held-out suite has a number within its assignment only, and its conditions are not told
                suite="" if told["held_out"] else told["suite"], scorer=r["scorer"], variant=told["variant"],
                variant_label=_variant(told["variant"]), checkpoint=told["checkpoint"],
                estimate=Estimate(r["estimate"], r["ci_low"], r["ci_high"], r["n"], r["ci_method"]),
                at=parse_datetime(told["ended_at"] or told["started_at"] or ""), where=shared.agency.name, conditions=told,
            )
            for r in told["results"]
        ]  # fmt: skip


def _sorted(run: EvaluationRun) -> list[Result]:
    return sorted(run.results.all(), key=lambda r: (r.metric, r.scorer, r.slice))


def _domain(name: str, rows: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> dict[str, Any]:
    label = str(RiskDomain(name).label)
    return {"label": label, "results": rows, "plot": plot(rows, f"{label}: {PLOT.lower()}")}


def _bar(one: Comparison) -> charts.Bar:
    return charts.Bar(f"{one.this.suite}: {_against(one)}", one.gap, one.low, one.high, one.n)


def _against(one: Comparison) -> str:
    if one.kind == "variant":
        return f"{one.this.variant_label} − {one.other.variant_label}"
    return f"{one.this.checkpoint} − {one.other.checkpoint} in {one.other.assignment}"


def _worded(one: Comparison) -> dict[str, Any]:
    """A comparison as pages print it and the API answers it. Differences in 0..1, words in points."""
    return {
        "kind": one.kind, "kind_label": TITLES[one.kind], "suite": one.this.suite, "scorer": one.this.scorer,
        "title": one.this.title, "variant": one.this.variant_label, "against": _against(one),
        "this_checkpoint": one.this.checkpoint, "other_checkpoint": one.other.checkpoint,
        "other_assignment": one.other.assignment, "other_agency": one.other.where,
        "this_estimate": one.this.estimate.value, "other_estimate": one.other.estimate.value,
        "difference": one.gap, "ci_low": one.low, "ci_high": one.high, "ci_level": LEVEL, "n": one.n,
        "ci_method": one.method, "conditions_differ": list(one.differs), "may_be_none": one.may_be_none,
        "words": f"{_points(one.gap)} points, {_points(one.low)} to {_points(one.high)}",
    }  # fmt: skip
