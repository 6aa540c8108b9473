"""Who am I, and who are my colleagues."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import queries
from accounts.api.base import RoomAPIView, page_of
from accounts.models import ApiToken, Membership
from accounts.seats import Seat, seats_of


class SeatOut(serializers.Serializer):
    """One organisation that the caller acts for."""

    organisation = serializers.UUIDField(source="organisation.pk")
    name = serializers.CharField(source="organisation.name")
    kind = serializers.CharField(source="organisation.kind")
    roles = serializers.SerializerMethodField()
    direct = serializers.BooleanField()

    def get_roles(self, seat: Seat) -> list[str]:
        """Role names, sorted."""
        return sorted(seat.roles)


class MeOut(serializers.Serializer):
    """The caller."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()
    post = serializers.CharField()
    time_zone = serializers.CharField()
    seats = SeatOut(many=True)
    scope = serializers.CharField(help_text="read or write for a token, browser for a session")


class MemberOut(serializers.Serializer):
    """A person of the caller's organisation."""

    id = serializers.UUIDField(source="user.pk")
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    post = serializers.CharField(source="user.post")
    roles = serializers.ListField(child=serializers.CharField())


class Me(RoomAPIView):
    """The person behind the token or session, with seats and roles."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(responses=MeOut)
    def get(self, request: Request) -> Response:
        """Who am I?"""
        person, token = self.person, request.auth
        fields: dict[str, Any] = {n: getattr(person, n) for n in ("id", "name", "email", "post", "time_zone")}
        scope = token.scope if isinstance(token, ApiToken) else "browser"
        return Response(MeOut({**fields, "seats": seats_of(person).all, "scope": scope}).data)


class People(RoomAPIView):
    """Live members of the caller's organisation."""

    access: ClassVar[dict[str, str]] = {"get": "accounts.visible"}

    @extend_schema(responses=page_of(MemberOut))
    def get(self, request: Request) -> Response:
        """Colleagues by name."""
        home = self.organisation
        people = queries.people_of(home) if home else Membership.objects.none()
        return Response({"results": MemberOut(people, many=True).data, "next": None})
