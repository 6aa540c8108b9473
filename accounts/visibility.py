"""The one door to rows: who may see what, compiled from a declaration on the model.

A model says `visibility = Visibility(seats=("organisation", "agency"), audience="early_access.RequestAudience")`;
its manager is `VisibleManager`. `visible_to` is the predicate for one object and for bounded sets; `newest_for` and
`count_for` are the only ways to list an unbounded set (one flat statement, see performance.md §2). No writes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models.expressions import RawSQL

from accounts.models import User
from accounts.seats import seats_of, within

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Visibility:
    """How rows of a model become visible.

    `seats`: foreign keys to Organisation on the row itself, each a branch. `audience`: "app.Model" with columns
    organisation, target, created_at (many organisations per row). `grants`: "app.Model" of individual grants with
    columns user, target, created_at, expires_at. `lent`: "app.Model" and its foreign key to the row: organisations that
    it names read the row, but do not find it in lists. `through`: a foreign key whose target's visibility is this row's,
    where `opened` names a column only once that one is filled. `needs`: (seat, role) for a seat that counts only for
    people who hold that role there themselves; colleagues, and people of the parent agency, do not see its rows. `consent`:
    "app.Model" with columns agency and consented, and which of its columns must agree with which of the row's: agencies that
    it says yes to read the row, but do not find it in lists.
    """

    seats: tuple[str, ...] = ()
    audience: str | None = None
    grants: str | None = None
    lent: tuple[str, str] | None = None
    through: str | None = None
    opened: str | None = None
    needs: tuple[tuple[str, str], ...] = ()
    consent: tuple[str, tuple[tuple[str, str], ...]] | None = None


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the last row's instant (microseconds) and id."""

    at: datetime
    id: UUID


def _table(model: type[models.Model] | str) -> str:
    found = apps.get_model(model) if isinstance(model, str) else model
    return connection.ops.quote_name(found._meta.db_table)


