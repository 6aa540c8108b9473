"""`up`: servers, migrations, demo data, web, workers, sweeper, in order; and down again in the reverse order."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path
from typing import IO, Any

from embedded.processes import VARIABLE, Child, end_leftovers, end_postgres, remember, stop
from embedded.services import REPOSITORY, Postgres, Unavailable, Valkey, short_hash, socket_folder

PYTHON = sys.executable
FIRST_PORT = 8000
AGENCIES = {
    "treasury": ("agency.treasury",),
    "defense": ("agency.defense", "agency.defense-nsa", "agency.defense-cdao"),
    "commerce": ("agency.commerce", "agency.commerce-caisi", "agency.commerce-bis"),
    "homeland": ("agency.homeland", "agency.homeland-cisa"),
}
WORKERS = {
    "default": ("concord_worker", ("default", "ingest")),
    "mail": ("concord_mail", ("mail",)),
    **{f"agency.{name}": (f"concord_agency_{name}", queues) for name, queues in AGENCIES.items()},
}


def free_port(wanted: int | None) -> int:
    """The wanted port, or the first free one from 8000 on. granian would share a taken port without a word."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + 50):
        with socket.socket() as probe:
            taken = probe.connect_ex(("127.0.0.1", port)) == 0
        if not taken:
            with socket.socket() as probe:
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    continue
            return port
    where = f"Port {wanted} is taken" if wanted else f"No port from {FIRST_PORT} to {FIRST_PORT + 49} is free"
    raise Unavailable(f"{where}: choose another with --port.")


@contextlib.contextmanager
def only_one(state: Path) -> Any:
    """Hold the state folder's lock; a second `up` says so and ends."""
    with open(state / "lock", "w") as guard:
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(f"Concord is already up with the data in {state}: stop it there first.") from None
        yield


