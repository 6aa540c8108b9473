"""Reads of webhooks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accounts import paging
from accounts.models import Organisation, User
from webhooks.models import Attempt, Delivery, Endpoint
from webhooks.workflow import DELIVERY

KEPT = timedelta(days=30)
COLUMNS = ("kind", "reference", "status", "message", "tries", "next_at", "ended_at")


def of(organisation: Organisation) -> list[Endpoint]:
    """An organisation's endpoints with how they are doing, the newest first; how many messages wait or were given up."""
    rows = Endpoint.objects.filter(organisation=organisation).select_related("health", "organisation")
    return list(
        rows.annotate(
            failed=Count("deliveries", filter=Q(deliveries__status="failed")),
            held=Count("deliveries", filter=Q(deliveries__status="held")),
        ).order_by("-created_at", "-id")
    )


def log(endpoint: Endpoint, user: User, *, status: str = "", cursor: str = "") -> paging.Page:
    """A page of an endpoint's log, newest first; a status that does not exist narrows nothing."""
    only: dict[str, Any] = {"endpoint": endpoint.pk}
    if status in DELIVERY.by_name:
        only["status"] = status
    return paging.newest(Delivery, user, columns=COLUMNS, cursor=cursor, only=only)


def attempts(delivery: Delivery) -> list[Attempt]:
    """The newest attempts first."""
    return list(Attempt.objects.filter(delivery=delivery).order_by("-number")[:50])


def to_send(delivery: str, turn: int) -> Delivery | None:
    """What the job of that turn is to send, unless it was held back, sent or ordered anew meanwhile."""
    rows = Delivery.objects.select_related("endpoint", "endpoint__health")
    return rows.filter(pk=delivery, turn=turn, status="waiting", endpoint__status="active").first()


def forgotten(endpoint: Endpoint) -> Any:
    """What has been in the log for longer than it is kept, and is not waiting."""
    before = timezone.now() - KEPT
    return Delivery.objects.filter(endpoint=endpoint, created_at__lt=before).exclude(status="waiting")
