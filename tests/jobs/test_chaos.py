"""Redis wiped and killed, workers and sweeper killed, PostgreSQL stopped at once: nothing lost, nothing done twice."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from embedded.services import REPOSITORY, Postgres, Valkey
from tests.jobs.chaos_app import WORK

pytestmark = pytest.mark.chaos

SUBMITTED = 200
UNRUNG = 5  # submitted before there is a sweeper, with a broker that nobody answers at
CLIENTS, THREADS, PAUSE = 2, 4, 0.8
FAULT_EVERY = 1.5
DRAIN_SECONDS = 60


class Cluster:
    """A durable PostgreSQL, a Valkey, and the processes of jobs, all of them ours to kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = (folder / "log").open("ab")  # closed in stop()
        self.postgres = Postgres(folder / "pg18", folder, settings={"shared_buffers": "64MB"})
        self.valkey = Valkey(folder / "valkey", folder)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Servers, schema, workload."""
        self.postgres.start(self.log)
        self.postgres.prepare()
        self.valkey.start(self.log)
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"],
            check=True,
            cwd=REPOSITORY,
            env=self.environ("concord_owner"),
        )
        self.psql(WORK.SCHEMA)

    def environ(self, role: str, redis: str = "") -> dict[str, str]:
        """The environment of one process."""
        return {
            **os.environ, "DATABASE_URL": self.postgres.url(role), "REDIS_URL": redis or f"{self.valkey.url}?db=0",
            "DJANGO_SETTINGS_MODULE": "config.settings", "CONCORD_DEMO": "1", "REMAP_SIGTERM": "SIGQUIT",
            "CONCORD_KEY_DIR": str(self.folder / "keys"), "CONCORD_MEDIA_DIR": str(self.folder / "media"),
        }  # fmt: skip

    def spawn(self, name: str) -> None:
        """(Re)start a worker or the sweeper, in a group of its own."""
        if name == "sweeper":
            command, role = ["manage.py", "sweep"], "concord_sweeper"
        else:
            role = "concord_worker"
            command = ["-m", "celery", "-A", "tests.jobs.chaos_app", "worker", "-Q", "default", "-n", f"{name}@chaos"]
            command += ["-c", "2", "--without-mingle", "--without-gossip", "--loglevel", "WARNING"]
        self.processes[name] = subprocess.Popen(
            [sys.executable, *command], cwd=REPOSITORY, env=self.environ(role), stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip

    def kill(self, name: str) -> None:
        """SIGKILL to the whole group, then start it anew."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()
        self.spawn(name)

    def client(self, first: int, count: int, pause: float, redis: str = "") -> subprocess.Popen[bytes]:
        """A client process; its output is what was acknowledged to it."""
        command = ["-m", "tests.jobs.chaos_client", str(first), str(count), str(THREADS), str(pause)]
        return subprocess.Popen(
            [sys.executable, *command], cwd=REPOSITORY, env=self.environ("concord_web", redis), stdout=subprocess.PIPE,
            stderr=self.log,
        )  # fmt: skip

    def psql(self, sql: str) -> list[tuple[object, ...]]:
        """Run a statement as the owner."""
        found = psycopg2.connect(dbname="concord", user="concord_owner", host=str(self.postgres.sockets))
        try:
            with found, found.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []
        finally:
            found.close()

    def wipe_redis(self) -> None:
        """FLUSHALL."""
        subprocess.run(
            [sys.executable, "-c", f"import redis; redis.Redis(unix_socket_path={str(self.valkey.path)!r}).flushall()"],
            check=True,
        )

    def lose_redis(self) -> None:
        """Kill -9, forget everything, start anew."""
        assert self.valkey.process is not None
        self.valkey.process.kill()
        self.valkey.process.wait()
        shutil.rmtree(self.valkey.data)
        time.sleep(1)
        self.valkey.start(self.log)

    def drop_postgres(self) -> None:
        """Immediate shutdown (no checkpoint, recovery at the next start), then start."""
        self.postgres.stop(signal.SIGQUIT)
        self.postgres.start(self.log)

    def stop(self) -> None:
        """Everything that we started."""
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.valkey.stop()
        self.postgres.stop()
        self.log.close()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="concord-c-"))
    folder.chmod(0o711)
    made = Cluster(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def acknowledged(clients: list[subprocess.Popen[bytes]]) -> list[str]:
    """Wait for clients; the keys they were told are safe."""
    keys: list[str] = []
    for client in clients:
        out, _ = client.communicate(timeout=60)
        assert client.returncode == 0
        keys += out.decode().split()
    return keys


def torment(cluster: Cluster, clients: list[subprocess.Popen[bytes]]) -> int:
    """One fault after another until the clients are through; how many there were."""
    faults = itertools.cycle(
        [
            cluster.wipe_redis,
            lambda: cluster.kill("worker1"),
            cluster.drop_postgres,
            cluster.lose_redis,
            lambda: cluster.kill("worker2"),
            lambda: cluster.kill("sweeper"),
            cluster.wipe_redis,
        ]
    )
    struck = 0
    while any(client.poll() is None for client in clients) or struck < 7:
        time.sleep(FAULT_EVERY)
        next(faults)()
        struck += 1
    return struck


def drained(cluster: Cluster, keys: list[str]) -> dict[str, tuple[str, int]]:
    """Wait until every key is done, at most DRAIN_SECONDS; state and effects of each."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while True:
        found = {str(key): (str(state), int(str(count))) for key, state, count in cluster.psql(WORK.COUNT)}
        if all(found.get(key, ("", 0))[0] == "done" for key in keys) or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


def test_every_acknowledged_request_has_exactly_one_effect(cluster: Cluster) -> None:
    cluster.spawn("worker1")
    cluster.spawn("worker2")
    nobody = f"unix://{cluster.folder}/nobody.sock?db=0"
    keys = acknowledged([cluster.client(0, UNRUNG, 0, nobody)])
    assert len(keys) == UNRUNG, "a broker that is away does not refuse a request"
    states = {state for _, state, _ in cluster.psql(WORK.COUNT)}
    assert states == {"queued"}, "control: without the sweeper a lost ring leaves its job waiting"

    cluster.spawn("sweeper")
    share = (SUBMITTED - UNRUNG) // CLIENTS + 1
    clients = [cluster.client(UNRUNG + n * share, share, PAUSE) for n in range(CLIENTS)]
    struck = torment(cluster, clients)
    keys += acknowledged(clients)
    assert len(keys) >= SUBMITTED

    found = drained(cluster, keys)
    wrong = {key: found.get(key) for key in keys if found.get(key) != ("done", 1)}
    assert not wrong, f"after {struck} faults: {wrong}\n{(cluster.folder / 'log').read_text(errors='replace')[-3000:]}"
    assert set(found) == set(keys), "nothing was done that nobody asked for"
    assert cluster.psql(WORK.STARTS) >= [(len(keys),)]
