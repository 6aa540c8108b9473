"""Files around an agreement that are no redline: the completion certificate, a version to edit, papers that delegate and appoint."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView
from agreements import actions, documents, policies, queries, redlines
from agreements.api.views import Room
from agreements.models import AgreementVersion, Incumbency, SignatureAuthority
from agreements.word.names import MIME
from core.decisions import Conflict

PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}
NO_CERTIFICATE = "This agreement was executed before certificates were made. Its executed copy proves itself."


class CertificateData(serializers.Serializer):
    """What the completion certificate says, as data. The PDF, whose hash is `sha256`, is under seal; this is not."""

    sha256 = serializers.CharField()
    executed_sha256 = serializers.CharField(source="executed.sha256", help_text="Of the executed copy that it names.")
    content = serializers.DictField(help_text="As it is attached to the PDF: signatories, authorities, events, proofs.")


class Certificate(Room):
    """The completion certificate as data."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_download"}

    @extend_schema(operation_id="agreements_certificate", responses=CertificateData)
    def get(self, request: Request, reference: str) -> Response:
        """Who signed what, when, on whose authority, for the parties, once all have signed."""
        agreement = self.agreement(reference)
        policies.may_download(self.person, agreement).require()
        row = queries.certificate(agreement)
        if row is None:
            raise Conflict(NO_CERTIFICATE)
        return Response(CertificateData(row).data)


class CertificatePdf(Room):
    """The completion certificate."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_download"}

    @extend_schema(operation_id="agreements_certificate_pdf", responses=PDF)
    def get(self, request: Request, reference: str) -> HttpResponse:
        """The sealed PDF, for the parties, once all have signed."""
        agreement = self.agreement(reference)
        content = actions.download_certificate(agreement=agreement, by=self.person)
        return documents.download(content, f"{agreement.reference}-certificate")


class VersionWord(Room):
    """A version to edit."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="agreements_version_word", responses={(200, MIME): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str, number: int) -> HttpResponse:
        """One version as a Word file. Sent back with edits, `suggestions/word/` takes them in."""
        agreement = self.agreement(reference)
        rows = AgreementVersion.objects.select_related("organisation", "agreement")
        row = get_object_or_404(rows, agreement=agreement, number=number)
        name = f"{agreement.reference}-v{number}"
        return documents.download(redlines.text_as_word(row), name, extension="docx", content_type=MIME)


class AuthorityPaper(RoomAPIView):
    """The written delegation itself."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_read_authority"}

    @extend_schema(operation_id="authorities_document", responses=PDF)
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The paper, for the organisation's own people; that it was handed out is on record."""
        row = self.visible(SignatureAuthority, "organisation", pk=pk)
        content = actions.download_authority(authority=row, by=self.person)
        return documents.download(content, f"delegation-{row.document_sha256[:12]}")


class IncumbencyPaper(RoomAPIView):
    """The appointing paper itself."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_read_post"}

    @extend_schema(operation_id="incumbencies_document", responses=PDF)
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The paper, for the organisation's own people; that it was handed out is on record."""
        row = self.visible(Incumbency, "organisation", pk=pk)
        content = actions.download_incumbency(incumbency=row, by=self.person)
        return documents.download(content, f"appointment-{row.document_sha256[:12]}")
