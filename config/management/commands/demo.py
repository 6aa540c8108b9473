"""`manage.py demo`: demo people and reference data, through the same code as everybody; idempotent; demo mode only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agreements import keys
from config.demo import data, people


class Command(BaseCommand):
    """Loads what is missing."""

    help = "Loads the demo's people and reference data where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses outside demo mode."""
        if not settings.DEMO:
            raise CommandError("Demo data is loaded in demo mode only: set CONCORD_DEMO=1.")
        data.load(people.load())
        keys.time_stamp_authority(timezone.now())
