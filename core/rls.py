"""Row-level security: the context a transaction runs in, and the migration operations that protect tables.

The second wall behind `visible_to` (never the filter). Functions `concord_user()` and `concord_seats()` are made by
the first migration of accounts; see docs/decisions/0003-row-level-security.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

Write = Callable[[tuple[str, ...]], None]
SETTINGS = ("concord.user", "concord.orgs", "concord.actor", "concord.request", "concord.only")
NOTHING = ("",) * len(SETTINGS)


def _write(values: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS), values)


def _read() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"coalesce(current_setting('{n}', true), '')" for n in SETTINGS))
        return tuple(cursor.fetchone())


@contextmanager
def context(
    *, user: UUID | None = None, organisations: tuple[UUID, ...] = (), actor: str = "", request: str = "",
    write: Write = _write,
) -> Iterator[None]:  # fmt: skip
    """Run a block in a transaction that sees the rows of a person and of the organisations it acts for.

    `actor` is what the audit trigger writes as "who" (e.g. "person:<uuid>", "job:<kind>"). Nested contexts replace
    the outer one and give it back; the settings end with the transaction, so nothing leaks to the next user of the
    connection. The outermost one has nothing to read and nothing to give back: two statements less per web request.
    `write` sends the settings to the database, in their order.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        outer = NOTHING if outermost else _read()
        who = actor or (f"person:{user}" if user else "")
        write((str(user or ""), ",".join(str(o) for o in organisations), who, request or outer[3], outer[4]))
        yield
        if not outermost and not connection.needs_rollback:
            _write(outer)


@contextmanager
def context_when_asked(*, request: str = "") -> Iterator[None]:
    """As `context` for nobody, but begun by the first statement: a page that asks the database nothing costs it nothing.

    For reading only. A transaction that a block opens of its own accord before that is its own, and sees no private row.
    """
    if connection.in_atomic_block:
        with context(request=request):
            yield
        return
    with ExitStack() as stack:
        begun = False

        def begin(execute: Callable[..., Any], *statement: Any) -> Any:
            nonlocal begun
            if not begun and not connection.in_atomic_block:
                begun = True
                stack.enter_context(context(request=request))
            return execute(*statement)

        with connection.execute_wrapper(begin):
            yield


@contextmanager
def widened(*organisations: UUID) -> Iterator[None]:
    """Within a transaction: the surrounding context, which sees the rows of these organisations too.

    For an act of one side that has effects on the other's rows. Nothing that is read inside may be shown to the person.
    """
    outer = _read()
    seen = [*filter(None, outer[1].split(",")), *map(str, organisations)]
    _write((outer[0], ",".join(dict.fromkeys(seen)), *outer[2:]))
    yield
    if not connection.needs_rollback:
        _write(outer)


def become(user: UUID, organisation: UUID) -> None:
    """For the rest of the surrounding context: this person, with their seat in this one organisation (and its
    components) and in no other. An API token is bound so; a context opened inside stays bound."""
    outer = _read()
    _write((str(user), "", person(user), outer[3], str(organisation)))


@contextmanager
def holding(token_hash: str) -> Iterator[None]:
    """Run a block that may read the one invitation or API token that hashes to this."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('concord.token', %s, true)", [token_hash])
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('concord.token', '', true)")


def person(user_id: UUID | None) -> str:
    """The actor word of a person, for audit rows."""
    return f"person:{user_id}" if user_id else "anonymous"


def seats(*columns: str) -> str:
    """Policy condition: one of these organisation columns is a seat of the context."""
    return " OR ".join(f"{column} IN (SELECT concord_seats())" for column in columns)


def held(column: str, role: str) -> str:
    """Policy condition: this organisation column is a seat of the context, in which its person holds the role directly
    (not through a parent agency). For rows that not everybody of an organisation needs to know of."""
    return (
        f"{column} IN (SELECT concord_seats()) AND {column} IN (SELECT m.organisation_id FROM accounts_membership m"
        f" WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND '{role}' = ANY (m.roles))"
    )


def through(table: str, column: str, key: str = "id") -> str:
    """Policy condition: the row that this foreign key points to is visible (under its own policy)."""
    return f"EXISTS (SELECT 1 FROM {table} parent WHERE parent.{key} = {column})"


def consented(consents: str, **pairs: str) -> str:
    """Policy condition: a row of the consents says yes and agrees in these columns (theirs → this row's, with its table's
    name). Which consents there are to find is the business of that table's own policy: an agency finds its own."""
    same = " AND ".join(f"y.{theirs} = {ours}" for theirs, ours in pairs.items())
    return f"EXISTS (SELECT 1 FROM {consents} y WHERE y.consented AND {same})"


def audience(table: str, target: str = "target_id") -> str:
    """Policy condition: an audience row (organisation_id, target) names one of the context's seats."""
    return f"id IN (SELECT a.{target} FROM {table} a WHERE a.organisation_id IN (SELECT concord_seats()))"


def seated(*columns: str) -> str:
    """As `seats`, with the seats read once per statement as an array, which an index can be asked for."""
    return " OR ".join(f"{column} = ANY (ARRAY(SELECT concord_seats()))" for column in columns)


def read_by(table: str, row: str, target: str = "target_id") -> str:
    """As `audience`, asked row by row through the index on (target, organisation). Which audience rows there are to
    find is the business of that table's own policy.

    OFFSET 0 keeps the planner from gathering everything the organisations may read into a hash first: for an agency
    that reads half of a million rows that is a scan of all of them in every statement.
    """
    return f"EXISTS (SELECT 1 FROM {table} a WHERE a.{target} = {row}.id OFFSET 0)"


def own(column: str = "user_id") -> str:
    """Policy condition: the row belongs to the person of the context."""
    return f"{column} = concord_user()"
