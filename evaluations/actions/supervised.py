"""What the process that supervises runs writes: begun, how far, stopping, ended with its log. Nobody else calls these.

Each runs in a context of the agency. A run's end is written in the transaction that ends its job, behind the fence: a
supervisor that lost its lease writes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import actions as audit
from core.decisions import Conflict, Invalid
from early_access import keys
from early_access import queries as early_access
from early_access.actions.credentials import opening_for_worker
from early_access.models import EarlyAccessRequest
from evaluations import notices, policies, queries
from evaluations.actions import runs
from evaluations.actions.launches import NO_WORD, held_launch, is_silent, moved, watch
from evaluations.models import RunLaunch
from evaluations.runner.base import Order, Progress
from jobs import leases
from jobs.models import Job

logger = logging.getLogger("concord.runs")
OPENED = "For a test that the agency's runner runs."  # the developer reads it: it names no suite
NOTHING_KEPT = "The test was stopped: nothing of this run was kept."
NO_LOG = "It had to be ended before it closed its log. What it had finished can be gone on from."
TOO_LARGE = "Its log is larger than Concord takes, so that no estimate stands here."


@dataclass(frozen=True)
class Prepared:
    """A run to start, and the key for it. `before` are the counts of its earlier starts."""

    order: Order
    launch: RunLaunch
    key: str = field(repr=False)


@transaction.atomic
def begin(*, launch: UUID, folder: Path) -> Prepared | None:
    """Open the key for one start of a run; None when there is nothing to start any more, which its row then says."""
    known = RunLaunch.objects.select_related("assignment__agency").get(pk=launch)
    # The request before the assignment, as early access locks them.
    EarlyAccessRequest.objects.select_for_update(of=("self",)).get(pk=known.assignment.request_id)
    row = held_launch(known)
    if not row.is_live:
        return None
    if row.status == "stopping":
        _over(row, "stop")
        return None
    if not (decision := policies.may_run(row.assignment, row.variant)):
        _over(row, "put_off" if row.status == "queued" else "halt", decision.sentence)
        return None
    if row.starts and not folder.exists() and row.status != "queued":
        _over(row, "lose", NO_WORD)
        return None
    credential = keys.reaching(row.assignment.request, row.assignment.agency, row.variant)
    specification = early_access.specification(row.assignment.request)
    assert credential is not None and specification is not None  # may_run has seen both
    try:
        key, _ = opening_for_worker(credential, row.assignment.agency, reason=OPENED)
    except Conflict as conflict:
        _over(row, "put_off" if row.status == "queued" else "halt", conflict.sentence)
        return None
    again = row.starts > 0 and folder.exists()
    if row.status == "queued":
        moved(row, "start")
    row.credential, row.starts, row.heard_at = credential, row.starts + 1, timezone.now()
    row.started_at = row.started_at or row.heard_at
    row.save(update_fields=["credential", "starts", "heard_at", "started_at"])
    watch(row, 1)
    _said(row, "run_started")
    budget = queries.budget(row)
    base_url, model_name = keys.address(credential, specification)
    order = Order(
        run=str(row.pk), suite=row.suite, base_url=base_url, model_name=model_name,
        folder=folder, parallel=row.parallel, token_limit=max(1, budget.tokens - row.tokens),
        seconds=max(1, budget.seconds - row.seconds), context_length=specification.context_length or 0, again=again,
    )  # fmt: skip
    return Prepared(order, row, key)


def _over(row: RunLaunch, verb: str, note: str | None = None) -> None:
    """A run that is not started (again): its row says why."""
    moved(row, verb, note=note)
    if row.status == "stopping":
        moved(row, "stop")
    _ended(row)


@dataclass(frozen=True)
class Heard:
    """Totals of one run over all its starts, as its supervisor knows them now."""

    launch: UUID
    running: bool
    samples: int
    done: int
    errors: int
    tokens_in: int
    tokens_out: int
    seconds: int

    def counts(self) -> dict[str, int]:
        """Columns and values."""
        return {
            "samples": self.samples, "samples_done": self.done, "samples_failed": self.errors,
            "tokens_in": self.tokens_in, "tokens_out": self.tokens_out, "seconds": self.seconds,
        }  # fmt: skip


@transaction.atomic
def hear(told: Iterable[Heard]) -> None:
    """Write how far runs are: counts and the instant, which the record of changes leaves out."""
    now = timezone.now()
    for one in told:
        RunLaunch.objects.filter(pk=one.launch).update(heard_at=now, **one.counts())


@transaction.atomic
def running(*, launch: UUID) -> None:
    """The harness has begun with the first task."""
    row = _held(launch)
    if row.status == "starting":
        moved(row, "run")


@transaction.atomic
def halt(*, launch: UUID, why: str) -> bool:
    """The system stops it; whether it had not been told to stop before."""
    row = _held(launch)
    if row.status not in ("starting", "running"):
        return False
    moved(row, "halt", note=why)
    _said(row, "run_halted")
    return True


def end(*, job: Job, told: Heard, progress: Progress) -> RunLaunch:
    """The run's process has ended: its state, its log (read like an uploaded one), and the job, in one transaction.

    LeaseLost when another supervisor has the run. Sealing comes before the locks, since it takes seconds for a big log.
    """
    known = RunLaunch.objects.select_related("assignment__agency", "launched_by").get(pk=told.launch)
    kept = known.assignment.status in policies.WITH_RUNS
    sealed, problem = _sealed(known, progress.log) if kept and progress.log else (None, "")
    with transaction.atomic():
        leases.finish(job.pk, job.fence)
        row = held_launch(known)
        kept = row.assignment.status in policies.WITH_RUNS
        RunLaunch.objects.filter(pk=row.pk).update(heard_at=timezone.now(), **told.counts())
        verb, note = _ending(row, progress)
        if row.status == "starting" and verb in ("finish", "stop"):
            moved(row, "run" if verb == "finish" else "halt")
        if not kept:
            note = NOTHING_KEPT
        elif problem:
            note = f"{note} {problem}".strip()
        elif sealed is not None:
            runs.keep(sealed, row.assignment)
        elif verb == "stop":
            note = f"{note} {NO_LOG}".strip()
        if row.is_live:
            moved(row, verb, note=note)
        _ended(row)
    return row


def _ending(row: RunLaunch, progress: Progress) -> tuple[str, str]:
    """Which move ends it, and what is said."""
    if progress.outcome == "success":
        return "finish", ""
    if row.status == "stopping":
        return "stop", row.note
    if progress.outcome == "cancelled":
        return "fail", "The run was interrupted on its host. It can be gone on with."
    return "fail", progress.sentence or "The run ended with an error."


def _sealed(row: RunLaunch, path: Path) -> tuple[Any, str]:
    if path.stat().st_size > settings.MAX_LOG_BYTES:
        return None, TOO_LARGE
    try:
        with open(path, "rb") as file:
            return runs.seal(
                assignment=row.assignment, file=file, file_name=f"{row.suite}.eval", domain=row.domain, variant=row.variant,
                restricted=row.restricted, reason_for_import="", by=row.launched_by, launch=row,
            ), ""  # fmt: skip
    except Invalid as invalid:
        return None, " ".join(problem.sentence for problem in invalid.problems)


@transaction.atomic
def give_up(*, job: Job, launch: UUID, why: str) -> None:
    """The run cannot be started on this host: it failed, and nothing is tried again by itself."""
    leases.finish(job.pk, job.fence)
    row = _held(launch)
    if row.is_live:
        moved(row, "stop" if row.status == "stopping" else "fail", note=why)
    _ended(row)


@transaction.atomic
def lose_silent(*, launch: UUID, start: int, turn: int) -> bool:
    """The clock: a run whose supervisor has not written for long is lost; whether it was. Else the clock goes on."""
    row = _held(launch)
    if row.starts != start or row.status not in ("starting", "running", "stopping"):
        return False
    if not is_silent(row):
        watch(row, turn + 1)
        return False
    moved(row, "lose", note=NO_WORD)
    _said(row, "run_lost")
    _ended(row)
    return True


def _held(launch: UUID) -> RunLaunch:
    return held_launch(RunLaunch.objects.select_related("assignment").get(pk=launch))


def _ended(row: RunLaunch) -> None:
    _said(row, "run_ended")
    notices.run_ended(row)


def _said(row: RunLaunch, verb: str) -> None:
    audit.record(f"evaluations.{verb}", row, parties=[row.agency_id])
