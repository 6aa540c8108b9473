"""G11 to G13: the queue with two real worker processes on the measured database."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from statistics import median, quantiles
from typing import Any

from accounts.models import User
from benchmarks.cases import draining
from benchmarks.cases.draining import ROUTE
from benchmarks.cases.workers import CELERY, owner, processes, unrung, until
from benchmarks.measure import Result, measure
from benchmarks.people import EMAILS
from core import rls
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations.models import RoutingAttempt
from jobs import actions as jobs

GOALS = ("G11", "G12", "G13")
ROUTED = 100


def run(database: str) -> Iterator[Result]:
    """Submitting first, on an idle machine; then draining; then both together."""
    yield from _submitting()
    yield from draining.run(database)
    with processes(database, [CELERY]):
        yield from _routing()


def _submitting() -> Iterator[Result]:
    """One INSERT, the same with its job row, and with the ring after commit."""
    user = User.objects.get(email=EMAILS["one_organisation"])
    with rls.context(user=user.pk):
        home = user.memberships.get().organisation_id

    def submit(job: bool) -> None:
        with rls.context(user=user.pk):
            row = EarlyAccessRequest.objects.create(developer_id=home)
            if job:
                jobs.enqueue(ROUTE, key=f"bench:submit:{row.pk}", payload={"request": str(row.pk)}, by=user)

    def silent() -> None:
        with unrung():
            submit(True)

    cases = {"insert": lambda: submit(False), "job": silent, "ring": lambda: submit(True)}
    taken = measure(cases, yardsticks=("insert",), wall=True)
    yield taken.result("G12", "submit with its job row × one INSERT in a transaction", "job", "insert", 1.3)
    yield taken.result("G12", "submit with the ring after commit × the same", "ring", "insert", 2.5)
    owner("DELETE FROM jobs_job WHERE key LIKE 'bench:%'")


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
        until(lambda pk=request.pk: _placed(officer, pk) is not None, f"the routing of {request.reference}")  # type: ignore[misc]
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
