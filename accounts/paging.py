"""Keyset pages over `newest_for`: where a page ended travels as a signed text that only the same person can use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core import signing
from django.db import models

from accounts.models import User
from accounts.visibility import Cursor
from core.decisions import Invalid, Problem

M = TypeVar("M", bound=models.Model)
SALT = "concord.cursor"
SIZE, LARGEST = 25, 100


@dataclass(frozen=True)
class Page:
    """Rows as dicts, newest first, and the cursors of the pages around it (empty where there is none)."""

    rows: list[dict[str, Any]]
    next: str
    newer: str = ""


def encode(model: type[models.Model], user: User, row: dict[str, Any]) -> str:
    """The signed place of a row in this person's list of this model."""
    place = [row["created_at"].isoformat(), row["id"].hex]
    return signing.dumps(place, salt=f"{SALT}:{model._meta.label}:{user.pk}")


def decode(model: type[models.Model], user: User, text: str) -> Cursor | None:
    """The place, None for an empty text; Invalid for one that was not made here for this list."""
    if not text:
        return None
    try:
        at, key = signing.loads(text, salt=f"{SALT}:{model._meta.label}:{user.pk}")
    except signing.BadSignature:
        raise Invalid([Problem("cursor", "This is not a cursor of this list. Start again without one.")]) from None
    return Cursor(datetime.fromisoformat(at), UUID(key))


def newest(
    model: type[models.Model],
    user: User,
    *,
    columns: Sequence[str],
    cursor: str = "",
    size: int = SIZE,
    only: dict[str, Any] | None = None,
    ways: tuple[str, ...] = (),
    before: str = "",
) -> Page:
    """One page of what the person sees, newest first; `only` and `ways` as in `newest_for`. `before` asks for the page
    that ends just above its cursor; where that reaches the top of the list, the first full page is given."""
    size = max(1, min(size, LARGEST))
    manager: Any = model._default_manager
    after, until = decode(model, user, cursor), decode(model, user, before)
    asked = {"columns": columns, "size": size + 1, "only": only or {}, "ways": ways}
    if until is not None:
        rows = manager.newest_for(user, before=until, **asked)
        if len(rows) > size:
            rows = rows[1:]
            return Page(rows, encode(model, user, rows[-1]), encode(model, user, rows[0]))
    rows = manager.newest_for(user, after=None if until else after, **asked)
    more = len(rows) > size
    rows = rows[:size]
    above = rows and after is not None and until is None
    return Page(rows, encode(model, user, rows[-1]) if more else "", encode(model, user, rows[0]) if above else "")


def loaded(model: type[M], rows: Sequence[dict[str, Any]], *related: str) -> list[M]:
    """The objects of a page's rows, in their order, with what they point at: one statement more. Without those that were
    deleted in between."""
    manager: Any = model._default_manager
    found: dict[UUID, M] = manager.select_related(*related).in_bulk([row["id"] for row in rows])
    return [found[row["id"]] for row in rows if row["id"] in found]
