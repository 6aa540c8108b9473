"""Amendments over the API: those of an agreement, a new draft, and the text on a day."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from agreements import actions, consolidated, consolidated_files, documents
from agreements.api import serializers as shapes
from agreements.api.views import Room, shown
from agreements.models import TestingAgreement
from agreements.pdf.render import RenderRefused
from agreements.word.names import MIME
from core.decisions import Conflict, Invalid, Problem


class AmendmentRow(shapes.AgreementRow):
    """One amendment."""

    amendment_number = serializers.IntegerField(allow_null=True, help_text="Given when all have signed.")


class AmendIn(StrictSerializer):
    """Begin the draft of an amendment."""

    title = serializers.CharField(max_length=200, default="", allow_blank=True)
    renew = serializers.BooleanField(default=False, help_text="Make the term longer by as much as was agreed first.")


class Amendments(Room):
    """List and start."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible", "post": "agreements.may_amend"}

    @extend_schema(operation_id="agreements_amendments", responses=page_of(AmendmentRow))
    def get(self, request: Request, reference: str) -> Response:
        """Those that the caller sees: signed ones by number, then the others."""
        return self.listed(AmendmentRow, consolidated.amendments(self.agreement(reference), self.person))

    @extend_schema(operation_id="agreements_amend", request=AmendIn, responses={201: shapes.AgreementOut})
    def post(self, request: Request, reference: str) -> Response:
        """A draft that holds the text as it stands; save what differs with PUT draft, then send it."""
        agreement, sent = self.agreement(reference), self.read(AmendIn)
        if sent["renew"]:
            made = actions.start_renewal(agreement=agreement, by=self.person)
        else:
            made = actions.start_amendment(agreement=agreement, by=self.person, title=sent["title"])
        return Response(shown(made, self), status=201)


class ConsolidatedClause(serializers.Serializer):
    """One clause, with the amendments that made it so."""

    clause_id = serializers.CharField(source="passage.clause_id")
    number = serializers.IntegerField(allow_null=True, help_text="Null: deleted.")
    heading = serializers.CharField(source="passage.heading")
    text = serializers.CharField(source="passage.filled")
    text_hash = serializers.CharField(source="passage.text_hash")
    amended_by: Any = serializers.SerializerMethodField()

    def get_amended_by(self, row: consolidated.Marked) -> list[int]:
        """Numbers of amendments, oldest first."""
        return [one.number for one in row.by]


class ConsolidatedOut(serializers.Serializer):
    """The text on a day. The signed instruments govern."""

    on = serializers.DateField()
    text_hash = serializers.CharField()
    amendments = serializers.ListField(child=serializers.CharField(), help_text="In effect, by their references.")
    later = serializers.ListField(child=serializers.CharField(), help_text="Signed, in effect on a later day.")
    obligations = serializers.DictField()
    clauses = ConsolidatedClause(many=True)


class Consolidated(Room):
    """The text with its amendments."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(
        operation_id="agreements_consolidated", responses=ConsolidatedOut,
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="A day; today when left out.")],
    )  # fmt: skip
    def get(self, request: Request, reference: str) -> Response:
        """The text at the end of a day (UTC), each clause with the amendments that changed it."""
        _, day, text = self.text(request, reference)
        values = {
            "on": day, "text_hash": text.text_hash, "obligations": text.duties, "clauses": text.clauses,
            "amendments": [row.amendment.reference for row in text.amendments],
            "later": [row.amendment.reference for row in text.later],
        }  # fmt: skip
        return Response(ConsolidatedOut(values).data)

    def text(self, request: Request, reference: str) -> tuple[TestingAgreement, date, consolidated.Shown]:
        """The agreement, the day asked for, and its text then."""
        agreement, day = self.agreement(reference), _day(request.query_params.get("on", ""))
        if agreement.fully_executed_at is None or agreement.amends_id is not None:
            raise Conflict(
                "Only an agreement that all have signed has a consolidated text; an amendment is part of one."
            )
        return agreement, day, consolidated.on(agreement, day)


class ConsolidatedPdf(Consolidated):
    """The text of a day as a file to read."""

    @extend_schema(
        operation_id="agreements_consolidated_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY},
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="A day; today when left out.")],
    )  # fmt: skip
    def get(self, request: Request, reference: str) -> HttpResponse:  # type: ignore[override]  # a file, not JSON
        """The consolidated text as a tagged PDF."""
        agreement, day, text = self.text(request, reference)
        try:
            return documents.download(consolidated_files.as_pdf(agreement, day, text), f"{reference}-{day}")
        except RenderRefused as refused:
            raise Conflict(f"{refused} The JSON and the Word file show the text all the same.") from refused


class ConsolidatedWord(Consolidated):
    """The text of a day as a file to work on."""

    @extend_schema(
        operation_id="agreements_consolidated_word", responses={(200, MIME): OpenApiTypes.BINARY},
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="A day; today when left out.")],
    )  # fmt: skip
    def get(self, request: Request, reference: str) -> HttpResponse:  # type: ignore[override]  # a file, not JSON
        """The consolidated text as a Word file."""
        content = consolidated_files.as_word(*self.text(request, reference))
        return documents.download(content, f"{reference}-word", extension="docx", content_type=MIME)


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said) if said else timezone.now().date()
    except ValueError as error:
        raise Invalid([Problem("on", "This is not a day. Write it as 2026-12-31.")]) from error
