"""The sweeper's turn: ring what nobody rang, give expired leases away, mark used-up jobs dead, start due schedules.

It needs PostgreSQL only; a broker that is down costs a damped ring. It runs no job itself: it has no keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from jobs import actions, reports
from jobs.models import Schedule

BATCH = 200

# Damping: the n-th ring of a job waits 3·2^n seconds, at most 60, so that a backlog does not flood the broker.
RING = """
UPDATE jobs_job SET rung = least(rung + 1, 30),
       next_ring_at = clock_timestamp() + make_interval(secs => least(60, 3 * power(2, least(rung, 10))))
 WHERE id IN (SELECT id FROM jobs_job WHERE state IN ('queued', 'running') AND next_ring_at < clock_timestamp() - interval '2 seconds'
                AND not_before <= clock_timestamp() AND (state = 'queued' OR lease_until < clock_timestamp()) AND attempts < max_attempts
              ORDER BY next_ring_at LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, queue"""

BURY = """
UPDATE jobs_job SET state = 'dead', done_at = clock_timestamp(), lease_until = NULL,
       error = CASE WHEN error = '' THEN 'its worker died each time' ELSE error END
 WHERE id IN (SELECT id FROM jobs_job WHERE state IN ('queued', 'running') AND attempts >= max_attempts
                AND (state = 'queued' OR lease_until < clock_timestamp()) LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, kind"""

# What the broker did not take keeps its turn and its damping.
UNRUNG = """
UPDATE jobs_job SET rung = greatest(rung - 1, 0), next_ring_at = clock_timestamp() - interval '2 seconds'
 WHERE id = ANY (%s) AND state = 'queued'"""


@dataclass(frozen=True)
class Turn:
    """What one turn did."""

    rung: int
    buried: int
    started: int


def turn() -> Turn:
    """One turn; called every second by `manage.py sweep`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RING, [BATCH])
        due = cursor.fetchall()
        cursor.execute(BURY, [BATCH])
        buried = cursor.fetchall()
        for job_id, kind in buried:
            reports.report_death(job_id, kind)
    return Turn(_ring(due), len(buried), _start_due_schedules())


def _ring(due: list[tuple[UUID, str]]) -> int:
    for number, (job_id, queue) in enumerate(due):
        if not actions.ring(job_id, queue):
            with connection.cursor() as cursor:
                cursor.execute(UNRUNG, [[row[0] for row in due[number:]]])
            return number
    return len(due)


@transaction.atomic
def _start_due_schedules() -> int:
    now = timezone.now()
    due = Schedule.objects.select_for_update(skip_locked=True).filter(next_at__lte=now)
    for schedule in due:
        actions.enqueue(schedule.kind, key=f"schedule:{schedule.name}:{schedule.next_at.isoformat()}")
        # after a long absence one tick, not all that were missed
        missed = int((now - schedule.next_at).total_seconds() // schedule.every_seconds)
        schedule.next_at += timedelta(seconds=schedule.every_seconds * (missed + 1))
        schedule.save(update_fields=["next_at"])
    return len(due)
