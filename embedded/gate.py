"""The gate: every check of the working agreement, in order; pytest's summary is the last line."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from embedded import throwaway
from embedded.services import REPOSITORY

PYTHON = sys.executable
LOCKS = ("requirements.lock", "requirements-embedded.lock", "requirements-test.lock", "requirements-runner.lock")

# the longest first: two run at a time
COMMANDS: tuple[tuple[str, list[str]], ...] = (
    ("mypy", [PYTHON, "-m", "mypy", "."]),
    ("schema", [PYTHON, "manage.py", "schema", "--check"]),
    ("generated files", [PYTHON, "manage.py", "generated", "--check"]),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("layers", [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
    ("ruff", [PYTHON, "-m", "ruff", "check", "."]),
    ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
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
    tests = [PYTHON, "-m", "pytest", *(arguments or ["-q", "--durations=25", *side_by_side()])]
    if arguments:
        return subprocess.call(tests)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        throwaway.start()
        os.environ["PATH"] = f"{os.environ['CONCORD_TEST_BIN']}{os.pathsep}{os.environ.get('PATH', '')}"
    problems = lock_problems()
    print("\n".join(problems), end="\n" if problems else "")
    with ThreadPoolExecutor(2) as lanes:
        checked = [("locks", not problems), *lanes.map(check, COMMANDS)]
    failed = [name for name, good in checked if report(name, good)]
    if failed:
        print(f"gate: failed before the tests: {', '.join(failed)}", flush=True)
    return subprocess.call(tests) or int(bool(failed))


def side_by_side() -> list[str]:
    """A worker per core and two for while others wait, four at most; a file stays with one worker, whose fixtures it
    shares. Files go in the order of the collection, where tests/conftest.py puts the longest first: by default those with the
    fewest tests come last, and one of them is the story in Chromium, the longest of all."""
    return [
        "-n",
        str(min((os.cpu_count() or 1) + 2, 4)),
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
    ]


def check(step: tuple[str, list[str]]) -> tuple[str, bool]:
    """Run one step; its words are shown only when it fails."""
    name, command = step
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.stdout.write(done.stdout.decode(errors="replace"))
    return name, done.returncode == 0


def report(name: str, good: bool) -> bool:
    """A line per step; whether it failed."""
    print(f"gate: {name:<16} {'ok' if good else 'FAILED'}", flush=True)
    return not good
