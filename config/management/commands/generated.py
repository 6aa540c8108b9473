"""`manage.py generated [--check]`: files made from code (state diagrams, OpenAPI, environment example), written or compared."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from config import env
from core.workflow import Workflow


def workflows() -> list[Workflow]:
    """Every life cycle of every room, by name."""
    found = []
    for room in settings.ROOMS:
        if (settings.BASE_DIR / room / "workflow.py").exists():
            module = import_module(f"{room}.workflow")
            found += [v for v in vars(module).values() if isinstance(v, Workflow)]
    return sorted(found, key=lambda w: w.name)


def openapi() -> str:
    """The API's OpenAPI 3.1 text."""
    text: bytes = OpenApiYamlRenderer().render(SchemaGenerator().get_schema(request=None, public=True))
    return text.decode()


def files() -> dict[Path, str]:
    """Path → content of everything generated."""
    parts = [f"## {w.name}\n\n```mermaid\n{w.diagram()}```\n" for w in workflows()]
    head = "# Life cycles\n\nMade from each room's `workflow.py` by `./concord manage generated`; do not edit.\n\n"
    return {
        settings.BASE_DIR / "docs" / "life-cycles.md": head + "\n".join(parts),
        settings.BASE_DIR / ".env.example": env.example(),
        settings.BASE_DIR / "docs" / "openapi.yaml": openapi(),
    }


class Command(BaseCommand):
    """Writes the files, or with --check says which differ."""

    help = "Writes generated files; --check compares and fails when one differs."

    def add_arguments(self, parser: Any) -> None:
        """One flag."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """See the class."""
        stale = []
        for path, content in files().items():
            if options["check"]:
                if not path.exists() or path.read_text() != content:
                    stale.append(str(path.relative_to(settings.BASE_DIR)))
            else:
                path.write_text(content)
        if stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run ./concord manage generated and commit.")
