"""What can be read of one agreement besides its state: versions, what changed, comments, the timeline."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import page_of
from accounts.api.schema import Timeline
from agreements import documents, queries, redlines
from agreements.api import serializers as shapes
from agreements.api.views import Room
from agreements.models import AgreementVersion
from agreements.pdf.redline import words
from agreements.pdf.render import RenderRefused
from agreements.word.names import MIME
from audit.queries import timeline
from core.decisions import Conflict, Invalid, Problem


class Versions(Room):
    """The frozen versions."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="agreements_versions", responses=page_of(shapes.VersionRow))
    def get(self, request: Request, reference: str) -> Response:
        """Every frozen version, newest first."""
        return self.listed(shapes.VersionRow, queries.versions(self.agreement(reference)))


class Changes(Room):
    """A redline."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(
        operation_id="agreements_changes", responses=page_of(shapes.ChangeOut),
        parameters=[OpenApiParameter("against", int, description="An earlier version; the one before when left out.")],
    )  # fmt: skip
    def get(self, request: Request, reference: str, number: int) -> Response:
        """What a version changed: each clause word by word beside an earlier version."""
        agreement = self.agreement(reference)
        row = get_object_or_404(AgreementVersion, agreement=agreement, number=number)
        other = self._earlier(agreement.pk, number, request.query_params.get("against", ""))
        before = {c.clause_id: c for c in other.clauses.all()} if other else {}
        found = []
        for clause in row.clauses.all():
            old = before.get(clause.clause_id)
            changed = other is not None and (old is None or old.text_hash != clause.text_hash)
            runs = words(old.filled if old else "", clause.filled) if changed else [(0, clause.filled)]
            found.append(
                {"clause_id": clause.clause_id, "heading": clause.heading, "changed": changed, "runs": map(list, runs)}
            )
        return self.listed(shapes.ChangeOut, found)

    def _earlier(self, agreement: object, number: int, against: str) -> AgreementVersion | None:
        rows = AgreementVersion.objects.filter(agreement=agreement, number__lt=number).order_by("-number")
        if not against:
            return rows.first()
        found = rows.filter(number=int(against)).first() if against.isdecimal() else None
        if found is None:
            raise Invalid([Problem("against", f"Give the number of a version before version {number}.")])
        return found


BETWEEN = [
    OpenApiParameter("from", str, description="A version's number, or “template”; the one before when left out."),
    OpenApiParameter("to", str, description="A version's number; the newest when left out."),
]


class Redline(Room):
    """A redline between any two texts."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    def chosen(self, request: Request, reference: str) -> redlines.Redline:
        """The two texts that the call names."""
        query = request.query_params
        return redlines.chosen(self.agreement(reference), query.get("from", ""), query.get("to", ""))

    @extend_schema(operation_id="agreements_redline", responses=page_of(shapes.RedlineOut), parameters=BETWEEN)
    def get(self, request: Request, reference: str) -> Response:
        """Every clause word by word, removed ones included: any two versions, or the template and a version."""
        return self.listed(shapes.RedlineOut, self.chosen(request, reference).changes)


class RedlinePdf(Redline):
    """The redline as a file to read."""

    @extend_schema(
        operation_id="agreements_redline_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY}, parameters=BETWEEN
    )  # fmt: skip
    def get(self, request: Request, reference: str) -> HttpResponse:  # type: ignore[override]  # a file, not JSON
        """The redline as a tagged PDF."""
        shown = self.chosen(request, reference)
        try:
            return documents.download(redlines.as_pdf(shown), f"{reference}-changes")
        except RenderRefused as refused:
            raise Conflict(f"{refused} The JSON and the Word file show the redline all the same.") from refused


class RedlineWord(Redline):
    """The redline as a file to work on."""

    @extend_schema(
        operation_id="agreements_redline_word", responses={(200, MIME): OpenApiTypes.BINARY}, parameters=BETWEEN
    )  # fmt: skip
    def get(self, request: Request, reference: str) -> HttpResponse:  # type: ignore[override]  # as above
        """The redline as a Word file with tracked changes."""
        content = redlines.as_word(self.chosen(request, reference))
        return documents.download(content, f"{reference}-changes", extension="docx", content_type=MIME)


class TimelineOf(Room):
    """What happened."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="agreements_timeline", responses=page_of(Timeline))
    def get(self, request: Request, reference: str) -> Response:
        """The agreement's timeline, newest first, at most 200 entries."""
        return self.listed(Timeline, timeline(self.agreement(reference), self.person))
