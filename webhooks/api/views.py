"""/api/v1/webhooks/: how an administrator's programs watch webhooks, pause and resume them, and send messages again.

Adding one, changing where it goes and replacing its secret are pages only: they ask for a person (decision 0020).
"""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import NothingIn, RoomAPIView, page_of
from webhooks import actions, policies, queries
from webhooks.models import Delivery, Endpoint
from webhooks.workflow import DELIVERY


class WebhookOut(serializers.Serializer):
    """A webhook; its secret was shown once."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    address = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())
    status = serializers.CharField()
    failing_since = serializers.DateTimeField(source="health.failing_since", allow_null=True)


class MessageOut(serializers.Serializer):
    """A message in the log."""

    id = serializers.UUIDField()
    webhook_id = serializers.CharField()
    kind = serializers.CharField()
    reference = serializers.CharField()
    status = serializers.CharField()
    created_at = serializers.DateTimeField()
    next_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


SHOWN = tuple(MessageOut().fields.keys())


class MessageTryOut(serializers.Serializer):
    """One try."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField(source="created_at")
    code = serializers.IntegerField(allow_null=True, help_text="The HTTP status, where there was one.")
    milliseconds = serializers.IntegerField()
    problem = serializers.CharField()
    answer = serializers.CharField(help_text="At most the first thousand characters. Hostile text.")


class MessageInFull(MessageOut):
    """A message with what was sent and every attempt."""

    body = serializers.CharField()
    attempts = MessageTryOut(many=True, source="newest_attempts")


class _Administered(RoomAPIView):
    """What these addresses share: the row if the caller may see it, and only for administrators."""

    def endpoint(self, pk: UUID) -> Endpoint:
        """The endpoint, or 404, or why not."""
        row: Endpoint = self.visible(Endpoint, "organisation", "health", pk=pk)
        policies.may_administer(self.person, row.organisation).require()
        return row

    def delivery(self, pk: UUID) -> Delivery:
        """The message, or 404, or why not."""
        row: Delivery = self.visible(Delivery, "endpoint", "endpoint__organisation", pk=pk)
        policies.may_administer(self.person, row.endpoint.organisation).require()
        return row


class Endpoints(_Administered):
    """The webhooks of the caller's organisation."""

    access: ClassVar[dict[str, str]] = {"get": "webhooks.may_administer"}

    @extend_schema(operation_id="webhooks_list", responses=page_of(WebhookOut))
    def get(self, request: Request) -> Response:
        """All of them; there are ten at most. A new one is added in the browser."""
        home = self.organisation
        if home is None:
            return self.listed(WebhookOut, [])
        policies.may_administer(self.person, home).require()
        return self.listed(WebhookOut, queries.of(home))


class OneEndpoint(_Administered):
    """One webhook."""

    access: ClassVar[dict[str, str]] = {"get": "webhooks.may_administer"}

    @extend_schema(operation_id="webhooks_read", responses=WebhookOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """How it is doing."""
        return Response(WebhookOut(self.endpoint(pk)).data)


class SentAgain(serializers.Serializer):
    """How many messages are on the way again."""

    messages = serializers.IntegerField()


class AllAgain(_Administered):
    """After an outage."""

    access: ClassVar[dict[str, str]] = {"post": "webhooks.may_send_all_again"}

    @extend_schema(operation_id="webhooks_send_all_again", request=NothingIn, responses={200: SentAgain})
    def post(self, request: Request, pk: UUID) -> Response:
        """Send everything that was given up once more, at most 500 messages at once."""
        row = self.endpoint(pk)
        self.read(NothingIn)
        return Response({"messages": actions.send_all_again(endpoint=row, by=self.person)})


class Remove(_Administered):
    """The end of a webhook."""

    access: ClassVar[dict[str, str]] = {"post": "webhooks.may_administer"}

    @extend_schema(operation_id="webhooks_remove", request=NothingIn, responses={200: WebhookOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it away with its secret and its log."""
        row = self.endpoint(pk)
        self.read(NothingIn)
        shown = WebhookOut(row).data
        actions.remove(endpoint=row, by=self.person)
        return Response(shown)


class Pause(_Administered):
    """Stop for a while."""

    access: ClassVar[dict[str, str]] = {"post": "webhooks.may_move"}

    @extend_schema(operation_id="webhooks_pause", request=NothingIn, responses={200: WebhookOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Send nothing until it is resumed; what happens meanwhile is held back."""
        row = self.endpoint(pk)
        self.read(NothingIn)
        actions.pause(endpoint=row, by=self.person)
        return Response(WebhookOut(self.endpoint(pk)).data)


class Resume(_Administered):
    """Go on."""

    access: ClassVar[dict[str, str]] = {"post": "webhooks.may_move"}

    @extend_schema(operation_id="webhooks_resume", request=NothingIn, responses={200: WebhookOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Send again, what was held back first."""
        row = self.endpoint(pk)
        self.read(NothingIn)
        actions.resume(endpoint=row, by=self.person)
        return Response(WebhookOut(self.endpoint(pk)).data)


class TestEvent(_Administered):
    """A test."""

    access: ClassVar[dict[str, str]] = {"post": "webhooks.may_test"}

    @extend_schema(operation_id="webhooks_test", request=NothingIn, responses={201: MessageOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Send an event of the kind webhooks.test."""
        row = self.endpoint(pk)
        self.read(NothingIn)
        return Response(MessageOut(actions.test(endpoint=row, by=self.person)).data, status=201)


class Deliveries(_Administered):
    """The log of a webhook."""

    access: ClassVar[dict[str, str]] = {"get": "webhooks.may_administer"}
    paged: ClassVar[bool] = True
    states = DELIVERY

    @extend_schema(
        operation_id="webhooks_deliveries", responses=page_of(MessageOut),
        parameters=[OpenApiParameter("status", str, enum=[s.name for s in DELIVERY.states])],
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """What was sent in the last thirty days, newest first."""
        row = self.endpoint(pk)
        return self.page(Delivery, columns=queries.COLUMNS, only={"endpoint": row.pk}, show=_shown)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    named = {**row, "webhook_id": f"msg_{row['message'].hex}"}
    return {name: named[name] for name in SHOWN}


class OneDelivery(_Administered):
    """One message."""

    access: ClassVar[dict[str, str]] = {"get": "webhooks.may_administer"}

    @extend_schema(operation_id="webhooks_delivery", responses=MessageInFull)
    def get(self, request: Request, pk: UUID) -> Response:
        """What was sent, and every attempt with its answer."""
        row = self.delivery(pk)
        row.newest_attempts = queries.attempts(row)  # type: ignore[attr-defined]  # for the serializer
        return Response(MessageInFull(row).data)


class Again(_Administered):
    """Once more."""

    access: ClassVar[dict[str, str]] = {"post": "webhooks.may_send_again"}

    @extend_schema(operation_id="webhooks_send_again", request=NothingIn, responses={200: MessageOut})
    def post(self, request: Request, pk: UUID) -> Response:
        """Send the message again, with the same webhook-id."""
        row = self.delivery(pk)
        self.read(NothingIn)
        return Response(MessageOut(actions.send_again(delivery=row, by=self.person)).data)
