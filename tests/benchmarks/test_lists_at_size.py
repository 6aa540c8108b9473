"""No list degrades: 20,000 requests, six people, as `concord_web` under the policies. Counts and plans, no clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import listing, paging
from accounts.models import User
from accounts.seats import seats_of
from accounts.visibility import Cursor, count_sql, page_sql
from benchmarks import dataset
from benchmarks.cases.walls import BUFFERS, BUFFERS_PER_SEAT
from benchmarks.people import EMAILS
from config.demo import people
from core import rls
from early_access.models import EarlyAccessRequest
from evaluations.models import EvaluationAssignment
from tests.conftest import truncate
from tests.world import client_for

pytestmark = pytest.mark.django_db

ROWS = 20_000
LARGE = ("early_access_", "evaluations_evaluationassignment", "evaluations_routing", "audit_event")
SIX = {**EMAILS, "one_component": "yusuf.dane@commerce-caisi.example"}
PAGES = ("/requests/", "/assignments/", "/agreements/", "/models/", "/findings/", "/reports/")
LISTS = tuple(f"/api/v1/{name}/" for name in ("requests", "assignments", "agreements", "models", "developers"))


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The rows of the benchmarks, committed, for this file only."""
    with django_db_blocker.unblock():
        connections.settings["owner"] = {**connections.settings["default"], "OPTIONS": {}}
        truncate()
        people.load()
        dataset.load(ROWS, owner_reads_all=False)
        yield
        connections["owner"].close()
        del connections["owner"], connections.settings["owner"]
        truncate()


@contextmanager
def reading(name: str) -> Iterator[User]:
    """One of the six in a context of theirs, as an open request holds them."""
    person = User.objects.get(email=SIX[name])
    with rls.context(user=person.pk):
        seats_of(person)
        yield person


def plan(sql: str, values: list[Any]) -> tuple[int, set[str]]:
    """Pages of memory that it touches, and the large tables that it reads from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", values)
        answer = cursor.fetchone()[0]
    top = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"], set(scanned(top))


def scanned(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan" and node["Relation Name"].startswith(LARGE):
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        yield from scanned(inner)


def middle(person: User) -> Cursor:
    """A place far down the list."""
    rows = EarlyAccessRequest.objects.newest_for(person, columns=(), size=2000)
    return Cursor(rows[-1]["created_at"], rows[-1]["id"]) if rows else Cursor(timezone.now(), person.pk)


@pytest.mark.parametrize("name", SIX)
def test_a_page_touches_few_buffers_and_scans_nothing(name: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), reading(name) as person:
        allowed = BUFFERS + BUFFERS_PER_SEAT * (len(seats_of(person).ids) - 1)
        for model, columns in ((EarlyAccessRequest, ("reference", "status")), (EvaluationAssignment, ("reference",))):
            for after in (None, middle(person)):
                sql, values = page_sql(model, person, columns=columns, size=26, after=after, only={})
                touched, whole = plan(sql, values)
                assert touched <= allowed, f"{model.__name__} after {after}: {touched} buffers, {allowed} allowed"
                assert not whole, f"{model.__name__} after {after}"


@pytest.mark.parametrize("name", SIX)
@pytest.mark.parametrize("cap", [100, 1000])
def test_a_capped_count_scans_nothing(name: str, cap: int, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), reading(name) as person:
        _, whole = plan(*count_sql(EarlyAccessRequest, person, cap + 1, {}))
        assert not whole


@pytest.mark.parametrize("name", ["large_agency", "one_organisation", "twenty_organisations"])
def test_every_declared_list_of_requests_finds_its_page_through_an_index(name: str, django_db_blocker: Any) -> None:
    declared = [one for one in listing.DECLARED if one.model in (EarlyAccessRequest, EvaluationAssignment)]
    assert declared
    with django_db_blocker.unblock(), reading(name) as person:
        for one in declared:
            choices = [(f.column, value) for f in one.filters for value, _ in list(f.choices(person))[:6]]
            for only in [one.always, *({**one.always, column: value} for column, value in choices)]:
                sql, values = page_sql(
                    one.model, person, columns=one.columns, size=26, after=None, only=only, ways=one.ways
                )
                _, whole = plan(sql, values)
                assert not whole, f"{one.model.__name__} filtered by {only}"


def asked(client: Client, address: str) -> int:
    client.get(address)  # what a first request adds: when the session was last used
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", SIX)
def test_a_list_of_a_hundred_asks_as_much_as_one_of_twenty_five(
    name: str, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_db_blocker.unblock():
        client = client_for(User.objects.get(email=SIX[name]))
        for address in LISTS:
            assert asked(client, f"{address}?size=25") == asked(client, f"{address}?size=100"), address
        few = {address: asked(client, address) for address in PAGES}
        monkeypatch.setattr(paging, "newest", partial(paging.newest, size=100))
        for address in PAGES:
            assert asked(client, address) <= few[address], address  # one less where all fit: nothing to count
