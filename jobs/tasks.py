"""The one Celery task: a job id in, one job run, then whatever else is due on the queue it came from."""

from __future__ import annotations

import os
import socket
import time
from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import task_postrun, task_prerun
from django.db import close_old_connections, connection

from jobs.actions import FURTHER, RING
from jobs.models import Echo, Job
from jobs.running import run, run_next

LONGEST = 10  # seconds after which a message takes no further job, well inside Celery's limit for one message


@shared_task(name=RING, bind=True)
def ring(self: Any, job_id: str) -> None:
    """Run the job that rang, then up to 20 further due ones of its queue: a lost ring seldom waits for the sweeper."""
    began = time.monotonic()
    run(UUID(job_id))
    queue = (self.request.delivery_info or {}).get("routing_key") or "default"
    for _ in range(FURTHER):
        if time.monotonic() - began > LONGEST:
            return
        if not run_next(queue):
            return


@task_prerun.connect
@task_postrun.connect
def _fresh_connection(**kwargs: Any) -> None:
    """Connections are reused between tasks; a dead one must not poison the process (performance.md §6.1)."""
    close_old_connections()


def finish_echo(job: Job) -> None:
    """Effect of the diagnostic kind: which role and process did it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
    Echo.objects.create(job=job, role=role, process=f"{socket.gethostname()}:{os.getpid()}")
