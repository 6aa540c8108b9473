"""Runs one job: claim, work outside our transaction, then effect, audit and `done` in one commit behind the fence."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from core import rls
from jobs import kinds, leases, limits, reports
from jobs.models import Job

logger = logging.getLogger("concord.jobs")


def run(job_id: UUID) -> bool:
    """Run the job if it is due and unclaimed; whether it was done. A failure is written on the row, never lost."""
    return _run(leases.claim(job_id))


def run_next(queue: str) -> bool:
    """Run whatever else is due on a queue; whether there was something and it was done."""
    return _run(leases.claim_next(queue))


def _run(job: Job | None) -> bool:
    if job is None:
        return False
    try:
        kind = kinds.get(job.kind)
        with limits.at_most(kind.soft_seconds):
            _attempt(job, kind)
    except leases.LeaseLost:
        logger.warning("job %s: a newer owner exists, rolled back", job.pk)
        return False
    except Exception as error:  # any failure of a handler belongs on its row; the row decides about another attempt
        _failed(job, error)
        return False
    return True


def _context(job: Job) -> AbstractContextManager[None]:
    return rls.context(user=job.originator, organisations=tuple(job.organisations), actor=f"job:{job.kind}")


def _attempt(job: Job, kind: kinds.Kind) -> None:
    outcome: tuple[object, ...] = ()
    if kind.work:
        outcome = (kind.load("work")(job),)
    with _context(job):  # one transaction: `done` and the effect are one commit
        leases.finish(job.pk, job.fence)
        kind.load("finish")(job, *outcome)


def _failed(job: Job, error: Exception) -> None:
    words = "ran out of time" if isinstance(error, SoftTimeLimitExceeded) else f"{type(error).__name__}: {error}"
    with transaction.atomic():
        state = leases.fail(job.pk, job.fence, words)
        if state == Job.State.DEAD:
            reports.report_death(job.pk, job.kind)
    logger.error("job %s (%s) failed: %s; now %s", job.pk, job.kind, type(error).__name__, state, exc_info=error)