def _column(model: type[models.Model], name: str) -> str:
    """The quoted column of a field; FieldDoesNotExist for a name the model does not have."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} has no column")
    return connection.ops.quote_name(str(field.column))


NOBODY: tuple[UUID, str] = (UUID(int=0), "{}")
HOLDING = (
    " AND {0} IN (SELECT m.organisation_id FROM accounts_membership m"
    " WHERE m.user_id = %s AND m.ended_at IS NULL AND %s = ANY (m.roles))"
)


def _holding(rule: Visibility, seat: str, column: str, person: UUID) -> tuple[str, list[Any]]:
    """What the person needs beside the seat itself, as a condition on the column."""
    role = dict(rule.needs).get(seat)
    return (HOLDING.format(column), [person, role]) if role else ("", [])


SEATS = "unnest(%s::uuid[]) seat (id)"


def reader(user: User | Any) -> tuple[UUID, str] | None:
    """Who is looking and from which seats, as the request knows them already; None for nobody and for the inactive.
    The seats are one text, an array as PostgreSQL writes it: the driver would adapt each of twenty ids in each branch."""
    if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    return user.pk, "{" + ",".join(map(str, seats_of(user).ids)) + "}"


def predicate(
    model: type[models.Model], user_id: UUID, seats: str, alias: str, *, granted: bool = True
) -> tuple[str, list[Any]]:
    """An SQL condition on `alias` that holds for rows visible to the person from these seats, with its parameters.
    Without `granted` individual grants do not count: a person narrowed to one organisation (accounts.seats.narrowed)."""
    rule: Visibility = model.visibility  # type: ignore[attr-defined]  # declared by every model that has the manager
    parts: list[str] = []
    params: list[Any] = []
    for seat in rule.seats:
        column = f"{alias}.{_column(model, seat)}"
        held, more = _holding(rule, seat, column, user_id)
        parts.append(f"({column} = ANY (%s::uuid[]){held})" if held else f"{column} = ANY (%s::uuid[])")
        params += [seats, *more]
    if rule.audience:
        parts.append(
            f"EXISTS (SELECT 1 FROM {_table(rule.audience)} a WHERE a.target_id = {alias}.id"
            " AND a.organisation_id = ANY (%s::uuid[]))"
        )
        params.append(seats)
    if rule.lent:
        source, key = rule.lent
        parts.append(
            f"EXISTS (SELECT 1 FROM {_table(source)} l WHERE l.{_column(apps.get_model(source), key)} = {alias}.id"
            " AND l.organisation_id = ANY (%s::uuid[]))"
        )
        params.append(seats)
    if rule.consent:
        source, pairs = rule.consent
        same = "".join(
            f" AND y.{_column(apps.get_model(source), theirs)} = {alias}.{_column(model, ours)}"
            for theirs, ours in pairs
        )
        parts.append(
            f"EXISTS (SELECT 1 FROM {_table(source)} y WHERE y.consented AND y.agency_id = ANY (%s::uuid[]){same})"
        )
        params.append(seats)
    if rule.grants and granted:
        parts.append(
            f"EXISTS (SELECT 1 FROM {_table(rule.grants)} g"
            f" WHERE g.user_id = %s AND g.target_id = {alias}.id AND g.expires_at > now())"
        )
        params.append(user_id)
    if rule.through:
        field = model._meta.get_field(rule.through)
        target: type[models.Model] = field.related_model  # type: ignore[assignment]
        inner = connection.ops.quote_name(f"{alias.strip(chr(34))}_{rule.through}")
        condition, more = predicate(target, user_id, seats, inner, granted=granted)
        column = _column(model, rule.through)
        shut = f"{alias}.{_column(model, rule.opened)} IS NOT NULL AND " if rule.opened else ""
        parts.append(
            f"{shut}EXISTS (SELECT 1 FROM {_table(target)} {inner} WHERE {inner}.id = {alias}.{column} AND {condition})"
        )
        params += more
    return "(" + (" OR ".join(parts) or "false") + ")", params


class VisibleQuerySet(models.QuerySet[M], Generic[M]):
    """A QuerySet whose doors know who is looking."""

    def visible_to(self, user: User | Any) -> VisibleQuerySet[M]:
        """Rows the person may see; nobody, unknown or inactive people see none. An auditor sees all (audited)."""
        known = reader(user)
        if known is None:
            return self.none()
        if seats_of(user).is_auditor:
            return self
        table = connection.ops.quote_name(self.model._meta.db_table)
        sql, params = predicate(self.model, *known, table, granted=within(user) is None)
        return self.filter(RawSQL(sql, params, output_field=models.BooleanField()))

    def newest_for(
        self,
        user: User | Any,
        *,
        columns: Sequence[str],
        size: int = 25,
        after: Cursor | None = None,
        only: dict[str, Any] | None = None,
        ways: tuple[str, ...] = (),
        before: Cursor | None = None,
    ) -> list[dict[str, Any]]:
        """The newest rows as dicts of `columns` (plus id, created_at), by keyset; one statement, flat cost.

        Ask for `size + 1` to know whether a next page exists. `before` asks for the rows just newer than a place,
        newest first all the same. `only` are equality filters on columns of the row: None is "empty", a tuple "one of".
        `ways` name foreign keys to Organisation that list instead of the declared branches, for a queue that has an
        index of its own (a rare status behind an audience is found by reading the whole audience). Name only
        keys whose organisation sees the row in any case; row-level security stays behind it.
        """
        sql, params = page_sql(
            self.model, user, columns=columns, size=size, after=after, only=only or {}, ways=ways, before=before
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            names = [c[0] for c in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def count_for(
        self, user: User | Any, cap: int = 1000, only: dict[str, Any] | None = None, ways: tuple[str, ...] = ()
    ) -> int:
        """How many rows the person sees, counted up to `cap` + 1 (show "1,000+"); `only` and `ways` as in `newest_for`."""
        sql, params = count_sql(self.model, user, cap + 1, only or {}, ways)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return int(cursor.fetchone()[0])


class VisibleManager(models.Manager.from_queryset(VisibleQuerySet)):  # type: ignore[misc]  # made at run time
    """`objects` of every model with private rows."""


def _branches(
    model: type[models.Model], person: UUID, only: dict[str, Any], ways: tuple[str, ...] = ()
) -> list[tuple[str, str, str, list[Any]]]:
    """(from-clause inside the LATERAL, id expression, created expression, parameters) for each way into the table.

    The audience carries what a page is ordered by and copies of what it is filtered by: the row itself is joined only
    for a filter that the audience does not know, which then reads as much of the audience as it takes to fill a page.
    """
    rule: Visibility = model.visibility  # type: ignore[attr-defined]  # as in predicate
    table, found = _table(model), []
    where, values = _filters(model, only, "t")
    for seat in ways or rule.seats:
        column = _column(model, seat)
        held, more = _holding(rule, seat, "seat.id", person)
        source = f"{table} t WHERE t.{column} = seat.id{held}{where}"
        found.append((source, "t.id", "t.created_at", [*more, *values]))
    if rule.audience and not ways:
        audience: type[models.Model] = apps.get_model(rule.audience)
        if all(name in {f.name for f in audience._meta.get_fields()} for name in only):
            join, where = "", _filters(audience, only, "a")[0]
        else:
            join = f" JOIN {table} t ON t.id = a.target_id"
        source = f"{_table(audience)} a{join} WHERE a.organisation_id = seat.id{where}"
        found.append((source, "a.target_id", "a.created_at", values))
    return found


def _filters(model: type[models.Model], only: dict[str, Any], alias: str) -> tuple[str, list[Any]]:
    parts, values = [], []
    for name, value in only.items():
        wanted = "IS NULL" if value is None else "= ANY(%s)" if isinstance(value, tuple) else "= %s"
        parts.append(f" AND {alias}.{_column(model, name)} {wanted}")
        values += [] if value is None else [list(value) if isinstance(value, tuple) else value]
    return "".join(parts), values


def _grants(model: type[models.Model], person: UUID, only: dict[str, Any]) -> tuple[str, list[Any]]:
    """From-clause and conditions of the person's live individual grants, joined to the row only to be filtered."""
    rule: Visibility = model.visibility  # type: ignore[attr-defined]  # as in predicate
    join = f" JOIN {_table(model)} t ON t.id = g.target_id" if only else ""
    where, values = _filters(model, only, "t")
    source = f"{_table(rule.grants or '')} g{join} WHERE g.user_id = %s AND g.expires_at > now(){where}"
    return source, [person, *values]


