"""/api/v1/portfolio/: what is in force with whom, until when, and what each agreement obliges to."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import RoomAPIView, page_of
from agreements import portfolio


class PortfolioDuty(serializers.Serializer):
    """One duty in figures."""

    label: Any = serializers.CharField()
    value = serializers.IntegerField()
    options = serializers.ListField(
        child=serializers.CharField(), help_text="What was chosen, where the duty is a list."
    )
    unit = serializers.CharField()
    survives = serializers.BooleanField(help_text="Whether it outlives the agreement.")


class PortfolioRow(serializers.Serializer):
    """One agreement in force or suspended."""

    reference = serializers.CharField()
    title = serializers.CharField()
    instrument = serializers.CharField()
    status = serializers.CharField()
    partners = serializers.ListField(child=serializers.CharField(), help_text="The other parties by name.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="Null: no end is agreed.")
    by_notice = serializers.BooleanField()
    duties = PortfolioDuty(many=True)
    url = serializers.CharField(help_text="Its page.")


class Portfolio(RoomAPIView):
    """The caller's binding agreements."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.visible"}

    @extend_schema(operation_id="portfolio", responses=page_of(PortfolioRow))
    def get(self, request: Request) -> Response:
        """At most the newest two hundred, those that end first at the top."""
        return self.listed(PortfolioRow, portfolio.read(self.person))
