"""Comments over the API: kept, changed, discarded, sent together; threads that are resolved and opened again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, StrictSerializer, page_of
from agreements import actions, policies, queries
from agreements.api.views import Room
from agreements.models import ClauseComment


class CommentOut(serializers.Serializer):
    """One comment that the caller may read."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(source="version.number")
    clause_id = serializers.CharField(allow_blank=True)
    reply_to = serializers.UUIDField(source="in_reply_to_id", allow_null=True, help_text="The first of its thread.")
    organisation = serializers.CharField(source="organisation.name")
    author = serializers.CharField(source="author.name")
    audience = serializers.CharField(help_text="own or all; one sent with a sealed answer is read by all once it opens")
    text = serializers.CharField()
    at = serializers.DateTimeField(source="created_at")
    sent_at = serializers.DateTimeField(allow_null=True, help_text="Null: kept, and read by the caller alone.")
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = serializers.CharField(source="resolved_by.name", default=None, allow_null=True)
    reopened_at = serializers.DateTimeField(allow_null=True)
    reopened_by = serializers.CharField(source="reopened_by.name", default=None, allow_null=True)


class ChangedCommentIn(StrictSerializer):
    """What a kept comment says, and who will read it."""

    text = serializers.CharField(max_length=5000)
    audience = serializers.ChoiceField(ClauseComment.Audience.choices, default="all")


class CommentIn(ChangedCommentIn):
    """A comment. It is kept until it is sent with the others, by a verdict or without one; with `now`, sent at once."""

    clause_id = serializers.CharField(default="", allow_blank=True)
    reply_to = serializers.UUIDField(default=None, allow_null=True, help_text="A comment of the thread to reply in.")
    now = serializers.BooleanField(default=False)


class CommentsOut(serializers.Serializer):
    """How many."""

    comments = serializers.IntegerField()


class Comments(Room):
    """What was said."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible", "post": "agreements.may_comment"}

    @extend_schema(operation_id="agreements_comments", responses=page_of(CommentOut))
    def get(self, request: Request, reference: str) -> Response:
        """Comments for all parties, those of the caller's own organisations, and those that the caller keeps; oldest first."""
        return self.listed(CommentOut, queries.comments_for(self.agreement(reference), self.person))

    @extend_schema(operation_id="agreements_keep_comment", request=CommentIn, responses={201: CommentOut})
    def post(self, request: Request, reference: str) -> Response:
        """Comment on a clause of the current version, or reply to a comment. Kept until it is sent, unless `now` is true."""
        row = actions.comment(agreement=self.agreement(reference), by=self.person, **self.read(CommentIn))
        return Response(CommentOut(row).data, status=201)


class OfComment(Room):
    """What the calls about one comment share."""

    def comment(self, reference: str, pk: UUID) -> ClauseComment:
        """The row if the caller may read it, else 404."""
        agreement = self.agreement(reference)
        row = next((row for row in queries.comments_for(agreement, self.person) if row.pk == pk), None)
        if row is None:
            raise Http404
        row.agreement = agreement
        return row


class KeptComment(OfComment):
    """A comment that was not sent."""

    access: ClassVar[dict[str, str]] = {"put": "agreements.may_change_comment"}

    @extend_schema(operation_id="agreements_change_comment", request=ChangedCommentIn, responses={200: CommentOut})
    def put(self, request: Request, reference: str, pk: UUID) -> Response:
        """Change its words, or who will read it."""
        row = self.comment(reference, pk)
        policies.may_change_comment(self.person, row).require()
        actions.change_comment(comment=row, by=self.person, **self.read(ChangedCommentIn))
        return Response(CommentOut(self.comment(reference, pk)).data)


class DiscardComment(OfComment):
    """One of them."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_discard_comment"}

    @extend_schema(operation_id="agreements_discard_comment", request=NothingIn, responses={200: CommentsOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Throw away a comment that was not sent. Nobody has read it."""
        self.read(NothingIn)
        actions.discard_comment(comment=self.comment(reference, pk), by=self.person)
        return Response(CommentsOut({"comments": 1}).data)


class DiscardComments(Room):
    """All that the caller keeps."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.visible"}

    @extend_schema(operation_id="agreements_discard_comments", request=NothingIn, responses={200: CommentsOut})
    def post(self, request: Request, reference: str) -> Response:
        """Throw away every comment that the caller keeps on this agreement."""
        self.read(NothingIn)
        count = actions.discard_comments(agreement=self.agreement(reference), by=self.person)
        return Response(CommentsOut({"comments": count}).data)


class SendComments(Room):
    """Sending without a verdict."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_comment"}

    @extend_schema(operation_id="agreements_send_comments", request=NothingIn, responses={200: CommentsOut})
    def post(self, request: Request, reference: str) -> Response:
        """Send every comment that the caller keeps. The moves `concur`, `refuse_concurrence` and `return_with_comments`
        send them too."""
        self.read(NothingIn)
        count = actions.send_comments(agreement=self.agreement(reference), by=self.person)
        return Response(CommentsOut({"comments": count}).data)


def settling(verb: str, act: Callable[..., Any]) -> Any:
    """A view class for resolving a thread or opening it again."""

    class Settle(OfComment):
        """One step with a thread."""

        access: ClassVar[dict[str, str]] = {"post": f"agreements.may_{verb}_comment"}

        @extend_schema(
            operation_id=f"agreements_{verb}_comment", request=NothingIn, responses={200: CommentOut},
            description=act.__doc__, summary=(act.__doc__ or verb).splitlines()[0].rstrip("."),
        )  # fmt: skip
        def post(self, request: Request, reference: str, pk: UUID) -> Response:
            """Take the step."""
            self.read(NothingIn)
            act(comment=self.comment(reference, pk), by=self.person)
            return Response(CommentOut(self.comment(reference, pk)).data)

    Settle.__name__ = Settle.__qualname__ = f"{verb.title()}Comment"
    return Settle
