"""What search finds of this room: assignments, findings, incidents, and the organisations that others are listed by."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.queries import names_of
from accounts.search import MOST, Hit, rows
from accounts.seats import seats_of
from evaluations.models import EvaluationAssignment, EvaluationIncident, Finding
from evaluations.policies import conflicts_of
from evaluations.queries.findings import LISTED, readable
from evaluations.workflow import ASSIGNMENT, FINDING, INCIDENT


def assignments(user: User, text: str) -> Iterable[Hit]:
    """Assignments by reference."""
    found = rows(EvaluationAssignment, user, text, fields=(), columns=("status", "agency", "developer"))
    shut = conflicts_of(user)
    found = [row for row in found if row["developer"] not in shut]
    names = names_of(row["agency"] for row in found)
    for row in found:
        url = reverse("evaluations:assignment", args=[row["reference"]])
        detail = f"{names.get(row['agency'], '')}, {ASSIGNMENT.label(row['status']).lower()}"
        yield Hit(row["reference"], row["reference"], url, detail)


def findings(user: User, text: str) -> Iterable[Hit]:
    """Findings by reference or title. A title that the person may not read yet is not found by its words either."""
    for row in readable(rows(Finding, user, text, fields=("title",), columns=LISTED), user):
        if row["title"] or text.upper() in row["reference"]:
            url = reverse("evaluations:finding", args=[row["reference"]])
            yield Hit(row["title"] or row["reference"], row["reference"], url, FINDING.label(row["status"]))


def incidents(user: User, text: str) -> Iterable[Hit]:
    """Incidents by reference. What happened is not searched: it is read on its page, by those who attested."""
    for row in rows(EvaluationIncident, user, text, fields=(), columns=("status", "kind")):
        url = reverse("evaluations:incident", args=[row["reference"]])
        kind = str(EvaluationIncident.Kind(row["kind"]).label)
        yield Hit(kind, row["reference"], url, INCIDENT.label(row["status"]))


def organisations(user: User, text: str) -> Iterable[Hit]:
    """People of agencies find developers and their own agencies, people of developers any agency: each leads to what
    they share."""
    seats = seats_of(user)
    if not seats.all or seats.is_auditor:
        return
    kind = Organisation.Kind.DEVELOPER if seats.is_agency else Organisation.Kind.AGENCY
    rows = Organisation.objects.filter(Q(kind=kind) | Q(kind=Organisation.Kind.AGENCY, pk__in=seats.ids))
    for row in rows.filter(name__icontains=text).order_by("name")[: MOST + 1]:
        if row.is_developer:
            yield Hit(row.name, "", f"{reverse('early_access:requests')}?developer={row.pk}", "its requests")
        else:
            yield Hit(row.name, "", f"{reverse('evaluations:assignments')}?agency={row.pk}", "its assignments")
