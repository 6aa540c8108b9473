"""What the rows of routed requests cost by themselves, whoever writes them.

They are copied from tables beside, a hundred requests in a transaction, by two connections that fire no trigger, check no
foreign key and ask no policy, with no Python but the loop. No routing that keeps these rows can be faster.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from benchmarks.cases.workers import owner

CONNECTIONS = 2  # as many as routing and the yardstick have
UNCHECKED = "SET session_replication_role = replica"
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# What transactions after this one wrote, cut into as many parts as there were jobs.
STAGE = "CREATE UNLOGGED TABLE bare_{table} AS SELECT ntile({parts}) OVER () AS part, t.* FROM {table} t WHERE {newer}"
NEWER = "xmin::text::bigint > {before}"
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
 WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'"""
COPY = "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM bare_{table} WHERE part = %s"


def rows(route: Callable[[], Any], parts: int, rounds: int) -> tuple[int, list[float]]:
    """How many rows `route` writes, and how long it takes in each round to copy them, in seconds. Nothing is left."""
    before = owner("SELECT txid_current()")
    route()
    newer, written = NEWER.format(before=before), 0
    copies: list[str] = []
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(UNCHECKED)
        try:
            for table in tables:
                cursor.execute(STAGE.format(table=table, parts=parts, newer=newer))
                written += cursor.rowcount
                if cursor.rowcount:
                    cursor.execute(COLUMNS, [table])
                    copies.append(COPY.format(table=table, columns=cursor.fetchone()[0]))
            spent = []
            for _ in range(rounds):
                _forget(cursor, tables, newer)
                spent.append(_copied(copies, parts))
            _forget(cursor, tables, newer)
        finally:
            for table in tables:
                cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
            cursor.execute("RESET session_replication_role")
    return written, spent


def _forget(cursor: Any, tables: list[str], newer: str) -> None:
    for table in tables:
        cursor.execute(f"DELETE FROM {table} WHERE {newer}")


def _copied(copies: list[str], parts: int) -> float:
    """Seconds, from when both connections stand to the last commit."""
    ready = Barrier(CONNECTIONS + 1, timeout=60)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        ends = [pool.submit(_copy, copies, range(n, parts + 1, CONNECTIONS), ready) for n in range(1, CONNECTIONS + 1)]
        ready.wait()
        began = time.perf_counter()
        return max(end.result() for end in ends) - began


def _copy(copies: list[str], mine: range, ready: Barrier) -> float:
    """When the last part of this connection was committed."""
    connection = connections["owner"].copy()
    try:
        with connection.cursor() as cursor:
            cursor.execute(UNCHECKED)
            ready.wait()
            for part in mine:
                cursor.execute("BEGIN")
                for copy in copies:
                    cursor.execute(copy, [part])
                cursor.execute("COMMIT")
        return time.perf_counter()
    finally:
        connection.close()
