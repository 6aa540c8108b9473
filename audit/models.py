"""One table of events, written by two writers: `actions.record` (what was meant) and a row trigger (what changed).

The application's roles may insert and read, nothing else. Sealing into a verifiable log reads `SealQueue`.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import User
from accounts.visibility import Visibility, VisibleManager


class Event(models.Model):
    """One event. `body` is canonical JSON, the exact bytes that `body_hash` = SHA-256(nonce ‖ body) covers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    parties = ArrayField(models.UUIDField(), help_text="Organisations that may read it.")
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=63)
    object_id = models.CharField(max_length=63)
    request_id = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    body = models.TextField()
    nonce = models.BinaryField()
    body_hash = models.BinaryField()

    visibility = Visibility()
    objects = VisibleManager()

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["object_id", "at"], name="event_object"),
            models.Index(fields=["-at", "id"], name="event_at"),
            models.Index(fields=["actor", "-at"], name="event_actor"),
            models.Index(fields=["verb", "-at"], name="event_verb"),
            models.Index(fields=["request_id"], condition=~models.Q(request_id=""), name="event_request"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.object_type}"

    @property
    def actor_id(self) -> uuid.UUID | None:
        """The person's id, when a person acted."""
        kind, _, key = self.actor.partition(":")
        return uuid.UUID(key) if kind == "person" and key else None


class Look(models.Model):
    """When a person had an object's timeline before them: `seen_at` the last time, `since_at` the time before that,
    after which entries are new to them. Nobody else reads it, and it is no business change: audit leaves it out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    object_id = models.UUIDField()
    since_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "audit_look"
        constraints = [models.UniqueConstraint(fields=["user", "object_id"], name="look_once")]


class SealQueue(models.Model):
    """Events that wait for sealing: one row per party's log and one for oversight (party empty)."""

    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, related_name="+")
    party = models.UUIDField(null=True)

    class Meta:
        db_table = "audit_queue"
