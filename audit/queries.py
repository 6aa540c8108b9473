"""Reads of the record: an object's timeline for its parties, and look-ups for oversight."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from accounts.models import Membership, User
from accounts.roles import ROLES
from accounts.seats import seats_of
from audit import verbs
from audit.models import Event

LONGEST_TIMELINE = 200


def timeline(about: models.Model, user: User, *, also: list[models.Model] | None = None) -> list[dict[str, Any]]:
    """What happened to an object (and to `also`), newest first, as far as this person's organisations are parties.

    Each entry: actor, sentence, reason, at, id, url (of an object in `also` that has a page, else empty). Colleagues
    appear by name, people of other organisations by role and organisation. Three queries, whatever the length.
    """
    objects = {str(other.pk): _url(other) for other in also or []} | {str(about.pk): ""}
    events = list(
        _readable(user).filter(object_id__in=objects, verb__in=verbs.VERBS).order_by("-at")[:LONGEST_TIMELINE]
    )
    names = actor_names(events, user)
    return [
        {
            "id": event.pk,
            "actor": names.get(event.actor, "Concord"),
            "sentence": verbs.sentence(event.verb),
            "reason": event.reason,
            "at": event.at,
            "url": objects[event.object_id],
        }
        for event in events
    ]


def _url(about: models.Model) -> str:
    return str(about.get_absolute_url()) if hasattr(about, "get_absolute_url") else ""


def _readable(user: User) -> QuerySet[Event]:
    seats = seats_of(user)
    if seats.is_auditor:
        return Event.objects.all()
    return Event.objects.filter(parties__overlap=seats.ids) if seats.ids else Event.objects.none()


def actor_names(events: list[Event], viewer: User) -> dict[str, str]:
    """ "person:<id>" → their name as this viewer may read it."""
    ids: set[UUID] = {key for e in events if (key := e.actor_id)}
    return {f"person:{key}": name for key, name in names_as_seen(ids, viewer).items()}


def names_as_seen(ids: set[UUID], viewer: User) -> dict[UUID, str]:
    """Person → "Name, Organisation", or "Role, Organisation" for people of organisations that are not the viewer's.
    Oversight and staff read names."""
    people = {u.pk: u.name for u in User.objects.filter(pk__in=ids)}
    rows = Membership.objects.filter(user__in=ids).select_related("organisation").order_by("-created_at")
    homes = {row.user_id: row for row in rows}
    seats = seats_of(viewer)
    known = set(seats.ids)
    shown = {}
    for key, name in people.items():
        home = homes.get(key)
        if home is None:
            shown[key] = name
        elif seats.is_auditor or viewer.is_staff or home.organisation_id in known:
            shown[key] = f"{name}, {home.organisation.name}"
        else:
            shown[key] = f"{_role(home)}, {home.organisation.name}"
    return shown


def _role(home: Membership) -> str:
    found = [ROLES[role].label for role in home.roles if role in ROLES]
    return found[0] if found else "Somebody"
