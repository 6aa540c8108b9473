"""Whose move an assignment is, why, by when, and the buttons with their decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import Decision
from evaluations import policies
from evaluations.models import EvaluationAssignment
from evaluations.queries import reports
from evaluations.workflow import ASSIGNMENT


def agencies_of(user: User) -> list[tuple[str, str]]:
    """Whose assignments this person can ask for: of agencies their own, of developers any agency's."""
    seats = seats_of(user)
    if seats.is_agency:
        held = [s.organisation for s in seats.all if s.organisation.is_agency]
    else:
        held = list(Organisation.objects.filter(kind=Organisation.Kind.AGENCY).order_by("name"))
    return [(str(o.pk), o.name) for o in held] if len(held) > 1 else []


def every_agency(user: User) -> list[tuple[str, str]]:
    """The agencies and components that a router decides about."""
    held = Organisation.objects.filter(kind=Organisation.Kind.AGENCY).order_by("name")
    return [(str(pk), name) for pk, name in held.values_list("pk", "name")]


def next_action(assignment: EvaluationAssignment, user: User) -> dict[str, Any]:
    """The panel at the top of an assignment: whose move, why, by when, and the buttons with their decisions."""
    heading, why = SENTENCES[assignment.status]
    if assignment.status == "analysis" and reports.facts_checked(assignment):
        heading, why = FACTS_CHECKED
    return {"heading": heading, "why": why, "due_at": due_at(assignment), "actions": buttons(assignment, user)}


def due_at(assignment: EvaluationAssignment) -> datetime | None:
    """By when the next move is expected, where a clock says so."""
    known = {
        "proposed": assignment.answer_due_at, "analysis": assignment.report_due_at,
        "developer_fact_check": assignment.fact_check_due_at,
    }  # fmt: skip
    return known.get(assignment.status)


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
    attest = policies.may_attest(user, assignment)
    if at_agency and (attest or policies.waits_to_attest(user, assignment)):
        found.append(button("attest", "Attest", attest, page=True))
    if at_agency and status == "accepted":
        found.append(button("prepare", "Write rules of engagement", policies.may_prepare(user, assignment), page=True))
    if at_agency and status in ("preparing", "running", "paused"):
        found.append(button("verify", "Verify access now", policies.may_verify(user, assignment)))
    for verb in ("start", "pause", "resume", "analyse"):
        if at_agency and status in ASSIGNMENT.move(verb).sources and verb != "pause":
            found.append(button(verb, ASSIGNMENT.move(verb).label, policies.may_move(user, assignment, verb)))
    found += _of_report(assignment, user, at_agency=at_agency)
    if at_agency and status == "report_delivered":
        found.append(button("close", "Close the assignment", policies.may_close(user, assignment)))
    if at_agency and (ending := policies.may_end_without_report(user, assignment)):
        found.append(button("end_without_report", "End without a report", ending, page=True, danger=True))
    if seats.holds(assignment.developer_id) and (stop := policies.may_stop(user, assignment)):
        found.append(button("stop", "Stop testing", stop, page=True, danger=True))
    return _one_primary(found)


def _one_primary(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One button stands out: the first that leads on. Verifying access again leads nowhere new."""
    able = [b for b in found if b["primary"]]
    chosen = next((b for b in able if not b["url"].endswith("/verify/")), able[0] if able else None)
    return [{**b, "primary": b is chosen} for b in found]


def _of_report(assignment: EvaluationAssignment, user: User, *, at_agency: bool) -> list[dict[str, Any]]:
    """The ways to the report's pages: write and send it, check its facts, read it."""
    status = assignment.status

    def way(name: str, label: str, decision: Decision, *rest: Any, primary: bool = True) -> dict[str, Any]:
        url = reverse(f"evaluations:{name}", args=[assignment.reference, *rest])
        return {
            "label": label, "url": url, "post": False, "decision": decision, "primary": bool(decision) and primary,
            "danger": False,
        }  # fmt: skip

    if at_agency and status == "analysis":
        may_write, written = policies.may_write_report(user, assignment), reports.draft(assignment)
        if written and may_write:
            ready = policies.may_deliver_report(user, assignment)
            label = "Read the draft and deliver it" if ready else "Read the draft and send it"
            return [way("preview_report", label, may_write)]
        return [way("write_report", "Write the report", may_write)]
    if status == "developer_fact_check" and (check := reports.open_fact_check(assignment)):
        if not at_agency:
            return [way("fact_check", "Check the facts", policies.may_comment_facts(user, check), check.pk)]
        if may_deliver := policies.may_deliver_report(user, assignment):
            return [way("preview_report", "Read the draft and deliver it", may_deliver)]
    if not at_agency and status in policies.CORRECTABLE and (versions := reports.delivered(assignment, user)):
        newest = versions[0]
        label = "Read the report" if newest.received_at else "Open the report"
        may_read = policies.may_see_inside(user, assignment)
        return [way("report", label, may_read, newest.version, primary=newest.received_at is None)]
    return []


SENTENCES = {
    "proposed": ("The agency’s move: accept or decline", "The router proposed it for the reasons below."),
    "accepted": ("The agency’s move: attest and agree the rules", "Nobody sees anything inside before attesting."),
    "declined": ("Declined", "The request was routed again without this agency."),
    "preparing": ("The agency’s move: start when access is verified", "Testing starts in the open window, once access is verified."),
    "running": ("The agency is testing", "The developer can stop it at any time; access ends with the window."),
    "paused": ("Paused", "Testing rests; the clock of the window does not."),
    "analysis": ("The agency’s move: write the report", "Testing has ended; access is not needed any more."),
    "developer_fact_check": ("The developer’s move: check the facts", "Facts only; a dispute stands beside the finding."),
    "report_delivered": ("Report delivered", "Nobody owes anything. It closes with its request."),
    "closed": ("Closed", "Nothing is open here. Reports stay readable for both sides."),
    "stopped": ("Stopped", "The test ended before its time; nothing of the developer’s may be used any more."),
}  # fmt: skip
FACTS_CHECKED = (
    "The agency’s move: deliver the report",
    "The facts were checked. The draft can still change; delivering it tells the developer.",
)
