"""What is said to whom about assignments: references and links only."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from accounts.seats import seats_of
from evaluations.models import (
    EvaluationAssignment,
    EvaluationIncident,
    EvaluationReport,
    FactCheck,
    Finding,
    PlaceOverload,
    PublicationReview,
    RoutingAttempt,
    RoutingRuleSet,
    RunLaunch,
    RunLog,
    SharedRun,
)
from notifications import actions as notify
from notifications import kinds

PERSONAL = ("run_recorded", "log_refused", "run_ended")  # to one person, whatever their role
# What people may switch off: news after which nothing is asked of them.
NEWS = ("accepted", "verified", "run_recorded", "run_shared", "rules_published")
KINDS = {
    "proposed": "An assignment was proposed to your agency",
    "accepted": "An agency accepted an assignment",
    "declined": "An agency declined an assignment",
    "answer_due": "A proposed assignment waits for your agency's answer",
    "lapsed": "A proposed assignment lapsed without an answer",
    "verified": "Access was verified",
    "not_verified": "Access verification failed",
    "stopped": "A test was stopped",
    "taken_back": "A routing officer took an assignment back",
    "recused": "An agency stepped back from a test",
    "overloaded": "An agency has fewer places than it was given requests",
    "nobody": "No agency can take a request",
    "rules_published": "New routing rules name your agency",
    "run_recorded": "A log was read",
    "log_refused": "A log could not be read",
    "run_ended": "A run that you started has ended",
    "run_shared": "An agency shared a run",
    "finding_shared": "An agency shared a finding",
    "finding_moved": "The other side moved a finding",
    "finding_comment": "The other side commented on a finding",
    "fact_check_asked": "An agency asks you to check the facts of its report",
    "facts_checked": "A developer handed a fact check back",
    "fact_check_ended": "A fact check ended without an answer",
    "report_delivered": "A report was delivered",
    "report_corrected": "A corrected report was delivered",
    "publication_asked": "The other side wants to publish something",
    "publication_answered": "A text to publish was answered",
    "published": "The other side recorded a publication",
    "incident_notified": "The other side notifies you of an incident",
    "incident_noted": "The other side added a note to an incident",
    "incident_moved": "The other side went on with an incident",
    "report_overdue": "A report is overdue",
    "no_report": "An agency ended an assignment without a report",
    "closed": "An assignment was closed",
}


def register() -> None:
    """The kinds of this room."""
    for name, label in KINDS.items():
        kinds.register(f"evaluations.{name}", label=label, optional=name in NEWS, personal=name in PERSONAL)


def tell(
    name: str, assignment: EvaluationAssignment, to: Sequence[tuple[UUID, Sequence[str]]], by: User | None = None
) -> None:
    """One of KINDS about an assignment."""
    notify.tell(
        f"evaluations.{name}", about=assignment, to=to, url=reverse("evaluations:assignment", args=[assignment.reference]),
        context={"reference": assignment.reference}, by=by,
    )  # fmt: skip


def nobody(attempt: RoutingAttempt) -> None:
    """The router's inbox, with why on the board."""
    notify.tell(
        "evaluations.nobody", about=attempt, to=[(attempt.router_id, ("router",))], url=f"{reverse('evaluations:board')}?show=open",
        context={"reference": attempt.request.reference},
    )  # fmt: skip


def overloaded(row: PlaceOverload) -> None:
    """To the router's officers: an item on their board. Nothing was moved."""
    notify.tell(
        "evaluations.overloaded", about=row, to=[(row.router_id, ("router",))], context={"reference": "Routing"},
        url=reverse("evaluations:overload", args=[row.pk]),
    )  # fmt: skip


def rules_published(rules: RoutingRuleSet, by: User) -> None:
    """To the routing officers of the agencies that the rules name, and to those of the agency whose rules they are."""
    named = rules.rules.values_list("agency_id", "agency__parent_id")
    told = {parent or pk for pk, parent in named} | ({rules.router_id} if rules.router_id else set())
    notify.tell(
        "evaluations.rules_published", about=rules, to=[(pk, ("router",)) for pk in sorted(told, key=str)], by=by,
        url=reverse("evaluations:rules", args=[rules.pk]), context={"reference": f"Rules version {rules.number}"},
    )  # fmt: skip


