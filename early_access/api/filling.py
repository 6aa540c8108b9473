"""Who fills which section, what colleagues ask there, and the receipt, over the API: the same actions as the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer
from accounts.seats import seats_of
from core import downloads
from core.decisions import Invalid, Problem
from early_access import actions, filling, policies, receipts
from early_access.api import serializers as shapes
from early_access.api.views import Room
from early_access.models import SectionTask


class OwnerIn(StrictSerializer):
    """Whose section it is."""

    person = serializers.EmailField(
        allow_blank=True, help_text="Address of a policy lead, counsel or security lead of yours; empty: nobody."
    )
    row_version = serializers.IntegerField(
        default=None, allow_null=True, min_value=0, help_text="Of `work`; 0: none yet."
    )


class ColleagueQuestionIn(StrictSerializer):
    """What a colleague asks."""

    question = serializers.CharField(max_length=400, allow_blank=True)
    row_version = serializers.IntegerField(default=None, allow_null=True, min_value=0)


class ColleagueAnswerIn(StrictSerializer):
    """The answer to it."""

    answer = serializers.CharField(max_length=400, allow_blank=True)
    row_version = serializers.IntegerField(default=None, allow_null=True, min_value=0)


class ReceiptOut(serializers.Serializer):
    """The receipt of the last submission."""

    sha256 = serializers.CharField(help_text="Of `text` in UTF-8, as it stands in the record.")
    at = serializers.DateTimeField()
    unchanged = serializers.BooleanField(
        allow_null=True,
        help_text="Whether the sections make the same text now. Null for agencies, who read no section.",
    )
    text = serializers.CharField(allow_blank=True, help_text="The developer's alone; empty once the sections changed.")


class SectionOwner(Room):
    """Whose section it is."""

    access: ClassVar[dict[str, str]] = {"post": "early_access.may_edit"}

    @extend_schema(operation_id="requests_section_owner", request=OwnerIn, responses={200: shapes.WorkOut})
    def post(self, request: Request, reference: str, name: str) -> Response:
        """Take a section, hand it over, or give it back. The new owner and the one before are told."""
        row, sent = self.drafted(reference, name), self.read(OwnerIn)
        address = sent["person"].lower()
        to = next((one for one in filling.fillers(row) if one.email.lower() == address), None)
        if address and to is None:
            raise Invalid(
                [Problem("person", "Nobody who fills sections for you has this address. Look it up under people.")]
            )
        made = actions.hand_over(request=row, section=name, to=to, by=self.person, row_version=sent["row_version"])
        return Response(shapes.WorkOut(made).data)


class SectionQuestion(Room):
    """What a colleague asks in a section."""

    access: ClassVar[dict[str, str]] = {"post": "early_access.may_edit"}

    @extend_schema(operation_id="requests_section_ask", request=ColleagueQuestionIn, responses={200: shapes.WorkOut})
    def post(self, request: Request, reference: str, name: str) -> Response:
        """Ask whoever fills a section something. Nobody outside the organisation reads it."""
        row, sent = self.drafted(reference, name), self.read(ColleagueQuestionIn)
        made: SectionTask = actions.ask_in_section(request=row, section=name, by=self.person, **sent)
        return Response(shapes.WorkOut(made).data)


class SectionAnswer(Room):
    """The answer to it."""

    access: ClassVar[dict[str, str]] = {"post": "early_access.may_edit"}

    @extend_schema(operation_id="requests_section_answer", request=ColleagueAnswerIn, responses={200: shapes.WorkOut})
    def post(self, request: Request, reference: str, name: str) -> Response:
        """Answer what a colleague asked."""
        row, sent = self.drafted(reference, name), self.read(ColleagueAnswerIn)
        made: SectionTask = actions.answer_in_section(request=row, section=name, by=self.person, **sent)
        return Response(shapes.WorkOut(made).data)


class Receipt(Room):
    """The receipt of the last submission."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="requests_receipt", responses=ReceiptOut)
    def get(self, request: Request, reference: str) -> Response:
        """The SHA-256 of everything that was submitted last, for every reader of the request; the text for the developer."""
        row = self.one(reference)
        found = receipts.newest(row, self.person)
        if found is None:
            raise Http404
        return Response(ReceiptOut(self._shown(found, row.developer_id)).data)

    def _shown(self, found: receipts.Receipt, developer: Any) -> dict[str, Any]:
        if not seats_of(self.person).holds(developer):
            return {"sha256": found.sha256, "at": found.at, "unchanged": None, "text": ""}
        return {**vars(found), "text": found.text if found.unchanged else ""}


class ReceiptPdf(Room):
    """The receipt as a file for people."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.may_take_receipt"}

    @extend_schema(operation_id="requests_receipt_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str) -> HttpResponse:  # type: ignore[override]  # a file
        """The receipt with every submitted field in words, as PDF/A-3; the text whose SHA-256 is in the record is attached.
        The developer's alone. 409 once the sections changed."""
        row = self.drafted(reference)
        policies.may_take_receipt(self.person, row).require()
        found, content = receipts.as_pdf(row, self.person)
        return downloads.pdf(content, f"{row.reference}-{found.sha256[:12]}")
