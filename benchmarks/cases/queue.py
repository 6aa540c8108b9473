"""G11–G13: the queue with two real worker processes on the measured database, in wall time, since commits decide."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import redis
from django.conf import settings
from django.db import connections

from accounts.models import User
from benchmarks import measure as bench
from benchmarks.measure import Result, measure
from benchmarks.people import EMAILS
from benchmarks.worker import RAW
from core import rls
from core.references import new_reference
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations.models import RoutingAttempt
from jobs import actions as jobs
from jobs.models import Job

GOALS = ("G11", "G12", "G13")
MOST_ROUNDS = 3
ITEMS = {1: 200, 10: 1000, 100: 5000}  # requests per job -> requests in a round, at most
ONE_BY_ONE = 200  # in a round of a yardstick
ROUTED = 100
KIND = "evaluations.route"
WORKER = ("-P", "prefork", "-c", "2", "-Q", "default", "-l", "ERROR", "--without-gossip", "--without-mingle")
FORGET = (  # what routing has written about these requests, so that the next round finds them as the first did
    "DELETE FROM evaluations_evaluationassignment WHERE request_id = ANY (%s)",
    "DELETE FROM evaluations_routingdecision WHERE attempt_id IN"
    " (SELECT id FROM evaluations_routingattempt WHERE request_id = ANY (%s))",
    "DELETE FROM evaluations_routingattempt WHERE request_id = ANY (%s)",
)
ENDED = "SELECT count(*) FROM jobs_job WHERE id = ANY (%s) AND done_at IS NOT NULL"
ROUTED_ONCE = """
SELECT count(*) FROM evaluations_routingattempt t JOIN evaluations_evaluationassignment a ON a.attempt_id = t.id
 WHERE t.request_id = ANY (%s) AND t.placed = 1 AND a.status = 'proposed'"""
PATIENCE = 120


def broker() -> redis.Redis:
    """A plain client of the broker's database."""
    url = settings.BROKER_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    return redis.Redis.from_url(url)


def run(database: str) -> Iterator[Result]:
    """Submitting first, on an idle machine; then draining; then both together."""
    yield from _submitting()
    rounds, waiting, raw = range(min(MOST_ROUNDS, bench.ROUNDS)), _scheduled(), {}
    for effect in ("route", "store"):
        with _processes(database, [[sys.executable, "-m", "benchmarks.worker", effect]] * 2):
            _raw(waiting)  # until both processes are up and connected
            raw[effect] = [_raw(waiting) for _ in rounds]
            broker().lpush(RAW, "end", "end")
    worker = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", *WORKER]
    with _processes(database, [worker]):
        _drained(1, waiting)  # until both children are up and warm
        rates = {size: [_drained(size, waiting) for _ in rounds] for size in ITEMS}
        yield from _draining(raw, rates)
        yield from _routing()


def _draining(raw: dict[str, list[float]], rates: dict[int, list[float]]) -> Iterator[Result]:
    for size, limit in ((1, None), (10, 0.8), (100, 5.0)):
        yield _rate(f"routing in jobs of {size}, requests/s × BRPOP + routing one", rates[size], raw["route"], limit)
    yield _rate("routing in jobs of 100, requests/s × BRPOP + the bare rows", rates[100], raw["store"], None)


def _rate(what: str, rates: list[float], yardstick: list[float], limit: float | None) -> Result:
    found = sorted(rate / median(yardstick) for rate in rates)
    noisy = max(yardstick) > bench.NOISY * min(yardstick)
    return Result("G11", what, median(found), found[0], found[-1], limit, at_least=True, noisy=noisy)


def _scheduled() -> list[Any]:
    """Requests with dates agreed that no router has seen: the newest."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT id, developer_id, intake_agency_id FROM early_access_earlyaccessrequest r WHERE status = 'scheduled' AND NOT EXISTS"
            " (SELECT 1 FROM evaluations_routingattempt t WHERE t.request_id = r.id) ORDER BY created_at DESC LIMIT %s",
            [max(ITEMS.values())],
        )
        return list(cursor.fetchall())


@contextmanager
def _processes(database: str, commands: list[list[str]]) -> Iterator[None]:
    """Worker processes under the workers' role; they end with the block."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    query = "&".join(filter(None, [parts.query, "options=" + quote("-c role=concord_worker")]))
    environ = {**os.environ, "DATABASE_URL": urlunsplit(parts._replace(path=f"/{database}", query=query))}
    started = [subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) for command in commands]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)


def _raw(waiting: list[Any]) -> float:
    """Requests stored per second, from the first push to the last commit."""
    listed = waiting[:ONE_BY_ONE]
    rule_set = _owner("SELECT id FROM evaluations_routingruleset ORDER BY number DESC LIMIT 1")
    agency = _owner("SELECT id FROM accounts_organisation WHERE slug = 'commerce-caisi'")
    words = []
    for key, developer, router in listed:
        fresh = {name: str(uuid4()) for name in ("attempt", "assignment")}
        ids = {"request": key, "developer": developer, "router": router, "agency": agency, "rule_set": rule_set}
        orgs = ",".join(str(pk) for pk in (developer, router, agency))
        words.append(json.dumps({**fresh, **ids, "orgs": orgs, "reference": new_reference("ASG")}, default=str))
    began = time.perf_counter()
    broker().lpush(RAW, *words)
    keys = [key for key, *_ in listed]
    _until(lambda: _owner(ROUTED_ONCE, keys) == len(keys), f"{len(keys)} requests", step=0.02)
    spent = time.perf_counter() - began
    _forget(keys)
    return len(keys) / spent


