"""Whose move an assignment is, why, by when, and the buttons with their decisions."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.seats import seats_of
from core.decisions import Decision
from evaluations import policies
from evaluations.models import EvaluationAssignment
from evaluations.workflow import ASSIGNMENT


def next_action(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The panel at the top of an assignment: whose move, why, by when, and the buttons with their decisions."""
    heading, why = SENTENCES[assignment.status]
    due = assignment.answer_due_at if assignment.status == "proposed" else None
    return {"heading": heading, "why": why, "due_at": due, "actions": buttons(assignment, user)}


def buttons(assignment: EvaluationAssignment, user: User) -> list[dict[str, Any]]:
    """Every move that is open or shown now, for this person."""

    def button(
        verb: str, label: str, decision: Decision, *, page: bool = False, danger: bool = False
    ) -> dict[str, Any]:
        name = verb if page else "move"
        arguments = [assignment.reference] if page else [assignment.reference, verb]
        return {
            "label": label, "url": reverse(f"evaluations:{name}", args=arguments), "post": not page,
            "decision": decision, "primary": bool(decision) and not danger, "danger": danger,
        }  # fmt: skip

    found: list[dict[str, Any]] = []
    seats = seats_of(user)
    at_agency, status = seats.holds(assignment.agency_id), assignment.status
    if at_agency and status == "proposed":
        found.append(button("accept", "Accept", policies.may_accept(user, assignment)))
        found.append(button("decline", "Decline", policies.may_decline(user, assignment), page=True, danger=True))
    if at_agency and (attest := policies.may_attest(user, assignment)):
        found.append(button("attest", "Attest", attest, page=True))
    if at_agency and status == "accepted":
        found.append(button("prepare", "Write rules of engagement", policies.may_prepare(user, assignment), page=True))
    if at_agency and status in ("preparing", "running", "paused"):
        found.append(button("verify", "Verify access now", policies.may_verify(user, assignment)))
    for verb in ("start", "pause", "resume", "analyse"):
        if at_agency and status in ASSIGNMENT.move(verb).sources and verb != "pause":
            found.append(button(verb, ASSIGNMENT.move(verb).label, policies.may_move(user, assignment, verb)))
    if seats.holds(assignment.developer_id) and (stop := policies.may_stop(user, assignment)):
        found.append(button("stop", "Stop testing", stop, page=True, danger=True))
    return found


SENTENCES = {
    "proposed": ("The agency’s move: accept or decline", "The router proposed it for the reasons below."),
    "accepted": ("The agency’s move: attest and agree the rules", "Nobody sees anything inside before attesting."),
    "declined": ("Declined", "The request was routed again without this agency."),
    "preparing": ("The agency’s move: start when access is verified", "Testing starts in the open window, once access is verified."),
    "running": ("The agency is testing", "The developer can stop it at any time; access ends with the window."),
    "paused": ("Paused", "Testing rests; the clock of the window does not."),
    "analysis": ("The agency’s move: write up what was found", "Access is not needed any more."),
    "developer_fact_check": ("The developer’s move: check the facts", "Facts only; a dispute stands beside the finding."),
    "report_delivered": ("Report delivered", "The developer has the report."),
    "closed": ("Closed", "Nothing is open here."),
    "stopped": ("Stopped", "The test ended before its time; nothing of the developer’s may be used any more."),
}  # fmt: skip
