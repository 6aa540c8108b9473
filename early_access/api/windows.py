"""/api/v1/windows/: all access windows of the caller, with what was blocked and what was added by consent."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, page_of
from early_access import windows


class WindowRow(serializers.Serializer):
    """One window."""

    reference = serializers.CharField(help_text="Of the request.")
    whose = serializers.CharField(help_text="The developer for an agency, the model for a developer.")
    status = serializers.CharField(help_text="Of the request.")
    kind = serializers.CharField(help_text="“proposed” until both sides agreed, “agreed”, or “over”.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    days = serializers.IntegerField(help_text="Both ends included.")
    was_until = serializers.DateField(
        allow_null=True, help_text="The last day that was agreed first, where it was lengthened."
    )
    closed_at = serializers.DateTimeField(allow_null=True)
    longer_by_consent = serializers.BooleanField(help_text="Outside section 3(b)(ii).")
    blocked_seconds = serializers.SerializerMethodField(help_text="As reported to the caller; it moves no date.")

    def get_blocked_seconds(self, row: Any) -> int:
        """The sum; what two reports cover counts once."""
        return int(row.blocked_time.total_seconds())


class Windows(RoomAPIView):
    """The caller's windows."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible"}

    @extend_schema(operation_id="windows", responses=page_of(WindowRow))
    def get(self, request: Request) -> Response:
        """Those of at most the newest hundred requests, by their first day; what ended more than 90 days ago is left out."""
        return self.listed(WindowRow, windows.read(self.person))
