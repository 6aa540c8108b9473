"""`manage.py redo ID`: have a dead job done again, once its cause is repaired."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from jobs import actions
from jobs.models import Job


class Command(BaseCommand):
    """Queues it with all its attempts."""

    help = "Queues a dead job again with all its attempts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The job's id, as the notice and the admin show it."""
        parser.add_argument("job", type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses anything but a dead job."""
        try:
            job = actions.redo(options["job"])
        except Job.DoesNotExist:
            raise CommandError("There is no dead job of that id: look it up in the admin under Jobs.") from None
        self.stdout.write(f"queued again: {job.kind}")
