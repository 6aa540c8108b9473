"""`manage.py sweep`: the sweeper process. No Redis is needed to run it, and no beat."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from jobs import schedules, sweeping

logger = logging.getLogger("concord.sweeper")


class Command(BaseCommand):
    """Takes a turn every second until it is told to stop."""

    help = "Rings waiting jobs, frees expired leases, starts due schedules; once a second."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM or SIGINT; a database that is away is waited for."""
        ended = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ended.set())
        stored = False
        while not ended.is_set():
            close_old_connections()
            try:
                if not stored:
                    schedules.store()
                    stored = True
                done = sweeping.turn()
                if done.rung or done.buried or done.started:
                    logger.info("rang %s, buried %s, started %s", done.rung, done.buried, done.started)
            except Error as error:
                logger.warning("the database did not answer: %s", type(error).__name__)
            ended.wait(1)
