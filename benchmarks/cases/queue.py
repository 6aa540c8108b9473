"""G11–G13: the queue with two real worker processes on the measured database, in wall time, since commits decide."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any
from unittest import mock
from urllib.parse import quote, urlsplit, urlunsplit

import redis
from django.conf import settings
from django.db import connections

from accounts.models import User
from benchmarks import measure as bench
from benchmarks.measure import Result, measure
from benchmarks.people import EMAILS
from benchmarks.worker import KIND, RAW
from core import rls
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations.models import RoutingAttempt
from jobs import actions as jobs

GOALS = ("G11", "G12", "G13")
MOST_ROUNDS = 3
ITEMS = {0: 1000, 1: 300, 10: 2000, 100: 10000}  # ids per job -> items in a round; 0 is the yardstick
ROUTED = 100
PATIENCE = 120


def broker() -> redis.Redis:
    """A plain client of the broker's database."""
    url = settings.BROKER_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    return redis.Redis.from_url(url)


def run(database: str) -> Iterator[Result]:
    """Submitting first, on an idle machine; then draining; then both together."""
    yield from _submitting()
    with _processes(database, [[sys.executable, "-m", "benchmarks.worker", "raw"]] * 2):
        _timed(0)  # until both processes are up and connected
        raw = [_timed(0) for _ in range(min(MOST_ROUNDS, bench.ROUNDS))]
        broker().lpush(RAW, "end", "end")
    worker = [
        "worker",
        "-P",
        "prefork",
        "-c",
        "2",
        "-Q",
        "default",
        "-l",
        "ERROR",
        "--without-gossip",
        "--without-mingle",
    ]
    with _processes(database, [[sys.executable, "-m", "celery", "-A", "benchmarks.worker", *worker]]):
        _timed(1)  # until both children are up and warm
        rates = {size: [_timed(size) for _ in range(min(MOST_ROUNDS, bench.ROUNDS))] for size in (1, 10, 100)}
        yield from _draining(raw, rates)
        yield from _routing()


def _draining(raw: list[float], rates: dict[int, list[float]]) -> Iterator[Result]:
    noisy = max(raw) > 3 * min(raw)
    for size, limit in ((1, None), (10, 0.8), (100, 5.0)):
        found = sorted(rate / median(raw) for rate in rates[size])
        what = f"jobs of {size} id(s), items per second × raw BRPOP + UPDATE"
        yield Result("G11", what, median(found), found[0], found[-1], limit, at_least=True, noisy=noisy)


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


def _timed(size: int) -> float:
    """Items per second from the first ring to the last write, every write checked."""
    many = ITEMS[size]
    _owner("UPDATE bench_item SET touched = 0")
    if size == 0:
        began = time.perf_counter()
        broker().lpush(RAW, *range(1, many + 1))
    else:
        ids = [list(range(first, first + size)) for first in range(1, many + 1, size)]
        with rls.context(), mock.patch.object(jobs, "ring"):
            made = [jobs.enqueue(KIND, key=f"bench:{time.time_ns()}:{i[0]}", payload={"ids": i}) for i in ids]
        began = time.perf_counter()
        for job in made:
            jobs.ring(job.pk, job.queue)
    _until(lambda: _owner("SELECT count(*) FROM bench_item WHERE touched = 1") == many, f"{many} items")
    return many / (time.perf_counter() - began)


def _owner(sql: str) -> Any:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def _until(done: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not arrive in {PATIENCE} seconds: read what the workers wrote above.")
        time.sleep(0.003)


def _submitting() -> Iterator[Result]:
    """One INSERT, the same with its job row, and with the ring after commit."""
    user = User.objects.get(email=EMAILS["one_organisation"])
    with rls.context(user=user.pk):
        home = user.memberships.get().organisation_id

    def submit(job: bool) -> None:
        with rls.context(user=user.pk):
            row = EarlyAccessRequest.objects.create(developer_id=home)
            if job:
                jobs.enqueue(KIND, key=f"bench:submit:{row.pk}", payload={"ids": []}, by=user)

    def silent() -> None:
        with mock.patch.object(jobs, "ring"):
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
    spent, latencies = [], []
    for request in waiting:
        began = time.perf_counter()
        with rls.context(user=officer.pk):
            early_access.confirm_schedule(request=request, by=officer)
        spent.append(time.perf_counter() - began)
        _until(lambda pk=request.pk: _is_routed(officer, pk), f"the routing of {request.reference}")  # type: ignore[misc]
        latencies.append(time.perf_counter() - began)
    yardstick = median(spent) if spent else math.nan
    ratios = sorted(latency / yardstick for latency in latencies)
    p99 = quantiles(ratios, n=100, method="inclusive")[98] if len(ratios) > 1 else math.nan
    for part, value, limit in (("p50", median(ratios), 5), ("p99", p99, 40)):
        what = f"submit → routed, {part} of {len(ratios)} × one submit transaction"
        yield Result("G13", what, value, ratios[0], ratios[-1], limit)


def _is_routed(officer: User, request: Any) -> bool:
    with rls.context(user=officer.pk):
        return RoutingAttempt.objects.filter(request=request).exists()
