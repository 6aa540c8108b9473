"""Deviations from approved text over the API: read by the parties, decided by each agency's approver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from agreements import actions, deviations, policies
from agreements.api.views import Room
from agreements.deviations import Departure
from agreements.models import ClauseComment, Deviation, TestingAgreement


class AgencyDecision(serializers.Serializer):
    """What one agency decided about the text as it stands."""

    agency = serializers.CharField()
    verdict = serializers.CharField(help_text="asked, accept or refuse")
    decided_by = serializers.CharField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_null=True, help_text="Null where the agency keeps it to itself.")


class DeviationOut(serializers.Serializer):
    """A clause whose words are in no approved text, or in one whose use takes somebody's agreement."""

    clause_id = serializers.CharField()
    heading = serializers.CharField()
    kind = serializers.CharField(help_text="deviation or wording")
    decides = serializers.CharField(help_text="The role that decides, in each agency.")
    text_hash = serializers.CharField(help_text="Send it back with the decision.")
    approved = serializers.CharField(allow_blank=True, help_text="The library's standard text with the same values.")
    runs = serializers.ListField(child=serializers.ListField(), help_text="As in the redline.")
    decisions = AgencyDecision(many=True)


class DecideIn(StrictSerializer):
    """A decision about the text whose hash was read."""

    text_hash = serializers.CharField(max_length=64)
    verdict = serializers.ChoiceField(["accept", "refuse"])
    reason = serializers.CharField(max_length=5000)
    audience = serializers.ChoiceField(
        ClauseComment.Audience.choices, default="own", help_text="Who reads the reason: the agency alone, or all."
    )


def shown(row: Departure, agreement: TestingAgreement, reasons: Mapping[Any, ClauseComment]) -> dict[str, Any]:
    """One deviation as the caller may see it."""
    return {
        "clause_id": row.clause.clause_id, "heading": row.clause.heading, "kind": row.kind, "decides": row.role,
        "text_hash": row.clause.text_hash, "approved": row.approved, "runs": map(list, row.runs),
        "decisions": [_decision(agency.name, row.rows.get(agency.pk), reasons) for agency in agreement.agencies],
    }  # fmt: skip


def _decision(agency: str, made: Deviation | None, reasons: Mapping[UUID | None, ClauseComment]) -> dict[str, Any]:
    reason = reasons.get(made.pk) if made else None
    return {
        "agency": agency, "verdict": made.verdict if made else Deviation.Verdict.ASKED.value,
        "decided_by": made.decided_by.name if made and made.decided_by else None,
        "decided_at": made.decided_at if made else None, "reason": reason.text if reason else None,
    }  # fmt: skip


class Deviations(Room):
    """The deviations of the current version."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="agreements_deviations", responses=page_of(DeviationOut))
    def get(self, request: Request, reference: str) -> Response:
        """Every clause that somebody has to decide on, with what each agency decided. While one is undecided or refused
        the agreement is not opened for signature."""
        agreement = self.agreement(reference)
        reasons = deviations.reasons_for(agreement, self.person)
        rows = deviations.departures(agreement.current) if agreement.current else []
        return self.listed(DeviationOut, [shown(row, agreement, reasons) for row in rows])


class Decide(Room):
    """A decision."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_decide_deviation"}

    @extend_schema(operation_id="agreements_decide_deviation", request=DecideIn, responses={200: DeviationOut})
    def post(self, request: Request, reference: str, key: str) -> Response:
        """Accept or refuse the words of a clause for the caller's agency; 409 when the text is another one by now."""
        agreement = self.agreement(reference)
        policies.may_decide_deviation(self.person, agreement).require()
        actions.decide_deviation(agreement=agreement, by=self.person, clause_id=key, **self.read(DecideIn))
        reasons = deviations.reasons_for(agreement, self.person)
        rows = deviations.departures(agreement.current) if agreement.current else []
        row = next(row for row in rows if row.clause.clause_id == key)
        return Response(DeviationOut(shown(row, agreement, reasons)).data)
