"""What stands in a report, as plain data: composed from the record, out of what the developer may read and nothing else.

Runs come from the developer's copies (`SharedRun`), findings are those that are shared, access checks are read by both
sides anyway. The page, the PDF, the fact check and the API all show this one composition.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from accounts.models import Membership, User
from agencies.domains import AccessLevel, RiskDomain
from developers.models import ModelVariant
from early_access import changes
from early_access import queries as early_access
from early_access.models import AccessWindow
from evaluations.models import (
    AccessCheck,
    EvaluationAssignment,
    EvaluationReport,
    FactCheck,
    Finding,
    FindingEntry,
    SharedRun,
)
from evaluations.queries.claims import beside, estimates_of_copy, stated
from evaluations.queries.drawing import of_copy, price_of
from evaluations.queries.plots import plotted
from evaluations.queries.runs import _baseline, shown
from evaluations.queries.stream import details_told
from evaluations.rules.notes import worded
from evaluations.rules.tiers import by_range
from evaluations.workflow import FINDING, RUN

FORMAT = "concord-report/1"
DRAWN = ("tiers", "ranges", "cost_per_solved", "safeguards")
SEVERITIES = tuple(Finding.Severity.values)
MEASURES = (
    "This report measures; it decides nothing about a release. Nothing in section 3 of Executive Order 14409 or in this "
    "report creates mandatory licensing, preclearance or permitting, and the developer stays free to release its model."
)


def compose(report: EvaluationReport) -> dict[str, Any]:
    """Everything that would stand in this report if it were delivered now."""
    row = report.assignment
    copies = _shared(row)
    runs = [_run(shared) for shared in copies]
    tested = _tested(row, runs)
    return {
        "format": FORMAT, "reference": report.reference, "version": report.version, "assignment": row.reference,
        "request": row.request.reference, "agency": row.agency.name, "developer": row.developer.name,
        "measures": MEASURES, "correction": report.correction, "scope": scope_line(row, runs),
        "changed": _changed(row),
        "summary": report.summary, "limitations": report.limitations, "tested": tested, "runs": runs,
        "findings": [_finding(f) for f in _findings(row)], "access": _access(row), "fact_checks": _fact_checks(row),
        "details": details_told(row), **_drawn(row, copies),
    }  # fmt: skip


def _drawn(row: EvaluationAssignment, copies: list[SharedRun]) -> dict[str, Any]:
    """The numbers of what is drawn of the shared runs, and what the developer claims beside them."""
    price = price_of(row.request)
    data = plotted([of_copy(shared, price) for shared in copies])
    pairs, _ = beside(stated(row), [one for shared in copies for one in estimates_of_copy(shared)])
    return {"plots": {name: data[name] for name in DRAWN}, "claims": pairs}


def _changed(row: EvaluationAssignment) -> list[str]:
    """A sentence for each run that was measured before something that is served moved."""
    known, found = changes.states(row.request), []
    for shared in _shared(row):
        moved = changes.otherwise_now(known, parse_datetime(shared.content["started_at"] or ""))
        if moved:
            since, differences = moved
            named = ", ".join(d.label for d in differences)
            found.append(
                f"{shared.label} was measured on another configuration than is served since {moment(since)}: "
                f"another {named}."
            )
    return list(dict.fromkeys(found))


def changed_since(report: EvaluationReport, user: User) -> list[str]:
    """What moved after this version was delivered, in sentences: announced changes of what is served, and verifications by
    its agency that saw another endpoint. The delivered file stays as it is; this stands beside it."""
    if report.delivered_at is None:
        return []
    row = report.assignment
    told, seen = changes.after(row.request, user, report.delivered_at)
    found = [
        f"Since {moment(one.since)} another {', '.join(d.label for d in one.differences) or 'state'} is served. The developer "
        f"says: {one.sentence}"
        for one in told
    ]
    return found + [
        f"The endpoint answered with another fingerprint {moment(one.at)} than when it was verified {moment(one.verified_at)}; "
        f"{'a change was announced for that time' if one.announced else 'no change was announced for that time'}."
        for one in seen
        if one.agency == row.agency.name
    ]  # fmt: skip


def moment(at: datetime | None) -> str:
    """An instant as it is written into a document that is kept."""
    return f"{at.day} {at:%b %Y, %H:%M} UTC" if at else ""


def scope_line(row: EvaluationAssignment, runs: list[dict[str, Any]]) -> str:
    """What the report is about, and that it is about nothing else."""
    checkpoints = _distinct(r["checkpoint"] for r in runs) or [row.request.checkpoint.label]  # type: ignore[union-attr]
    configurations = _distinct(r["configuration"] for r in runs) or [row.request.checkpoint.configuration_sha256]  # type: ignore[union-attr]  # a routed request names its checkpoint
    variants = _distinct(r["variant"] for r in runs) or list(early_access.variants(row.request).values())
    window = AccessWindow.objects.filter(request=row.request).first()
    return (
        f"Only checkpoint {' and '.join(checkpoints)}, configuration {' and '.join(configurations)}, "
        f"variant {' and '.join(variants)}, window {window or 'not agreed'}. "
        "What was tested under other conditions is not in this report, and nothing here says anything about it."
    )


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(v for v in values if v))


def left_out(row: EvaluationAssignment) -> dict[str, int]:
    """What the agency holds that would not stand in the report, since the developer was not told of it."""
    current = row.runs.filter(superseded_by=None)
    return {
        "runs": current.filter(shared__isnull=True).count(),
        "findings": Finding.objects.filter(assignment=row, shared_with=None).count(),
    }


def _shared(row: EvaluationAssignment) -> list[SharedRun]:
    """The developer's copies of the runs that stand; a copy of a superseded run does not."""
    return list(SharedRun.objects.filter(assignment=row, run__superseded_by=None).order_by("created_at", "id"))


