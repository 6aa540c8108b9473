"""G11: how fast workers drain their queue, in wall time, since commits decide.

Twice: the queue alone, with a kind of job that writes once per item, and the product's own routing. Each is held against
two processes in a loop of BRPOP that have the same effect on one item at a time.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any
from uuid import uuid4

from django.db import connections

from benchmarks import measure as bench
from benchmarks.cases import bare, ruled
from benchmarks.cases.workers import CELERY, broker, owner, processes, unrung, until
from benchmarks.measure import Result
from benchmarks.worker import RAW, TOUCH
from core import rls
from core.references import new_reference
from jobs import actions as jobs

MOST_ROUNDS = 3
ROUTE = "evaluations.route"
ITEMS = {1: 300, 10: 2000, 100: 10000}  # items per job -> items in a round
REQUESTS = {1: 200, 10: 1000, 100: 5000}  # requests per job -> requests in a round, at most
AGAIN = 30.0  # seconds
MANY = 10000  # requests of a round by real rules, at most
ONE_BY_ONE = {"touch": 1000, "route": 200, "store": 200}  # in a round of a yardstick
LIMITS = {1: None, 10: 0.8, 100: 5.0}
FORGET = (  # what routing has written about these requests, so that the next round finds them as the first did
    "DELETE FROM evaluations_evaluationassignment WHERE request_id = ANY (%s)",
    "DELETE FROM evaluations_routingdecision WHERE attempt_id IN"
    " (SELECT id FROM evaluations_routingattempt WHERE request_id = ANY (%s))",
    "DELETE FROM evaluations_routingattempt WHERE request_id = ANY (%s)",
)
WAITING = """
SELECT id, developer_id, intake_agency_id FROM early_access_earlyaccessrequest r WHERE status = 'scheduled' AND NOT EXISTS
 (SELECT 1 FROM evaluations_routingattempt t WHERE t.request_id = r.id) ORDER BY created_at DESC LIMIT %s"""
ENDED = "SELECT count(*) FROM jobs_job WHERE id = ANY (%s) AND done_at IS NOT NULL"
TABLE = (
    "CREATE TABLE IF NOT EXISTS bench_item (id int PRIMARY KEY, touched int NOT NULL DEFAULT 0)",
    "INSERT INTO bench_item (id) SELECT generate_series(1, 10000) ON CONFLICT DO NOTHING",
)
TOUCHED = "SELECT count(*) FROM bench_item WHERE touched = 1"
ROUTED = """
SELECT count(*) FROM evaluations_routingattempt t JOIN evaluations_evaluationassignment a ON a.attempt_id = t.id
 WHERE t.placed = %s AND t.request_id = ANY (%s) AND a.status = 'proposed'"""


def run(database: str) -> Iterator[Result]:
    """The yardsticks first, then the same by jobs."""
    for statement in TABLE:
        owner(statement)
    rounds, waiting, raw = range(min(MOST_ROUNDS, bench.ROUNDS)), _waiting(), {}
    for effect in ONE_BY_ONE:
        with processes(database, [[sys.executable, "-m", "benchmarks.worker", effect]] * 2):
            _one_by_one(effect, waiting)  # until both processes are up and connected
            raw[effect] = [_one_by_one(effect, waiting) for _ in rounds]
            broker().lpush(RAW, "end", "end")
    with processes(database, [CELERY]):
        _touched(1)  # until both children are up and warm
        touched = {size: [_touched(size) for _ in rounds] for size in ITEMS}
        _routed(1, waiting[: REQUESTS[1]])
        routed = {size: [_routed(size, waiting[:many]) for _ in rounds] for size, many in REQUESTS.items()}
        ruled.prepare([key for key, *_ in waiting])
        by_rules = [_routed(100, waiting, ruled.ASKED) for _ in rounds]
        parts = -(-len(waiting) // 100)
        written, spent = bare.rows(lambda: _route(100, waiting, ruled.ASKED), parts, len(rounds))
    for size, limit in LIMITS.items():
        yield _rate(f"jobs of {size}, items/s × BRPOP + UPDATE", touched[size], raw["touch"], limit)
    for size, limit in LIMITS.items():
        yield _rate(f"routing in jobs of {size}, requests/s × BRPOP + routing one", routed[size], raw["route"], limit)
    yield _rate("routing in jobs of 100, requests/s × BRPOP + the bare rows", routed[100], raw["store"], None)
    what = f"by {ruled.RULES} rules to {ruled.ASKED} of {ruled.AGENCIES} agencies in jobs of 100"
    yield _rate(f"{what}, requests/s × BRPOP + UPDATE", by_rules, raw["touch"], 1.0)
    handed_on = [rate * ruled.ASKED for rate in by_rules]
    yield _rate(f"{what}, assignments/s × the same", handed_on, raw["touch"], None)
    copied = [len(waiting) / seconds for seconds in spent]
    each = round(written / len(waiting))
    yield _rate(f"the {each} rows of such a request, only copied, requests/s × the same", copied, raw["touch"], None)


def _rate(what: str, rates: list[float], yardstick: list[float], limit: float | None) -> Result:
    found = sorted(rate / median(yardstick) for rate in rates)
    noisy = max(yardstick) > bench.NOISY * min(yardstick)
    return Result("G11", what, median(found), found[0], found[-1], limit, at_least=True, noisy=noisy)


def _waiting() -> list[Any]:
    """Requests with dates agreed that no router has seen, newest first: (id, developer id, intake agency id)."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(WAITING, [MANY])
        return list(cursor.fetchall())