def _drained(size: int, waiting: list[Any]) -> float:
    """Requests routed per second, from the first ring to the last job done; each has its attempt and its assignment."""
    many = min(ITEMS[size], len(waiting))
    keys = [key for key, *_ in waiting[:many]]
    batches = [waiting[first : first + size] for first in range(0, many, size)]
    with rls.context(), _unrung():
        made = [_job([key for key, *_ in batch], {developer for _, developer, _ in batch}) for batch in batches]
    began = time.perf_counter()
    for job in made:
        jobs.ring(job.pk, job.queue)
    ids = [job.pk for job in made]
    _until(lambda: _owner(ENDED, ids) == len(ids), f"{many} requests", step=0.02)
    spent = time.perf_counter() - began
    if _owner(ROUTED_ONCE, keys) != many:
        raise RuntimeError("Not every request got its one assignment: read what the workers wrote above.")
    _forget(keys)
    return many / spent


def _forget(keys: list[Any]) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in FORGET:
            cursor.execute(statement, [keys])
        cursor.execute("RESET session_replication_role")


def _job(keys: list[Any], developers: set[Any]) -> Job:
    payload = {"requests": [str(key) for key in keys]}
    return jobs.enqueue(KIND, key=f"bench:{time.time_ns()}", organisations=developers, payload=payload)


@contextmanager
def _unrung() -> Iterator[None]:
    """Jobs that are only stored: the doorbell is out of order meanwhile, as if the broker were away."""
    jobs.doorbell.quiet_until = math.inf
    try:
        yield
    finally:
        jobs.doorbell.quiet_until = 0


def _owner(sql: str, *values: Any) -> Any:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()[0] if cursor.description else None


def _until(done: Callable[[], bool], what: str, step: float = 0.003) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not arrive in {PATIENCE} seconds: read what the workers wrote above.")
        time.sleep(step)


def _submitting() -> Iterator[Result]:
    """One INSERT, the same with its job row, and with the ring after commit."""
    user = User.objects.get(email=EMAILS["one_organisation"])
    with rls.context(user=user.pk):
        home = user.memberships.get().organisation_id

    def submit(job: bool) -> None:
        with rls.context(user=user.pk):
            row = EarlyAccessRequest.objects.create(developer_id=home)
            if job:
                jobs.enqueue(KIND, key=f"bench:submit:{row.pk}", payload={"request": str(row.pk)}, by=user)

    def silent() -> None:
        with _unrung():
            submit(True)

    cases = {"insert": lambda: submit(False), "job": silent, "ring": lambda: submit(True)}
    taken = measure(cases, yardsticks=("insert",), wall=True)
    yield taken.result("G12", "submit with its job row × one INSERT in a transaction", "job", "insert", 1.3)
    yield taken.result("G12", "submit with the ring after commit × the same", "ring", "insert", 2.5)
    _owner("DELETE FROM jobs_job WHERE key LIKE 'bench:%'")


def _routing() -> Iterator[Result]:
    """The intake officer confirms dates (the product's own action); a worker routes. One request at a time."""
    officer = User.objects.get(email=EMAILS["large_agency"])
    with rls.context(user=officer.pk):
        waiting = list(EarlyAccessRequest.objects.filter(status="accepted").order_by("-created_at")[:ROUTED])
    spent, latencies, placed = [], [], 0
    for request in waiting:
        began = time.perf_counter()
        with rls.context(user=officer.pk):
            early_access.confirm_schedule(request=request, by=officer)
        spent.append(time.perf_counter() - began)
        _until(lambda pk=request.pk: _placed(officer, pk) is not None, f"the routing of {request.reference}")  # type: ignore[misc]
        latencies.append(time.perf_counter() - began)
        placed += _placed(officer, request.pk) or 0
    yardstick = median(spent) if spent else math.nan
    ratios = sorted(latency / yardstick for latency in latencies)
    p99 = quantiles(ratios, n=100, method="inclusive")[98] if len(ratios) > 1 else math.nan
    wrong = "" if placed == len(waiting) else f"{placed} of {len(waiting)} requests have an assignment"
    for part, value, limit in (("p50", median(ratios), 5), ("p99", p99, 40)):
        what = f"submit → routed, {part} of {len(ratios)} × one submit transaction"
        yield Result("G13", what, value, ratios[0], ratios[-1], limit, wrong=wrong)


def _placed(officer: User, request: Any) -> int | None:
    """How many agencies the router placed it with; None before it did."""
    with rls.context(user=officer.pk):
        return RoutingAttempt.objects.filter(request=request).values_list("placed", flat=True).first()
