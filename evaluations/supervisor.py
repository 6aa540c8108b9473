"""The process that supervises an agency's runs: claims them, starts them, watches them, ends them, once a second.

It holds no state that matters: what it knows is in the rows, the leases and the folders of the runs. When it is killed its
runs end with it, and whoever claims them afterwards goes on from their logs.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
import time
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import Error, transaction

from core import rls
from evaluations import queries
from evaluations.actions import supervised
from evaluations.actions.supervised import Heard
from evaluations.models import RunLaunch
from evaluations.policies import WITH_RUNS
from evaluations.runner.base import CannotRun, Progress, Runner, Running
from evaluations.workflow import LIVE
from jobs import kinds, leases
from jobs.models import Job

logger = logging.getLogger("concord.runs")
WRITE_EVERY, EXTEND_EVERY, TIDY_EVERY = 2.0, 15.0, 60.0
GRACE = 6.0  # for runs to close their logs when the supervisor is told to end


class HostTaken(Exception):
    """Another supervisor works in this folder."""


@dataclass
class Active:
    """One run under way. `before` are the totals of its earlier starts."""

    job: Job
    launch: RunLaunch
    running: Running
    progress: Progress = field(default_factory=Progress)
    began: float = field(default_factory=time.monotonic)
    told_running: bool = False
    cancelled: bool = False

    def heard(self) -> Heard:
        """Totals now. What an earlier start had finished without an error is not done again."""
        before, now = self.launch, self.progress
        samples = now.samples or before.samples
        done = before.samples_done - before.samples_failed + now.done
        return Heard(
            launch=before.pk, running=now.running, samples=samples, done=min(done, samples) if samples else done,
            errors=now.errors, tokens_in=before.tokens_in + now.tokens_in, tokens_out=before.tokens_out + now.tokens_out,
            seconds=before.seconds + int(time.monotonic() - self.began),
        )  # fmt: skip


class Supervisor:
    """Runs of some queues, `most` at a time, in a folder of this host that nobody else uses."""

    def __init__(
        self, runner: Runner, queues: list[str], organisations: tuple[UUID, ...], folder: Path, *, most: int = 4
    ) -> None:
        self.runner, self.queues, self.organisations, self.most = runner, queues, organisations, most
        self.folder = folder
        self.active: dict[UUID, Active] = {}
        self._wrote = self._extended = self._tidied = float("-inf")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = open(folder / "lock", "w")  # noqa: SIM115  # held as long as the supervisor lives
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.close()
            raise HostTaken(f"Another supervisor works in {folder}: give each a folder of its own.") from error
        for left in self._folders():
            runner.tidy(left)

    def turn(self) -> None:
        """One turn. The database may be away: what runs goes on until its lease is lost, and nothing new is started."""
        now = time.monotonic()
        for run in self.active.values():
            run.progress = run.running.poll()
        if self.active:
            self._judge()
        if self.active and now - self._wrote >= WRITE_EVERY:
            self._write()
            self._wrote = now
        if self.active and now - self._extended >= EXTEND_EVERY:
            self._extend()
            self._extended = now
        for run in [run for run in self.active.values() if run.progress.ended]:
            self._end(run)
        if len(self.active) < self.most:
            self._claim()
        if now - self._tidied >= TIDY_EVERY:
            self._tidied = now
            self._tidy()

    def close(self) -> None:
        """End what runs politely, so that logs are closed, and leave the runs to whoever comes next."""
        for run in self.active.values():
            run.running.cancel()
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and not all(run.running.poll().ended for run in self.active.values()):
            time.sleep(0.1)
        for run in self.active.values():
            run.running.kill()
            leases.fail(run.job.pk, run.job.fence, "its supervisor ended")
        self.active.clear()
        self.runner.close()
        self._lock.close()

    def _context(self) -> AbstractContextManager[None]:
        return rls.context(organisations=self.organisations, actor="job:evaluations.run")

    def _judge(self) -> None:
        """Stop what may not go on: told to stop, paused, withdrawn, access gone, budget used up. One statement for all."""
        with self._context():
            standing = queries.standing(self.active)
        for pk, run in self.active.items():
            status, why = standing.get(pk, ("stopping", "Its row is gone."))
            if status not in LIVE:  # the clock took it for lost, or somebody else ended it
                run.running.kill()
                continue
            heard = run.heard()
            why = why or queries.budget(run.launch).exhausted(heard.tokens_in + heard.tokens_out, heard.seconds)
            if (why or status == "stopping") and not run.cancelled:
                run.running.cancel()  # first: nothing is spent from now on
                run.cancelled = True
                with self._context():
                    supervised.halt(launch=pk, why=why)
            elif run.progress.running and not run.told_running:
                run.told_running = True
                with self._context():
                    supervised.running(launch=pk)

    def _write(self) -> None:
        with self._context():
            supervised.hear([run.heard() for run in self.active.values()])

    def _extend(self) -> None:
        for run in list(self.active.values()):
            try:
                with transaction.atomic():
                    leases.extend(run.job, run.job.fence, kinds.get(run.job.kind).lease_seconds)
            except leases.LeaseLost:
                self._drop(run)

    def _drop(self, run: Active) -> None:
        """Somebody else has the run now: what we run of it ends at once and is written nowhere."""
        logger.warning("run %s: a newer owner exists", run.launch.pk)
        run.running.kill()
        del self.active[run.launch.pk]

    def _end(self, run: Active) -> None:
        try:
            with self._context():
                row = supervised.end(job=run.job, told=run.heard(), progress=run.progress)
        except leases.LeaseLost:
            self._drop(run)
            return
        del self.active[run.launch.pk]
        logger.info("run %s ended: %s", row.pk, row.status)
        if row.status == "finished" or row.assignment.status not in WITH_RUNS:
            shutil.rmtree(self._place(row.pk), ignore_errors=True)

    def _claim(self) -> None:
        for job_id in leases.waiting(self.queues, self.most - len(self.active)):
            job = leases.claim(job_id)
            if job is not None:
                self._start(job, UUID(job.payload["launch"]))

    def _start(self, job: Job, launch: UUID) -> None:
        place = self._place(launch)
        if place.exists():
            self.runner.tidy(place)
        with self._context():
            prepared = supervised.begin(launch=launch, folder=place)
            if prepared is None:
                leases.finish(job.pk, job.fence)
        if prepared is None:
            return
        place.mkdir(mode=0o700, exist_ok=True)
        try:
            started = self.runner.start(prepared.order, prepared.key)
        except CannotRun as refused:
            with self._context():
                supervised.give_up(job=job, launch=launch, why=str(refused))
            return
        self.active[launch] = Active(job, copy(prepared.launch), started)

    def _place(self, launch: UUID) -> Path:
        return self.folder / launch.hex

    def _folders(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.is_dir()]

    def _tidy(self) -> None:
        """Folders of runs that nobody can go on with are emptied: what a model said stays no longer than it is needed."""
        ours = {self._place(pk) for pk in self.active}
        left = [path for path in self._folders() if path not in ours]
        if not left:
            return
        with self._context():
            rows = RunLaunch.objects.exclude(status="finished").filter(
                pk__in=[UUID(path.name) for path in left], assignment__status__in=WITH_RUNS
            )
            needed = {pk.hex for pk in rows.values_list("pk", flat=True)}
        for path in left:
            if path.name not in needed:
                self.runner.tidy(path)
                shutil.rmtree(path, ignore_errors=True)


def turn_safely(supervisor: Supervisor) -> bool:
    """One turn; whether the database answered. A database that is away is waited for."""
    try:
        supervisor.turn()
    except Error as error:
        logger.warning("the database did not answer: %s", type(error).__name__)
        return False
    return True
