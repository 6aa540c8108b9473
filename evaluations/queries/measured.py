"""What was measured under a request and where, for the room below: it says what has changed since (early_access.changes)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from accounts.models import User
from accounts.seats import seats_of
from early_access.hooks import Measured, Seen
from early_access.models import EarlyAccessRequest
from evaluations import policies
from evaluations.models import AccessCheck, EvaluationRun, SharedRun

MOST = 100


def measured(request: EarlyAccessRequest, user: User) -> list[Measured]:
    """Runs that stand, newest first: for the developer those shared with it, for an agency its own, once attested."""
    if seats_of(user).holds(request.developer_id):
        return _shared(request, user)
    rows = EvaluationRun.objects.visible_to(user).filter(assignment__request=request, superseded_by=None)
    own = list(rows.select_related("assignment__agency", "log").order_by("-started_at", "-created_at")[:MOST])
    attested = {run.assignment_id: run.assignment for run in own}
    inside = {pk for pk, row in attested.items() if policies.may_see_inside(user, row)}
    return [
        Measured(
            run.assignment.agency.name, run.suite or "Unnamed suite",
            reverse("evaluations:run", args=[run.assignment.reference, run.log.pk]), run.started_at, run.ended_at,
            run.configuration_sha256,
        )
        for run in own
        if run.assignment_id in inside
    ]  # fmt: skip


def _shared(request: EarlyAccessRequest, user: User) -> list[Measured]:
    """Nothing but the copies that the developer holds."""
    rows = SharedRun.objects.visible_to(user).filter(assignment__request=request)
    return [
        Measured(
            row.agency.name, row.label, reverse("evaluations:shared_run", args=[row.assignment.reference, row.pk]),
            parse_datetime(row.content["started_at"] or ""), parse_datetime(row.content["ended_at"] or ""),
            row.content["configuration_sha256"],
        )
        for row in rows.select_related("assignment", "agency").order_by("-created_at")[:MOST]
    ]  # fmt: skip


def endpoints(request: EarlyAccessRequest, user: User) -> list[Seen]:
    """What verifications that worked saw of the endpoint, oldest first."""
    rows = AccessCheck.objects.visible_to(user).filter(assignment__request=request, passed=True).exclude(fingerprint="")
    columns = ("agency__name", "started_at", "fingerprint", "opening__variant")
    found = rows.order_by("started_at").values_list(*columns)[:MOST]
    return [Seen(agency, at, fingerprint, variant or "") for agency, at, fingerprint, variant in found]
