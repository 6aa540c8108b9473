"""/api/v1/inbox/ and /api/v1/notices/: whose move it is, and what was said to the caller."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, page_of
from notifications import actions, queries
from notifications.inbox import inbox_for

NEWEST = 50


class InboxRow(serializers.Serializer):
    """One open object: whose move, why, by when."""

    title = serializers.CharField()
    kind = serializers.CharField()
    why = serializers.CharField()
    url = serializers.CharField(help_text="Its page.")
    due_at = serializers.DateTimeField(allow_null=True)
    is_late = serializers.BooleanField()


class InboxOut(serializers.Serializer):
    """The three groups, each by due date."""

    yours = InboxRow(many=True)
    waiting = InboxRow(many=True)
    closed = InboxRow(many=True)


class NoticeOut(serializers.Serializer):
    """One sentence for the caller."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    subject = serializers.CharField()
    url = serializers.CharField()
    at = serializers.DateTimeField(source="created_at")
    is_read = serializers.BooleanField()


class ReadIn(StrictSerializer):
    """Which notice was read; all of them when it is left out."""

    notice: Any = serializers.UUIDField(required=False)


class Inbox(RoomAPIView):
    """The caller's inbox."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(operation_id="inbox", responses=InboxOut)
    def get(self, request: Request) -> Response:
        """Your move, waiting on others, recently closed. Computed from what is open now."""
        return Response(InboxOut(inbox_for(self.person)).data)


class Notices(RoomAPIView):
    """What was said to the caller."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN", "post": "SIGNED_IN"}

    @extend_schema(operation_id="notices_list", responses=page_of(NoticeOut))
    def get(self, request: Request) -> Response:
        """The newest fifty notices."""
        return self.listed(NoticeOut, queries.newest(self.person, NEWEST))

    @extend_schema(operation_id="notices_read", request=ReadIn, responses={200: page_of(NoticeOut)})
    def post(self, request: Request) -> Response:
        """Mark one notice as read, or all."""
        actions.mark_read(user=self.person, only=self.read(ReadIn).get("notice"))
        return self.listed(NoticeOut, queries.newest(self.person, NEWEST))
