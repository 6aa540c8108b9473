"""Real worker processes on the measured database, and what drives and watches them."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import redis
from django.conf import settings
from django.db import connections

from jobs import actions as jobs

PATIENCE = 900  # seconds: ten thousand requests on a machine that others use too
CELERY = [sys.executable, "-m", "celery", "-A", "benchmarks.worker", "worker", "-P", "prefork", "-c", "2"]
CELERY += ["-Q", "default", "-l", "ERROR", "--without-gossip", "--without-mingle"]


def broker() -> redis.Redis:
    """A plain client of the broker's database."""
    url = settings.BROKER_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    return redis.Redis.from_url(url)


@contextmanager
def processes(database: str, commands: list[list[str]]) -> Iterator[None]:
    """Processes under the workers' role; they end with the block."""
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


@contextmanager
def unrung() -> Iterator[None]:
    """Jobs that are only stored: the doorbell is out of order meanwhile, as if the broker were away."""
    jobs.doorbell.quiet_until = math.inf
    try:
        yield
    finally:
        jobs.doorbell.quiet_until = 0


def owner(sql: str, *values: Any) -> Any:
    """The first column of the first row, as the database's owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()[0] if cursor.description else None


def until(done: Callable[[], bool], what: str, step: float = 0.003) -> None:
    """Wait for the workers. RuntimeError when they take longer than anyone would."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not arrive in {PATIENCE} seconds: read what the workers wrote above.")
        time.sleep(step)
