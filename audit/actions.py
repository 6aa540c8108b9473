"""Writes what was meant (the one function that actions of every room call in their transaction), and who looked when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models
from django.utils import timezone

from accounts.models import User
from audit import queries, verbs
from core.rls import person

SYSTEM = "system"
INSERT = """
INSERT INTO audit_event (id, at, parties, actor, verb, object_type, object_id, request_id, reason, body, nonce, body_hash)
VALUES :rows"""
ROW = """(%s, clock_timestamp(), %s::uuid[], coalesce(%s, nullif(current_setting('concord.actor', true), ''), session_user),
        %s, %s, %s, coalesce(current_setting('concord.request', true), ''), %s, %s, '', '')"""


@dataclass(frozen=True)
class Entry:
    """One thing that was done to `about`. `parties` are the organisations whose people may read it in a timeline;
    without any only oversight does. Never put a secret or a name into `detail`."""

    verb: str
    about: models.Model
    parties: tuple[UUID, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def record(
    verb: str,
    about: models.Model,
    *,
    by: User | None = None,
    parties: Iterable[UUID] = (),
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    consequence: bool = False,
) -> UUID:
    """Record that `by` (or, without a person, the actor of the context) did something to `about`; returns the event's id.

    `parties` are the organisations whose people may read the event in a timeline; without any only oversight does.
    The verb must be registered (KeyError). Never put a secret or a name into `detail`.
    """
    entry = Entry(verb, about, tuple(parties), detail or {}, reason)
    return record_all([entry], by=by, consequence=consequence)[0]


def record_all(entries: Sequence[Entry], *, by: User | None = None, consequence: bool = False) -> list[UUID]:
    """The same for many things at once, in one statement; the events' ids.

    A `consequence` is Concord's own doing, also where somebody's deed led to it; else without `by` it is the doing of
    whoever the context names.
    """
    values: list[Any] = []
    actor = SYSTEM if consequence else person(by.pk) if by else None
    keys = [uuid4() for _ in entries]
    for key, entry in zip(keys, entries, strict=True):
        verbs.sentence(entry.verb)
        values += [
            key, [str(p) for p in dict.fromkeys(entry.parties)], actor, entry.verb,
            entry.about._meta.db_table, str(entry.about.pk), entry.reason, _body(entry),
        ]  # fmt: skip
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(INSERT.replace(":rows", ", ".join([ROW] * len(keys))), values)
    return keys


def _body(entry: Entry) -> str:
    body = {
        "verb": entry.verb,
        "object": f"{entry.about._meta.db_table}:{entry.about.pk}",
        "reason": entry.reason,
        "detail": dict(entry.detail),
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


LOOK = """
INSERT INTO audit_look AS known (id, user_id, object_id, since_at, seen_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (user_id, object_id) DO UPDATE SET since_at = known.seen_at, seen_at = excluded.seen_at
 WHERE known.seen_at < excluded.seen_at - interval '30 minutes'"""


def visit(about: models.Model, user: User, *, also: list[models.Model] | None = None) -> list[dict[str, Any]]:
    """The timeline of an object as its page shows it: what is new since the person last looked is marked, and this look
    is remembered. Looks within half an hour are one visit, so reloading or filtering takes no mark away."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(LOOK, [uuid4(), user.pk, about.pk, now, now])
    return queries.timeline(about, user, also=also)
