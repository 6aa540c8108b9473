"""Claim, extend, finish and fail a job row: plain SQL, database time only, guarded by the fence (security.md §7.2)."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from jobs.models import Job

CLAIM = """
UPDATE jobs_job SET state = 'running', fence = fence + 1, attempts = attempts + 1,
       lease_until = clock_timestamp() + make_interval(secs => %(lease)s),
       next_ring_at = clock_timestamp() + make_interval(secs => %(lease)s)
 WHERE id = %(id)s AND attempts < max_attempts AND not_before <= clock_timestamp()
   AND (state = 'queued' OR (state = 'running' AND lease_until < clock_timestamp()))
RETURNING fence"""

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

NEXT = """
SELECT id FROM jobs_job WHERE queue = %s AND state = 'queued' AND not_before <= clock_timestamp()
   AND attempts < max_attempts ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED"""


class LeaseLost(Exception):
    """A newer owner exists: everything done under the old fence is rolled back."""


def claim(job_id: UUID, lease_seconds: float) -> int | None:
    """The fence number of a fresh claim, or None when there is nothing to do (a duplicate ring)."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"id": job_id, "lease": lease_seconds})
        row = cursor.fetchone()
    return int(row[0]) if row else None


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


def next_due(queue: str) -> UUID | None:
    """A due job of a queue that nobody is claiming this instant."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [queue])
        row = cursor.fetchone()
    return row[0] if row else None
