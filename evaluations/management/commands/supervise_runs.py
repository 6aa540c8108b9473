"""`manage.py supervise_runs --agency NAME`: the process that runs an agency's tests, on a host of the agency."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.db.models import Q

from accounts.models import Organisation
from agencies.reference import runs_queue
from core import rls
from evaluations import runners
from evaluations.supervisor import HostTaken, Supervisor, turn_safely


class Command(BaseCommand):
    """Takes a turn every second until it is told to stop."""

    help = "Starts, watches and ends the runs of an agency and its components; once a second."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The agency, and how many runs at a time."""
        parser.add_argument("--agency", required=True, help="its short name; the runs of its components are its too")
        parser.add_argument("--most", type=int, default=4, help="runs at the same time (default 4)")

    def handle(self, *args: Any, agency: str, most: int, **options: Any) -> None:
        """Run until SIGTERM or SIGINT. In the main thread: a run is told by the kernel when the thread that began it ends."""
        runner = runners.chosen()
        if runner is None:
            raise CommandError("No runner is configured: set CONCORD_RUNNER (docs/deployment.md).")
        ended = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(name, lambda *_: ended.set())
        with rls.context(actor="job:evaluations.run"):
            rows = list(Organisation.objects.filter(Q(slug=agency) | Q(parent__slug=agency)).order_by("slug"))
        if not rows:
            raise CommandError(f"There is no agency “{agency}”.")
        os.umask(0o077)
        try:
            supervisor = Supervisor(
                runner, [runs_queue(row) for row in rows], tuple(row.pk for row in rows), settings.RUNNER_DIR / agency,
                most=most,
            )  # fmt: skip
        except HostTaken as taken:
            raise CommandError(str(taken)) from taken
        try:
            while not ended.wait(1):
                close_old_connections()
                turn_safely(supervisor)
        finally:
            supervisor.close()
