"""Fixtures of the whole suite. The database is migrated as its owner and used as `concord_web`, under the policies."""

from __future__ import annotations

import itertools
import os
import re
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, connections, transaction

from accounts import limits
from accounts.models import Organisation
from agreements.pdf import certificates
from tests import remembered
from tests.world import World

ROLE = "-c role=concord_web"


# Files that take minutes each.
LONGEST = ("tests/browser/", "tests/authorization/", "tests/canary/", "tests/jobs/test_chaos")


# Files whose tests need an organisation or an agreement of their own: limits are counted past the end of a transaction.
UNSTAGED = re.compile(r"/tests/(accounts/test_api|early_access/test_(keys|standing))\.py$")
# Filled by migrations, never emptied.
KEPT = ("django_migrations", "django_content_type", "auth_permission")
OWN_STAGE = re.compile(r"/tests/(authorization|canary)/")
DAY, LAST = 86_400.0, 20.0  # seconds; days are those of UTC
OLDEST = 120.0  # seconds that a stage is used for: in its transaction the database's clock stands still


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: one that begins last keeps everybody waiting. Then those that begin on the stage, in
    whatever order chance gives them. In a file, tests that commit come last."""
    turn = {path: number for number, path in reversed(list(enumerate(item.path for item in items)))}
    staged = {item.path for item in items if on_stage(item)}

    def place(item: pytest.Item) -> tuple[int, bool, int, bool]:
        longest = next((n for n, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))
        return longest, item.path not in staged, turn[item.path], commits(item)

    items.sort(key=place)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """After migrating as the owner, every connection of the suite takes the application's role."""
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
            options = connections[alias].settings_dict.setdefault("OPTIONS", {})
            options["options"] = ROLE
    yield
    end_stage()
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["OPTIONS"].pop("options", None)


_emptied = itertools.count(1)


def empty_everything() -> None:
    """Empty all tables past the append-only triggers. Most hold nothing, and few rows are deleted sooner than a table
    with its indexes is made anew; now and then they are, so that no scan passes by what was deleted long ago."""
    if next(_emptied) % 25 == 0:
        truncate()
        return
    with remembered.as_suite() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in written()))
        cursor.execute("; ".join(f"DELETE FROM {table}" for (table,) in cursor.fetchall()) or "SELECT 1")


def written() -> list[str]:
    """The tables that tests fill."""
    return [table for table in remembered.tables() if table not in KEPT]


def truncate() -> None:
    """Make all tables anew, as the owner."""
    entry = connection.settings_dict
    owner = psycopg2.connect(dbname=entry["NAME"], user=entry["USER"], host=entry["HOST"], port=entry["PORT"] or None)
    try:
        with owner, owner.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"TRUNCATE {', '.join(written())} CASCADE")
    finally:
        owner.close()


@pytest.fixture(autouse=True, scope="session")
def _flush_as_owner() -> Iterator[None]:
    """Django's flush after a transactional test is TRUNCATE, which the application's role may not do."""
    original = flush.Command.handle

    def handle(self: Any, **options: Any) -> None:
        empty_everything()

    flush.Command.handle = handle  # type: ignore[method-assign]  # for the suite only
    yield
    flush.Command.handle = original  # type: ignore[method-assign]  # as above


@pytest.fixture
def empty(django_db_blocker: Any) -> Iterator[str]:
    """A database with nothing in it, to which the connection of the suite leads, as the owner."""
    entry = connection.settings_dict
    before, options, scratch = entry["NAME"], dict(entry["OPTIONS"]), f"concord_empty_{time.time_ns()}"
    with django_db_blocker.unblock():
        connection.close()
        entry["OPTIONS"].pop("options", None)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {scratch}")
        connection.close()
        entry["NAME"] = scratch
        try:
            yield scratch
        finally:
            connection.close()
            entry["NAME"] = before
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {scratch}")
            connection.close()
            entry["OPTIONS"].update(options)


def commits(item: pytest.Item) -> bool:
    """Whether a test commits what it writes."""
    marks = [mark.kwargs.get("transaction") for mark in item.iter_markers("django_db")]
    names = {"transactional_db", "live_server", "transactional_world"}
    return any(marks) or bool(names & set(getattr(item, "fixturenames", ())))


def on_stage(item: pytest.Item) -> bool:
    """Whether a test finds the world ready."""
    path = str(item.path)
    return not ("stage" not in getattr(item, "fixturenames", ()) or OWN_STAGE.search(path) or UNSTAGED.search(path))


@dataclass
class Stage:
    """The world that stands for the tests of file after file, in a transaction; `path`: the file that uses it now."""

    organisations: dict[str, Organisation]
    past: remembered.Past
    path: Path
    since: float
    end: Callable[[], None]

    def world(self) -> World:
        """For one test."""
        return World(deepcopy(self.organisations), replace(self.past))


_standing: list[Stage] = []


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Stage | None:
    """What the tests of a file find ready, in a transaction around them all. Each leaves it as it was, so the next file
    goes on with it. It ends before the first test that commits (those come last in their file): it would stand in the
    way of emptying the tables."""
    path = request.path
    if UNSTAGED.search(str(path)):
        end_stage()
        return None
    limits.counters().flushdb()  # who came before counts no more
    if not (_standing and time.monotonic() - _standing[0].since < OLDEST):
        end_stage()
        raise_stage(path, django_db_blocker)
    _standing[0].path = path
    return _standing[0]


def raise_stage(path: Path, blocker: Any) -> None:
    """Begin a transaction and put the world in it; all is undone when that fails."""
    with blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
    close, connection.close = connection.close, lambda: None  # type: ignore[method-assign]  # Django does after each

    def end() -> None:
        with blocker.unblock():
            connection.close = close  # type: ignore[method-assign]  # as it was
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            connection.close()

    try:
        with blocker.unblock():
            organisations, past = remembered.world()
    except BaseException:
        end()
        raise
    _standing.append(Stage(organisations, past, path, time.monotonic(), end))


def end_stage() -> None:
    """End the stage, if one stands."""
    while _standing:
        _standing.pop().end()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that commits begins with empty tables; so does a file without a stage. In the last seconds of a day none begins:
    most tests count days from today, and would end on another than they began."""
    left = (DAY - time.time()) % DAY
    if left < LAST:
        end_stage()  # its clock stands still
        time.sleep(left + 0.1)
    if commits(item) or (_standing and _standing[0].path != item.path and not on_stage(item)):
        end_stage()


@pytest.fixture
def world(stage: Stage | None, db: None) -> World:
    """Agencies, two rival developers and their people."""
    return _standing[0].world() if stage and _standing else World(*remembered.world())


@pytest.fixture
def transactional_world(transactional_db: None) -> World:
    """The same, committed: for threads, workers and browsers."""
    return World(*remembered.world())


@pytest.fixture(autouse=True)
def _scratch_folders() -> None:
    """Keys and files of the suite live in a scratch folder."""
    os.makedirs(settings.KEY_DIR, mode=0o700, exist_ok=True)
    os.makedirs(settings.MEDIA_ROOT, mode=0o700, exist_ok=True)


@pytest.fixture(autouse=True, scope="session")
def _few_keys() -> Iterator[None]:
    """Real RSA-3072 keys, but a few for the whole run: making one takes seconds on a busy machine."""
    make, pool, turn = certificates._key, [], itertools.count()

    def one() -> rsa.RSAPrivateKey:
        if len(pool) < 3:
            pool.append(make())
        return pool[next(turn) % len(pool)]

    certificates._key = one
    yield
    certificates._key = make
