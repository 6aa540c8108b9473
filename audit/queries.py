"""Reads of the record: an object's timeline for its parties, and look-ups for oversight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from accounts.models import Membership, User
from accounts.roles import ROLES
from accounts.seats import seats_of
from audit import verbs
from audit.models import Event, Look

LONGEST_TIMELINE = 200
OURS, OTHERS, SYSTEM = "ours", "others", "system"


def timeline(about: models.Model, user: User, *, also: list[models.Model] | None = None) -> list[dict[str, Any]]:
    """What happened to an object (and to `also`), newest first, as far as this person's organisations are parties.

    Each entry: actor, side, subject, sentence, reason, at, id, is_new (since this person last looked, unless they did
    it), url (of an object in `also` that has a page, else empty). Colleagues appear by name, people of other
    organisations by role and organisation. Four queries, whatever the length.
    """
    objects = {str(other.pk): _url(other) for other in also or []} | {str(about.pk): ""}
    events = list(
        _readable(user).filter(object_id__in=objects, verb__in=verbs.VERBS).order_by("-at")[:LONGEST_TIMELINE]
    )
    seen = people_as_seen({key for e in events if (key := e.actor_id)}, user)
    look = Look.objects.filter(user=user, object_id=about.pk).first()
    return [_entry(event, objects[event.object_id], seen, user, look) for event in events]


def newest(about: models.Model, user: User, verb: str) -> Event | None:
    """The last event of one verb about an object that this person's organisations may read."""
    found: Event | None = _readable(user).filter(object_id=str(about.pk), verb=verb).order_by("-at").first()
    return found


def _entry(event: Event, url: str, seen: dict[UUID, Seen], user: User, look: Look | None) -> dict[str, Any]:
    key = event.actor_id
    who = seen.get(key) if key else None
    return {
        "id": event.pk,
        "actor": who.name if who else "Concord",
        "side": SYSTEM if who is None else OURS if who.is_ours else OTHERS,
        "subject": verbs.subject(event.verb),
        "sentence": verbs.sentence(event.verb),
        "reason": event.reason,
        "at": event.at,
        "url": url,
        "is_new": look is not None and event.at > look.since_at and key != user.pk,
    }


def _url(about: models.Model) -> str:
    return str(about.get_absolute_url()) if hasattr(about, "get_absolute_url") else ""


def _readable(user: User) -> QuerySet[Event]:
    seats = seats_of(user)
    if seats.is_auditor:
        return Event.objects.all()
    return Event.objects.filter(parties__overlap=seats.ids) if seats.ids else Event.objects.none()


@dataclass(frozen=True)
class Seen:
    """A person as somebody else may read them, and whether they belong to one of that reader's organisations."""

    name: str
    is_ours: bool


def names_as_seen(ids: set[UUID], viewer: User) -> dict[UUID, str]:
    """Person → "Name, Organisation", or "Role, Organisation" for people of organisations that are not the viewer's.
    Oversight and staff read names."""
    return {key: seen.name for key, seen in people_as_seen(ids, viewer).items()}


def people_as_seen(ids: set[UUID], viewer: User) -> dict[UUID, Seen]:
    """As `names_as_seen`, with the side on which each person stands for the viewer."""
    people = {u.pk: u.name for u in User.objects.filter(pk__in=ids)}
    rows = Membership.objects.filter(user__in=ids).select_related("organisation").order_by("-created_at")
    homes = {row.user_id: row for row in rows}
    seats = seats_of(viewer)
    known = set(seats.ids)
    shown = {}
    for key, name in people.items():
        home = homes.get(key)
        ours = home is not None and home.organisation_id in known
        if home is None:
            shown[key] = Seen(name, False)
        elif seats.is_auditor or viewer.is_staff or ours:
            shown[key] = Seen(f"{name}, {home.organisation.name}", ours)
        else:
            shown[key] = Seen(f"{_role(home)}, {home.organisation.name}", False)
    return shown


def _role(home: Membership) -> str:
    found = [ROLES[role].label for role in home.roles if role in ROLES]
    return found[0] if found else "Somebody"
