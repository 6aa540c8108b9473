"""Posts and who holds them, over the API. Recording and concurring need a person in a browser; looking up does not."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, StrictSerializer, page_of
from accounts.models import User
from accounts.policies import may_administer
from agreements import actions
from agreements.api.authorities import COUNSEL_IN_PERSON
from agreements.api.views import fresh
from agreements.models import Incumbency, Post
from core.decisions import Invalid, Problem

RECORDED_IN_PERSON = "A token does not record who holds a post. An administrator does it in the browser."
COLUMNS = ("title", "source", "ended_at", "ended_reason")
HELD = ("post", "person", "acting", "begins_at", "ends_at", "source", "document_sha256", "concurred_at", "ended_reason")


class PostOut(serializers.Serializer):
    """A post to which delegations can be given."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    source: Any = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True, help_text="When it was abolished.")
    ended_reason = serializers.CharField(allow_blank=True)


class PostIn(StrictSerializer):
    """Create a post."""

    title = serializers.CharField(max_length=150)
    source: Any = serializers.CharField(max_length=200, default="", allow_blank=True)


class EndPostIn(StrictSerializer):
    """Why; it stays on record."""

    reason = serializers.CharField(max_length=500)


class IncumbencyOut(serializers.Serializer):
    """Who holds a post, from when until when."""

    id = serializers.UUIDField()
    post = serializers.UUIDField(source="post_id")
    person = serializers.UUIDField(source="person_id")
    acting = serializers.BooleanField()
    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)
    source: Any = serializers.CharField(help_text="The appointing paper.")
    document_sha256 = serializers.CharField(allow_blank=True)
    concurred_at = serializers.DateTimeField(allow_null=True, help_text="Nobody signs on it before counsel concurred.")
    ended_reason = serializers.CharField(allow_blank=True)


class IncumbencyIn(StrictSerializer):
    """Record who holds a post, as it stands on the appointing paper."""

    person = serializers.UUIDField(help_text="A member of the organisation with the role of signatory.")
    acting = serializers.BooleanField(default=False)
    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(default=None, allow_null=True, help_text="Whoever acts needs an end.")
    source: Any = serializers.CharField(max_length=200)


class EndIncumbencyIn(StrictSerializer):
    """When it ends (null: now), and why."""

    ends_at = serializers.DateTimeField(default=None, allow_null=True)
    reason = serializers.CharField(max_length=500)


class Posts(RoomAPIView):
    """Posts of the caller's organisation."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible", "post": "accounts.may_administer"}
    paged = True

    @extend_schema(operation_id="posts_list", responses=page_of(PostOut))
    def get(self, request: Request) -> Response:
        """Newest first, in pages."""
        only = {"organisation": self.organisation.pk if self.organisation else None}
        return self.page(Post, columns=COLUMNS, only=only, show=lambda row: PostOut(Post(**row)).data)

    @extend_schema(operation_id="posts_create", request=PostIn, responses={201: PostOut})
    def post(self, request: Request) -> Response:
        """Create a post."""
        home = self.organisation
        if home is None:
            raise Http404
        row = actions.create_post(organisation=home, by=self.person, **self.read(PostIn))
        return Response(PostOut(row).data, status=201)


class OnePost(RoomAPIView):
    """One post."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_read_post"}

    @extend_schema(operation_id="posts_read", responses=PostOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """What it is, and whether it still exists."""
        return Response(PostOut(self.visible(Post, pk=pk)).data)


class EndedPost(RoomAPIView):
    """The end of a post."""

    access: ClassVar[dict[str, str]] = {"post": "accounts.may_administer"}

    @extend_schema(operation_id="posts_end", request=EndPostIn, responses={200: PostOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Abolish a post: nobody signs in it from now on."""
        row = self.visible(Post, "organisation", pk=pk)
        may_administer(self.person, row.organisation).require()
        return Response(PostOut(actions.end_post(post=row, by=self.person, **self.read(EndPostIn))).data)


class Incumbencies(RoomAPIView):
    """Who holds, and has held, one post."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_read_post", "post": "accounts.may_administer"}
    paged = True

    @extend_schema(operation_id="incumbencies_list", responses=page_of(IncumbencyOut))
    def get(self, request: Request, pk: UUID) -> Response:
        """Recorded last first, in pages."""
        only = {"post": self.visible(Post, pk=pk).pk}
        return self.page(Incumbency, columns=HELD, only=only, show=_shown)

    @extend_schema(operation_id="incumbencies_record", request=IncumbencyIn, responses={201: IncumbencyOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Record who holds it. Needs a person who confirmed who they are in a browser; a token answers 403."""
        row = self.visible(Post, "organisation", pk=pk)
        may_administer(self.person, row.organisation).require()
        fresh(self.in_person(RECORDED_IN_PERSON, reverse("agreements:record_incumbency", args=[row.pk])))
        sent = self.read(IncumbencyIn)
        person = User.objects.filter(pk=sent.pop("person"), memberships__organisation=row.organisation).first()
        if person is None:
            raise Invalid([Problem("person", "This person is not a member. Choose one of the organisation's people.")])
        held = actions.record_incumbency(post=row, person=person, by=self.person, **sent)
        return Response(IncumbencyOut(held).data, status=201)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a page, whose foreign keys are ids."""
    kept = {name: value for name, value in row.items() if name not in ("post", "person")}
    shown: dict[str, Any] = IncumbencyOut(Incumbency(**kept, post_id=row["post"], person_id=row["person"])).data
    return shown


class OneIncumbency(RoomAPIView):
    """One person's time in a post."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_read_post"}

    @extend_schema(operation_id="incumbencies_read", responses=IncumbencyOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """From when until when, on which paper."""
        return Response(IncumbencyOut(self.visible(Incumbency, pk=pk)).data)


class ConcurredIncumbency(RoomAPIView):
    """Counsel's concurrence with an appointment."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_concur_with_incumbency"}

    @extend_schema(operation_id="incumbencies_concur", request=NothingIn, responses={200: IncumbencyOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Concur: the person signs in the post from now on. Needs a person who confirmed who they are in a browser."""
        row = self.visible(Incumbency, pk=pk)
        fresh(self.in_person(COUNSEL_IN_PERSON, row.get_absolute_url()))
        self.read(NothingIn)
        return Response(IncumbencyOut(actions.concur_incumbency(incumbency=row, by=self.person)).data)


class EndedIncumbency(RoomAPIView):
    """The end of somebody's time in a post."""

    access: ClassVar[dict[str, str]] = {"post": "accounts.may_administer"}

    @extend_schema(operation_id="incumbencies_end", request=EndIncumbencyIn, responses={200: IncumbencyOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Bring the end forward: nothing is signed in the post by this person from then on; what was signed stands."""
        row = self.visible(Incumbency, "organisation", pk=pk)
        may_administer(self.person, row.organisation).require()
        sent = self.read(EndIncumbencyIn)
        return Response(IncumbencyOut(actions.end_incumbency(incumbency=row, by=self.person, **sent)).data)
