"""What can be read of one agreement besides its state: versions, what changed, comments, the timeline."""

from __future__ import annotations

from typing import ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import page_of
from accounts.api.schema import Timeline
from agreements import queries
from agreements.api import serializers as shapes
from agreements.api.views import Room
from agreements.models import AgreementVersion
from agreements.pdf.redline import words
from audit.queries import timeline
from core.decisions import Invalid, Problem


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


class Comments(Room):
    """Comments on the agreement."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="agreements_comments", responses=page_of(shapes.CommentOut))
    def get(self, request: Request, reference: str) -> Response:
        """Comments for all parties, and those inside the caller's own organisation."""
        return self.listed(shapes.CommentOut, queries.comments_for(self.agreement(reference), self.person))


class TimelineOf(Room):
    """What happened."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="agreements_timeline", responses=page_of(Timeline))
    def get(self, request: Request, reference: str) -> Response:
        """The agreement's timeline, newest first, at most 200 entries."""
        return self.listed(Timeline, timeline(self.agreement(reference), self.person))