def about_log(name: str, log: RunLog) -> None:
    """To the person who uploaded it: it was read, or it was refused and the page says why."""
    assignment = log.assignment
    notify.tell(
        f"evaluations.{name}", about=log, people=[log.uploaded_by], context={"reference": assignment.reference},
        url=reverse("evaluations:run", args=[assignment.reference, log.pk]),
    )  # fmt: skip


def run_ended(launch: RunLaunch) -> None:
    """To the person who started it; how it ended stands on its page."""
    notify.tell(
        "evaluations.run_ended", about=launch, people=[launch.launched_by], url=launch.get_absolute_url(),
        context={"reference": launch.assignment.reference},
    )  # fmt: skip


def shared(row: SharedRun, by: User) -> None:
    """To the developer's people: they may read a run now."""
    assignment = row.assignment
    notify.tell(
        "evaluations.run_shared", about=row, to=[(row.developer_id, ("drafter", "security"))], by=by,
        context={"reference": assignment.reference},
        url=reverse("evaluations:shared_run", args=[assignment.reference, row.pk]),
    )  # fmt: skip


def finding(row: Finding, verb: str, by: User) -> None:
    """To the other side: a finding was shared, moved or commented on. What was said stands on its page only."""
    to: tuple[UUID, Sequence[str]] = (row.agency_id, ("evaluator",))
    if row.shared_with_id and seats_of(by).holds(row.agency_id):
        to = (row.shared_with_id, ("drafter", "security", "counsel"))
    kind = {"share": "finding_shared", "comment": "finding_comment"}.get(verb, "finding_moved")
    notify.tell(
        f"evaluations.{kind}",
        about=row,
        to=[to],
        url=row.get_absolute_url(),
        context={"reference": row.reference},
        by=by,
    )


def fact_check(name: str, check: FactCheck, to: Sequence[tuple[UUID, Sequence[str]]], by: User | None) -> None:
    """One of KINDS about a fact check, leading to its page."""
    assignment = check.assignment
    notify.tell(
        f"evaluations.{name}", about=check, to=to, by=by, context={"reference": assignment.reference},
        url=reverse("evaluations:fact_check", args=[assignment.reference, check.pk]),
    )  # fmt: skip


def publication(name: str, review: PublicationReview, to: Sequence[tuple[UUID, Sequence[str]]], by: User) -> None:
    """One of KINDS about a text to publish, leading to its page."""
    assignment = review.assignment
    notify.tell(
        f"evaluations.{name}", about=review, to=to, by=by, context={"reference": assignment.reference},
        url=reverse("evaluations:publication", args=[assignment.reference, review.report.version]),
    )  # fmt: skip


def delivered(report: EvaluationReport, by: User) -> None:
    """To both sides: a version of the report is there."""
    assignment = report.assignment
    to = [
        (assignment.developer_id, ("drafter", "security", "counsel")),
        (assignment.agency_id, ("router", "evaluator")),
    ]
    notify.tell(
        "evaluations.report_corrected" if report.version > 1 else "evaluations.report_delivered", about=report, to=to,
        by=by, context={"reference": assignment.reference},
        url=reverse("evaluations:report", args=[assignment.reference, report.version]),
    )  # fmt: skip


def incident(name: str, row: EvaluationIncident, told: UUID, by: User) -> None:
    """To the side that was told: an incident, or the next step in it. What happened stands on its page only."""
    roles = ("evaluator",) if told == row.assignment.agency_id else ("drafter", "security")
    notify.tell(
        f"evaluations.{name}", about=row, to=[(told, roles)], url=row.get_absolute_url(), by=by,
        context={"reference": row.reference},
    )  # fmt: skip
