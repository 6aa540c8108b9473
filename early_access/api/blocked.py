"""Blocked time in a window, over the API: the same actions as the pages."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, page_of
from accounts.models import Organisation
from accounts.seats import seats_of
from core.decisions import Invalid, Problem
from early_access import actions, policies, queries
from early_access.api import serializers as shapes
from early_access.api.steps import row_step
from early_access.api.views import Room
from early_access.models import BlockedTime, EarlyAccessRequest


class BlockedTimes(Room):
    """Reports of blocked time."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_report_blocked"}

    @extend_schema(operation_id="blocked_times_list", responses=page_of(shapes.BlockedOut))
    def get(self, request: Request, reference: str) -> Response:
        """Blocked time in the window, oldest first: a developer reads all reports, an agency its own and the developer's.
        No report moves a date of the window."""
        return self.listed(shapes.BlockedOut, queries.blocked_times(self.one(reference), self.person))

    @extend_schema(operation_id="blocked_times_report", request=shapes.BlockedIn, responses={201: shapes.BlockedOut})
    def post(self, request: Request, reference: str) -> Response:
        """Report that testing was or is blocked, for the caller's own side. The other side is told; the dates stay."""
        row, sent = self.one(reference), self.read(shapes.BlockedIn)
        agency = self._side(row, sent.pop("agency"))
        made = actions.report_blocked(request=row, agency=agency, by=self.person, **sent)
        return Response(shapes.BlockedOut(made).data, status=201)

    def _side(self, row: EarlyAccessRequest, slug: str | None) -> Organisation | None:
        """The agency that reports, or None for the developer; a sentence where it cannot be told."""
        policies.may_report_blocked(self.person, row).require()
        if seats_of(self.person).holds(row.developer_id) and slug is None:
            return None
        own = policies.reports_for(self.person, row)
        found = [agency for agency in own if slug in (None, str(agency.slug))]
        if len(found) != 1:
            names = ", ".join(str(agency.slug) for agency in own) or "null"
            raise Invalid([Problem("agency", f"Say for which agency you report. For you that is one of: {names}.")])
        return found[0]


EndBlocked = row_step(
    "EndBlockedStep", "blocked_times_end", "may_end_blocked", BlockedTime, "blocked",
    NothingIn, shapes.BlockedOut, actions.end_blocked,
)  # fmt: skip
CorrectBlocked = row_step(
    "CorrectBlockedStep", "blocked_times_correct", "may_correct_blocked", BlockedTime, "blocked",
    shapes.CorrectionIn, shapes.BlockedOut, actions.correct_blocked,
)  # fmt: skip
