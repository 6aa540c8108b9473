"""/api/v1/conflicts/: conflicts of interest of the caller and, for counsel, of their agencies."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, page_of
from accounts.seats import seats_of
from evaluations import actions, queries
from evaluations.api.places import own_agency
from evaluations.models import ConflictOfInterest

MOST = 200


class ConflictOut(serializers.Serializer):
    """Somebody, or a whole agency, who takes no part in tests of a developer."""

    id = serializers.UUIDField()
    agency = serializers.CharField(source="agency.slug")
    developer = serializers.UUIDField(source="developer_id")
    person = serializers.UUIDField(source="person_id", allow_null=True, help_text="Null: the whole agency.")
    reason = serializers.CharField()
    since = serializers.DateTimeField(source="created_at")
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_reason = serializers.CharField(allow_blank=True)


class ConflictIn(StrictSerializer):
    """Who takes no part in whose tests, and why."""

    agency = serializers.SlugField()
    developer = serializers.UUIDField()
    person = serializers.UUIDField(
        allow_null=True, default=None, help_text="A colleague, for counsel; null: the caller."
    )
    whole_agency = serializers.BooleanField(default=False, help_text="For counsel: what the agency holds ends now.")
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class EndIn(StrictSerializer):
    """Why it no longer holds."""

    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class Room(RoomAPIView):
    """There is nothing here for anybody but people of agencies."""

    def at_agency(self) -> None:
        """404 for everybody else."""
        if not seats_of(self.person).is_agency:
            raise Http404


class Conflicts(Room):
    """The list."""

    access: ClassVar[dict[str, str]] = {"get": "evaluations.may_declare", "post": "evaluations.may_declare"}

    @extend_schema(operation_id="conflicts_list", responses=page_of(ConflictOut))
    def get(self, request: Request) -> Response:
        """The caller's own, and for counsel those of their agencies; newest first, at most two hundred."""
        self.at_agency()
        return self.listed(ConflictOut, queries.readable_conflicts(self.person)[:MOST])

    @extend_schema(operation_id="conflicts_declare", request=ConflictIn, responses={201: ConflictOut})
    def post(self, request: Request) -> Response:
        """Declare a conflict; counsel records one for a colleague or recuses the whole agency. It counts at once."""
        self.at_agency()
        sent = self.read(ConflictIn)
        agency, developer = own_agency(self, sent["agency"]), queries.developer_of(sent["developer"])
        said = {"agency": agency, "developer": developer, "reason": sent["reason"], "by": self.person}
        whole, person = sent["whole_agency"], sent["person"]
        row = actions.recuse_agency(**said) if whole else actions.declare_conflict(**said, person=person)
        return Response(ConflictOut(row).data, status=201)


class End(Room):
    """It no longer holds."""

    access: ClassVar[dict[str, str]] = {"post": "evaluations.may_end_conflict"}

    @extend_schema(operation_id="conflicts_end", request=EndIn, responses=ConflictOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Counsel says that a conflict no longer holds, with a reason."""
        row: ConflictOfInterest = queries.conflict_of(self.person, pk)
        sent = self.read(EndIn)
        return Response(ConflictOut(actions.end_conflict(conflict=row, by=self.person, **sent)).data)
