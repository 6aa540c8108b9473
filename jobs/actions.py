"""Enqueue and cancel work inside the caller's transaction. The ring after commit is only a doorbell."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from celery import Celery
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import User
from jobs import kinds
from jobs.celery_settings import QUEUES, RINGING
from jobs.models import Job

logger = logging.getLogger("concord.jobs")
RING = "jobs.run"


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
    """Add a job to the caller's transaction; the row with the same key if there is one already.

    `key` is "kind:object:version" and makes the work happen once. `organisations` are those whose rows the job may
    see. Raises KeyError for an unknown kind and ValueError for an unknown queue.
    """
    spec = kinds.get(kind)
    if queue not in QUEUES:
        raise ValueError(f"there is no queue {queue}")
    due = not_before or timezone.now()
    fresh = Job(
        key=key, kind=kind, queue=queue, organisations=list(organisations), originator=by.pk if by else None,
        payload=payload or {}, max_attempts=spec.max_attempts, not_before=due, next_ring_at=due,
    )  # fmt: skip
    job, made = _insert(fresh)
    if made and due <= timezone.now():
        transaction.on_commit(partial(ring, job.pk, queue))
    return job


def _insert(job: Job) -> tuple[Job, bool]:
    """The row with this key and whether it is new. An agency's process does not see rows of foreign queues: to it one
    with the same key is as good as its own."""
    known = Job.objects.filter(key=job.key).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        return Job.objects.filter(key=job.key).first() or job, False
    return job, True


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
    """Tell a worker that there is work. A broker that cannot be reached is only counted: the sweeper rings again."""
    return doorbell.ring(job_id, queue)