def _run(shared: SharedRun) -> dict[str, Any]:
    told = shared.content
    kept = ("held_out", "checkpoint", "n_items", "n_scored", "n_invalid", "n_error", "n_limit")
    return {
        **{name: told.get(name) for name in kept},
        "name": shared.label,
        "domain": str(RiskDomain(told["domain"]).label),
        "variant": _variant(told["variant"]),
        "configuration": told["configuration_sha256"],
        "state": RUN.label(told["status"]),
        "began": moment(parse_datetime(told["started_at"] or "")),
        "ended": moment(parse_datetime(told["ended_at"] or "")),
        "edited": told["edited_after_run"],
        "conditions": [*_conditions(told), *_found(told), *worded(told.get("notes", {}))],
        "results": [{**shown(r), "baselines": [_baseline(b, r) for b in r["baselines"]]} for r in told["results"]],
    }


def _conditions(told: dict[str, Any]) -> list[list[str]]:
    """Suite, harness and limits; nothing of a suite that is held out."""
    if told["held_out"]:
        return []
    found = [
        ["Suite", " ".join(filter(None, (told["suite"], told["suite_version"])))], ["Harness", told["harness"]],
        ["Sandbox", told["sandbox_kind"]], ["Attempts per item", str(told["epochs"])],
        *[[f"Limit, {name}", str(value)] for name, value in told["limits"].items()],
    ]  # fmt: skip
    return [[label, value] for label, value in found if value]


def _found(told: dict[str, Any]) -> list[list[str]]:
    """Steps of ranges by attempt, and what a scanner found by level; copies of before have neither."""
    ranges = [
        [f"Range, {name}", f"Steps reached of {rows[0]['steps_total']}, by attempt: {', '.join(str(r['steps_reached']) for r in rows)}"]
        for name, rows in by_range(told.get("ranges", [])).items()
    ]  # fmt: skip
    levels = ", ".join(f"{count} {level}" for level, count in told.get("levels", {}).items())
    return [*ranges, *([["Scanner results", levels]] if levels else [])]


def _variant(kind: str) -> str:
    return str(ModelVariant.Kind(kind).label) if kind in ModelVariant.Kind.values else kind


def _tested(row: EvaluationAssignment, runs: list[dict[str, Any]]) -> list[list[str]]:
    request, specification = row.request, early_access.specification(row.request)
    window = AccessWindow.objects.filter(request=request).first()
    variants = _distinct(r["variant"] for r in runs) or list(early_access.variants(request).values())
    found = [
        ["Developer", row.developer.name], ["Model", request.model.codename if request.model else ""],
        ["Checkpoint", request.checkpoint.label if request.checkpoint else ""],
        ["Configuration (SHA-256)", request.checkpoint.configuration_sha256 if request.checkpoint else ""],
        ["Variants", ", ".join(variants)], ["Risk domains", row.domain_labels],
        ["Access", f"{AccessLevel(row.access_level).label}; {specification.get_method_display()}, specification version "
                   f"{specification.version}" if specification else str(AccessLevel(row.access_level).label)],
        ["Window", f"{window}, {window.days} days" if window else ""],
        ["Access ended", moment(row.access_revoked_at)],
    ]  # fmt: skip
    return [[label, str(value)] for label, value in found if value]


