"""The gate: every check of the working agreement, in order; pytest's summary is the last line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from embedded import throwaway
from embedded.services import REPOSITORY

PYTHON = sys.executable
LOCKS = ("requirements.lock", "requirements-embedded.lock", "requirements-test.lock")

COMMANDS: tuple[tuple[str, list[str]], ...] = (
    ("ruff", [PYTHON, "-m", "ruff", "check", "."]),
    ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
    ("mypy", [PYTHON, "-m", "mypy", "."]),
    ("layers", [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("generated files", [PYTHON, "manage.py", "generated", "--check"]),
)


def lock_problems() -> list[str]:
    """Lines of the lock files that name an address, or a package without a hash."""
    found = []
    for name in LOCKS:
        text = (REPOSITORY / name).read_text()
        if "://" in text:
            found.append(f"{name} names an address")
        entries = [e for e in text.replace("\\\n", " ").splitlines() if e.strip() and not e.startswith("#")]
        found += [f"{name}: {e.split()[0]} has no hash" for e in entries if "--hash=sha256:" not in e]
    return found


def run(arguments: list[str]) -> int:
    """Without arguments everything; with arguments only pytest."""
    os.chdir(REPOSITORY)
    tests = [PYTHON, "-m", "pytest", *(arguments or ["-q"])]
    if arguments:
        return subprocess.call(tests)
    problems = lock_problems()
    print(f"locks: {'; '.join(problems) or 'ok'}", flush=True)
    if problems:
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    own = not os.environ.get("DATABASE_URL")
    if own:
        throwaway.start()
    step: Callable[[list[str]], int] = subprocess.call
    for name, command in COMMANDS:
        code = step(command)
        print(f"{name}: {'ok' if code == 0 else 'FAILED'}", flush=True)
        if code:
            return 1
    return step(tests)
