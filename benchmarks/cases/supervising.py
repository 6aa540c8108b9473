"""E3: what it costs to supervise 20 runs: the supervisor's own turns, on real rows, leases and processes that report."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from agencies.reference import runs_queue
from benchmarks import measure
from benchmarks.measure import Result
from core import rls
from early_access.models import AccessCredential, CredentialWrap, EarlyAccessRequest
from evaluations.models import EvaluationAssignment, RoutingAttempt, RunLaunch
from evaluations.runner import processes
from evaluations.runner.inspects import FOLDERS, InspectRun
from evaluations.supervisor import Active, Supervisor
from jobs import actions as jobs
from jobs import leases

GOALS = ("E3",)
RUNS, SECONDS = 20, 4.0
# Two answers and a sample a second, as a harness reports them.
REPORTS = """printf '{"event": "started", "samples": 100000}\\n'
while :; do
  printf '{"event": "usage", "tokens_in": 900, "tokens_out": 100}\\n{"event": "usage", "tokens_in": 900, "tokens_out": 100}\\n'
  printf '{"event": "sample", "error": false}\\n'
  sleep 1
done"""
GATE: Any = SimpleNamespace(close=lambda: None)


def run() -> Iterator[Result]:
    """Share of one core: CPU of the process and of its database backend, over the time that passed."""
    with tempfile.TemporaryDirectory() as folder:
        supervisor, context = _stage(Path(folder))
        try:
            shares = [_share(supervisor) for _ in range(measure.ROUNDS + 1)][1:]  # the first one writes "running"
            with context():
                seen = set(RunLaunch.objects.filter(pk__in=supervisor.active).values_list("status", flat=True))
            wrong = "" if seen == {"running"} and len(supervisor.active) == RUNS else f"the runs are {seen}"
        finally:
            for active in supervisor.active.values():
                active.running.kill()
                active.running.process.close()  # type: ignore[attr-defined]
            supervisor.active.clear()
            supervisor.close()
    what = f"supervising {RUNS} runs that report every second: one core's share"
    yield Result("E3", what, median(shares), min(shares), max(shares), 5, unit="%", wrong=wrong)


def _share(supervisor: Supervisor) -> float:
    clock = measure.CpuClock()
    began, used = time.perf_counter(), clock()
    while time.perf_counter() - began < SECONDS:
        supervisor.turn()
        time.sleep(1)
    return 100 * (clock() - used) / (time.perf_counter() - began)


def _stage(folder: Path) -> tuple[Supervisor, Any]:
    """A test under way at Commerce with runs that are claimed and have their processes."""
    agency = Organisation.objects.get(slug="commerce")
    person = User.objects.order_by("created_at").first()
    everybody = tuple(Organisation.objects.values_list("pk", flat=True))
    with rls.context(organisations=everybody, actor="system:benchmark"):
        request = EarlyAccessRequest.objects.filter(status="window_open").first()
        attempt = RoutingAttempt.objects.order_by("created_at").first()
        assert request is not None and attempt is not None and person is not None
        own: dict[str, Any] = {"developer_id": request.developer_id}
        row = EvaluationAssignment.objects.create(
            request=request, **own, agency=agency, domains=["cybersecurity"], access_level=1, attempt=attempt,
            answer_due_at=timezone.now(),
        )  # fmt: skip
        for status in ("accepted", "preparing", "running"):
            EvaluationAssignment.objects.filter(pk=row.pk).update(status=status)
        with rls.widened(request.developer_id):
            key = AccessCredential.objects.create(request=request, **own, version=90, ciphertext=b"x")
            CredentialWrap.objects.create(
                target=key, **own, organisation=agency, key_id="x", wrapped_key=b"x", released_at=timezone.now()
            )
        launches = [_launch(row, key, person) for _ in range(RUNS)]
    supervisor = Supervisor(_Nothing(), [runs_queue(agency)], (agency.pk,), folder / "runs", most=RUNS)
    for launch in launches:
        with supervisor._context():
            order = jobs.enqueue(
                "evaluations.run", key=f"bench:{launch.pk}", organisations=[agency.pk], payload={"launch": str(launch.pk)},
                queue=runs_queue(agency),
            )  # fmt: skip
        job = leases.claim(order.pk)
        assert job is not None
        place = folder / launch.pk.hex
        for name in FOLDERS:
            (place / name).mkdir(parents=True)
        process = processes.Process(["/bin/sh", "-c", REPORTS], {}, place)
        supervisor.active[launch.pk] = Active(job, launch, InspectRun(process, GATE, place))
    return supervisor, supervisor._context


def _launch(row: EvaluationAssignment, key: AccessCredential, person: User) -> RunLaunch:
    made = RunLaunch.objects.create(
        assignment=row, developer_id=row.developer_id, agency_id=row.agency_id, suite="refusals", domain="cybersecurity",
        variant="production", parallel=2, budget_tokens=10**10, budget_minutes=600, launched_by=person, credential=key,
        heard_at=timezone.now(),
    )  # fmt: skip
    RunLaunch.objects.filter(pk=made.pk).update(status="starting")
    made.refresh_from_db()
    return made


class _Nothing:
    """A runner that starts nothing: the processes are there already."""

    def suites(self) -> tuple[()]:
        return ()

    def start(self, order: Any, key: str) -> Any:
        raise AssertionError("nothing is waiting")

    def tidy(self, folder: Path) -> None:
        """Nothing is left."""

    def close(self) -> None:
        """Nothing is held."""
