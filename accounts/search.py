"""Search: rooms register what they can find; each source looks only at rows that the person can see, newest first.

A full reference is looked up by its key. Any other text is compared with the newest `AMONG` visible rows of each kind,
so its cost and its answers depend on nothing but the searcher's own rows: rivals learn nothing, not even from time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from accounts.models import Membership, User
from accounts.seats import seats_of
from accounts.visibility import page_sql

AMONG = 1000
MOST = 8
SHORTEST, LONGEST = 2, 100
REFERENCE = re.compile(r"[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@dataclass(frozen=True)
class Hit:
    """One thing found: what people read for it, its reference (or ""), its page, a word about it."""

    title: str
    reference: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Found:
    """What was found of one kind; `more` says that only the newest are shown."""

    kind: str
    hits: list[Hit]
    more: bool


Source = Callable[[User, str], Iterable[Hit]]
SOURCES: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Add a room's source under what people call its things; once."""
    SOURCES.setdefault(kind, source)


def cleaned(text: str) -> str:
    """The text as it is looked for: trimmed, single spaces, of bounded length."""
    return " ".join(text.replace("\0", "").split())[:LONGEST]


def find(user: User, text: str) -> list[Found]:
    """What the person can see and the text matches, by kind; nothing for a text that is too short."""
    wanted = cleaned(text)
    if len(wanted) < SHORTEST:
        return []
    found = []
    for kind, source in SOURCES.items():
        hits = list(source(user, wanted))
        if hits:
            found.append(Found(kind, hits[:MOST], len(hits) > MOST))
    return found


def rows(
    model: type[models.Model], user: User, text: str, *, fields: Sequence[str], columns: Sequence[str]
) -> list[dict[str, Any]]:
    """Visible rows whose reference is the text, or that hold it in one of `fields`; at most `MOST` + 1, newest first."""
    wanted = ["reference", *fields]
    if REFERENCE.fullmatch(text.upper()):
        manager: Any = model._default_manager
        exact = manager.visible_to(user).filter(reference=text.upper())
        return list(exact.values("id", "created_at", *dict.fromkeys([*wanted, *columns]))[:1])
    newest, params = page_sql(
        model, user, columns=list(dict.fromkeys([*wanted, *columns])), size=AMONG, after=None, only={}
    )
    name = connection.ops.quote_name
    holds = " OR ".join(f"strpos(lower(f.{name(field)}), lower(%s)) > 0" for field in wanted)
    sql = f"SELECT * FROM ({newest}) f WHERE {holds} ORDER BY f.created_at DESC, f.id DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *[text] * len(wanted), MOST + 1])
        names = [c[0] for c in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def people(user: User, text: str) -> Iterable[Hit]:
    """Colleagues: live members of the organisations that the person sits in, by name or e-mail address."""
    seats = seats_of(user)
    live = Membership.objects.filter(organisation__in=seats.ids, ended_at__isnull=True, user__is_active=True)
    named = models.Q(user__name__icontains=text) | models.Q(user__email__icontains=text)
    for row in live.filter(named).select_related("user", "organisation").order_by("user__name", "id")[: MOST + 1]:
        administers = seats.holds(row.organisation_id, "administrator")
        url = f"/organisation/people/{row.pk}/" if administers else "/organisation/"
        yield Hit(row.user.name, "", url, f"{row.user.post or row.user.email}, {row.organisation.name}")
