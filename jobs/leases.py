"""Claim, extend, finish and fail a job row: plain SQL, database time only, guarded by the fence (security.md §7.2)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import connection

from jobs import kinds
from jobs.models import Job

# One statement finds the job, takes it and reads it. `lease` is written by the database's clock, per kind.
CLAIM = """
UPDATE jobs_job SET state = 'running', fence = fence + 1, attempts = attempts + 1,
       lease_until = clock_timestamp() + make_interval(secs => lease.seconds),
       next_ring_at = clock_timestamp() + make_interval(secs => lease.seconds)
  FROM (SELECT id, coalesce((%(leases)s::jsonb ->> kind)::float, %(usual)s) AS seconds FROM jobs_job WHERE id = ({which})) lease
 WHERE jobs_job.id = lease.id AND attempts < max_attempts AND not_before <= clock_timestamp()
   AND (state = 'queued' OR (state = 'running' AND lease_until < clock_timestamp()))
RETURNING jobs_job.*"""

FINISH = """
UPDATE jobs_job SET state = 'done', done_at = clock_timestamp(), lease_until = NULL, error = ''
 WHERE id = %s AND state = 'running' AND fence = %s"""

EXTEND = """
UPDATE jobs_job SET lease_until = clock_timestamp() + make_interval(secs => %s),
       next_ring_at = clock_timestamp() + make_interval(secs => %s)
 WHERE id = %s AND state = 'running' AND fence = %s"""

FAIL = """
UPDATE jobs_job SET error = %(error)s, lease_until = NULL,
       state = CASE WHEN attempts >= max_attempts THEN 'dead' ELSE 'queued' END,
       done_at = CASE WHEN attempts >= max_attempts THEN clock_timestamp() END,
       not_before = clock_timestamp() + make_interval(secs => least(300, power(2, attempts))),
       next_ring_at = clock_timestamp() + make_interval(secs => least(300, power(2, attempts)))
 WHERE id = %(id)s AND state = 'running' AND fence = %(fence)s RETURNING state"""

THIS = "%(id)s"
NEXT = """
SELECT id FROM jobs_job WHERE queue = %(queue)s AND state = 'queued' AND not_before <= clock_timestamp()
   AND attempts < max_attempts ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED"""
# What a process that looks by itself may claim: due jobs, and those whose owner is gone.
WAITING = """
SELECT id FROM jobs_job WHERE queue = ANY(%(queues)s) AND attempts < max_attempts AND not_before <= clock_timestamp()
   AND (state = 'queued' OR (state = 'running' AND lease_until < clock_timestamp())) ORDER BY not_before LIMIT %(most)s"""
USUAL = kinds.Kind("", "").lease_seconds  # of a kind that nobody registered: its row will say so


class LeaseLost(Exception):
    """A newer owner exists: everything done under the old fence is rolled back."""


def claim(job_id: UUID) -> Job | None:
    """The job under a fresh claim, with its fence number, or None when there is nothing to do (a duplicate ring)."""
    return _claimed(THIS, id=job_id)


def claim_next(queue: str) -> Job | None:
    """A due job of a queue that nobody is claiming this instant, under a fresh claim."""
    return _claimed(NEXT, queue=queue)


def waiting(queues: list[str], most: int) -> list[UUID]:
    """Ids of jobs that could be claimed now, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"queues": queues, "most": most})
        return [row[0] for row in cursor.fetchall()]


def _claimed(which: str, **values: Any) -> Job | None:
    seconds = json.dumps({kind.name: kind.lease_seconds for kind in kinds.KINDS.values()})
    rows = Job.objects.raw(CLAIM.format(which=which), {"leases": seconds, "usual": USUAL, **values})
    return next(iter(rows), None)


def extend(job: Job, fence: int, lease_seconds: float) -> None:
    """More time between steps; LeaseLost when somebody else owns the job now."""
    with connection.cursor() as cursor:
        cursor.execute(EXTEND, [lease_seconds, lease_seconds, job.pk, fence])
        if cursor.rowcount != 1:
            raise LeaseLost


def finish(job_id: UUID, fence: int) -> None:
    """First statement of the finishing transaction; LeaseLost rolls that transaction back."""
    with connection.cursor() as cursor:
        cursor.execute(FINISH, [job_id, fence])
        if cursor.rowcount != 1:
            raise LeaseLost


def fail(job_id: UUID, fence: int, error: str) -> str | None:
    """Queue again with a delay of 2^attempts seconds (at most 300), or dead; the new state, None when the lease is
    lost."""
    with connection.cursor() as cursor:
        cursor.execute(FAIL, {"id": job_id, "fence": fence, "error": error[:500]})
        row = cursor.fetchone()
    return str(row[0]) if row else None
