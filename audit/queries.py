"""Reads of the record: an object's timeline for its parties, and look-ups for oversight."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from accounts.models import Membership, User
from accounts.seats import seats_of
from audit import verbs
from audit.models import Event

LONGEST_TIMELINE = 200


def timeline(about: models.Model, user: User, *, also: list[models.Model] | None = None) -> list[dict[str, Any]]:
    """What happened to an object (and to `also`), newest first, as far as this person's organisations are parties.

    Each entry: actor (name and organisation), sentence, reason, at, id. Three queries, whatever the length.
    """
    objects = [str(about.pk), *(str(other.pk) for other in also or [])]
    events = list(_readable(user).filter(object_id__in=objects).order_by("-at")[:LONGEST_TIMELINE])
    events = [e for e in events if e.verb in verbs.VERBS]
    names = actor_names(events)
    return [
        {
            "id": event.pk,
            "actor": names.get(event.actor, "Concord"),
            "sentence": verbs.sentence(event.verb),
            "reason": event.reason,
            "at": event.at,
        }
        for event in events
    ]


def _readable(user: User) -> QuerySet[Event]:
    seats = seats_of(user)
    if seats.is_auditor:
        return Event.objects.all()
    return Event.objects.filter(parties__overlap=seats.ids) if seats.ids else Event.objects.none()


def actor_names(events: list[Event]) -> dict[str, str]:
    """ "person:<id>" → "Name, Organisation" for the people in these events."""
    ids: set[UUID] = {key for e in events if (key := e.actor_id)}
    people = {u.pk: u.name for u in User.objects.filter(pk__in=ids)}
    homes: dict[UUID, str] = {}
    for row in Membership.objects.filter(user__in=ids).select_related("organisation").order_by("-created_at"):
        homes[row.user_id] = row.organisation.name
    return {f"person:{key}": f"{name}, {homes[key]}" if key in homes else name for key, name in people.items()}
