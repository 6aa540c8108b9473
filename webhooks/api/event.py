"""What is sent to endpoints, for the OpenAPI text (its `webhooks`)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, OpenApiWebhook, extend_schema
from rest_framework import serializers


class EventSubject(serializers.Serializer):
    """What an event is about. Ask the API for it: what may be seen is decided then."""

    reference = serializers.CharField(help_text="Empty for a test, and where the link alone says it.")
    link = serializers.URLField(help_text="Its page.")


class Event(serializers.Serializer):
    """One message. It never holds a name, a title or a text."""

    type = serializers.CharField(help_text="The kind of event, such as agreements.executed; webhooks.test for a test.")
    timestamp = serializers.DateTimeField(help_text="When it happened; the header says when it was sent.")
    data: Any = EventSubject()  # `Serializer.data` is something else


EVENT = OpenApiWebhook(
    "event",
    extend_schema(
        operation_id="webhook_event",
        summary="An event that your organisation is notified of",
        description="Signed as Standard Webhooks 1.0: `webhook-id` (the same whenever it is sent again), `webhook-timestamp` (Unix "
        "seconds) and `webhook-signature` (entries `v1,<base64 of HMAC-SHA256 over id.timestamp.body>`, separated by spaces; "
        "two while a secret is being replaced). The key is what follows `whsec_` in the secret, decoded from base64. Answer within "
        "15 seconds. Events can arrive late, more than once and in another order than they happened.",
        request=Event,
        responses={
            "2XX": OpenApiResponse(description="Received. The body is not read."),
            "410": OpenApiResponse(description="Nothing more is wanted: Concord switches the webhook off."),
            "default": OpenApiResponse(description="Tried again for three days, heeding Retry-After."),
        },
    ),
)
