"""Where a person sits and with which roles: one query per request, asked by every policy."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from accounts.models import Organisation
from core import rls

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Seat:
    """One organisation that a person acts for. `direct` is False for components reached through their parent."""

    organisation: Organisation
    roles: frozenset[str]
    direct: bool = True


@dataclass(frozen=True)
class Seats:
    """All seats of one person, components of a parent agency included."""

    all: tuple[Seat, ...] = ()

    @property
    def ids(self) -> list[UUID]:
        """Organisation ids, for filters."""
        return [seat.organisation.pk for seat in self.all]

    def at(self, organisation_id: UUID | None) -> Seat | None:
        """The seat in that organisation, if any."""
        return next((s for s in self.all if s.organisation.pk == organisation_id), None)

    def holds(self, organisation_id: UUID | None, *roles: str) -> bool:
        """Whether the person has one of these roles there (any seat when no role is named)."""
        seat = self.at(organisation_id)
        return seat is not None and (not roles or bool(seat.roles.intersection(roles)))

    def holds_any(self, organisations: Iterable[UUID], *roles: str) -> bool:
        """Whether `holds` is true for one of several organisations."""
        return any(self.holds(o, *roles) for o in organisations)

    def with_role(self, *roles: str) -> list[Organisation]:
        """Organisations in which the person has one of these roles."""
        return [s.organisation for s in self.all if s.roles.intersection(roles)]

    @property
    def home(self) -> Organisation | None:
        """The organisation that the person's pages are named after: the first direct seat."""
        return next((s.organisation for s in self.all if s.direct), None)

    @property
    def is_developer(self) -> bool:
        """Whether the person works for a developer."""
        return any(s.organisation.is_developer for s in self.all)

    @property
    def is_agency(self) -> bool:
        """Whether the person works for an agency."""
        return any(s.organisation.is_agency for s in self.all)

    @property
    def is_auditor(self) -> bool:
        """Whether the person reads on behalf of oversight."""
        return any("auditor" in s.roles for s in self.all)


NOWHERE = Seats()


def seats_of(user: User | Any) -> Seats:
    """The live seats of a person, remembered on the instance for the request. Inactive or unknown: none."""
    if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOWHERE
    known = getattr(user, "_seats", None)
    if known is None:
        known = _read(user)
        setattr(user, "_seats", known)  # noqa: B010  # remembered on the instance, whose class does not declare it
    return known


# What the functions below return, after the roles and whether the seat is direct.
COLUMNS = ("id", "created_at", "kind", "name", "slug", "parent_id", "database_role")


def _read(user: User) -> Seats:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM concord_seats_of(%s)", [user.pk])
        return _fetched(cursor)


def _fetched(cursor: Any) -> Seats:
    rows = [
        Seat(Organisation.from_db(connection.alias, COLUMNS, row[2:]), frozenset(row[0]), direct=row[1])
        for row in cursor.fetchall()
    ]
    direct = [seat for seat in rows if seat.direct]
    taken = {seat.organisation.pk for seat in direct}
    return Seats((*direct, *(seat for seat in rows if not seat.direct and seat.organisation.pk not in taken)))


def entering(user: User) -> rls.Write:
    """For `rls.context` of a web request: the same settings, and the person's seats in the same answer."""

    def write(settings: tuple[str, ...]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM concord_enter(%s, %s, %s, %s, %s)", settings)
            user._seats = _fetched(cursor)  # type: ignore[attr-defined]  # the memory that seats_of reads

    return write


def narrowed(user: User, organisation_id: UUID) -> User:
    """A copy of this instance that sits in one of its organisations only. For lists, the inbox and the pages of an
    organisation; never to decide whether a row exists for the person, and never as `by` of an action."""
    limited = copy.copy(user)
    held = tuple(s for s in seats_of(user).all if s.organisation.pk == organisation_id)
    limited._seats = Seats(held)  # type: ignore[attr-defined]  # the memory that seats_of reads
    limited._within = organisation_id  # type: ignore[attr-defined]  # read by `within`
    return limited


def within(user: User | Any) -> UUID | None:
    """The one organisation that this instance was narrowed to, if it was."""
    found: UUID | None = getattr(user, "_within", None)
    return found


def bind(user: User, organisation_id: UUID) -> Seats:
    """Limit this instance of a person to one organisation and its components, for as long as it lives."""
    held = tuple(s for s in _read(user).all if organisation_id in (s.organisation.pk, s.organisation.parent_id))
    limited = Seats(held if user.is_active else ())
    user._seats = limited  # type: ignore[attr-defined]  # the memory that seats_of reads
    return limited
