"""Results that a developer claims, over the API: list, state, take back."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import StrictSerializer, page_of
from accounts.seats import seats_of
from developers.models import ModelVariant
from early_access import actions, claims
from early_access.api.views import Room
from early_access.models import ClaimedResult
from early_access.rules.claims import MOST_ITEMS


class ClaimIn(StrictSerializer):
    """One result of one's own. Shares in 0..1."""

    checkpoint = serializers.UUIDField(help_text="A checkpoint of the request's model.")
    variant = serializers.ChoiceField(choices=ModelVariant.Kind.choices, help_text="One that the request offers.")
    suite = serializers.CharField(
        max_length=200, allow_blank=True, help_text="Its usual name: agencies' results of it stand beside."
    )
    suite_version = serializers.CharField(max_length=60, allow_blank=True, default="")
    metric = serializers.CharField(max_length=120, allow_blank=True, help_text="Such as accuracy.")
    estimate = serializers.FloatField()
    ci_low = serializers.FloatField(
        allow_null=True, default=None, help_text="Of the 95 % interval; both ends or neither."
    )
    ci_high = serializers.FloatField(allow_null=True, default=None)
    n = serializers.IntegerField(min_value=1, max_value=MOST_ITEMS, help_text="Items that it was measured on.")
    method = serializers.CharField(max_length=2000, allow_blank=True, help_text="How it was measured.")
    document = serializers.UUIDField(
        allow_null=True, default=None, help_text="A document of the request in which it stands."
    )
    source = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        max_length=300, allow_blank=True, default="", help_text="Where it stands; may be empty with a document."
    )


class ClaimOut(serializers.Serializer):
    """A result that the developer claims."""

    id = serializers.UUIDField()
    checkpoint = serializers.UUIDField(source="checkpoint_id")
    checkpoint_label = serializers.CharField()
    variant = serializers.CharField()
    suite = serializers.CharField()
    suite_version = serializers.CharField(allow_blank=True)
    metric = serializers.CharField()
    estimate = serializers.FloatField()
    ci_low = serializers.FloatField(allow_null=True)
    ci_high = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    method = serializers.CharField()
    document = serializers.UUIDField(source="document_id", allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # a field of this name
    stated_by = serializers.CharField(source="stated_by.name")
    stated_at = serializers.DateTimeField(source="created_at")
    taken_back_at = serializers.DateTimeField(allow_null=True, help_text="Set: it is compared with nothing any more.")
    taken_back_why = serializers.CharField(allow_blank=True)


class TakeBackIn(StrictSerializer):
    """Why a result is taken back."""

    why = serializers.CharField(max_length=300, allow_blank=True)


class Claims(Room):
    """What the developer measured itself."""

    access: ClassVar[dict[str, str]] = {"get": "early_access.visible", "post": "early_access.may_state_result"}

    @extend_schema(operation_id="claimed_results_list", responses=page_of(ClaimOut))
    def get(self, request: Request, reference: str) -> Response:
        """Results that the developer claims, newest first: an agency reads those of variants that it is consented to."""
        return self.listed(ClaimOut, claims.stated(self.one(reference), self.person))

    @extend_schema(operation_id="claimed_results_state", request=ClaimIn, responses={201: ClaimOut})
    def post(self, request: Request, reference: str) -> Response:
        """State a result. It is never changed: what was wrong is taken back and stated again. The same again changes nothing."""
        row = self.one(reference)
        made = actions.state_result(request=row, by=self.person, **self.read(ClaimIn))
        return Response(ClaimOut(made).data, status=201)


class TakeBack(Room):
    """Take a result back."""

    access: ClassVar[dict[str, str]] = {"post": "early_access.may_take_back_result"}

    @extend_schema(operation_id="claimed_results_take_back", request=TakeBackIn, responses={200: ClaimOut})
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        """Take a stated result back, with the reason. It stays readable as taken back."""
        row = self.one(reference)
        if not seats_of(self.person).holds(row.developer_id):
            raise Http404
        found = self.visible(ClaimedResult, "stated_by", pk=pk, request=row)
        found.request = row
        return Response(ClaimOut(actions.take_back_result(claim=found, by=self.person, **self.read(TakeBackIn))).data)
