"""A throw-away pair of servers: for test runs and for the gate's own commands."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from embedded.services import FAST, Postgres, Valkey

_running: list[object] = []


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
