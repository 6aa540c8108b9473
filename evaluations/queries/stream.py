"""The meter of a report's completeness: computed from what stands in the report, with a link to where more is written."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from evaluations import charts
from evaluations.models import (
    EvaluationAssignment,
    EvaluationReport,
    FactCheck,
    FindingEntry,
    ReportingDetail,
    SharedRun,
)
from evaluations.queries.reports import draft
from evaluations.rules import stream as rules

TONES = {rules.COMPLETE: "done", rules.PARTIAL: "waiting", rules.MISSING: "todo", rules.NOT_APPLICABLE: "done"}
PLACE_WORDS = {
    "notes": "Write the notes of a run", "runs": "See the runs", "comparison": "Compare an estimate", "report": "Write the report",
}  # fmt: skip


def meter(assignment: EvaluationAssignment) -> dict[str, Any]:
    """For the agency: every criterion with its state, and how many are complete. It blocks nothing."""
    items = rules.meter(facts_of(assignment), details_of(assignment))
    by_key, places = {item.criterion.key: item for item in items}, _places(assignment)
    groups = [(title, [by_key[c.key] for c in criteria]) for title, criteria in rules.GROUPS]
    return {
        "plot": _drawn(groups), "states": list(rules.LABELS.values()), "by_group": [_counted(*group) for group in groups],
        "standard": rules.STANDARD, "source": rules.SOURCE, "counts": rules.counted(items),
        "groups": [(title, [_shown(by_key[c.key], places, assignment) for c in criteria]) for title, criteria in rules.GROUPS],
    }  # fmt: skip


def _drawn(groups: list[tuple[str, list[rules.Item]]]) -> str:
    return charts.meter("How much of the standard stands in the report, by group", [
        (title, f"{sum(i.state == rules.COMPLETE for i in items)} of {len(items)} complete", [(i.criterion.number, i.state) for i in items])
        for title, items in groups
    ])  # fmt: skip


def _counted(title: str, items: list[rules.Item]) -> dict[str, Any]:
    """The same as numbers."""
    counts = [(label, sum(item.state == state for item in items)) for state, label in rules.LABELS.items()]
    return {"name": title, "counts": counts, "all": len(items)}


def _shown(item: rules.Item, places: dict[str, str], assignment: EvaluationAssignment) -> dict[str, Any]:
    """`links`: where to write more, the record's own place first, while something is lacking."""
    lacks, key = item.state in (rules.MISSING, rules.PARTIAL), item.criterion.key
    links = [(PLACE_WORDS[item.place], places[item.place])] if lacks and item.place in places else []
    words = "Change what the report says" if item.detail else "Say it in the report"
    links.append((words, reverse("evaluations:write_detail", args=[assignment.reference, key])))
    return {"item": item, "criterion": item.criterion, "tone": TONES[item.state], "links": links}


def facts_of(assignment: EvaluationAssignment) -> rules.Facts:
    """What stands in the report: shared runs, the draft's text or that of the last version, what the developer disputed."""
    shared = SharedRun.objects.filter(assignment=assignment, run__superseded_by=None).order_by("created_at", "id")
    runs = [row.content for row in shared]
    text = draft(assignment) or EvaluationReport.objects.filter(assignment=assignment).order_by("-version").first()
    ends = [at for run in runs if (at := parse_datetime(run["ended_at"] or ""))]
    return rules.Facts(
        runs=runs, summary=text.summary if text else "", limitations=text.limitations if text else "",
        disputes=FindingEntry.objects.filter(finding__assignment=assignment, move="dispute").values("finding").distinct().count(),
        facts_checked=FactCheck.objects.filter(assignment=assignment, answered_at__isnull=False).exists(),
        days=(timezone.now() - max(ends)).days if ends else None,
    )  # fmt: skip


def details_of(assignment: EvaluationAssignment) -> dict[str, rules.Detail]:
    """What people wrote, by criterion."""
    rows = ReportingDetail.objects.filter(assignment=assignment)
    return {row.criterion: rules.Detail(row.covers, row.text) for row in rows}


def detail(assignment: EvaluationAssignment, key: str) -> ReportingDetail | None:
    """What was written for one criterion."""
    return ReportingDetail.objects.filter(assignment=assignment, criterion=key).select_related("saved_by").first()


def details_told(assignment: EvaluationAssignment) -> list[dict[str, Any]]:
    """The same as it stands in the report."""
    found = details_of(assignment)
    return [
        {"number": c.number, "title": c.title, "applies": found[key].covers != "not_applicable", "text": found[key].text}
        for key, c in rules.CRITERIA.items() if key in found
    ]  # fmt: skip


def _places(assignment: EvaluationAssignment) -> dict[str, str]:
    """Addresses of the record's own forms. Notes and comparisons are closed once a run is shared: only open ones are named."""
    unshared = assignment.runs.filter(superseded_by=None, shared=None, log__isnull=False).select_related("log")
    run = unshared.order_by("-created_at").first()
    found = {
        "runs": reverse("evaluations:results", args=[assignment.reference]),
        "report": reverse("evaluations:write_report", args=[assignment.reference]),
    }
    if run is not None:
        found["notes"] = reverse("evaluations:write_run_notes", args=[assignment.reference, run.log.pk])
        found["comparison"] = reverse("evaluations:add_baseline", args=[assignment.reference, run.log.pk])
    return found
