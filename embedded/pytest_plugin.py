"""One throw-away PostgreSQL and Valkey for a whole test run, started before Django's settings are read."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from embedded.services import FAST, Postgres, Valkey

_running: list[object] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: object, args: list[str]) -> None:
    """Start the servers unless they are given; an xdist worker inherits those of its controller."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        number = int(worker.removeprefix("gw"))
        base = os.environ["REDIS_URL"].split("?")[0]
        os.environ["REDIS_URL"] = f"{base}?db={2 * number + 2}"
        return
    if not os.environ.get("DATABASE_URL"):
        start()


def start() -> None:
    """Start both, export their addresses, remove everything at exit."""
    folder = Path(tempfile.mkdtemp(prefix="concord-t-"))
    folder.chmod(0o711)
    postgres = Postgres(folder / "pg18", folder, settings=FAST, test=True)
    valkey = Valkey(folder / "valkey", folder)
    owner = os.getpid()

    def stop() -> None:
        if os.getpid() == owner:
            postgres.stop()
            valkey.stop()
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    with open(folder / "postgres.log", "wb") as log:
        postgres.start(log)
    postgres.prepare()
    valkey.start()
    os.environ["DATABASE_URL"] = postgres.url("concord_owner")
    os.environ["REDIS_URL"] = f"{valkey.url}?db=0"
    os.environ["CONCORD_TEST_BIN"] = str(postgres.bin)
    _running.extend([postgres, valkey])
