"""G9 and G10: what row-level security adds to the list query, in time and in pages of memory touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, connections

from accounts.visibility import page_sql
from benchmarks import measure
from benchmarks.measure import Result
from benchmarks.people import Person
from core import rls
from early_access.models import EarlyAccessRequest
from early_access.views.requests import COLUMNS

GOALS = ("G9", "G10")
CALLS = 20
BUFFERS, BUFFERS_PER_SEAT = 300, 40


def run(people: list[Person]) -> Iterator[Result]:
    """The statement of `newest_for` as `concord_web`, and as the owner, whom no policy binds in this database."""
    for person in people:
        sql, values = page_sql(EarlyAccessRequest, person.user, columns=COLUMNS, size=26, after=None, only={})
        with rls.context(user=person.user.pk):
            times = [
                (_time(connection, sql, values), _time(connections["owner"], sql, values))
                for _ in range(measure.ROUNDS)
            ]
            touched = _buffers(sql, values)
        ratios = sorted(policed / free for policed, free in times)
        noisy = max(free for _, free in times) > 3 * min(free for _, free in times)
        what = f"list query under the policies, {person.name} × without"
        yield Result("G9", what, ratios[len(ratios) // 2], ratios[0], ratios[-1], 3, noisy=noisy)
        allowed = BUFFERS + BUFFERS_PER_SEAT * (person.seats - 1)
        what = f"buffers of the list query, {person.name}, {person.seats} seat(s)"
        yield Result("G10", what, touched, touched, touched, allowed, unit="")


def _time(where: Any, sql: str, values: list[Any]) -> float:
    """Milliseconds that PostgreSQL spends on planning and running it, the least of some calls."""
    found = []
    with where.cursor() as cursor:
        for _ in range(CALLS):
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", values)
            plan = _plan(cursor)
            found.append(plan["Planning Time"] + plan["Execution Time"])
    return float(min(found))


def _buffers(sql: str, values: list[Any]) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", values)
        top = _plan(cursor)["Plan"]
    return float(top["Shared Hit Blocks"] + top["Shared Read Blocks"])


def _plan(cursor: Any) -> dict[str, Any]:
    answer = cursor.fetchone()[0]
    found: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]
    return found
