"""`manage.py migrate`: Django's, but an empty database begins with the schema file."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from config import schema

PARTIAL = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    """Applies what `config/schema.sql` does not hold yet, and fills Django's own tables as always."""

    def add_arguments(self, parser: Any) -> None:
        """Django's, and a way past the file."""
        super().add_arguments(parser)
        parser.add_argument("--one-by-one", action="store_true", help="Apply every migration, without the schema file.")

    def handle(self, *args: Any, **options: Any) -> None:
        """See the class."""
        whole = options["database"] == DEFAULT_DB_ALIAS and not any(options.get(name) for name in PARTIAL)
        if whole and not options["one_by_one"] and schema.begin() and options["verbosity"]:
            self.stdout.write("The database was empty: it begins with config/schema.sql.")
        super().handle(*args, **options)
