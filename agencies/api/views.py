"""/api/v1/agencies/: who takes part, and what each can test. Public reference data."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, page_of
from accounts.models import Organisation


class CapabilityOut(serializers.Serializer):
    """One domain that an agency tests."""

    domain = serializers.CharField()
    highest_access_level = serializers.IntegerField()


class AgencyOut(serializers.Serializer):
    """An agency or a component of one."""

    slug = serializers.CharField()
    name = serializers.CharField()
    parent: Any = serializers.CharField(source="parent.slug", allow_null=True, default=None)
    capabilities = serializers.SerializerMethodField()

    @extend_schema_field(CapabilityOut(many=True))
    def get_capabilities(self, agency: Organisation) -> list[dict[str, object]]:
        """What it tests now."""
        return [dict(CapabilityOut(c).data) for c in agency.capabilities.all() if c.is_active]


class Agencies(RoomAPIView):
    """The agencies of the reference data."""

    access: ClassVar[dict[str, str]] = {"get": "SIGNED_IN"}

    @extend_schema(operation_id="agencies_list", responses=page_of(AgencyOut))
    def get(self, request: Request) -> Response:
        """Every agency with its slug and what it tests."""
        rows = Organisation.objects.filter(kind="agency").select_related("parent").prefetch_related("capabilities")
        return self.listed(AgencyOut, rows.order_by("slug"))
