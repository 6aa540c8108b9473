"""For tests of other rooms: run what is due now, inline, through the same claim and finish as a worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core import rls
from jobs.models import Job
from jobs.running import run


def run_due(limit: int = 100, *, at: datetime | None = None, kinds: tuple[str, ...] = ()) -> list[Job]:
    """Run due jobs until none is left; raises AssertionError when one fails. Returns the jobs that were done.

    `at`: pretend that clocks up to this instant have fallen due.
    """
    done: list[Job] = []
    if at is not None:
        Job.objects.filter(state=Job.State.QUEUED, not_before__lte=at).update(not_before=timezone.now())
    for _ in range(limit):
        waiting = Job.objects.filter(state=Job.State.QUEUED, not_before__lte=timezone.now())
        job = (waiting.filter(kind__in=kinds) if kinds else waiting).order_by("created_at").first()
        if job is None:
            return done
        with transaction.atomic(), rls.context():
            finished = run(job.pk)
        job.refresh_from_db()
        assert finished, f"{job.kind} failed: {job.error}"
        done.append(job)
    raise AssertionError(f"more than {limit} jobs were due")
