"""Everything that `up` starts, in order, and how it goes down again in the reverse order."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

from embedded import given
from embedded.processes import VARIABLE, Child, Group, end_postgres, remember, stop
from embedded.services import REPOSITORY, Postgres, Unavailable, Valkey, short_hash, socket_folder
from embedded.settings import (
    AGENCIES,
    APPLICATION,
    DATABASE,
    GRANIAN,
    OWNER,
    ROLES,
    SUPERVISORS,
    SWEEPER,
    WEB,
    WORKERS,
    worker_arguments,
)

PYTHON = sys.executable
# macOS: forked children crash inside libpq, so threads there; time limits do not hold on them.
POOL = "threads" if sys.platform == "darwin" else "prefork"
RUNNER = REPOSITORY / ".venv-runner"  # made by `./concord runner`
GRACE = 8.0  # longer than the workers' soft shutdown
# What our own processes offer, for commands beside a running `up`.
OFFERED = ("CONCORD_SIMULATOR_URL", "CONCORD_TSA_URL")
# The cluster, the database in it, and what was applied to it: none of them changes behind our back unseen.
APPLIED = """
SELECT s.system_identifier, d.oid, count(m.id), max(m.applied) FROM pg_control_system() s, pg_database d, django_migrations m
 WHERE d.datname = current_database() GROUP BY 1, 2"""


def static_sources(repository: Path) -> list[Path]:
    """Files that collectstatic takes from the project. Hidden folders are none: the state folder holds what was
    collected, and would change the stamp at each start."""
    folders = (*sorted(repository.glob("[!.]*/static")), repository / "static")
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


class PartEnded(Exception):
    """A process of the stack ended unasked."""


class Stack:
    """The servers and processes of one run on one state folder."""

    def __init__(self, state: Path, port: int) -> None:
        self.state, self.port, self.run = state, port, uuid.uuid4().hex
        self.children: list[Child] = []
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.given: dict[str, str] = {}
        self.log = state / "log"
        self.base = self._base()

    def _base(self) -> dict[str, str]:
        for name in ("keys", "media", "log"):
            (self.state / name).mkdir(mode=0o700, exist_ok=True)
        secret = self.state / "secret"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(64))
        os.environ[VARIABLE] = self.run  # the servers take it over too
        return {
            **os.environ,
            "CONCORD_DEMO": "1",
            "CONCORD_SECRET_KEY": secret.read_text(),
            "CONCORD_KEY_DIR": str(self.state / "keys"),
            "CONCORD_MEDIA_DIR": str(self.state / "media"),
            "CONCORD_STATIC_DIR": str(self.state / "static"),
            "CONCORD_BASE_URL": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "REMAP_SIGTERM": "SIGQUIT",
            "PYTHONUNBUFFERED": "1",
            **self._runner(),
        }

    def _runner(self) -> dict[str, str]:
        """Tests are run from here where their environment is made, or where somebody says so."""
        found = {"CONCORD_RUNNER_DIR": str(self.state / "runs")}
        if (RUNNER / "concord-stamp").exists():
            found |= {"CONCORD_RUNNER": "inspect", "CONCORD_RUNNER_PYTHON": str(RUNNER / "bin" / "python")}
        return {name: os.environ.get(name, value) for name, value in found.items()}

    def servers(self) -> None:
        """PostgreSQL and Valkey, each unless its address is given."""
        for old in self.log.glob("*.log"):
            old.unlink()
        if os.environ.get("DATABASE_URL"):
            self.servers_given()
        else:
            self.postgres = Postgres(self.state / "pg18", self._sockets())
            self.postgres.place()
            end_postgres(self.postgres.data)
            with open(self.log / "postgres.log", "wb") as log:
                self.postgres.start(log)
            self.note()
            self.postgres.prepare()
        if not os.environ.get("REDIS_URL"):
            self.valkey = Valkey(self.state / "valkey", self._sockets())
            with open(self.log / "valkey.log", "wb") as log:
                self.valkey.start(log)
            self.base["REDIS_URL"] = f"{self.valkey.url}?db=0"
        self.note()

    def servers_given(self) -> None:
        """Find each role's way into the server at DATABASE_URL."""
        self.given = given.addresses(os.environ["DATABASE_URL"], (OWNER, *ROLES))

    def _sockets(self) -> Path:
        return socket_folder(short_hash(str(self.state)))

    def note(self) -> None:
        """Write run.json: what runs, and where another terminal finds the servers."""
        groups = []
        addresses = {"port": str(self.port)}
        if self.postgres and self.postgres.process:
            groups.append(Group("postgres", self.postgres.process.pid, str(self.postgres.data), signal.SIGINT))
            addresses["database"] = self.postgres.url("{role}")
            addresses["bin"] = str(self.postgres.bin)
        if self.valkey and self.valkey.process:
            groups.append(Group("valkey", self.valkey.process.pid, str(self.valkey.path)))
            addresses["redis"] = f"{self.valkey.url}?db=0"
        addresses |= {name: self.base[name] for name in OFFERED if name in self.base and name not in os.environ}
        remember(self.state / "run.json", self.run, groups + [c.known for c in self.children], addresses)

    def environ(self, role: str) -> dict[str, str]:
        """The environment of one process: the same servers with its own role."""
        address = self.postgres.url(role) if self.postgres is not None else self.given[role]
        return {**self.base, "DATABASE_URL": address, "CONCORD_DATABASE_ROLE": role}

    def once(self, *command: str, role: str) -> None:
        """One management command; its failure ends everything."""
        code = self.wait(self.child(command[0], [PYTHON, "manage.py", *command], role))
        if code:
            raise Unavailable(f"`manage {command[0]}` ended with code {code}: read the lines above.")

    def child(self, name: str, command: list[str], role: str, **more: str) -> Child:
        """Start one process, with `more` in its environment, and write run.json."""
        child = Child(name, command, {**self.environ(role), **more}, cwd=REPOSITORY, log=self.log)
        self.children.append(child)
        self.note()
        return child

    def wait(self, child: Child) -> int:
        """Wait for a process that is meant to end."""
        code = child.process.wait()
        child.pump.join(5)
        self.children.remove(child)
        self.note()
        return code

    def migrate(self) -> bool:
        """Bring the schema up to date; whether there was anything to do. Asking Django costs a second of each start, so
        data that these very files were applied to is known by a stamp."""
        stamp = self.state / "migrated"
        if self.postgres is not None and stamp.exists() and stamp.read_text() == self._schema():
            return False
        stamp.unlink(missing_ok=True)
        self.once("migrate", "-v0", role=OWNER)
        if self.postgres is not None:
            stamp.write_text(self._schema())
        return True

    def _schema(self) -> str:
        """What the schema is made from, and which database it was applied to when."""
        digest = hashlib.sha256((REPOSITORY / "requirements.lock").read_bytes())
        for path in sorted(REPOSITORY.glob("[!.]*/migrations/*.py")):
            digest.update(f"{path.relative_to(REPOSITORY)}\n".encode() + path.read_bytes())
        assert self.postgres is not None  # only asked for an embedded server
        try:
            return f"{digest.hexdigest()} {self.postgres.psql(APPLIED, database=DATABASE)}"
        except Unavailable:  # no such table yet
            return digest.hexdigest()

    def static_files(self) -> None:
        """collectstatic, when sources or packages changed since the last time."""
        digest = hashlib.sha256((REPOSITORY / "requirements.lock").read_bytes())
        for path in static_sources(REPOSITORY):
            found = path.stat()
            digest.update(f"{path.relative_to(REPOSITORY)} {found.st_size} {found.st_mtime_ns}\n".encode())
        stamp = self.state / "static" / "stamp"
        if not stamp.exists() or stamp.read_text() != digest.hexdigest():
            self.once("collectstatic", "--noinput", "-v0", role=WEB)
            stamp.write_text(digest.hexdigest())

    def simulator(self, port: int) -> None:
        """The model endpoint of the demo, reached over real HTTP; a stripped deployment has none."""
        if not (REPOSITORY / "simulator").is_dir():
            return
        self.base["CONCORD_SIMULATOR_URL"] = f"http://127.0.0.1:{port}"
        self.child("simulator", [PYTHON, "-m", "simulator", "--port", str(port)], WEB)

    def time_stamps(self, port: int) -> None:
        """The embedded time-stamp authority, unless another one is given. The demo makes its key."""
        if self.base.get("CONCORD_TSA_URL") or not (REPOSITORY / "simulator").is_dir():
            return
        self.base["CONCORD_TSA_URL"] = f"http://127.0.0.1:{port}"
        identity = str(self.state / "keys" / "signing-tsa.json")
        arguments = ["--port", str(port), "--identity", identity]
        self.child("time stamps", [PYTHON, "-m", "simulator.authority", *arguments], WEB)

    def web(self, reload: bool) -> None:
        """granian, or Django's own server with reloading."""
        if reload:
            self.base["CONCORD_DEBUG"] = "1"
            command = [PYTHON, "manage.py", "runserver", "--skip-checks", f"127.0.0.1:{self.port}"]
        else:
            command = [PYTHON, "-m", "granian", *GRANIAN, "--host", "127.0.0.1", "--port", str(self.port), APPLICATION]
        self.child("web", command, WEB)

    def workers(self) -> None:
        """The sweeper, and one worker for each role."""
        self.child("sweeper", [PYTHON, "manage.py", "sweep"], SWEEPER)
        for name, (role, queues) in WORKERS.items():
            arguments = worker_arguments(name, queues, pool=POOL)
            self.child(name, [PYTHON, "-m", "celery", *arguments], role, **self._held(name.removeprefix("agency.")))
        if self.base.get("CONCORD_RUNNER") and self.base.get("CONCORD_RUNNER_PYTHON"):
            for name, role in SUPERVISORS.items():
                self.child(
                    f"runs.{name}", [PYTHON, "manage.py", "supervise_runs", "--agency", name], role, **self._held(name)
                )

    def _held(self, agency: str) -> dict[str, str]:
        """Where the worker of an agency finds a private key that it keeps itself (`manage.py key_pair`); nobody else is told."""
        if agency not in AGENCIES:
            return {}
        folder = self.state / "agency-keys" / agency
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {"CONCORD_PRIVATE_KEY_DIR": str(folder)}

    def answer(self, seconds: float = 60) -> None:
        """Wait until this run's web process answers."""
        deadline = time.monotonic() + seconds
        address = f"http://127.0.0.1:{self.port}/healthz"
        while time.monotonic() < deadline:
            self.fallen()
            with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
                if self.run in answer.read().decode():
                    return
            time.sleep(0.05)
        raise Unavailable(f"The web server did not answer in {seconds:.0f} seconds: read the lines above.")

    def fallen(self) -> None:
        """Raise when a part ended unasked."""
        for child in self.children:
            code = child.process.poll()
            if code is not None:
                child.pump.join(1)
                raise PartEnded(f"{child.name} ended with code {code}. Its last lines:\n  " + "\n  ".join(child.last))
        for name, server in (("PostgreSQL", self.postgres), ("Valkey", self.valkey)):
            if server and server.process and server.process.poll() is not None:
                raise PartEnded(f"{name} ended with code {server.process.returncode}: see {self.log}.")

    def down(self) -> None:
        """Reverse order; PostgreSQL last, by a fast shutdown."""
        stop(self.children, GRACE)
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            self.postgres.stop()
        self._tidy()

    def kill(self) -> None:
        """At once: for the second Ctrl-C. PostgreSQL recovers at the next start."""
        for child in self.children:
            child.tell(signal.SIGKILL)
        for server, how in ((self.valkey, signal.SIGKILL), (self.postgres, signal.SIGQUIT)):
            if server and server.process and server.process.poll() is None:
                server.process.send_signal(how)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.process.wait(0.5)
        self._tidy()

    def _tidy(self) -> None:
        if self.postgres or self.valkey:
            shutil.rmtree(self._sockets(), ignore_errors=True)
        (self.state / "run.json").unlink(missing_ok=True)
