"""Who am I, and who are my colleagues."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import actions, policies, queries, search
from accounts.api.base import NothingIn, RoomAPIView, page_of
from accounts.models import ApiToken, Membership
from accounts.seats import Seat, seats_of
from core.decisions import Invalid, Problem


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


class HitOut(serializers.Serializer):
    """One thing found."""

    kind = serializers.CharField(help_text="Agreements, Early access, Models, Assignments, Findings, …")
    title = serializers.CharField()
    reference = serializers.CharField()
    url = serializers.CharField(help_text="Its page.")
    detail = serializers.CharField()


class TokenOut(serializers.Serializer):
    """A token that still opens something; its text was shown once."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    hint = serializers.CharField()
    person = serializers.CharField(source="user.name")
    scope = serializers.CharField()
    expires_at = serializers.DateTimeField()
    last_used_on = serializers.DateField(allow_null=True)


class Me(RoomAPIView):
    """The person behind the token or session, with seats and roles."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(operation_id="me", responses=MeOut)
    def get(self, request: Request) -> Response:
        """Who the caller is, with seats and roles."""
        person, token = self.person, request.auth
        fields: dict[str, Any] = {n: getattr(person, n) for n in ("id", "name", "email", "post", "time_zone")}
        scope = token.scope if isinstance(token, ApiToken) else "browser"
        return Response(MeOut({**fields, "seats": seats_of(person).all, "scope": scope}).data)


class People(RoomAPIView):
    """Live members of the caller's organisation."""

    access: ClassVar[dict[str, str]] = {"get": "accounts.visible"}

    @extend_schema(operation_id="people_list", responses=page_of(MemberOut))
    def get(self, request: Request) -> Response:
        """The people of the caller's organisation, by name."""
        home = self.organisation
        people = queries.people_of(home) if home else Membership.objects.none()
        return Response({"results": MemberOut(people, many=True).data, "next": None})


class Tokens(RoomAPIView):
    """Tokens of the caller's organisation. A new one is issued in the browser, after a step-up."""

    access: ClassVar[dict[str, str]] = {"get": "accounts.visible"}

    @extend_schema(operation_id="tokens_list", responses=page_of(TokenOut))
    def get(self, request: Request) -> Response:
        """The caller's tokens; for an administrator everybody's. New ones are issued in the browser."""
        return self.listed(TokenOut, _tokens(self))


class RevokedToken(RoomAPIView):
    """The end of a token."""

    keeps_answers: ClassVar[bool] = False  # a token that revoked itself could not read the answer again
    access: ClassVar[dict[str, str]] = {"post": "accounts.may_revoke_token"}

    @extend_schema(operation_id="tokens_revoke", request=NothingIn, responses={200: TokenOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """End a token at once, also the one that makes this call."""
        self.read(NothingIn)
        row = get_object_or_404(_tokens(self), pk=pk)
        actions.revoke_token(token=row, by=self.person)
        return Response(TokenOut(row).data)


def _tokens(view: RoomAPIView) -> QuerySet[ApiToken]:
    """What the page lists."""
    home = view.organisation
    if home is None:
        return ApiToken.objects.none()
    return queries.tokens_of(home, None if policies.may_administer(view.person, home) else view.person)


class Search(RoomAPIView):
    """Find by reference, title, codename or name."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(
        operation_id="search", responses=page_of(HitOut),
        parameters=[OpenApiParameter("q", str, required=True, description="Two to a hundred characters.")],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What the caller can see and the text matches, at most eight of a kind. A full reference finds its object
        however old it is; other words are looked for in the newest thousand of each kind."""
        text = search.cleaned(request.query_params.get("q", ""))
        if 0 < len(text) < search.SHORTEST:
            raise Invalid([Problem("q", "Give at least two characters to look for.")])
        found = search.find(self.person, text)
        return self.listed(HitOut, [{"kind": f.kind, **vars(hit)} for f in found for hit in f.hits])
