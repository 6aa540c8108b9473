"""`manage.py story main --http URL`: play a story over HTTP, a line and the time per step; exit 1 where it breaks."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.story import agreements, early_access, main, opening
from config.story.browser import StepFailed

STORIES = {"main": main.play, "opening": opening.play, "agreements": agreements.play, "early-access": early_access.play}


class Command(BaseCommand):
    """Needs a running demo."""

    help = "Plays a story against a running demo."

    def add_arguments(self, parser: Any) -> None:
        """Which story, and where."""
        parser.add_argument("name", nargs="?", default="main", choices=sorted(STORIES))
        parser.add_argument("--http", required=True, help="address of the running demo")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line per step."""
        number, began = 0, time.monotonic()
        try:
            keys = Path(settings.KEY_DIR)
            with closing(main.Story(options["http"], settings.SIMULATOR_URL, self.stdout.write, keys)) as story:
                for number, line in enumerate(STORIES[options["name"]](story), start=1):
                    self.stdout.write(f"{number}. {line} ({time.monotonic() - began:.1f} s)")
                    began = time.monotonic()
        except StepFailed as error:
            raise CommandError(f"step {number + 1}: {error}") from error
        self.stdout.write(f"{number} passed, 0 failed")
