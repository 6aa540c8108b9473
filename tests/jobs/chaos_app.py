"""What the chaos test submits and counts, and the Celery application of its workers.

A workload is the small object that the clients, the workers and the test agree on; another room's work can take its
place by another class with the same members.
"""

from __future__ import annotations

import os
import signal
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402  # models exist only after setup

from config.celery import app  # noqa: E402
from jobs import actions, kinds  # noqa: E402
from jobs.models import Job  # noqa: E402

__all__ = ["app"]

app.conf.imports = ("jobs.tasks",)


class Effects:
    """Each job writes one row into a table without any unique key, so that doing it twice shows."""

    KIND = "chaos.effect"
    SCHEMA = (
        "CREATE TABLE chaos_effect (key text NOT NULL, at timestamptz NOT NULL DEFAULT now());"
        "CREATE TABLE chaos_start (key text NOT NULL)"
    )
    COUNT = (
        "SELECT j.key, j.state, (SELECT count(*) FROM chaos_effect e WHERE e.key = j.key) FROM jobs_job j"
        " WHERE j.key LIKE 'chaos:%'"
    )
    STARTS = "SELECT count(*) FROM chaos_start"
    EVERY_STALL = 20

    def submit(self, number: int) -> str:
        """Enqueue one piece of work in the caller's transaction; the key by which it is counted."""
        return actions.enqueue(self.KIND, key=f"chaos:{number}", payload={"number": number}).key


WORK = Effects()


def work(job: Job) -> None:
    """Takes a moment, so that faults meet it; now and then the first owner stands still past its lease."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO chaos_start (key) VALUES (%s)", [job.key])
    if job.payload["number"] % Effects.EVERY_STALL == 0 and job.attempts == 0:
        signal.setitimer(signal.ITIMER_REAL, 0)  # nothing interrupts it: it comes back as an owner of yesterday
        time.sleep(6)  # lease 1.5 s, and the sweeper rings 2 s later
    time.sleep(0.1)


def finish(job: Job, _: None) -> None:
    """The effect."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO chaos_effect (key) VALUES (%s)", [job.key])


kinds.register(
    Effects.KIND, work="tests.jobs.chaos_app.work", finish="tests.jobs.chaos_app.finish", seconds=1, max_attempts=30
)