def _findings(row: EvaluationAssignment) -> list[Finding]:
    rows = Finding.objects.filter(assignment=row, shared_with=row.developer_id).prefetch_related("entries")
    return sorted(rows, key=lambda f: (SEVERITIES.index(f.severity), f.created_at))


def _finding(finding: Finding) -> dict[str, Any]:
    entries = sorted(finding.entries.all(), key=lambda e: (e.created_at, str(e.pk)))
    return {
        "reference": finding.reference, "title": finding.title, "severity": str(finding.get_severity_display()),
        "domain": str(finding.get_domain_display()), "state": FINDING.label(finding.status), "text": finding.text,
        "mitigation": finding.mitigation, "shared": moment(finding.shared_at),
        "entries": [_entry(finding, e) for e in entries],
    }  # fmt: skip


def _entry(finding: Finding, entry: FindingEntry) -> dict[str, str]:
    move = FINDING.move(entry.move) if entry.move in FINDING.move_names else None
    return {
        "side": _side(finding, entry, move.party if move else ""), "said": move.label if move else "Said",
        "at": moment(entry.created_at), "text": entry.text + _elsewhere(entry),
    }  # fmt: skip


def _elsewhere(entry: FindingEntry) -> str:
    return f" (Handled as {entry.software_report}.)" if entry.software_report else ""


def _side(finding: Finding, entry: FindingEntry, party: str) -> str:
    """Who speaks: never a person's name, since the other side reads people by their organisation."""
    if party in ("agency", "developer"):
        return "Agency" if party == "agency" else "Developer"
    if entry.by_id is None:
        return "Concord"
    homes = [finding.agency_id, finding.agency.parent_id]
    at_agency = Membership.objects.filter(user=entry.by_id, organisation__in=[h for h in homes if h]).exists()
    return "Agency" if at_agency else "Developer"


def _access(row: EvaluationAssignment) -> dict[str, Any]:
    checks = list(AccessCheck.objects.filter(assignment=row).select_related("opening").order_by("created_at"))
    passed = [c for c in checks if c.passed]
    seen = {(c.variant, c.fingerprint) for c in passed if c.fingerprint}
    most = max((sum(one == variant for one, _ in seen) for variant, _ in seen), default=0)
    return {
        "checks": len(checks), "worked": len(passed), "first": moment(checks[0].created_at) if checks else "",
        "last": moment(checks[-1].created_at) if checks else "", "endpoints": most,
        "probes": [
            {"name": p["name"], "outcome": p["outcome"].replace("_", " "), "sentence": p["sentence"]}
            for p in (checks[-1].probes if checks else [])
        ],
    }  # fmt: skip


def _fact_checks(row: EvaluationAssignment) -> list[dict[str, Any]]:
    rows = FactCheck.objects.filter(assignment=row).prefetch_related("comments").order_by("number")
    return [
        {
            "number": check.number, "asked": moment(check.created_at), "due": moment(check.due_at),
            "answered": moment(check.answered_at), "lapsed": moment(check.lapsed_at),
            "comments": [
                {"place": c.place, "text": c.text, "at": moment(c.created_at)}
                for c in sorted(check.comments.all(), key=lambda c: (c.created_at, str(c.pk)))
            ],
        }
        for check in rows
    ]  # fmt: skip


def places(content: dict[str, Any]) -> list[str]:
    """What of a report can be commented on: its parts, each run and each finding by name."""
    runs = [f"Run: {run['name']}" for run in content["runs"]]
    findings = [f"Finding {f['reference']}" for f in content["findings"]]
    details = ["How it was tested and graded"] if content.get("details") else []
    return [
        "Scope",
        "Summary",
        "Limitations",
        "What was tested",
        "Access",
        *details,
        *dict.fromkeys(runs),
        *findings,
        "Other",
    ]
