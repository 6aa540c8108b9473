"""Who may report an incident of a test, read it, and take its steps; each answer is a Decision."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, refuse
from early_access import policies as early_access
from evaluations.models import EvaluationAssignment, EvaluationIncident
from evaluations.policies.assignments import may_move, may_see_inside, may_stop
from evaluations.workflow import INCIDENT

REPORTING = ("drafter", "security")
WHO_REPORTS = "A policy or security lead of the developer can, or an evaluator of the agency who has attested."
WITHOUT = ("proposed", "declined")  # nothing was tested, nothing was handed over


def incident_side(user: User, assignment: EvaluationAssignment) -> Organisation | None:
    """The organisation for which this person speaks of incidents."""
    seats = seats_of(user)
    if seats.holds(assignment.developer_id, *REPORTING):
        return assignment.developer
    if seats.holds(assignment.agency_id, "evaluator") and may_see_inside(user, assignment):
        return assignment.agency
    return None


def may_report_incident(user: User, assignment: EvaluationAssignment) -> Decision:
    """Report one, also after the test has ended: a leak is often found late."""
    if assignment.status in WITHOUT:
        return refuse("Incidents are reported from acceptance on: nothing of this test was handed over.")
    if incident_side(user, assignment) is None:
        return refuse("Your role does not include reporting incidents.", WHO_REPORTS)
    return ALLOWED


def may_read_incident(user: User, incident: EvaluationIncident) -> Decision:
    """Read one that is visible: the developer's people, and evaluators who have attested."""
    return may_see_inside(user, incident.assignment)


def may_move_incident(user: User, incident: EvaluationIncident, verb: str) -> Decision:
    """Take one step of the table: the side that reported it."""
    side = incident_side(user, incident.assignment)
    if side is None or side.pk != incident.reporter_id:
        return refuse("The side that reported the incident takes its steps.", WHO_REPORTS)
    if not (table := INCIDENT.may(incident.status, verb)):
        return table
    if verb == "contain_after" and incident.contained_at is not None:
        return refuse("How it was contained is recorded.")
    if verb == "investigate" and incident.contained_at is None:
        return refuse("It is not contained yet.", "Record first how it was contained.")
    return ALLOWED


def may_note_incident(user: User, incident: EvaluationIncident) -> Decision:
    """Add a note, at any time: the side that reported it, and the other side once it was notified."""
    side = incident_side(user, incident.assignment)
    if side is None or side.pk not in (incident.reporter_id, incident.told_id):
        return refuse("Your role does not include notes on this incident.", WHO_REPORTS)
    return ALLOWED


def may_take_measure(user: User, assignment: EvaluationAssignment, measure: str) -> Decision:
    """What containment can do at once, each by the rule of the button that does it otherwise."""
    if measure == EvaluationIncident.Measure.PAUSE:
        return may_move(user, assignment, "pause")
    if measure == EvaluationIncident.Measure.REVOKE:
        return early_access.may_revoke_key(user, assignment.request)
    return may_stop(user, assignment)
