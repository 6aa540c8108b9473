"""Reads of reports: the draft, the versions, the section on an assignment's page, the list, the state per agency."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.seats import seats_of
from early_access import changes
from early_access.models import EarlyAccessRequest
from evaluations import charts, policies
from evaluations.models import EvaluationAssignment, EvaluationIncident, EvaluationReport, FactCheck, PlaceTurn
from evaluations.queries.plots import claimed_plot, drawn
from evaluations.workflow import ASSIGNMENT, INCIDENT, ROUTABLE

LONGEST_FACT_CHECK = 60
USUAL_FACT_CHECK = 5
BOUND = 50
WAITS = (
    "No place is free at this agency for these days. Places are shared between developers in turn; this request keeps its turn,"
    " and nothing is asked of you."
)


def shortest_fact_check(assignment: EvaluationAssignment) -> int:
    """The fewest days for a fact check: what the agreement gives, else two."""
    return assignment.fact_check_days or 2


def usual_fact_check(assignment: EvaluationAssignment) -> int:
    """The days that the form proposes."""
    return assignment.fact_check_days or USUAL_FACT_CHECK


def draft(assignment: EvaluationAssignment) -> EvaluationReport | None:
    """The agency's draft, with its assignment; None to everybody else."""
    row = EvaluationReport.objects.filter(assignment=assignment, delivered_at=None).select_related("saved_by").first()
    if row is not None:
        row.assignment = assignment
    return row


def delivered(assignment: EvaluationAssignment, user: User) -> list[EvaluationReport]:
    """The delivered versions that this person may see, newest first."""
    rows = EvaluationReport.objects.visible_to(user).filter(assignment=assignment, delivered_at__isnull=False)
    return list(rows.order_by("-version")[:BOUND])


def open_fact_check(assignment: EvaluationAssignment) -> FactCheck | None:
    """The fact check that the developer can still answer."""
    return FactCheck.objects.filter(assignment=assignment, answered_at=None, lapsed_at=None).first()


def facts_checked(assignment: EvaluationAssignment) -> bool:
    """Whether a fact check has ended, by an answer or by the clock."""
    return FactCheck.objects.filter(assignment=assignment).exclude(answered_at=None, lapsed_at=None).exists()


def report_section(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The section “Report” on an assignment's page: the draft for the agency, fact checks and versions for both."""
    at_agency = bool(seats_of(user).holds(assignment.agency_id))
    checks = FactCheck.objects.visible_to(user).filter(assignment=assignment).order_by("-number")
    return {
        "at_agency": at_agency,
        "draft": draft(assignment) if at_agency else None,
        "versions": delivered(assignment, user),
        "checks": list(checks.prefetch_related("comments")[:BOUND]),
        "may_write": policies.may_write_report(user, assignment),
    }


def runs_shown(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Each run of a report's content with its estimates beside their comparisons, and the plot of both."""
    return [
        {"run": run, "results": [(r, r["baselines"]) for r in run["results"]], "plot": _plot(run)}
        for run in content["runs"]
    ]


def drawn_of(content: dict[str, Any]) -> dict[str, Any]:
    """What a report draws beside its estimates: for its page. A version of before has none of it."""
    claims = content.get("claims", [])
    return {"plots": drawn(content.get("plots", {})), "claims": claims, "claimed_plot": claimed_plot(claims)}


def _plot(run: dict[str, Any]) -> SafeString:
    bars: list[charts.Bar] = []
    for result in run["results"]:
        bars.append(charts.Bar(result["name"], result["estimate"], result["low"], result["high"], result["n"]))
        bars += [
            charts.Bar(f"Compared: {b['name']}", b["estimate"], b["low"], b["high"], b["n"], baseline=True)
            for b in result["baselines"]
        ]
    return charts.forest(f"Estimates of {run['name']} with their 95 % intervals", bars)


def of_request(request: EarlyAccessRequest, user: User) -> list[dict[str, Any]]:
    """Where each assignment of a request stands: the developer reads all, an agency its own, others nothing."""
    rows = EvaluationAssignment.objects.visible_to(user).filter(request=request).select_related("agency")
    found, incidents, changed = [], _incidents(request, user), changes.changed_at(request)
    for row in rows.prefetch_related("reports").order_by("agency__name", "created_at")[:BOUND]:
        versions = sorted((r for r in row.reports.all() if r.delivered_at), key=lambda r: r.version)
        newest = versions[-1] if versions else None
        found.append({
            "agency": row.agency.name, "reference": row.reference, "state": ASSIGNMENT.label(row.status),
            "tone": ASSIGNMENT.state(row.status).tone, "url": reverse("evaluations:assignment", args=[row.reference]),
            "report": newest.reference if newest else "", "version": newest.version if newest else None,
            "delivered_at": newest.delivered_at if newest else None,
            "received_at": newest.received_at if newest else None,
            "changed_at": changed if newest and changed and changed > newest.delivered_at else None,
            "report_url": reverse("evaluations:report", args=[row.reference, newest.version]) if newest else "",
            "due_at": row.report_due_at if row.status == "analysis" else None, "incidents": incidents.get(row.pk, []),
        })  # fmt: skip
    return found + _waiting(request, user)


def _incidents(request: EarlyAccessRequest, user: User) -> dict[UUID, list[dict[str, Any]]]:
    """By assignment: incidents that this person's side reported or was notified of; no other side's."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    rows = EvaluationIncident.objects.visible_to(user).filter(assignment__request=request)
    for row in rows.order_by("-created_at")[:BOUND]:
        told = {"reference": row.reference, "url": row.get_absolute_url(), "state": INCIDENT.label(row.status)}
        found.setdefault(row.assignment_id, []).append(told)
    return found


def _waiting(request: EarlyAccessRequest, user: User) -> list[dict[str, Any]]:
    """Agencies at which the request waits for a place, for its developer: the same words whoever else waits or is tested
    there, and however long the line is."""
    if request.status not in ROUTABLE or not seats_of(user).holds(request.developer_id):
        return []
    rows = PlaceTurn.objects.visible_to(user).filter(request=request, ended_at=None).select_related("agency")
    return [
        {"agency": row.agency.name, "state": "Waits for a place", "tone": "waiting", "waits": WAITS}
        for row in rows.order_by("agency__name")[:BOUND]
    ]
