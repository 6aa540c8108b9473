"""`manage.py schema [--check]`: config/schema.sql, written from the migrations or compared with them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import schema


class Command(BaseCommand):
    """Writes the file; --check fails when the migrations say something else."""

    help = "Writes config/schema.sql from the migrations; --check compares."

    def add_arguments(self, parser: Any) -> None:
        """One flag."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """See the class."""
        try:
            made = schema.make()
        except schema.SchemaUnavailable as error:
            raise CommandError(str(error)) from error
        if not options["check"]:
            schema.PATH.write_text(made)
        elif not schema.PATH.exists() or schema.PATH.read_text() != made:
            raise CommandError("config/schema.sql is out of date. Run ./concord manage schema and commit.")
