"""The rows that are measured: requests of 200 developers over five years, with their neighbours, loaded as the owner.

Triggers and foreign keys sleep while rows are loaded (`session_replication_role`), secondary indexes are built
afterwards, and `VACUUM ANALYZE` ends it. The application's role stays under row-level security throughout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import connections, transaction

from accounts.models import Organisation

NAMESPACE = UUID("6f2c1f0e-5d0b-4c37-9d6e-0a1b5b1a77c4")
OLDEST, NOTHING = uuid5(NAMESPACE, "oldest"), uuid5(NAMESPACE, "nothing")
OLDEST_ROWS = 30
TABLES = (
    "early_access_earlyaccessrequest", "early_access_requestaudience", "early_access_agencyconsent",
    "early_access_requesteddomain", "early_access_accesswindow", "evaluations_routingattempt",
    "evaluations_evaluationassignment", "audit_event", "jobs_job", "accounts_user", "accounts_organisation",
    "accounts_membership", "evaluations_routingruleset", "evaluations_routingdecision", "agreements_testingagreement",
    "agreements_agreementparty",
)  # fmt: skip
SEPARATE = """
SELECT i.indexname, i.indexdef FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname
  LEFT JOIN pg_constraint k ON k.conindid = c.oid
 WHERE i.tablename = %s AND k.oid IS NULL AND i.indexdef NOT LIKE 'CREATE UNIQUE%%'"""


def load(scale: int, *, owner_reads_all: bool = True) -> None:
    """Fill an empty database with `scale` requests and what surrounds them. `owner_reads_all` leaves the owner without
    policies, for the yardstick of G9."""
    agencies = dict(Organisation.objects.filter(kind="agency").values_list("slug", "pk"))
    values = {
        "rows": scale, "developers": max(20, min(200, scale // 50)), "people": max(60, scale // 100),
        "oldest": OLDEST, "nothing": NOTHING, "oldest_rows": OLDEST_ROWS,
        **{slug.replace("-", "_"): pk for slug, pk in agencies.items()},
    }  # fmt: skip
    statements = (Path(__file__).parent / "rows.sql").read_text().split(";\n")
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in TABLES:  # the owner alone; the policies of every other role stay
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        later = _drop_indexes(cursor)
        for statement in filter(str.strip, statements):
            cursor.execute(statement, values)
        for definition in later:
            cursor.execute(definition)
        for table in () if owner_reads_all else TABLES:
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    with owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _drop_indexes(cursor: Any) -> list[str]:
    """Drop what only speeds up reading; the definitions, to build them again over the loaded rows."""
    definitions = []
    for table in TABLES:
        cursor.execute(SEPARATE, [table])
        for name, definition in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
            definitions.append(definition)
    return definitions
