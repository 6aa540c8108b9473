"""The whole product on real servers and workers, as `./concord up` starts it, and the events that it writes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from embedded.processes import VARIABLE
from embedded.runner import free_port
from embedded.services import REPOSITORY

INHERITED = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "DJANGO_SETTINGS_MODULE", "CONCORD_TESTING", VARIABLE)
PATIENCE = 300.0


@dataclass(frozen=True)
class Product:
    """A running Concord: its address, its data, and the model endpoint that it may reach."""

    state: Path

    @property
    def places(self) -> dict[str, str]:
        """Addresses of its servers, as it noted them."""
        found: dict[str, str] = json.loads((self.state / "run.json").read_text())["addresses"]
        return found

    @property
    def address(self) -> str:
        """Where its web process answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.places['port']}"

    def deeds(self, email: str) -> Counter[str]:
        """What this person did so far, by verb and object; not the rows that follow from it, which triggers write."""
        connection = psycopg2.connect(self.places["database"].replace("{role}", "concord_backup"))
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(
                    "SELECT verb || ' ' || object_id, count(*) FROM audit_event WHERE actor = (SELECT 'person:' || id FROM accounts_user"
                    " WHERE email = %s) AND verb NOT IN ('accounts.stepped_up', 'row.insert', 'row.update', 'row.delete')"
                    " GROUP BY 1",
                    (email,),
                )
                return Counter(dict(cursor.fetchall()))
        finally:
            connection.close()


@contextmanager
def running() -> Iterator[Product]:
    """The product whose state folder CONCORD_BROWSE names, for somebody who works on these tests; else one of its own,
    gone afterwards."""
    if os.environ.get("CONCORD_BROWSE"):
        yield Product(Path(os.environ["CONCORD_BROWSE"]))
        return
    # not pytest's folder: as root it is closed to PostgreSQL's account
    folder = Path(tempfile.mkdtemp(prefix="concord-browser-"))
    folder.chmod(0o711)
    output = folder / "output"
    environ = {k: v for k, v in os.environ.items() if k not in INHERITED}
    environ |= {"CONCORD_RUNNER": "inspect", "CONCORD_RUNNER_PYTHON": ""}  # runs can be asked for; nobody takes them up
    command = [sys.executable, "-m", "embedded", "up", "--empty", "--state", str(folder / "state")]
    command += ["--port", str(free_port(None, 8400))]
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environ, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while b"Concord is up" not in output.read_bytes():
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(output.read_text()[-4000:])
            time.sleep(0.1)
        yield Product(folder / "state")
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(120)
        shutil.rmtree(folder)
