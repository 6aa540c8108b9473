"""The secrets of endpoints: sealed when they are made, opened by the process that sends, and nowhere else."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from core import envelope
from webhooks.models import Endpoint, Secret

RECIPIENT = "webhooks"


def _place(row: Secret) -> envelope.Place:
    return envelope.Place(secret=row.pk, field="webhook_secret", organisation=row.organisation_id, version=row.version)


def seal(endpoint: Endpoint, version: int, text: str) -> Secret:
    """A new version of the endpoint's secret, stored sealed."""
    row = Secret(endpoint=endpoint, organisation_id=endpoint.organisation_id, version=version)
    sealed = envelope.seal(envelope.provider(), _place(row), text.encode(), [RECIPIENT])
    row.ciphertext = sealed.ciphertext
    row.key_id, row.wrapped = sealed.wraps[RECIPIENT]
    row.save()
    return row


def in_use(endpoint: Endpoint) -> list[Secret]:
    """What signs now, the newest first."""
    alive = Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now())
    return list(Secret.objects.filter(alive, endpoint=endpoint).order_by("-version"))


def opened(endpoint: Endpoint) -> list[str]:
    """The texts of those in use. SealBroken when one does not fit its row."""
    return [
        envelope.open_sealed(
            envelope.provider(), _place(row), row.ciphertext, RECIPIENT, row.key_id, row.wrapped
        ).decode()
        for row in in_use(endpoint)
    ]