class Stack:
    """Everything that `up` starts."""

    def __init__(self, state: Path, port: int) -> None:
        self.state, self.port, self.run = state, port, uuid.uuid4().hex
        self.children: list[Child] = []
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.files: list[IO[bytes]] = []
        self.base = self._base()

    def _base(self) -> dict[str, str]:
        secret = self.state / "secret"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(64))
        return {
            **os.environ,
            VARIABLE: self.run,
            "CONCORD_DEMO": "1",
            "CONCORD_SECRET_KEY": secret.read_text(),
            "CONCORD_KEY_DIR": str(self.state / "keys"),
            "CONCORD_MEDIA_DIR": str(self.state / "media"),
            "CONCORD_STATIC_DIR": str(self.state / "static"),
            "CONCORD_BASE_URL": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "REMAP_SIGTERM": "SIGQUIT",
            "PYTHONUNBUFFERED": "1",
        }

    def servers(self) -> None:
        """PostgreSQL and Valkey, unless both addresses are given."""
        log = self.state / "log"
        log.mkdir(exist_ok=True)
        sockets = socket_folder(short_hash(str(self.state)))
        if not os.environ.get("DATABASE_URL"):
            self.postgres = Postgres(self.state / "pg18", sockets)
            end_postgres(self.postgres.data)
            self.files.append(open(log / "postgres.log", "wb"))
            os.environ[VARIABLE] = self.run
            self.postgres.start(self.files[-1])
            self.postgres.prepare()
        if not os.environ.get("REDIS_URL"):
            self.valkey = Valkey(self.state / "valkey", sockets)
            self.files.append(open(log / "valkey.log", "wb"))
            self.valkey.start(self.files[-1])
            self.base["REDIS_URL"] = f"{self.valkey.url}?db=0"

    def environ(self, role: str) -> dict[str, str]:
        """The environment of one process: the same servers with its own role."""
        if self.postgres is not None:
            return {**self.base, "DATABASE_URL": self.postgres.url(role)}
        given = os.environ["DATABASE_URL"]
        joint = "&" if "?" in given else "?"
        return {**self.base, "DATABASE_URL": f"{given}{joint}options=-c%20role%3D{role}"}

    def once(self, *command: str, role: str) -> None:
        """One management command; its failure ends everything."""
        done = subprocess.run([PYTHON, "manage.py", *command], cwd=REPOSITORY, env=self.environ(role), check=False)
        if done.returncode:
            raise Unavailable(f"`manage {command[0]}` failed: read the lines above.")

    def child(self, name: str, command: list[str], role: str) -> None:
        """Start one process and write run.json."""
        self.children.append(Child(name, command, self.environ(role), cwd=REPOSITORY))
        groups = {c.name: c.process.pid for c in self.children}
        if self.valkey and self.valkey.process:
            groups = {"valkey": self.valkey.process.pid, **groups}
        remember(self.state / "run.json", self.run, groups)

    def web(self, reload: bool) -> None:
        """granian, or Django's own server with reloading."""
        if reload:
            self.base["CONCORD_DEBUG"] = "1"
            command = [PYTHON, "manage.py", "runserver", "--skip-checks", f"127.0.0.1:{self.port}"]
        else:
            command = [PYTHON, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "2"]
            command += ["--blocking-threads-idle-timeout", "600", "--respawn-failed-workers", "--no-access-log"]
            command += ["--host", "127.0.0.1", "--port", str(self.port), "config.wsgi:application"]
        self.child("web", command, "concord_web")

    def workers(self) -> None:
        """The sweeper, a general worker, one for mail, one per agency."""
        self.child("sweeper", [PYTHON, "manage.py", "sweep"], "concord_sweeper")
        for name, (role, queues) in WORKERS.items():
            command = [PYTHON, "-m", "celery", "-A", "config.celery", "worker", "-Q", ",".join(queues)]
            command += ["-n", f"{name}@%h", "--pool", "prefork", "-c", "1", "--loglevel", "WARNING", "--without-mingle"]
            self.child(name, command, role)

    def answer(self, seconds: float = 60) -> None:
        """Wait until this run's web process answers."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.fallen()
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                    if self.run in answer.read().decode():
                        return
            time.sleep(0.1)
        raise Unavailable("The web server did not answer in 60 seconds: read the lines above.")

    def fallen(self) -> None:
        """Raise when a part ended unasked."""
        for child in self.children:
            code = child.process.poll()
            if code is not None:
                raise PartEnded(f"{child.name} ended with code {code}.\n  " + "\n  ".join(child.last))

    def down(self) -> None:
        """Reverse order; PostgreSQL last, by a fast shutdown."""
        stop(self.children, 8)
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            self.postgres.stop()
        for file in self.files:
            file.close()
        (self.state / "run.json").unlink(missing_ok=True)
        shutil.rmtree(socket_folder(short_hash(str(self.state))), ignore_errors=True)


class PartEnded(Exception):
    """A process of the stack ended unasked."""


def up(options: argparse.Namespace) -> int:
    """Bring everything up and stay until Ctrl-C."""
    state = options.state.expanduser().resolve()
    state.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    with only_one(state):
        if options.fresh:
            _forget(state)
        for name in end_leftovers(state / "run.json"):
            print(f"ended a leftover of an earlier run: {name}")
        stack = Stack(state, free_port(options.port))
        try:
            return _live(stack, options)
        except KeyboardInterrupt:
            print("\nstopping ...", flush=True)
            return 0
        except PartEnded as error:
            print(f"concord: {error}", file=sys.stderr)
            return 1
        finally:
            stack.down()


def _live(stack: Stack, options: argparse.Namespace) -> int:
    stack.servers()
    stack.once("migrate", "-v0", role="concord_owner")
    if not options.reload:
        stack.once("collectstatic", "--noinput", "-v0", role="concord_web")
    stack.once("demo", role="concord_web")
    stack.web(options.reload)
    stack.answer()
    stack.workers()
    address = f"http://127.0.0.1:{stack.port}/"
    if options.check:
        done = subprocess.run(
            [PYTHON, "manage.py", "story", "--http", address], cwd=REPOSITORY, env=stack.environ("concord_web"),
            check=False,
        )  # fmt: skip
        return done.returncode
    print(f"\nConcord is up: {address}\nSign in as anybody of the demo: {address}demo/sign-in/\nCtrl-C stops it.\n", flush=True)
    while True:
        stack.fallen()
        time.sleep(0.5)


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _forget(state: Path) -> None:
    """Delete the data; asks when somebody is there to answer."""
    if sys.stdin.isatty() and input(f"Delete all data in {state}? Type yes: ") != "yes":
        raise Unavailable("Nothing was deleted.")
    end_leftovers(state / "run.json")
    for name in ("pg18", "valkey", "keys", "media", "static", "secret"):
        path = state / name
        if path.is_dir():
            if name == "pg18":
                end_postgres(path)
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()


def manage(arguments: list[str]) -> int:
    """Django's command line against the running servers, or against servers started for this one command."""
    state = Path(os.environ.get("CONCORD_STATE", REPOSITORY / ".local")).resolve()
    state.mkdir(parents=True, exist_ok=True)
    stack = Stack(state, FIRST_PORT)
    role = "concord_owner" if arguments[:1] in (["migrate"], ["makemigrations"]) else "concord_web"
    try:
        with only_one(state):
            stack.servers()
            try:
                return _manage(stack, arguments, role)
            finally:
                stack.down()
    except Unavailable:
        sockets = socket_folder(short_hash(str(state)))
        inner = sockets / "pg" if (sockets / "pg").exists() else sockets
        host = str(inner).replace("/", "%2F")
        stack.base |= {"REDIS_URL": f"unix://{sockets}/valkey.sock?db=0"}
        environ = {**stack.base, "DATABASE_URL": f"postgresql://{role}@/concord?host={host}"}
        return subprocess.call([PYTHON, "manage.py", *arguments], cwd=REPOSITORY, env=environ)


def _manage(stack: Stack, arguments: list[str], role: str) -> int:
    return subprocess.call([PYTHON, "manage.py", *arguments], cwd=REPOSITORY, env=stack.environ(role))
