"""`manage.py agency_host`: on an agency's own host, whether it can do its work and nothing else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.agency_host import look


class Command(BaseCommand):
    """A line for each thing that was tried; ends with 1 when one is not as it must be."""

    help = "On an agency's own host: tries the database, the broker, the keys and the files, and changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refused on the site's hosts, which may do more."""
        if not settings.AGENCY_HOST:
            raise CommandError(
                "This is no agency's own host: set CONCORD_AGENCY_HOST to the agency whose worker runs here."
            )
        wrong = 0
        for finding in look(settings.AGENCY_HOST):
            self.stdout.write(f"ok   {finding.what}" if finding.fits else f"NOT  {finding.what}. {finding.remedy}")
            wrong += not finding.fits
        if wrong:
            raise CommandError(f"{wrong} of these are not as they must be.")
