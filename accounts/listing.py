"""Lists as pages show them: declared once with their filters, read by keyset, counted up to a cap.

A filter is an equality on a column that has an index in every branch of the model's visibility; a test walks `DECLARED`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection, models
from django.http import HttpRequest

from accounts import narrowing, paging
from accounts.models import Organisation, User
from accounts.queries import names_of
from accounts.seats import seats_of
from core.decisions import Invalid
from core.workflow import Workflow

CAP = 1000
MOST_CHOICES = 300
DEVELOPERS = "SELECT id::text, name FROM accounts_organisation WHERE kind = %s ORDER BY name LIMIT %s"
Choices = Callable[[User], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list: a column, what people read for it, and the values this person can choose."""

    column: str
    label: str
    choices: Choices
    unset: str = "All"


@dataclass
class Listing:
    """One page of a list: its rows, its filters as they stand, how many rows there are, the neighbouring pages."""

    rows: list[dict[str, Any]]
    filters: list[dict[str, Any]]
    count: str
    older: str
    newer: str

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is set, so that an empty page does not mean an empty list."""
        return any(shown["value"] for shown in self.filters)

    def named(self, *columns: str) -> list[dict[str, Any]]:
        """The rows with `<column>_name` of the organisations they point at. A filter that lists all of these names has
        read them already; otherwise they are one query, for a short page as for a long one."""
        lists = [s["choices"] for s in self.filters if s["name"] in columns and len(s["choices"]) < MOST_CHOICES]
        known = {key: name for choices in lists for key, name in choices}
        unknown = {key for row in self.rows for c in columns if str(key := row[c]) not in known}
        known |= {str(pk): name for pk, name in names_of(unknown).items()}
        return [{**row, **{f"{c}_name": known.get(str(row[c]), "") for c in columns}} for row in self.rows]


@dataclass(frozen=True)
class List:
    """A list page: a model, the columns shown, its filters; `always` and `ways` as in `newest_for`."""

    model: type[models.Model]
    columns: Sequence[str]
    filters: tuple[Filter, ...] = ()
    always: dict[str, Any] = field(default_factory=dict)
    ways: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        DECLARED.append(self)

    def read(
        self, request: HttpRequest, keep: dict[str, str] | None = None, also: dict[str, Any] | None = None
    ) -> Listing:
        """The page that the address asks for; `keep` stays in the addresses of its neighbours. A cursor that was not
        made here is the first page. `also` narrows this one reading, as `always` does each."""
        user, asked = narrowing.looking_as(request), request.GET
        shown = [_shown(f, user, asked.get(f.column, "")) for f in self.filters]
        only = {**self.always, **(also or {}), **{s["name"]: s["value"] for s in shown if s["value"]}}
        how: dict[str, Any] = {"columns": self.columns, "only": only, "ways": self.ways}
        place: dict[str, Any] = {"cursor": asked.get("after", ""), "before": asked.get("before", "")}
        try:
            page = paging.newest(self.model, user, **how, **place)
        except Invalid:
            place = {}
            page = paging.newest(self.model, user, **how)
        query = {**(keep or {})} | {s["name"]: s["value"] for s in shown if s["value"]}
        return Listing(
            rows=page.rows,
            filters=[s for s in shown if s["choices"]],
            count=self._count(user, page, only),
            older="?" + urlencode({**query, "after": page.next}) if page.next else "",
            newer="?" + urlencode({**query, "before": page.newer}) if page.newer else "",
        )

    def _count(self, user: User, page: paging.Page, only: dict[str, Any]) -> str:
        """Of a list that is one page nothing has to be asked."""
        if not page.next and not page.newer:
            return str(len(page.rows))
        manager: Any = self.model._default_manager
        found = manager.count_for(user, cap=CAP, only=only, ways=self.ways)
        return f"{CAP:,}+" if found > CAP else f"{found:,}"


DECLARED: list[List] = []


def _shown(one: Filter, user: User, asked: str) -> dict[str, Any]:
    choices = list(one.choices(user))
    value = asked if asked in dict(choices) else ""
    return {"name": one.column, "label": one.label, "choices": choices, "value": value, "unset": one.unset}


def states(workflow: Workflow, label: str = "State", *, but: tuple[str, ...] = ()) -> Filter:
    """A filter by state, in the order of the life cycle."""
    pairs = [(s.name, s.label) for s in workflow.states if s.name not in but]
    return Filter("status", label, lambda user: pairs)


def developers(user: User) -> Iterable[tuple[str, str]]:
    """The developers that people of agencies can choose between; a developer has nothing to choose."""
    if not seats_of(user).is_agency:
        return []
    with connection.cursor() as cursor:  # as SQL: building this query through the ORM costs as much as asking it
        cursor.execute(DEVELOPERS, [Organisation.Kind.DEVELOPER, MOST_CHOICES])
        return cursor.fetchall()


BY_DEVELOPER = Filter("developer", "Developer", developers)
