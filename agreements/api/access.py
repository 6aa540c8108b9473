"""Outside counsel who read one agreement, over the API: for the developer that lets them."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import grants
from accounts.api.base import NothingIn, StrictSerializer, page_of
from agreements import actions, policies, queries
from agreements.api.views import Room
from agreements.models import TestingAgreement
from core.decisions import Invalid, Problem


class AccessOut(serializers.Serializer):
    """One person who reads this agreement without a seat in a party."""

    id = serializers.UUIDField(source="pk")
    person = serializers.UUIDField(source="user_id")
    name = serializers.CharField(source="user.name")
    expires_at = serializers.DateTimeField()
    reason = serializers.CharField()


class AccessIn(StrictSerializer):
    """Whom, until when, and why."""

    person = serializers.UUIDField(help_text="One of the developer's outside counsel.")
    until = serializers.DateField(help_text="The last day on which they can read it.")
    reason = serializers.CharField(max_length=300)


class _Access(Room):
    """What both addresses answer."""

    def shown(self, agreement: TestingAgreement) -> Response:
        """Everybody who has access now."""
        return self.listed(AccessOut, grants.people_with(agreement, agreement.developer_id))


class Access(_Access):
    """Who has access, and letting somebody."""

    access: ClassVar[dict[str, str]] = {"get": "agreements.may_give_access", "post": "agreements.may_give_access"}

    @extend_schema(operation_id="agreements_access", responses=page_of(AccessOut))
    def get(self, request: Request, reference: str) -> Response:
        """Outside counsel who can read this agreement now, by name. Other parties do not see this list."""
        agreement = self.agreement(reference)
        policies.may_give_access(self.person, agreement).require()
        return self.shown(agreement)

    @extend_schema(operation_id="agreements_give_access", request=AccessIn, responses={201: page_of(AccessOut)})
    def post(self, request: Request, reference: str) -> Response:
        """Let one of the developer's outside counsel read this agreement up to and including a day."""
        agreement = self.agreement(reference)
        policies.may_give_access(self.person, agreement).require()
        sent: dict[str, Any] = self.read(AccessIn)
        chosen = next((p for p in queries.outside_counsel(agreement.developer) if p.pk == sent["person"]), None)
        if chosen is None:
            words = "Your organisation has no outside counsel with this id. Look one up among its people."
            raise Invalid([Problem("person", words)])
        actions.give_access(agreement=agreement, by=self.person, **{**sent, "person": chosen})
        answer = self.shown(agreement)
        answer.status_code = 201
        return answer


class AccessTaken(_Access):
    """The end of one person's access."""

    access: ClassVar[dict[str, str]] = {"post": "agreements.may_give_access"}

    @extend_schema(operation_id="agreements_take_access", request=NothingIn, responses={200: page_of(AccessOut)})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """End it now."""
        agreement = self.agreement(reference)
        policies.may_give_access(self.person, agreement).require()
        self.read(NothingIn)
        row = get_object_or_404(grants.people_with(agreement, agreement.developer_id), pk=pk)
        actions.take_access(agreement=agreement, person=row.user, by=self.person)
        return self.shown(agreement)
