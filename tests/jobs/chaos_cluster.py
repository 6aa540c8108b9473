"""A durable PostgreSQL, a Valkey, and the processes of the main job, all of them ours to kill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
import redis

from embedded.services import REPOSITORY, Postgres, Valkey
from embedded.settings import AGENCIES, SWEEPER, WEB

# Triggers write down who routed and who received, each time: neither the product nor its unique keys can hide a second.
WITNESS = """
CREATE TABLE chaos_routed (request uuid NOT NULL, role name NOT NULL);
CREATE TABLE chaos_received (assignment uuid NOT NULL, role name NOT NULL);
CREATE FUNCTION chaos_routed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN INSERT INTO chaos_routed VALUES (NEW.request_id, session_user); RETURN NULL; END $$;
CREATE FUNCTION chaos_received() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN INSERT INTO chaos_received VALUES (NEW.id, session_user); RETURN NULL; END $$;
CREATE TRIGGER chaos_routed AFTER INSERT ON evaluations_routingattempt
    FOR EACH ROW EXECUTE FUNCTION chaos_routed();
CREATE TRIGGER chaos_received AFTER UPDATE OF received_at ON evaluations_evaluationassignment
    FOR EACH ROW WHEN (NEW.received_at IS DISTINCT FROM OLD.received_at) EXECUTE FUNCTION chaos_received();
"""
# Rows of the accepted requests once more, `n` times each: the way there is not what is tormented. Past the triggers, which
# let no request begin as accepted.
COPIES = """
SET session_replication_role = replica;
CREATE TEMP TABLE copy AS SELECT r.id AS source, gen_random_uuid() AS id, n
  FROM early_access_earlyaccessrequest r, generate_series(1, {n}) n WHERE r.status = 'accepted';
INSERT INTO early_access_earlyaccessrequest SELECT (jsonb_populate_record(r, jsonb_build_object(
    'id', c.id, 'reference', 'REQ-' || upper(substr(c.id::text, 1, 8))))).*
  FROM copy c JOIN early_access_earlyaccessrequest r ON r.id = c.source;
"""
COPIED_PART = """
INSERT INTO {table} SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), '{column}', c.id))).*
  FROM copy c JOIN {table} p ON p.{column} = c.source;
