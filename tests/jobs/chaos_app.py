"""The Celery application of the chaos test's workers: the product's own, with short leases and owners that stand still.

`CONCORD_CHAOS` of a process lists what is different there: `stalls` (now and then an owner stands still past its lease),
`gated` (every owner stands still until the gate file is there), `unfenced` (the fence is taken out: the control that
must go wrong).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.celery import app  # noqa: E402  # models exist only after setup
from jobs import kinds, leases, limits  # noqa: E402

__all__ = ["app"]

app.conf.imports = ("jobs.tasks",)

SECONDS = 4  # a lease of 6 seconds
STALL = SECONDS * 1.5 + 3  # and the sweeper rings two seconds after its end
EVERY = 100
TRIES = 40  # faults cost attempts; what is looked for here is loss and doubling, not patience
FENCED = " AND state = 'running' AND fence = %s"

different = set(filter(None, os.environ.get("CONCORD_CHAOS", "").split(",")))


def shorten() -> None:
    """Every kind has short leases, so that a dead owner is replaced within the test."""
    for name, kind in kinds.KINDS.items():
        kinds.KINDS[name] = replace(kind, seconds=SECONDS, max_attempts=TRIES)


def now_and_then() -> Iterator[None]:
    """A turn for each owner of this process; few of them stand still until their lease is surely over."""
    for number in count(1):
        if number % EVERY == EVERY // 5:
            time.sleep(STALL)
        yield


def at_the_gate() -> Iterator[None]:
    """A turn for each owner; none goes on before the test opens the gate."""
    gate = Path(os.environ["CONCORD_CHAOS_GATE"])
    while True:
        while not gate.exists():
            time.sleep(0.1)
        yield


def stand_still(turns: Iterator[None]) -> None:
    """Between claim and effect an owner waits for its turn, then goes on as if nothing had happened meanwhile."""
    at_most = limits.at_most

    @contextmanager
    def after_a_turn(seconds: float) -> Iterator[None]:
        next(turns)
        with at_most(seconds):
            yield

    limits.at_most = after_a_turn


def take_out_the_fence() -> None:
    """Finishing succeeds for whoever comes, as it would without the fence's condition."""
    assert FENCED in f" AND {leases.FINISH.split(' AND ', 1)[1]}", "the fence is written differently now"
    leases.FINISH = leases.FINISH.replace(FENCED.removeprefix(" AND "), "%s > 0")


shorten()
if "stalls" in different:
    stand_still(now_and_then())
if "gated" in different:
    stand_still(at_the_gate())
if "unfenced" in different:
    take_out_the_fence()
