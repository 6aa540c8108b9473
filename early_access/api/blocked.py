"""Blocked time in a window, over the API: the same actions as the pages."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, page_of
from accounts.models import Organisation
from accounts.seats import seats_of
from core.decisions import Invalid, Problem
from early_access import actions, policies, queries
from early_access.api import serializers as shapes
from early_access.api.views import Room
from early_access.models import BlockedTime, EarlyAccessRequest


class BlockedRoom(Room):
    """Shows a report as it is now."""

    def report(self, row: EarlyAccessRequest, pk: UUID) -> BlockedTime:
        """The report if the caller may see it, else 404."""
        found: BlockedTime = self.visible(BlockedTime, "agency", pk=pk, request=row)
        found.request = row
        return found


class BlockedTimes(BlockedRoom):
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


def _step(verb: str, reads: Any, act: Any) -> Any:
    """A view class for one step of a report."""

    class Step(BlockedRoom):
        """One step of a report."""

        access: ClassVar[dict[str, str]] = {"post": f"early_access.may_{verb}_blocked"}

        @extend_schema(
            operation_id=f"blocked_times_{verb}", request=reads, responses={200: shapes.BlockedOut},
            description=act.__doc__, summary=act.__doc__.splitlines()[0].split(":")[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str, pk: UUID) -> Response:
            """Take the step."""
            found = self.report(self.one(reference), pk)
            act(blocked=found, by=self.person, **self.read(reads))
            return Response(shapes.BlockedOut(self.report(found.request, pk)).data)

    Step.__name__ = Step.__qualname__ = f"{verb.title()}BlockedStep"
    return Step


EndBlocked = _step("end", NothingIn, actions.end_blocked)
CorrectBlocked = _step("correct", shapes.CorrectionIn, actions.correct_blocked)
