"""This room's rows of what is due: answers to assignments and findings, fact checks, reports, reviews before publication,
notices of incidents."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.seats import Seats
from evaluations.models import EvaluationAssignment, EvaluationIncident, FactCheck, Finding, PublicationReview
from evaluations.policies import conflicts_of
from evaluations.queries.calendar import ANSWERED_BY
from evaluations.workflow import UNTOLD
from notifications.duties import Duty

MOST = 100
AT_WORK = ("accepted", "preparing", "running", "paused", "analysis", "developer_fact_check")


def source(user: User, seats: Seats) -> Iterable[Duty]:
    """Bounded; an auditor has nothing due."""
    if not seats.all or seats.is_auditor:
        return
    yield from _assignments(user)
    yield from _fact_checks(user)
    yield from _findings(user)
    yield from _reviews(user)
    yield from _incidents(user)


def _assignments(user: User) -> Iterable[Duty]:
    columns = ("reference", "developer", "agency", "status", "answer_due_at", "report_due_at")
    for row in EvaluationAssignment.objects.newest_for(
        user, columns=columns, size=MOST, only={"status": ("proposed", *AT_WORK)}
    ):
        if row["developer"] in conflicts_of(user):
            continue
        proposed = row["status"] == "proposed"
        due = row["answer_due_at"] if proposed else row["report_due_at"]
        if due is not None:
            kind, words = (
                ("Answer", "Accept or decline the assignment") if proposed else ("Report", "Deliver the report")
            )
            url = reverse("evaluations:assignment", args=[row["reference"]])
            yield Duty(kind, words, row["reference"], url, due, row["developer"], row["agency"])


def _fact_checks(user: User) -> Iterable[Duty]:
    rows = FactCheck.objects.visible_to(user).filter(answered_at=None, lapsed_at=None).select_related("assignment")
    for check in rows.order_by("due_at")[:MOST]:
        reference = check.assignment.reference
        url = reverse("evaluations:fact_check", args=[reference, check.pk])
        words = "Check the facts of the draft report"
        yield Duty("Fact check", words, reference, url, check.due_at, check.developer_id, check.developer_id)


def _findings(user: User) -> Iterable[Duty]:
    columns = ("reference", "agency", "shared_with", "answer_due_at")
    for side, states in ANSWERED_BY.items():
        for row in Finding.objects.newest_for(user, columns=columns, size=MOST, only={"status": states}):
            owes = row["agency" if side == "agency" else "shared_with"]
            if row["answer_due_at"] and row["shared_with"]:
                url = reverse("evaluations:finding", args=[row["reference"]])
                yield Duty("Answer", "Answer on the finding", row["reference"], url, row["answer_due_at"],
                           row["shared_with"], owes)  # fmt: skip


def _reviews(user: User) -> Iterable[Duty]:
    """Texts that one side wants to publish: the other reviews them until the day that the agreement gives."""
    rows = PublicationReview.objects.visible_to(user).filter(
        answered_at=None, published_at=None, due_at__gt=timezone.now()
    )
    for row in rows.select_related("assignment", "report").order_by("due_at")[:MOST]:
        owes = row.agency_id if row.asked_for_id == row.developer_id else row.developer_id
        reference = row.assignment.reference
        url = reverse("evaluations:publication", args=[reference, row.report.version])
        words = "Review the text before it is published"
        yield Duty("Publication review", words, reference, url, row.due_at, row.developer_id, owes)


def _incidents(user: User) -> Iterable[Duty]:
    """Incidents that a side has reported for itself and has to tell the other."""
    rows = EvaluationIncident.objects.visible_to(user).filter(status__in=UNTOLD).select_related("assignment")
    for row in rows.order_by("notice_due_at")[:MOST]:
        words = "Notify the other side of the incident"
        yield Duty("Incident notice", words, row.reference, row.get_absolute_url(), row.notice_due_at,
                   row.assignment.developer_id, row.reporter_id)  # fmt: skip
