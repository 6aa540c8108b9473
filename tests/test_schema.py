"""config/schema.sql gives the very database that the migrations give; the gate's own step compares the other way round."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config import schema


def test_an_empty_database_begins_with_the_file_and_then_says_the_same(empty: str) -> None:
    assert schema.begin()
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM auth_permission")
        assert cursor.fetchone()[0] > 100  # what Django fills after migrating is there
        cursor.execute("SELECT count(*) FROM pg_policies WHERE schemaname = 'public'")
        policies = cursor.fetchone()[0]
    text = schema.PATH.read_text()
    assert policies >= text.count("CREATE POLICY")  # migrations that came later only add
    held = set(re.findall(r"^    \('(\w+)', '(\w+)', now\(\)\)", text, re.M))
    assert held <= set(MigrationRecorder(connection).applied_migrations())
    assert held


def test_a_database_with_anything_in_it_gets_the_migrations_only(empty: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebodys (id int)")
    assert not schema.begin()


def test_a_file_that_breaks_off_leaves_the_database_empty(
    empty: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "schema.sql"
    text = schema.PATH.read_text()
    broken.write_text(text[: text.rindex("CREATE POLICY") + 20])
    monkeypatch.setattr(schema, "PATH", broken)
    with pytest.raises(psycopg2.errors.SyntaxError):
        schema.begin()
    monkeypatch.undo()
    assert schema.begin()


def test_without_pg_dump_the_command_says_how_to_run_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(CommandError, match=r"run it as `./concord manage schema`"):
        call_command("schema")


def test_a_failing_pg_dump_is_quoted(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 1, "", "pg_dump: error: no such role")
    )
    with pytest.raises(schema.SchemaUnavailable, match="no such role"):
        schema._dumped("pg_dump")
