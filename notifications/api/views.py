"""/api/v1/inbox/ and /api/v1/notices/: whose move it is, and what was said to the caller."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, StrictSerializer, page_of
from core.decisions import Invalid, Problem
from notifications import actions, duties, queries
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


class DutyOut(serializers.Serializer):
    """One dated duty."""

    kind = serializers.CharField(source="duty.kind")
    what = serializers.CharField(source="duty.words")
    reference = serializers.CharField(source="duty.reference")
    url = serializers.CharField(source="duty.url", help_text="The page of what it is about.")
    due_at = serializers.DateTimeField(source="duty.ends_at", help_text="A day ends at midnight UTC.")
    owes = serializers.UUIDField(source="duty.owes", allow_null=True, help_text="Null: the day concerns all parties.")
    who = serializers.CharField()
    ours = serializers.BooleanField()
    developer = serializers.UUIDField(source="duty.developer")
    is_late = serializers.BooleanField()


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


class Due(RoomAPIView):
    """What is due for the caller's organisations and those they work with."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(
        operation_id="due", responses=page_of(DutyOut),
        parameters=[OpenApiParameter("whose", str, enum=[duties.OURS, duties.OTHERS])],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Nearest first. Days that concern all parties are in both halves."""
        whose = request.query_params.get("whose", "")
        if whose not in ("", duties.OURS, duties.OTHERS):
            raise Invalid([Problem("whose", f"Choose {duties.OURS} or {duties.OTHERS}.")])
        return self.listed(DutyOut, duties.narrowed(duties.board(self.person), whose=whose))
