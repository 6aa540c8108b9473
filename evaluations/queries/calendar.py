"""This room's dates for the calendar feed: by when an answer is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from accounts.seats import Seats
from evaluations.models import EvaluationAssignment, EvaluationIncident, Finding
from evaluations.policies import conflicts_of
from evaluations.workflow import FINDING, UNTOLD
from notifications.calendar import Entry

MOST = 100
ANSWERED_BY = {
    side: tuple(s.name for s in FINDING.states if s.owner == side and s.name != FINDING.initial)
    for side in ("agency", "developer")
}


def calendar(user: User, seats: Seats) -> Iterable[Entry]:
    """Assignments that the person's agencies are asked to take, findings that their side is asked to answer, and
    incidents of which their side has to notify the other."""
    due = ("reference", "answer_due_at", "agency")
    proposed = EvaluationAssignment.objects.newest_for(
        user, columns=(*due, "developer"), size=MOST, only={"status": "proposed"}
    )
    for row in proposed:
        if seats.holds(row["agency"]) and row["developer"] not in conflicts_of(user):
            url = reverse("evaluations:assignment", args=[row["reference"]])
            yield Entry(f"assignment-{row['id']}", f"{row['reference']}: answer due", url, row["answer_due_at"])
    for side, states in ANSWERED_BY.items():
        rows = Finding.objects.newest_for(user, columns=(*due, "shared_with"), size=MOST, only={"status": states})
        for row in rows:
            if row["answer_due_at"] and seats.holds(row["agency" if side == "agency" else "shared_with"]):
                url = reverse("evaluations:finding", args=[row["reference"]])
                yield Entry(f"finding-{row['id']}", f"{row['reference']}: answer due", url, row["answer_due_at"])
    clock = ("reference", "reporter", "notice_due_at")
    for row in EvaluationIncident.objects.newest_for(user, columns=clock, size=MOST, only={"status": UNTOLD}):
        if seats.holds(row["reporter"]):
            url = reverse("evaluations:incident", args=[row["reference"]])
            yield Entry(f"incident-{row['id']}", f"{row['reference']}: notice due", url, row["notice_due_at"])
