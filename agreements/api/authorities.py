"""Written delegations to sign, over the API. Recording and concurring need a person in a browser; looking up does not."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, page_of
from accounts.models import Organisation, User
from accounts.policies import may_administer
from agreements import actions
from agreements.api import serializers as shapes
from agreements.api.views import fresh
from agreements.models import Post, SignatureAuthority
from core.decisions import Invalid, Problem

RECORDED_IN_PERSON = "A token does not record who may sign. An administrator does it in the browser."
COUNSEL_IN_PERSON = "A token does not concur for counsel. Counsel does it in the browser."


class Authorities(RoomAPIView):
    """Written delegations to sign, of the caller's organisation."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible", "post": "accounts.may_administer"}
    paged = True

    @extend_schema(operation_id="authorities_list", responses=page_of(shapes.AuthorityOut))
    def get(self, request: Request) -> Response:
        """Delegations of the caller's organisation, newest first, in pages."""
        only = {"organisation": self.organisation.pk if self.organisation else None}
        return self.page(
            SignatureAuthority, columns=(), only=only, show=lambda row: shapes.AuthorityOut(row).data,
            related=("holder", "post"),
        )  # fmt: skip

    @extend_schema(operation_id="authorities_record", request=shapes.AuthorityIn, responses={201: shapes.AuthorityOut})
    def post(self, request: Request) -> Response:
        """Record a delegation. Needs a person who confirmed who they are in a browser; a token answers 403."""
        fresh(self.in_person(RECORDED_IN_PERSON, reverse("agreements:authorities")))
        sent, home = self.read(shapes.AuthorityIn), self.organisation
        if home is None:
            raise Http404
        holder, post = self._held_by(home, sent.pop("holder"), sent.pop("post"))
        above, parent = sent.pop("delegated_from"), None
        if above is not None:
            parent = SignatureAuthority.objects.visible_to(self.person).filter(organisation=home, pk=above).first()
            if parent is None:
                raise Invalid(
                    [Problem("delegated_from", "Your organisation has no such delegation. Look one up in the list.")]
                )
        row = actions.record_authority(
            organisation=home, holder=holder, post=post, parent=parent, by=self.person, **sent
        )
        return Response(shapes.AuthorityOut(row).data, status=201)

    def _held_by(self, home: Organisation, person: UUID | None, post: UUID | None) -> tuple[User | None, Post | None]:
        """The person or the post that was named, of the caller's organisation."""
        holder = User.objects.filter(pk=person, memberships__organisation=home).first() if person else None
        seat = Post.objects.visible_to(self.person).filter(organisation=home, pk=post).first() if post else None
        if person and holder is None:
            raise Invalid([Problem("holder", "The holder is not a member. Choose one of the organisation's people.")])
        if post and seat is None:
            raise Invalid([Problem("post", "Your organisation has no such post. Look one up in the list.")])
        return holder, seat


class Authority(RoomAPIView):
    """One delegation."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="authorities_read", responses=shapes.AuthorityOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """What it covers, what it hangs on, and whether it stands."""
        return Response(shapes.AuthorityOut(self.visible(SignatureAuthority, "holder", "post", pk=pk)).data)


class ConcurredAuthority(RoomAPIView):
    """Counsel's concurrence with a delegation."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_concur_with_authority"}

    @extend_schema(operation_id="authorities_concur", request=NothingIn, responses={200: shapes.AuthorityOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Concur: it can be signed on from now on. Needs a person who confirmed who they are in a browser."""
        row = self.visible(SignatureAuthority, "holder", pk=pk)
        fresh(self.in_person(COUNSEL_IN_PERSON, row.get_absolute_url()))
        self.read(NothingIn)
        return Response(shapes.AuthorityOut(actions.concur_authority(authority=row, by=self.person)).data)


class RevokedAuthority(RoomAPIView):
    """The end of a delegation."""

    access: ClassVar[dict[str, str]] = {"post": "accounts.may_administer"}

    @extend_schema(
        operation_id="authorities_revoke", request=shapes.RevokeAuthorityIn, responses={200: shapes.AuthorityOut}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Revoke a delegation, with the reason: nobody signs on it from now on; signatures already made stand."""
        row = self.visible(SignatureAuthority, "holder", "organisation", pk=pk)
        may_administer(self.person, row.organisation).require()
        sent = self.read(shapes.RevokeAuthorityIn)
        return Response(shapes.AuthorityOut(actions.revoke_authority(authority=row, by=self.person, **sent)).data)
