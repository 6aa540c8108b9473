"""`manage.py custody`: who keeps the key of each agency, and to say so for one of them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organisation
from agencies import actions, queries
from agencies.models import KeyCustody
from agencies.reference import AGENCIES
from core import rls
from core.decisions import Invalid

NAMES = tuple(agency.slug for agency in AGENCIES)


class Command(BaseCommand):
    """Without an agency it lists; with one it changes."""

    help = (
        "Lists who keeps the key of each agency; with AGENCY and --held PUBLIC.pem or --hosted it says so for that one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The agency and what is said of it."""
        parser.add_argument("agency", nargs="?", choices=NAMES, metavar="AGENCY", help=f"one of: {', '.join(NAMES)}")
        said = parser.add_mutually_exclusive_group()
        said.add_argument("--held", metavar="PUBLIC.pem", help="its own worker keeps the key of this public one")
        said.add_argument("--hosted", action="store_true", help="the installation's hosts keep its key")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line per agency that is listed, or what the change came to."""
        if options["agency"] is None:
            return self._list()
        if not options["held"] and not options["hosted"]:
            raise CommandError("Say which: --held PUBLIC.pem, or --hosted.")
        agency = Organisation.objects.get(slug=options["agency"])
        kind = KeyCustody.Kind.AGENCY_HELD if options["held"] else KeyCustody.Kind.HOSTED
        with rls.context(organisations=(agency.pk,), actor="command:custody"):
            try:
                change = actions.set_custody(agency=agency, kind=kind, public_key=_read(options["held"]), by=None)
            except Invalid as invalid:
                raise CommandError(str(invalid)) from None
        self.stdout.write(f"{agency.slug}: {change.row.get_kind_display()} {change.row.key_id}".rstrip())
        self.stdout.write(f"{change.sealed_again} copies of access keys sealed again, {change.left} left as they were.")

    def _list(self) -> None:
        with rls.context():
            for agency in Organisation.objects.filter(slug__in=NAMES).order_by("slug"):
                row = queries.custody(agency)
                said = f"{row.kind} {row.key_id}".rstrip() if row else "as the installed keys lie"
                self.stdout.write(f"{agency.slug}: {said}")


def _read(path: str | None) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from None
