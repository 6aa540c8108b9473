"""Fixtures of the whole suite. The database is migrated as its owner and used as `concord_web`, under the policies."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, connections

from agreements.pdf import certificates
from tests.world import World

ROLE = "-c role=concord_web"


# Files that take minutes each.
LONGEST = ("tests/browser/", "tests/authorization/", "tests/canary/", "tests/jobs/test_chaos")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, in whatever order chance gives the rest: one that begins last keeps everybody waiting."""
    items.sort(
        key=lambda item: next((n for n, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """After migrating as the owner, every connection of the suite takes the application's role."""
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
            options = connections[alias].settings_dict.setdefault("OPTIONS", {})
            options["options"] = ROLE
    yield
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["OPTIONS"].pop("options", None)


def truncate_everything() -> None:
    """Empty all tables as the owner, past the append-only triggers (the grant exists in the test cluster only)."""
    entry = connection.settings_dict
    owner = psycopg2.connect(dbname=entry["NAME"], user=entry["USER"], host=entry["HOST"], port=entry["PORT"] or None)
    try:
        with owner, owner.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
                " AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')"
            )
            tables = ", ".join(row[0] for row in cursor.fetchall())
            cursor.execute(f"TRUNCATE {tables} CASCADE")
    finally:
        owner.close()


@pytest.fixture(autouse=True, scope="session")
def _flush_as_owner() -> Iterator[None]:
    """Django's flush after a transactional test is TRUNCATE, which the application's role may not do."""
    original = flush.Command.handle

    def handle(self: Any, **options: Any) -> None:
        truncate_everything()

    flush.Command.handle = handle  # type: ignore[method-assign]  # for the suite only
    yield
    flush.Command.handle = original  # type: ignore[method-assign]  # as above


@pytest.fixture
def world(db: None) -> World:
    """Agencies, two rival developers and their people."""
    return World()


@pytest.fixture
def transactional_world(transactional_db: None) -> World:
    """The same, committed: for threads, workers and browsers."""
    return World()


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