"""
PARTS = {
    "early_access_requestaudience": "target_id",
    **{f"early_access_{name}": "request_id" for name in (
        "accessspecification", "accesswindow", "agencyconsent", "requesteddomain", "requestvariant",
    )},
}  # fmt: skip
# Each request, and an officer who may agree on its dates.
REQUESTS = """
SELECT r.id::text, min(u.email) FROM early_access_earlyaccessrequest r
  JOIN accounts_membership m ON m.organisation_id = r.intake_agency_id AND 'intake' = ANY (m.roles)
  JOIN accounts_user u ON u.id = m.user_id WHERE r.status = 'accepted' GROUP BY r.id ORDER BY r.id"""
THREADS = 4
# Name → role, queues, children. Two for the common queues, so that one can take over what the other holds.
WORKERS = {
    "worker1": ("concord_worker", ("default",), 2),
    "worker2": ("concord_worker", ("default",), 2),
    **{f"agency.{name}": (f"concord_agency_{name}", AGENCIES[name], 1) for name in ("treasury", "commerce")},
}


class Cluster:
    """Servers and processes; every signal is ours."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="concord-c-"))
        self.folder.chmod(0o711)
        self.requests, self.gate = self.folder / "requests", self.folder / "gate"
        self.log = (self.folder / "log").open("ab")  # closed in stop()
        self.postgres = Postgres(self.folder / "pg18", self.folder, settings={"shared_buffers": "64MB"})
        self.valkey = Valkey(self.folder / "valkey", self.folder)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, requests: int) -> None:
        """Servers, schema, witnesses, and so many requests accepted for testing."""
        self.postgres.start(self.log)
        self.postgres.prepare()
        self.valkey.start(self.log)
        self.run(["manage.py", "migrate", "-v0"], "concord_owner")
        self.psql(WITNESS)
        self.run(["-m", "tests.jobs.chaos_stage"], WEB)
        parts = "".join(COPIED_PART.format(table=table, column=column) for table, column in PARTS.items())
        self.postgres.psql(COPIES.format(n=requests // 3) + parts, database="concord")
        self.requests.write_text("".join(f"{request} {officer}\n" for request, officer in self.read(REQUESTS)))

    def run(self, command: list[str], role: str) -> None:
        """One command, to its end."""
        subprocess.run([sys.executable, *command], check=True, cwd=REPOSITORY, env=self.environ(role), stdout=self.log)

    def environ(self, role: str, *, redis: str = "", chaos: str = "") -> dict[str, str]:
        """The environment of one process."""
        return {
            **os.environ, "DATABASE_URL": self.postgres.url(role), "REDIS_URL": redis or f"{self.valkey.url}?db=0",
            "DJANGO_SETTINGS_MODULE": "config.settings", "CONCORD_DEMO": "1", "REMAP_SIGTERM": "SIGQUIT",
            "CONCORD_KEY_DIR": str(self.folder / "keys"), "CONCORD_MEDIA_DIR": str(self.folder / "media"),
            "CONCORD_CHAOS": chaos, "CONCORD_CHAOS_GATE": str(self.gate),
        }  # fmt: skip

    def spawn(self, name: str, chaos: str = "") -> None:
        """(Re)start a worker or the sweeper, in a group of its own."""
        chaos = chaos or ("stalls" if name == "worker1" else "")
        if name == "sweeper":
            command, role = ["manage.py", "sweep"], SWEEPER
        else:
            role, queues, children = WORKERS[name]
            command = ["-m", "celery", "-A", "tests.jobs.chaos_app", "worker", "-Q", ",".join(queues)]
            command += ["-n", f"{name}@chaos", "-c", str(children), "--loglevel", "WARNING"]
            command += ["--without-mingle", "--without-gossip"]
        self.processes[name] = subprocess.Popen(
            [sys.executable, *command], cwd=REPOSITORY, env=self.environ(role, chaos=chaos), stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip

    def end(self, name: str) -> None:
        """SIGKILL to the whole group."""
        process = self.processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill(self, name: str) -> None:
        """SIGKILL to the whole group, then start it anew."""
        self.end(name)
        self.spawn(name)

    def end_all(self) -> None:
        """No process of jobs is left; the servers stay."""
        for name in list(self.processes):
            self.end(name)

    def client(self, first: int, count: int, pause: float, redis: str = "") -> subprocess.Popen[bytes]:
        """A client process; its output is what was acknowledged to it."""
        numbers = [str(n) for n in (first, count, THREADS, pause)]
        return subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.chaos_client", str(self.requests), *numbers], cwd=REPOSITORY,
            env=self.environ(WEB, redis=redis), stdout=subprocess.PIPE, stderr=self.log,
        )  # fmt: skip

    def psql(self, sql: str) -> list[tuple[object, ...]]:
        """Run a statement, past the policies."""
        found = psycopg2.connect(dbname="concord", user="concord_owner", host=str(self.postgres.sockets))
        try:
            with found, found.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []
        finally:
            found.close()

    def read(self, sql: str) -> list[tuple[object, ...]]:
        """Read past the policies, as the backup does."""
        found = psycopg2.connect(dbname="concord", user="concord_backup", host=str(self.postgres.sockets))
        try:
            with found, found.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()
        finally:
            found.close()

    def flush_redis(self) -> None:
        """Wipe the broker while it runs."""
        with redis.Redis(unix_socket_path=str(self.valkey.path)) as client:
            client.flushall()

    def doorbells(self) -> dict[str, int]:
        """How many rings wait in each queue that somebody listens to."""
        with redis.Redis(unix_socket_path=str(self.valkey.path)) as client:
            queues = [queue for _, queues, _ in WORKERS.values() for queue in queues]
            return {queue: client.llen(queue) for queue in dict.fromkeys(queues)}

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

    def words(self) -> str:
        """What all processes wrote."""
        return (self.folder / "log").read_text(errors="replace")

    def stop(self) -> None:
        """Everything that we started."""
        self.end_all()
        self.valkey.stop()
        self.postgres.stop()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
