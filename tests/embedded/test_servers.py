"""Socket folders, throw-away servers and what they leave behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from embedded import services
from embedded.processes import members
from embedded.pytest_plugin import own_database
from embedded.services import REPOSITORY, Postgres, Unavailable, socket_folder


@pytest.fixture
def temporary(monkeypatch):
    """A short folder in place of the system's temporary one."""
    with tempfile.TemporaryDirectory(prefix="c-", dir="/tmp") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def test_a_socket_folder_is_private_and_used_again(temporary: Path) -> None:
    folder = socket_folder("one")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert socket_folder("one") == folder


def test_a_link_under_its_name_is_refused(temporary: Path) -> None:
    socket_folder("one").rename(temporary / "elsewhere")
    (temporary / f"concord-{os.getuid()}-one").symlink_to(temporary / "elsewhere")
    with pytest.raises(Unavailable, match="not a private folder"):
        socket_folder("one")


def test_open_rights_are_refused(temporary: Path) -> None:
    socket_folder("one").chmod(0o777)
    with pytest.raises(Unavailable, match="not a private folder"):
        socket_folder("one")


def test_a_path_that_no_socket_can_have_is_a_sentence(temporary: Path, monkeypatch) -> None:
    deep = temporary / ("x" * 80)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with pytest.raises(Unavailable, match=r"too long .* set TMPDIR"):
        socket_folder("one")
    assert list(deep.iterdir()) == []


def test_characters_that_break_addresses_are_a_sentence(temporary: Path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "with space"))
    with pytest.raises(Unavailable, match="set TMPDIR"):
        socket_folder("one")


def test_data_of_another_major_version_is_a_sentence(tmp_path: Path, temporary: Path, monkeypatch) -> None:
    monkeypatch.setattr(services.Account, "reaches", lambda *_: True)
    (tmp_path / "pg18").mkdir()
    (tmp_path / "pg18" / "PG_VERSION").write_text("17\n")
    with pytest.raises(Unavailable, match="made by PostgreSQL 17, this is 18"):
        Postgres(tmp_path / "pg18", temporary).start()


def test_roles_own_nothing_and_pass_no_wall(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'concord\\_%' AND rolname <> 'concord_owner'"
            " AND (rolsuper OR rolcreatedb OR rolcreaterole OR (rolbypassrls AND rolname <> 'concord_backup'))"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'concord_owner'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("concord_web",)


@pytest.mark.parametrize("statement", ["CREATE TABLE mine (id int)", "CREATE ROLE mine", "TRUNCATE accounts_user"])
def test_the_application_may_not(db: None, statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute(statement)


def test_order_of_text_is_that_of_production(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()")
        assert cursor.fetchone() == ("b", "C.UTF-8")
    assert settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("unix:///tmp/x/valkey.sock?db=0", "unix:///tmp/x/valkey.sock?db=6"),
        ("redis://:pw@host:6379/0", "redis://:pw@host:6379/6"),
    ],
)
def test_each_xdist_worker_has_queues_of_its_own(url: str, own: str) -> None:
    assert own_database(url, 2) == own


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_throwaway_servers_end_with_their_killed_user(how: signal.Signals) -> None:
    code = (
        "import json, os, sys, time; from embedded import throwaway; throwaway.start();"
        "print(json.dumps([throwaway._guardians[0].pid, dict(os.environ)]), flush=True); time.sleep(60)"
    )
    environ = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=REPOSITORY, env=environ) as user:
        assert user.stdout is not None
        guardian, exported = json.loads(user.stdout.readline())
        address = exported["DATABASE_URL"].replace("/concord?", "/postgres?")
        psycopg2.connect(address).close()
        data = Path(exported["CONCORD_TEST_DATA"])
        user.send_signal(how)
        user.wait(5)
    deadline = time.monotonic() + 20
    while (members(guardian) or data.parent.exists()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert members(guardian) == []
    assert not data.parent.exists()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(address)
