"""Reads of incidents: the section of an assignment, the panel, the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from audit import queries as record
from core.decisions import Decision
from core.workflow import Move
from evaluations import policies
from evaluations.models import INCIDENT_KINDS, INCIDENT_SCALE, EvaluationAssignment, EvaluationIncident, IncidentNote
from evaluations.workflow import INCIDENT, UNTOLD

INCIDENTS_LISTED = ("reference", "status", "kind", "severity", "assignment", "reporter", "notice_due_at", "notified_at")
INCIDENT_SENTENCES = {
    "reported": ("Contain it, and notify the other side", "The other side reads nothing of it yet."),
    "contained": ("Notify the other side", "It is contained; the other side reads nothing of it yet."),
    "notified": ("Investigate it", "The other side has been notified and reads everything on this page."),
    "investigated": ("Close it with what was learnt", "What came of the investigation stands below."),
    "closed": ("Nobody’s move: closed", "It stays readable for both sides."),
}


def incidents(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The section “Incidents” of an assignment."""
    rows = EvaluationIncident.objects.visible_to(user).filter(assignment=assignment)
    return {
        "rows": list(rows.order_by("-created_at", "-id")[:200]), "workflow": INCIDENT,
        "may_report": policies.may_report_incident(user, assignment),
        "new_url": reverse("evaluations:report_incident", args=[assignment.reference]),
    }  # fmt: skip


def incident_moves(incident: EvaluationIncident, user: User) -> list[tuple[Move, Decision]]:
    """(move, decision) for every step out of this state, for people of the side that reported it."""
    if not seats_of(user).holds(incident.reporter_id):
        return []
    found = [(m, policies.may_move_incident(user, incident, m.name)) for m in INCIDENT.moves_from(incident.status)]
    return [(m, d) for m, d in found if m.name != "contain_after" or incident.contained_at is None]


def incident_action(incident: EvaluationIncident, user: User) -> dict[str, Any]:
    """The panel: what is next, by when, and this person's buttons."""
    heading, why = INCIDENT_SENTENCES[incident.status]
    untold = incident.status in UNTOLD
    overdue = untold and late(incident.notified_at, incident.notice_due_at)
    if overdue:
        why += " The time for the notice is over: notify now."
    actions: list[dict[str, Any]] = []
    for move, decision in sorted(
        incident_moves(incident, user), key=lambda found: overdue and found[0].name != "notify"
    ):
        url = reverse("evaluations:move_incident", args=[incident.reference, move.name])
        primary = bool(decision) and not any(a["primary"] for a in actions)
        actions.append(
            {"label": move.label, "url": url, "post": False, "decision": decision, "danger": False, "primary": primary}
        )
    return {"heading": heading, "why": why, "due_at": incident.notice_due_at if untold else None, "actions": actions}


def late(notified_at: datetime | None, due_at: datetime) -> bool:
    """Whether the notice came, or still comes, after its time."""
    return (notified_at or timezone.now()) > due_at


def incident_notes(incident: EvaluationIncident, user: User) -> list[dict[str, Any]]:
    """Notes, oldest first: who wrote each, as this reader may name people, and for which side (agency, developer)."""
    rows = list(
        IncidentNote.objects.visible_to(user)
        .filter(incident=incident)
        .select_related("side")
        .order_by("created_at", "id")
    )
    names = record.names_as_seen({row.by_id for row in rows}, user)
    sides = {True: "developer", False: "agency"}
    return [
        {
            "actor": names.get(row.by_id, row.side.name), "side": sides[row.side.is_developer], "at": row.created_at,
            "text": row.text,
        }
        for row in rows
    ]  # fmt: skip


def incident_page(incident: EvaluationIncident, user: User) -> dict[str, Any]:
    """What stands below the panel."""
    other = incident.other_side
    return {
        "notes": incident_notes(incident, user), "may_note": policies.may_note_incident(user, incident),
        "kind_says": INCIDENT_KINDS[incident.kind], "scale": INCIDENT_SCALE[incident.severity], "other": other,
        "late": late(incident.notified_at, incident.notice_due_at),
        "readers": incident.reporter.name if incident.told_id is None else f"{incident.reporter.name}; {other.name}",
        "words": [
            (label, text) for label, text in (
                ("What happened", incident.what_happened), ("What was done at once", incident.what_was_done),
                ("How it was contained", incident.containment), ("Said with the notice", incident.notice),
                ("Investigation", incident.investigation), ("What was learnt", incident.lessons),
            ) if text
        ],
    }  # fmt: skip


def incidents_readable(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a list in words."""
    listed = list(rows)
    names = {o.pk: o.name for o in Organisation.objects.filter(pk__in={row["reporter"] for row in listed})}
    references = dict(
        EvaluationAssignment.objects.filter(pk__in={row["assignment"] for row in listed}).values_list("pk", "reference")
    )
    return [
        {
            **row, "reporter_name": names.get(row["reporter"], ""), "of": references.get(row["assignment"], ""),
            "kind_label": EvaluationIncident.Kind(row["kind"]).label,
            "severity_label": EvaluationIncident.Severity(row["severity"]).label,
            "late": late(row["notified_at"], row["notice_due_at"]),
        }
        for row in listed
    ]  # fmt: skip
