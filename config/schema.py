"""The schema as one file: what all migrations together make of an empty database.

Applying the migrations one by one costs 18 s of CPU, of which 16 are Django's rendering of historical models, and each test run
and each newcomer paid it. `config/schema.sql` is made by pg_dump after a run of every migration, and the gate makes it anew and
compares, so it can never say anything else than the migrations (docs/decisions/0040).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import psycopg2
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

PATH = Path(__file__).parent / "schema.sql"
MAJOR = 18  # the version of PostgreSQL whose pg_dump writes it; another server gets the migrations
# Django fills these after each `migrate`; the recorder's rows are written by `_applied`
FILLED = ("django_migrations", "django_content_type", "auth_permission")
HEAD = (
    "-- Made from the migrations by `./concord manage schema`; do not edit.\n"
    "-- An empty database of PostgreSQL %d begins with it; migrations that came later run on top.\n\n"
)

# What the owner's default privileges gave the new objects is taken back: the dump's GRANT lines say all, and take nothing away.
EXACT = """DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT DISTINCT quote_ident(r.rolname) FROM pg_default_acl d, aclexplode(d.defaclacl) g
        JOIN pg_roles r ON r.oid = g.grantee WHERE r.rolname <> current_user LOOP
        EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA public, concord_narrow FROM ' || name;
        EXECUTE 'REVOKE ALL ON ALL SEQUENCES IN SCHEMA public, concord_narrow FROM ' || name;
        EXECUTE 'REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public, concord_narrow FROM ' || name;
    END LOOP;
END $$;

"""


class SchemaUnavailable(Exception):
    """The file cannot be made here; the message is a sentence that says what to do."""


def begin() -> bool:
    """Bring an empty database to the state of the file, in one transaction; whether it was done."""
    if connection.vendor != "postgresql" or not PATH.exists():
        return False
    if connection.get_database_version()[0] != MAJOR:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        (found,) = cursor.fetchone()
    if found:
        return False
    connection.close()  # the file sets session variables: it gets a connection of its own
    database = psycopg2.connect(**connection.get_connection_params())
    try:
        with database, database.cursor() as cursor:
            cursor.execute(PATH.read_text())
    finally:
        database.close()
    return True


def make() -> str:
    """The file's text: all migrations applied to a scratch database, as its owner, then pg_dump."""
    program = shutil.which("pg_dump")
    if program is None:
        raise SchemaUnavailable("pg_dump was not found: run it as `./concord manage schema`.")
    scratch = f"concord_schema_{uuid4().hex[:8]}"
    name = connection.settings_dict["NAME"]
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {scratch}")
        connection.close()
        connection.settings_dict["NAME"] = scratch
        call_command("migrate", one_by_one=True, verbosity=0)
        _nothing_but_schema()
        applied = _applied()
        text = _dumped(program)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {scratch}")
    return HEAD % MAJOR + text + applied


def _dumped(program: str) -> str:
    """pg_dump's statements, without what differs from run to run or belongs to the session."""
    parameters = connection.get_connection_params()
    flags = [f"--{name}={parameters[key]}" for name, key in (("host", "host"), ("port", "port"), ("username", "user"))
             if parameters.get(key)]  # fmt: skip
    environ = {"PGPASSWORD": str(parameters["password"])} if parameters.get("password") else {}
    done = subprocess.run(
        [program, "--schema-only", "--no-owner", *flags, f"--dbname={parameters['dbname']}"],
        check=False, capture_output=True, text=True, env=environ,
    )  # fmt: skip
    if done.returncode:
        raise SchemaUnavailable(f"pg_dump failed: {done.stderr.strip()}")
    kept = [
        line
        for line in done.stdout.splitlines()
        if not re.match(
            r"\\|--|CREATE SCHEMA public|COMMENT ON (SCHEMA public|EXTENSION)|ALTER DEFAULT PRIVILEGES", line
        )
    ]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n\n"
    rights = re.search(r"^(GRANT|REVOKE) ", text, re.MULTILINE)
    at = rights.start() if rights else len(text)
    return text[:at] + EXACT + text[at:]


def _applied() -> str:
    """The migrations that the file stands for, as rows of Django's record, grouped by room."""
    rows = sorted(MigrationRecorder(connection).applied_migrations())
    values = ",\n".join(f"    ('{app}', '{name}', now())" for app, name in rows)
    return f"INSERT INTO public.django_migrations (app, name, applied) VALUES\n{values};\n"


def _nothing_but_schema() -> None:
    """A migration that wrote rows would be lost in the file."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in FILLED:
                continue
            cursor.execute(f"SELECT EXISTS (SELECT FROM {connection.ops.quote_name(table)})")  # noqa: S608  # a table's name, quoted
            if cursor.fetchone()[0]:
                raise SchemaUnavailable(f"A migration wrote rows into {table}: the file holds the schema only.")
