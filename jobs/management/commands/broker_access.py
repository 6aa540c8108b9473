"""`manage.py broker_access`: the broker's access list, once agencies run their workers on their own hosts."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs.broker_access import AGENCIES, access_list, queues

SITE = "CONCORD_BROKER_PASSWORD"
LEAST = 20


def variable(agency: str) -> str:
    """Where the password of an agency's user is read from."""
    return f"CONCORD_BROKER_{agency.upper()}_PASSWORD"


class Command(BaseCommand):
    """Prints the file; passwords come from the environment and leave only as hashes."""

    help = (
        f"Prints the broker's access list. Reads {SITE} and, for each agency with hosts of its own, "
        f"{variable('AGENCY')} from the environment."
    )
    requires_system_checks: list[str] = []  # it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--queues AGENCY`: what its worker takes from, for its compose file."""
        parser.add_argument(
            "--queues", choices=AGENCIES, metavar="AGENCY", help="print the queues of an agency instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses short passwords, and a file that would lock the site out."""
        if options["queues"]:
            self.stdout.write(",".join(queues(options["queues"])))
            return
        words = {a: os.environ[variable(a)] for a in AGENCIES if os.environ.get(variable(a))}
        site = os.environ.get(SITE, "")
        if not site:
            raise CommandError(f"Set {SITE}: without it the site itself could not reach its broker.")
        if not words:
            names = ", ".join(variable(a) for a in AGENCIES)
            raise CommandError(f"No agency has a password: set at least one of {names}.")
        short = [
            name
            for name, word in {SITE: site, **{variable(a): w for a, w in words.items()}}.items()
            if len(word) < LEAST
        ]
        if short:
            raise CommandError(f"Too short, take at least {LEAST} letters and digits: {', '.join(short)}.")
        if len({site, *words.values()}) <= len(words):
            raise CommandError("Two of these passwords are the same: give each user one of its own.")
        self.stdout.write(access_list(site, words), ending="")
