"""Reports over the API: the agency's draft, the fact check of both sides, delivered versions with their PDF."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, StrictSerializer, page_of
from accounts.seats import seats_of
from core import downloads
from evaluations import actions, policies, queries
from evaluations.api.assignments import Room
from evaluations.models import EvaluationAssignment, EvaluationReport, FactCheck

WRITTEN = (
    "reference", "version", "row_version", "summary", "limitations", "correction", "scope_line", "saved_at",
)  # fmt: skip


class ReportDraftIn(StrictSerializer):
    """What people write of a report, and the version it was read at (0: there was no draft)."""

    row_version = serializers.IntegerField(min_value=0)
    summary = serializers.CharField(allow_blank=True, default="")
    limitations = serializers.CharField(allow_blank=True, default="")
    correction = serializers.CharField(allow_blank=True, default="", help_text="What a later version corrects.")


class SendIn(StrictSerializer):
    """The version of the draft that was read before it is sent."""

    row_version = serializers.IntegerField(min_value=1)


class FactCheckIn(SendIn):
    """Until when the developer checks the facts; not before the days that the agreement gives."""

    due_on = serializers.DateField()


class FactCommentIn(StrictSerializer):
    """A remark about the facts at one of the fact check's `places`."""

    place = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=5000, allow_blank=True, default="")


class ReportDraftOut(serializers.Serializer):
    """The draft, with everything that would stand in the report."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    row_version = serializers.IntegerField()
    summary = serializers.CharField(allow_blank=True)
    limitations = serializers.CharField(allow_blank=True)
    correction = serializers.CharField(allow_blank=True)
    scope_line = serializers.CharField()
    saved_at = serializers.DateTimeField(allow_null=True)
    content = serializers.DictField(help_text="The report as data, as it would be delivered now.")
    left_out = serializers.DictField(help_text="Runs and findings that are not shared, so not in it.")


class FactCommentOut(serializers.Serializer):
    """What the developer said about the facts."""

    at = serializers.DateTimeField(source="created_at")
    place = serializers.CharField()
    text = serializers.CharField()


class FactCheckOut(serializers.Serializer):
    """A copy of the draft with the developer."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    asked_at = serializers.DateTimeField(source="created_at")
    due_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    lapsed_at = serializers.DateTimeField(allow_null=True, help_text="When it ended without an answer.")
    content = serializers.DictField(help_text="The report as data, as it was sent.")
    places = serializers.SerializerMethodField(help_text="What can be commented on.")
    comments = FactCommentOut(many=True)

    def get_places(self, row: FactCheck) -> list[str]:
        """The parts of the copy."""
        return queries.places(row.content)


class ReportVersionOut(serializers.Serializer):
    """One delivered version as data."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    delivered_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField(allow_null=True)
    changed_since = serializers.ListField(
        child=serializers.CharField(), help_text="What is served otherwise since the delivery, in sentences."
    )
    content = serializers.DictField()


class OfDraft(Room):
    """Finds the assignment whose draft the caller may read."""

    def agencys(self, reference: str) -> EvaluationAssignment:
        """The assignment, for evaluators of its agency; to everybody else there is no draft."""
        row = self.one(reference)
        if not seats_of(self.person).holds(row.agency_id):
            raise Http404
        policies.may_read_draft(self.person, row).require()
        return row


class Draft(OfDraft):
    """The agency's draft."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_read_draft", "put": "evaluations.may_write_report"}

    def shown(self, row: EvaluationAssignment) -> Response:
        """The draft with what it would become; 404 when there is none."""
        draft = queries.draft(row)
        if draft is None:
            raise Http404
        values: dict[str, Any] = {name: getattr(draft, name) for name in WRITTEN}
        values |= {"content": queries.compose(draft), "left_out": queries.left_out(row)}
        return Response(ReportDraftOut(values).data)

    @extend_schema(operation_id="reports_draft", responses=ReportDraftOut)
    def get(self, request: Request, reference: str) -> Response:
        """The draft of the report, for evaluators of the agency who have attested. The developer never reads it here."""
        return self.shown(self.agencys(reference))

    @extend_schema(operation_id="reports_save_draft", request=ReportDraftIn, responses={200: ReportDraftOut})
    def put(self, request: Request, reference: str) -> Response:
        """Save the draft. A stale `row_version` answers 409 with both texts."""
        row = self.agencys(reference)
        actions.save_report(assignment=row, by=self.person, **self.read(ReportDraftIn))
        return self.shown(self.agencys(reference))


class FactChecks(Room):
    """Fact checks of one assignment."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_see_fact_check"}

    @extend_schema(operation_id="fact_checks_list", responses=page_of(FactCheckOut))
    def get(self, request: Request, reference: str) -> Response:
        """What was sent to the developer and what it said, newest first; both sides read it."""
        row = self.one(reference)
        policies.may_see_fact_check(self.person, row).require()
        rows = FactCheck.objects.visible_to(self.person).filter(assignment=row).prefetch_related("comments")
        return self.listed(FactCheckOut, rows.order_by("-number"))


class OfFactCheck(Room):
    """Finds the fact check of an assignment."""

    def check(self, reference: str, pk: UUID) -> FactCheck:
        """The fact check if the caller may see it, else 404."""
        related = ("assignment__agency", "assignment__developer", "assignment__request")
        found: FactCheck = self.visible(FactCheck, *related, pk=pk, assignment=self.one(reference))
        policies.may_see_fact_check(self.person, found.assignment).require()
        return found


class Comments(OfFactCheck):
    """The developer's remarks."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_comment_facts"}

    @extend_schema(operation_id="fact_checks_comment", request=FactCommentIn, responses={201: FactCommentOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Say what is not right. It stands in the delivered report and cannot be taken back."""
        found = self.check(reference, pk)
        made = actions.comment_facts(fact_check=found, by=self.person, **self.read(FactCommentIn))
        return Response(FactCommentOut(made).data, status=201)


class HandBack(OfFactCheck):
    """The developer's answer."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_hand_back_facts"}

    @extend_schema(operation_id="fact_checks_hand_back", request=NothingIn, responses={200: FactCheckOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Hand the fact check back, with or without comments: the agency goes on."""
        self.read(NothingIn)
        row = actions.hand_back_facts(fact_check=self.check(reference, pk), by=self.person)
        return Response(FactCheckOut(row).data)


class OfVersion(Room):
    """Finds a delivered version."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_read_report"}

    def version(self, reference: str, number: int) -> EvaluationReport:
        """The version if it is delivered and the caller may read it."""
        row = self.one(reference)
        found: EvaluationReport = self.visible(
            EvaluationReport, assignment=row, version=number, delivered_at__isnull=False
        )
        found.assignment = row
        policies.may_read_report(self.person, found).require()
        return found


class Version(OfVersion):
    """One delivered version."""

    @extend_schema(operation_id="reports_version", responses=ReportVersionOut)
    def get(self, request: Request, reference: str, number: int) -> Response:
        """A delivered version as data. The developer's first reading of it is recorded as its receipt."""
        row = actions.receive_report(report=self.version(reference, number), by=self.person)
        row.changed_since = queries.changed_since(row, self.person)  # type: ignore[attr-defined]  # for the serializer
        return Response(ReportVersionOut(row).data)


class Pdf(OfVersion):
    """Its PDF."""

    @extend_schema(operation_id="reports_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str, number: int) -> HttpResponse:
        """The delivered PDF. The developer's first download of it is recorded as its receipt."""
        row = self.version(reference, number)
        return downloads.pdf(actions.download_report(report=row, by=self.person), f"{row.reference}-v{row.version}")
