"""The Celery application of measured workers: the product's, plus one kind of job that writes once per item.

`python -m benchmarks.worker raw` is the yardstick instead: BRPOP and UPDATE, with nothing around them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import django
from django.apps import apps
from django.db import connection

from config.celery import app
from jobs import kinds

if TYPE_CHECKING:
    from jobs.models import Job

if not apps.ready:
    django.setup()

__all__ = ["app"]

KIND, RAW = "bench.touch", "bench:raw"
TOUCH = "UPDATE bench_item SET touched = touched + 1 WHERE id = ANY (%s)"


def touch(job: Job) -> None:
    """Effect of the measured kind: all ids of the job in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCH, [job.payload["ids"]])


kinds.register(KIND, finish="benchmarks.worker.touch")


def raw() -> None:
    """Pop ids until the word "end" comes, and write each in a transaction of its own."""
    from benchmarks.cases.queue import broker

    line = broker()
    while True:
        _, word = line.brpop([RAW])  # type: ignore[misc]  # redis types both its clients at once
        if word == b"end":
            return
        with connection.cursor() as cursor:
            cursor.execute(TOUCH, [[int(word)]])


if __name__ == "__main__" and sys.argv[1:] == ["raw"]:
    raw()
