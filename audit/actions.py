"""Writes what was meant (the one function that actions of every room call in their transaction), and who looked when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models
from django.utils import timezone

from accounts.models import User
from audit import queries, verbs
from core.rls import person

INSERT = """
INSERT INTO audit_event (id, at, parties, actor, verb, object_type, object_id, request_id, reason, body, nonce, body_hash)
VALUES (%s, clock_timestamp(), %s::uuid[], coalesce(%s, nullif(current_setting('concord.actor', true), ''), session_user),
        %s, %s, %s, coalesce(current_setting('concord.request', true), ''), %s, %s, '', '')"""


def record(
    verb: str,
    about: models.Model,
    *,
    by: User | None = None,
    parties: Iterable[UUID] = (),
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> UUID:
    """Record that `by` (or, without a person, the actor of the context) did something to `about`; returns the event's id.

    `parties` are the organisations whose people may read the event in a timeline; without any only oversight does.
    The verb must be registered (KeyError). Never put a secret or a name into `detail`.
    """
    verbs.sentence(verb)
    key = uuid4()
    body = {
        "verb": verb,
        "object": f"{about._meta.db_table}:{about.pk}",
        "reason": reason,
        "detail": dict(detail or {}),
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    values: list[Any] = [
        key, [str(p) for p in dict.fromkeys(parties)], person(by.pk) if by else None, verb, about._meta.db_table,
        str(about.pk), reason, text,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
    return key


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