def _one_by_one(effect: str, waiting: list[Any]) -> float:
    """Items per second of a yardstick, from the first push to the last commit."""
    many = ONE_BY_ONE[effect]
    keys = [key for key, *_ in waiting[:many]]
    words = [str(n) for n in range(1, many + 1)] if effect == "touch" else _words(waiting[:many])
    owner("UPDATE bench_item SET touched = 0")
    began = time.perf_counter()
    broker().lpush(RAW, *words)
    if effect == "touch":
        until(lambda: owner(TOUCHED) == many, f"{many} items")
    else:
        until(lambda: owner(ROUTED, 1, keys) == len(keys), f"{len(keys)} requests", step=0.02)
    spent = time.perf_counter() - began
    _forget(keys)
    return len(words) / spent


def _words(waiting: list[Any]) -> list[str]:
    """What a process must know to route or store one request, each as JSON."""
    rule_set = owner("SELECT id FROM evaluations_routingruleset ORDER BY number DESC LIMIT 1")
    agency = owner("SELECT id FROM accounts_organisation WHERE slug = 'commerce-caisi'")
    words = []
    for key, developer, router in waiting:
        fresh = {name: str(uuid4()) for name in ("attempt", "assignment")}
        ids = {"request": key, "developer": developer, "router": router, "agency": agency, "rule_set": rule_set}
        orgs = ",".join(str(pk) for pk in (developer, router, agency))
        words.append(json.dumps({**fresh, **ids, "orgs": orgs, "reference": new_reference("ASG")}, default=str))
    return words


def _touched(size: int) -> float:
    """Items per second by jobs of `size` items, from the first ring to the last write, every write checked."""
    many = ITEMS[size]
    owner("UPDATE bench_item SET touched = 0")
    batches = [list(range(first, first + size)) for first in range(1, many + 1, size)]
    made = _stored([jobs.Order(TOUCH, f"bench:{uuid4()}", (), {"ids": batch}) for batch in batches])
    began = _ring(made)
    until(lambda: owner(TOUCHED) == many, f"{many} items")
    return many / (time.perf_counter() - began)


def _routed(size: int, chosen: list[Any], agencies: int = 1) -> float:
    """Requests routed per second; what was written is forgotten."""
    spent = _route(size, chosen, agencies)
    _forget([key for key, *_ in chosen])
    return len(chosen) / spent


def _route(size: int, chosen: list[Any], agencies: int) -> float:
    """Seconds from the first ring to the last job done; each request has its attempt, and its assignment at so many agencies."""
    keys = [key for key, *_ in chosen]
    batches = [chosen[first : first + size] for first in range(0, len(chosen), size)]
    made = _stored([_routing(batch) for batch in batches])
    began = rung = _ring(made)
    ids = [pk for pk, _ in made]

    def done() -> bool:
        """Whether all ended. Rings are forgotten after a minute; as the sweeper does, whoever was not heard is rung again."""
        nonlocal rung
        if time.perf_counter() - rung > AGAIN:
            rung = time.perf_counter()
            _ring(made[:: jobs.FURTHER + 1])
            _ring(made[-1:])
        return bool(owner(ENDED, ids) == len(ids))

    until(done, f"{len(keys)} requests", step=0.02)
    spent = time.perf_counter() - began
    if owner(ROUTED, agencies, keys) != len(keys) * agencies:
        raise RuntimeError("Not every request got its assignments: read what the workers wrote above.")
    return spent


def _routing(batch: list[Any]) -> jobs.Order:
    payload = {"requests": [str(key) for key, *_ in batch]}
    return jobs.Order(ROUTE, f"bench:{uuid4()}", tuple({developer for _, developer, _ in batch}), payload)


def _stored(orders: list[jobs.Order]) -> list[tuple[Any, str]]:
    """(id, queue) of jobs that nobody has rung for yet."""
    with unrung(), rls.context():
        made = [jobs.enqueue(o.kind, key=o.key, organisations=o.organisations, payload=o.payload) for o in orders]
    return [(job.pk, job.queue) for job in made]


def _ring(made: list[tuple[Any, str]]) -> float:
    """When the first was rung."""
    began = time.perf_counter()
    for pk, queue in made:
        jobs.ring(pk, queue)
    return began


def _forget(keys: list[Any]) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in FORGET:
            cursor.execute(statement, [keys])
        cursor.execute("RESET session_replication_role")