def _has_grants(model: type[models.Model], user: User | Any, ways: tuple[str, ...]) -> bool:
    rule: Visibility = model.visibility  # type: ignore[attr-defined]  # as in predicate
    return bool(rule.grants) and not ways and within(user) is None


def page_sql(
    model: type[models.Model],
    user: User | Any,
    *,
    columns: Sequence[str],
    size: int,
    after: Cursor | None,
    only: dict[str, Any],
    ways: tuple[str, ...] = (),
    before: Cursor | None = None,
) -> tuple[str, list[Any]]:
    """The one statement behind `newest_for` (performance.md §2.3). Towards newer rows comparison and order turn round,
    and the page is put newest first at the end."""
    person, seats = reader(user) or NOBODY
    place = before or after
    than, way = (">", "ASC") if before else ("<", "DESC")
    at_place: list[Any] = [place.at, place.id] if place else []
    parts: list[str] = []
    params: list[Any] = []
    for source, key, at, values in _branches(model, person, only, ways):
        keyset = f" AND ({at}, {key}) {than} (%s, %s)" if place else ""
        parts.append(
            f"SELECT b.at, b.id FROM {SEATS} CROSS JOIN LATERAL (SELECT {at} AS at, {key} AS id"
            f" FROM {source}{keyset} ORDER BY {at} {way}, {key} {way} LIMIT %s) b"
        )
        params += [seats, *values, *at_place, size]
    if _has_grants(model, user, ways):
        source, values = _grants(model, person, only)
        keyset = f" AND (g.created_at, g.target_id) {than} (%s, %s)" if place else ""
        parts.append(
            f"(SELECT g.created_at, g.target_id FROM {source}{keyset}"
            f" ORDER BY g.created_at {way}, g.target_id {way} LIMIT %s)"
        )
        params += [*values, *at_place, size]
    wanted = ", ".join(
        f"r.{_column(model, c)} AS {connection.ops.quote_name(c)}"
        for c in dict.fromkeys(["id", "created_at", *columns])
    )
    sql = (
        f"SELECT {wanted} FROM (SELECT DISTINCT x.at, x.id FROM ({' UNION ALL '.join(parts)}) x"
        f" ORDER BY x.at {way}, x.id {way} LIMIT %s) page"
        # a row is fetched by its key, whatever the planner thinks of a small table: OFFSET keeps the subquery apart
        f" CROSS JOIN LATERAL (SELECT * FROM {_table(model)} WHERE id = page.id OFFSET 0) r"
        " ORDER BY page.at DESC, page.id DESC"
    )
    return sql, [*params, size]


def count_sql(
    model: type[models.Model], user: User | Any, limit: int, only: dict[str, Any], ways: tuple[str, ...] = ()
) -> tuple[str, list[Any]]:
    """The capped count: the same branches, limited inside and around each (performance.md §3)."""
    person, seats = reader(user) or NOBODY
    parts: list[str] = []
    params: list[Any] = []
    for source, key, at, values in _branches(model, person, only, ways):
        parts.append(
            f"(SELECT b.id FROM {SEATS} CROSS JOIN LATERAL (SELECT {key} AS id FROM {source}"
            f" ORDER BY {at} DESC, {key} DESC LIMIT %s) b LIMIT %s)"
        )
        params += [seats, *values, limit, limit]
    if _has_grants(model, user, ways):
        source, values = _grants(model, person, only)
        parts.append(f"(SELECT g.target_id FROM {source} LIMIT %s)")
        params += [*values, limit]
    return f"SELECT count(*) FROM (SELECT id FROM ({' UNION '.join(parts)}) u LIMIT %s) c", [*params, limit]
