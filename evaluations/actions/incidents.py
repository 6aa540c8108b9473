"""Incidents: report one for one's own side, contain it, notify the other side by its clock, investigate, close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from early_access import actions as early_access
from evaluations import notices, policies
from evaluations.actions import assignments
from evaluations.actions.base import locked, needed
from evaluations.models import EvaluationAssignment, EvaluationIncident, IncidentNote
from evaluations.workflow import INCIDENT

LONGEST = 20_000
HAPPENED = "Say what happened, so far as it is known: it can be followed by more."
SAY_INCIDENT = {
    "contain": "Say how it was contained.",
    "contain_after": "Say how it was contained.",
    "investigate": "Say what was looked at, and what came of it.",
    "close": "Say what was learnt, and what is done differently from now on.",
}
FIELD = {
    "contain": "containment", "contain_after": "containment", "notify": "notice", "investigate": "investigation",
    "close": "lessons",
}  # fmt: skip
WRITE = "Say what became known, or what was done."
WHY = "An incident is being contained."


@transaction.atomic
def report_incident(
    *, assignment: EvaluationAssignment, kind: str, severity: str, discovered_at: datetime, what_happened: str,
    what_was_done: str = "", by: User,
) -> EvaluationIncident:  # fmt: skip
    """Write it down for one's own side, and start the clock of the notice at its discovery. The same sent twice is one."""
    row = locked(assignment)
    policies.may_report_incident(by, row).require()
    side = policies.incident_side(by, row)
    if side is None:
        raise Conflict("You have no part in this assignment any more.")
    problems = []
    if kind not in EvaluationIncident.Kind.values:
        problems.append(Problem("kind", "Choose what kind of incident it is."))
    if severity not in EvaluationIncident.Severity.values:
        problems.append(Problem("severity", "Choose a severity from the scale."))
    if discovered_at > timezone.now() + timedelta(minutes=5):
        problems.append(Problem("discovered_at", "Give the time at which it was discovered; this one lies ahead."))
    if problems:
        raise Invalid(problems)
    written: dict[str, Any] = {
        "assignment": row, "reporter": side, "reported_by": by, "kind": kind, "severity": severity,
        "discovered_at": discovered_at, "what_happened": _short(needed(what_happened, "what_happened", HAPPENED), "what_happened"),
        "what_was_done": _short(what_was_done.strip(), "what_was_done"),
    }  # fmt: skip
    if twice := EvaluationIncident.objects.filter(**written).first():
        return twice
    hours = row.hours_to_notice
    due = discovered_at + timedelta(hours=hours)
    made = EvaluationIncident.objects.create(
        **written, notice_hours=hours, notice_due_at=due, moved_at=timezone.now()
    )  # fmt: skip
    _said(made, "reported", by=by)
    return made


@transaction.atomic
def move_incident(
    *, incident: EvaluationIncident, verb: str, text: str = "", measures: Sequence[str] = (), by: User
) -> EvaluationIncident:  # fmt: skip
    """One step of the table, with its words. Containing can pause testing, revoke the key or stop the test in the same
    transaction; notifying lets the other side read everything, and meets the clock."""
    contains = verb in ("contain", "contain_after")
    _require(incident, verb, by)
    if measures and not contains:
        raise Invalid([Problem("measures", "Measures belong to containing the incident.")])
    field = FIELD[verb]
    words = _short(needed(text, "text", SAY_INCIDENT[verb]) if verb in SAY_INCIDENT else text.strip(), "text")
    taken = _measures(incident, measures, by)  # locks the request before the assignment, as early access does
    held = _held(incident)
    _require(held, verb, by)
    changed = {field: words, "status": INCIDENT.move(verb).target, "moved_at": timezone.now()}
    if contains:
        changed |= {"contained_at": changed["moved_at"], "measures": taken}
    if verb == "notify":
        IncidentNote.objects.filter(incident=held).update(told=held.other_side)
        changed |= {"told_id": held.other_side.pk, "notified_at": changed["moved_at"]}
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=[name.removesuffix("_id") for name in changed])
    _said(held, verb, by=by)
    if (told := held.told_id) is not None:
        notices.incident("incident_notified" if verb == "notify" else "incident_moved", held, told, by)
    return held


@transaction.atomic
def note_incident(*, incident: EvaluationIncident, text: str, by: User) -> IncidentNote:
    """Write down what became known or was done meanwhile; it moves nothing. The same words twice in a row are one note."""
    held = _held(incident)
    policies.may_note_incident(by, held).require()
    side = policies.incident_side(by, held.assignment)
    said = _short(needed(text, "text", WRITE), "text")
    newest = IncidentNote.objects.filter(incident=held).order_by("-created_at", "-id").first()
    if newest and (newest.by_id, newest.text) == (by.pk, said):
        return newest
    made = IncidentNote.objects.create(
        incident=held, reporter_id=held.reporter_id, told_id=held.told_id, side=side, by=by, text=said
    )  # fmt: skip
    _said(held, "noted", by=by)
    if held.told_id is not None and side is not None:
        other = held.told_id if side.pk == held.reporter_id else held.reporter_id
        notices.incident("incident_noted", held, other, by)
    return made


def _require(incident: EvaluationIncident, verb: str, by: User) -> None:
    policies.may_move_incident(by, incident, verb).require()


def _measures(incident: EvaluationIncident, measures: Sequence[str], by: User) -> list[str]:
    """Take each measure through the action of its own button; the order of the list is theirs."""
    known = EvaluationIncident.Measure
    if unknown := set(measures) - set(known.values):
        raise Invalid([Problem("measures", f"There is no measure “{min(unknown)}”.")])
    if {known.PAUSE, known.STOP} <= set(measures):
        raise Invalid([Problem("measures", "Pause the test or stop it for good, not both.")])
    taken = [name for name in ("revoke_key", "pause", "stop") if name in measures]
    for name in taken:
        if name == known.REVOKE:
            early_access.revoke_key(request=incident.assignment.request, by=by)
        elif name == known.PAUSE:
            assignments.pause(assignment=incident.assignment, reason=WHY, by=by)
        else:
            assignments.stop(assignment=incident.assignment, reason=WHY, by=by)
    return taken


def _held(incident: EvaluationIncident) -> EvaluationIncident:
    row = locked(incident.assignment)
    found = EvaluationIncident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    found.assignment = row
    return found


def _short(text: str, field: str) -> str:
    if len(text) > LONGEST:
        raise Invalid([Problem(field, f"Keep it to {LONGEST:,} characters.")])
    return text


def _said(row: EvaluationIncident, verb: str, *, by: User) -> None:
    """Record it for those who can read the incident; the words stand on its page only."""
    parties = [row.reporter_id, *([row.told_id] if row.told_id else [])]
    audit.record(f"evaluations.incident_{verb}", row, by=by, parties=parties)
