"""Interleaved rounds: every case once per round, so that noise of the machine falls on all of them alike.

The clock is CPU time of this process plus that of its PostgreSQL backend; where the backend's cannot be read (another
host), wall time. A speed is always a ratio to a yardstick inside the same round.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

ROUNDS = 9  # set by --rounds before anything is measured
SLICE = 0.02  # seconds that one case takes in a round, about
NOISY = 3.0
REPEATS = 3

Call = Callable[[], Any]


@dataclass(frozen=True)
class Result:
    """One line of the report: a measured figure, its spread over the rounds, and the limit it is held to."""

    goal: str
    what: str
    value: float
    low: float
    high: float
    limit: float | None
    at_least: bool = False
    unit: str = "×"
    noisy: bool = False
    wrong: str = ""

    @property
    def verdict(self) -> str:
        """PASS, FAIL, NOISY (the machine did not hold still), WRONG (answers differ), or empty without a limit."""
        if self.wrong:
            return "WRONG"
        if not math.isfinite(self.value):
            return "FAIL"
        if self.limit is None:
            return ""
        if self.noisy:
            return "NOISY"
        return "PASS" if (self.value >= self.limit if self.at_least else self.value <= self.limit) else "FAIL"

    def as_dict(self) -> dict[str, Any]:
        """For the JSON file."""
        return {**asdict(self), "verdict": self.verdict}


class CpuClock:
    """Seconds of CPU of this process and of the backend behind Django's connection, or wall seconds."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        self.is_cpu = self._path.exists() and bool(connection.settings_dict["HOST"].startswith("/"))

    def __call__(self) -> float:
        if not self.is_cpu:
            return time.perf_counter()
        return time.process_time() + int(self._path.read_text().split()[0]) / 1e9


@dataclass(frozen=True)
class Rounds:
    """Seconds per call of each case, one figure per round."""

    samples: dict[str, list[float]]

    def ratio(self, case: str, yardstick: str) -> tuple[float, float, float]:
        """Median, least and greatest ratio of two cases over the rounds."""
        pairs = zip(self.samples[case], self.samples[yardstick], strict=True)
        found = [a / b for a, b in pairs if b > 0] or [math.nan]
        return median(found), min(found), max(found)

    def is_noisy(self, yardstick: str) -> bool:
        """Whether the yardstick itself moved threefold between rounds."""
        taken = self.samples[yardstick]
        return min(taken) <= 0 or max(taken) / min(taken) > NOISY

    def result(self, goal: str, what: str, case: str, yardstick: str, limit: float | None, **more: Any) -> Result:
        """The line of a case against its yardstick."""
        return Result(goal, what, *self.ratio(case, yardstick), limit, noisy=self.is_noisy(yardstick), **more)


def measure(cases: dict[str, Call], *, yardsticks: tuple[str, ...], wall: bool = False) -> Rounds:
    """Time all cases round by round; again, up to three times, while a yardstick does not hold still. `wall`: where the
    time goes into waiting for commits, not into CPU."""
    calls = {name: _how_many(call) for name, call in cases.items()}
    for _ in range(REPEATS):
        samples: dict[str, list[float]] = {name: [] for name in cases}
        for _round in range(ROUNDS):
            for name, call in cases.items():
                samples[name].append(_slice(call, calls[name], wall))
        taken = Rounds(samples)
        if not any(taken.is_noisy(name) for name in yardsticks):
            break
    return taken


def _slice(call: Call, times: int, wall: bool) -> float:
    clock = time.perf_counter if wall else CpuClock()
    began = clock()
    for _ in range(times):
        call()
    return (clock() - began) / times


def _how_many(call: Call) -> int:
    """Calls that fill a slice; the first ones warm caches."""
    call()
    began = time.perf_counter()
    call()
    return max(1, min(100, int(SLICE / max(time.perf_counter() - began, 1e-6))))
