"""Enqueue and cancel work inside the caller's transaction. The ring after commit is only a doorbell."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from celery import Celery
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import User
from jobs import kinds
from jobs.celery_settings import QUEUES, RINGING, RUN_QUEUES
from jobs.models import Job

logger = logging.getLogger("concord.jobs")
RING = "jobs.run"
FURTHER = 20  # due jobs of its queue that a worker takes after the one that rang
# Whoever has the key already keeps it, seen or unseen: an agency's process does not see rows of foreign queues. No column
# is named after ON CONFLICT, since that would ask the policy for reading about the new row too.
INSERT = """
INSERT INTO jobs_job (id, created_at, kind, queue, key, organisations, originator, payload, state, attempts, max_attempts,
       not_before, fence, rung, next_ring_at, error)
VALUES :rows ON CONFLICT DO NOTHING"""
ROW = "(%s, %s, %s, %s, %s, %s::uuid[], %s, %s, 'queued', 0, %s, %s, 0, 0, %s, '')"


@dataclass(frozen=True)
class Order:
    """One job to add. `key` is "kind:object:version" and makes the work happen once. `organisations` are those whose
    rows the job may see. `not_before`: a clock; None is now."""

    kind: str
    key: str
    organisations: tuple[UUID, ...] = ()
    payload: dict[str, Any] = field(default_factory=dict)
    queue: str = "default"
    not_before: datetime | None = None


def enqueue(
    kind: str,
    *,
    key: str,
    organisations: Iterable[UUID] = (),
    payload: dict[str, Any] | None = None,
    queue: str = "default",
    not_before: datetime | None = None,
    by: User | None = None,
) -> Job:
    """Add a job (as in `Order`) to the caller's transaction; the row with the same key if there is one already.

    Raises KeyError for an unknown kind and ValueError for an unknown queue.
    """
    order = Order(kind, key, tuple(organisations), payload or {}, queue)
    due = not_before or timezone.now()
    job = _job(order, due, by)
    if _insert([job]) == 0:
        return Job.objects.filter(key=key).first() or job
    if due <= timezone.now():
        transaction.on_commit(partial(ring, job.pk, queue))
    return job


def enqueue_all(orders: Iterable[Order], *, by: User | None = None) -> int:
    """Add many jobs in one statement; how many are new. Each queue is rung as often as its workers need to hear it: a
    worker that was rung takes further due jobs of its queue."""
    now = timezone.now()
    rows = [_job(order, order.not_before or now, by) for order in orders]
    made = _insert(rows)
    due = [job for job in rows if job.not_before <= now]
    for queue, mine in groupby(sorted(due, key=attrgetter("queue")), attrgetter("queue")):
        for job in list(mine)[:: FURTHER + 1]:
            transaction.on_commit(partial(ring, job.pk, queue))
    return made


def _job(order: Order, due: datetime, by: User | None) -> Job:
    if order.queue not in (*QUEUES, *RUN_QUEUES):
        raise ValueError(f"there is no queue {order.queue}")
    return Job(
        key=order.key, kind=order.kind, queue=order.queue, organisations=list(order.organisations),
        originator=by.pk if by else None, payload=order.payload, max_attempts=kinds.get(order.kind).max_attempts,
        not_before=due, next_ring_at=due,
    )  # fmt: skip


def _insert(rows: list[Job]) -> int:
    """How many of these are new: one statement, whatever their number."""
    if not rows:
        return 0
    values: list[Any] = []
    for job in rows:
        values += [
            job.pk, job.created_at, job.kind, job.queue, job.key, job.organisations, job.originator,
            json.dumps(job.payload), job.max_attempts, job.not_before, job.next_ring_at,
        ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT.replace(":rows", ", ".join([ROW] * len(rows))), values)
        return int(cursor.rowcount)


def cancel(*, key: str) -> bool:
    """Cancel a job that has not begun (a clock that need not fire any more); whether there was one."""
    waiting = Job.objects.filter(key=key, state=Job.State.QUEUED)
    return waiting.update(state=Job.State.CANCELLED, done_at=timezone.now()) > 0


@transaction.atomic
def redo(job_id: UUID) -> Job:
    """Give a dead job all its attempts again; Job.DoesNotExist when there is no dead job of that id."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id, state=Job.State.DEAD)
    job.state, job.attempts, job.error, job.rung = Job.State.QUEUED, 0, "", 0
    job.not_before = job.next_ring_at = timezone.now()
    job.done_at = None
    job.save()
    transaction.on_commit(partial(ring, job.pk, job.queue))
    return job


class Doorbell:
    """Rings workers through a Celery application of its own, with short timeouts and a breaker.

    A broker that cannot be reached costs a request 0.2 seconds once; for the next two seconds nobody tries.
    """

    QUIET_SECONDS = 2.0

    def __init__(self) -> None:
        self.quiet_until = 0.0
        self.missed = 0

    @cached_property
    def _app(self) -> Celery:
        app = Celery("concord-doorbell", broker=settings.BROKER_URL, set_as_current=False)
        app.conf.update(RINGING)
        return app

    def ring(self, job_id: UUID, queue: str) -> bool:
        """Send one job id; whether the broker took it. Only failures to reach the broker are swallowed."""
        if time.monotonic() < self.quiet_until:
            self.missed += 1
            return False
        try:
            self._app.send_task(RING, args=[str(job_id)], queue=queue, expires=60, retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            self.missed += 1
            self.quiet_until = time.monotonic() + self.QUIET_SECONDS
            logger.warning("the broker did not take a ring for queue %s: %s", queue, type(error).__name__)
            return False
        return True


doorbell = Doorbell()


def ring(job_id: UUID, queue: str) -> bool:
    """Tell a worker that there is work. A broker that cannot be reached is only counted: the sweeper rings again.
    Whoever works a queue of runs looks by itself."""
    return queue in RUN_QUEUES or doorbell.ring(job_id, queue)
