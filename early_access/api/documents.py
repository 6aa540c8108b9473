"""Documents of a request over the API: attach, list, and take one as it came."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from core import downloads, storage
from early_access import actions, documents
from early_access.api.views import Room
from early_access.models import RequestDocument


class DocumentIn(StrictSerializer):
    """A document, or a newer version of one."""

    kind = serializers.ChoiceField(choices=RequestDocument.Kind.choices)
    file = serializers.FileField(max_length=400, help_text="ML-BOM: CycloneDX 1.5 to 1.7, JSON. Cards: PDF, .md, .txt.")


class DocumentOut(serializers.Serializer):
    """One version of a document."""

    kind = serializers.CharField()
    version = serializers.IntegerField()
    current = serializers.BooleanField(source="is_current", help_text="Whether it is the newest of its kind.")
    file_name = serializers.CharField()
    format = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    sha256 = serializers.CharField(help_text="Of the file as it came.")
    checked = serializers.ListField(child=serializers.CharField(), help_text="Sentences: what was checked.")
    unchecked = serializers.ListField(child=serializers.CharField(), help_text="Sentences: what was not.")
    said = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), help_text="[[label, text]]: what it says, as read."
    )
    offers = serializers.DictField(
        child=serializers.CharField(), help_text="What a person may take over into sections: field → text."
    )
    uploaded_by = serializers.CharField(source="uploaded_by.name")
    uploaded_at = serializers.DateTimeField(source="created_at")


class Documents(Room):
    """What is attached to a request."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_attach"}

    @extend_schema(operation_id="documents_list", responses=page_of(DocumentOut))
    def get(self, request: Request, reference: str) -> Response:
        """All documents in all versions, kind by kind, the newest first."""
        return self.listed(DocumentOut, documents.versions(self.one(reference)))

    @extend_schema(
        operation_id="documents_attach", request={"multipart/form-data": DocumentIn}, responses={201: DocumentOut}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Attach a document: it is checked at once and kept byte for byte. The same bytes again change nothing."""
        row, sent = self.one(reference), self.read(DocumentIn)
        content = sent["file"].read(settings.MAX_DOCUMENT_BYTES + 1)
        made = actions.attach(request=row, kind=sent["kind"], name=sent["file"].name, content=content, by=self.person)
        return Response(DocumentOut(made).data, status=201)


class DocumentFile(Room):
    """The file of one version."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="documents_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str, kind: str, version: int) -> HttpResponse:  # type: ignore[override]  # a file
        """The file byte for byte as it was uploaded."""
        row = self.one(reference)
        found = self.visible(RequestDocument, request=row, kind=kind, version=version)
        name, as_type = documents.download_name(row, found), documents.TYPES[found.ending]
        return downloads.file(storage.get(found.sha256), name, as_type)
