"""What tests find ready is made once in each worker, by the real actions; then its rows are put back as they were.

The world of people takes a third of a second to make, an agreement in force one and a half, since it is really signed
and checked. Both are kept as text of COPY, table by table, and put back past triggers and row-level security by a role
that only the servers of test runs have. An agreement is put back only where nothing that it depends on happened since
the world it was made in: no event more of people and agreements in the audit's table, the same clock, the same folders
of keys and files. Otherwise it is made anew.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts import limits
from accounts.models import Organisation
from config.demo import people

SUITE = "test_suite"
FRESH = timedelta(hours=1)  # a test under another clock makes its own
FOLDERS = ("KEY_DIR", "PUBLIC_KEY_DIR", "PRIVATE_KEY_DIR", "KEY_PROVIDER", "MEDIA_ROOT", "TSA_URL")
ROOMS = ("accounts", "agreements")  # whose rows agreements depend on
Rows = dict[str, list[bytes]]


@dataclass
class Past:
    """What a world has behind it: the names of what was made in it, each with its moment (made again it has other ids), and
    how many events that wrote."""

    names: tuple[object, ...]
    events: int


@dataclass(frozen=True)
class Kept:
    """Rows that came with one thing, what its maker answered, how many events there were then, and when it was."""

    rows: Rows
    value: Any
    events: int
    at: datetime = field(default_factory=timezone.now)

    def fits(self) -> bool:
        """Whether the clock is near enough, on the same day."""
        now = timezone.now()
        return now.date() == self.at.date() and abs(now - self.at) < FRESH


_kept: dict[tuple[object, ...], Kept] = {}


def world() -> tuple[dict[str, Organisation], Past]:
    """Agencies, developers and their people in a database without any; nobody has asked for anything yet."""
    limits.counters().flushdb()  # the same people as in the test before: what they did there counts no more
    names = ("world", circumstances())
    kept = _made(names, people.load)
    return deepcopy(kept.value), Past((*names, kept.at), kept.events)


def made(past: Past | None, name: object, make: Callable[[], Any]) -> Any:
    """What `make` answers, from its rows where they are kept for a world with this past. `past` goes on with it."""
    if past is None or past.names[1] != circumstances() or past.events != events():
        return make()
    names = (*past.names, name)
    kept = _made(names, make)
    past.names, past.events = (*names, kept.at), kept.events
    return kept.value


def circumstances() -> tuple[str, ...]:
    """Folders and services that rows refer to."""
    return tuple(str(getattr(settings, name, "")) for name in FOLDERS)


def _made(names: tuple[object, ...], make: Callable[[], Any]) -> Kept:
    kept = _kept.get(names)
    if kept is not None and kept.fits():
        put(kept.rows)
        return kept
    before = rows()
    value = make()
    kept = Kept(difference(before, rows()), value, events())
    _kept[names] = kept
    return kept


@contextmanager
def as_suite() -> Iterator[Any]:
    """A cursor that reads and writes every row and fires nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute(f"SET LOCAL ROLE {SUITE}; SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute(f'SET LOCAL session_replication_role = origin; SET LOCAL ROLE "{before}"')


def events() -> int:
    """How many events there are of people and agreements."""
    with as_suite() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_event WHERE split_part(object_type, '_', 1) = ANY(%s)", [list(ROOMS)]
        )
        return int(cursor.fetchone()[0])


@cache
def tables() -> tuple[str, ...]:
    """Every table that tests write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        return tuple(row[0] for row in cursor.fetchall())


def rows() -> Rows:
    """All rows by table, as COPY writes them."""
    found: Rows = {}
    with as_suite() as cursor:
        for table in tables():
            text = io.BytesIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", text)
            found[table] = text.getvalue().splitlines(keepends=True)
    return found


def difference(before: Rows, after: Rows) -> Rows:
    """The rows that came. That any went is an error: putting back could not tell."""
    came: Rows = {}
    for table, lines in after.items():
        known = set(before[table])
        gone = known - set(lines)
        if gone:
            raise AssertionError(f"{table}: {len(gone)} rows changed: {next(iter(gone))[:300]!r}")
        new = [line for line in lines if line not in known]
        if new:
            came[table] = new
    return came


def put(kept: Rows) -> None:
    """Write rows as they were."""
    with as_suite() as cursor:
        for table, lines in kept.items():
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.BytesIO(b"".join(lines)))
