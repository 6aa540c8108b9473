"""`manage.py key_pair NAME`: a key pair for a recipient of secrets, made where its private key is to stay."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.reference import AGENCIES
from agreements.keys import RECIPIENT
from core import key_pairs
from webhooks.keys import RECIPIENT as WEBHOOKS

RECIPIENTS = (RECIPIENT, WEBHOOKS, *(agency.slug for agency in AGENCIES))


class Command(BaseCommand):
    """Keeps the private key here and writes the public one out."""

    help = "Makes a key pair: the private key stays in CONCORD_PRIVATE_KEY_DIR of this host, the public key is printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose pair."""
        parser.add_argument("name", choices=RECIPIENTS, metavar="NAME", help=f"one of: {', '.join(RECIPIENTS)}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses to write over a key: what was sealed to it could never be opened again."""
        if settings.PRIVATE_KEY_DIR is None:
            raise CommandError("This host holds no private keys: set CONCORD_PRIVATE_KEY_DIR where they are to lie.")
        try:
            public = key_pairs.make(settings.PRIVATE_KEY_DIR, options["name"])
        except FileExistsError:
            raise CommandError(
                f"There is a private key of {options['name']} already. To change it, rename the file to "
                f"{options['name']}.until-today.pem first: what is sealed to it still opens."
            ) from None
        self.stdout.write(public.decode(), ending="")
