"""The commands that need servers: `up`, `manage`, `bench`, `story`."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from embedded import throwaway
from embedded.processes import end_leftovers, end_postgres, recall
from embedded.services import REPOSITORY, Postgres, Unavailable, short_hash, socket_folder
from embedded.settings import OWNER, WEB
from embedded.stack import OFFERED, PYTHON, PartEnded, Stack

CLAIMS: list[socket.socket] = []
FIRST_PORT, FIRST_SIMULATOR_PORT, FIRST_AUTHORITY_PORT = 8000, 8700, 8750
PORTS = 50


STORIES = ("main", "agreements", "early-access", "opening")


class AlreadyUp(Unavailable):
    """Another command holds the state folder."""


def free_port(wanted: int | None, first: int = FIRST_PORT) -> int:
    """The wanted port, or the first free one. granian would share a taken port without a word."""
    for port in [wanted] if wanted else range(first, first + PORTS):
        with socket.socket() as caller:
            taken = caller.connect_ex(("127.0.0.1", port)) == 0
        with socket.socket() as probe:
            # past connections that are only waiting to be forgotten; it does not let two servers listen
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                if not taken and (wanted or _claimed(port)):
                    return port
    where = f"Port {wanted} is taken" if wanted else f"No port from {first} to {first + PORTS - 1} is free"
    raise Unavailable(f"{where}: choose another with --port.")


def _claimed(port: int) -> bool:
    """Whether no other product that is just starting has chosen this port: seconds lie between choosing and listening.
    The claim is UDP's port of that number, held until this process ends, however it ends."""
    claim = socket.socket(type=socket.SOCK_DGRAM)
    try:
        claim.bind(("127.0.0.1", port))
    except OSError:
        claim.close()
        return False
    CLAIMS.append(claim)
    return True


def prepare(state: Path) -> Path:
    """The state folder, ours. Root leaves the way through it open, since PostgreSQL runs as another account."""
    state = state.expanduser().resolve()
    root = os.getuid() == 0
    try:
        if not state.exists():
            state.mkdir(parents=True, mode=0o711 if root else 0o700)
        if not root and state.stat().st_uid != os.getuid():
            raise Unavailable(f"{state} belongs to another account: choose another folder with --state.")
        (state / "lock").touch()
    except OSError as error:
        raise Unavailable(f"{state} cannot be used ({error.strerror}): choose another folder with --state.") from None
    return state


@contextlib.contextmanager
def only_one(state: Path) -> Iterator[None]:
    """Hold the state folder's lock, with nothing left of an earlier run."""
    with open(state / "lock", "r+") as guard:
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyUp(
                f"Concord is already up with the data in {state}: stop it there first, or choose --state."
            ) from None
        for name in end_leftovers(state / "run.json"):
            print(f"ended a leftover of an earlier run: {name}", flush=True)
        yield


@contextlib.contextmanager
def interruptible(stack: Stack) -> Iterator[None]:
    """The first Ctrl-C, SIGTERM or SIGHUP ends the block; another one while it goes down kills at once."""
    seen: list[int] = []

    def handle(number: int, frame: FrameType | None) -> None:
        seen.append(number)
        if len(seen) == 1:
            raise KeyboardInterrupt
        stack.kill()
        os._exit(0)

    before = {how: signal.signal(how, handle) for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for how, old in before.items():
            signal.signal(how, old)


def up(options: argparse.Namespace) -> int:
    """Bring everything up and stay until Ctrl-C."""
    state = prepare(options.state)
    with only_one(state):
        if options.fresh:
            forget(state)
        stack = Stack(state, free_port(options.port))
        with interruptible(stack):
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
    stack.simulator(free_port(None, FIRST_SIMULATOR_PORT))
    stack.time_stamps(free_port(None, FIRST_AUTHORITY_PORT))
    migrated = stack.migrate()
    if not options.reload:
        stack.static_files()
    stack.web(options.reload)
    if not migrated:
        stack.answer()  # the demo's people are there: the first page comes before all else
    stack.once("demo", role=WEB)
    stack.answer()
    stack.workers()
    address = f"http://127.0.0.1:{stack.port}/"
    if options.check:
        return int(any(_played(stack, name, address) for name in options.check))
    print(f"\nConcord is up: {address}\nSign in as any of the demo's people: {address}demo/sign-in/\n"
          "Ctrl-C stops it.\n", flush=True)  # fmt: skip
    _stay(stack, address, play=migrated and not options.empty)


def _played(stack: Stack, name: str, address: str) -> int:
    """How the story ended, while nothing else fell."""
    story = stack.child("story", [PYTHON, "manage.py", "story", name, "--http", address], WEB)
    while story.process.poll() is None:
        stack.fallen()
        time.sleep(0.2)
    return stack.wait(story)


def _stay(stack: Stack, address: str, *, play: bool) -> NoReturn:
    """Until Ctrl-C, or until a part ends unasked. New data get a few agreements under way, so that inboxes are not empty."""
    opening = stack.child("demo", [PYTHON, "manage.py", "story", "opening", "--http", address], WEB) if play else None
    while True:
        if opening and opening.process.poll() is not None:
            if stack.wait(opening):
                print(
                    "The demo's first agreements could not be played: see the lines above. All else works.", flush=True
                )
            opening = None
        stack.fallen()
        time.sleep(0.5)


def forget(state: Path) -> None:
    """Delete the data; asks when somebody is there to answer. Servers given by address keep theirs."""
    if sys.stdin is not None and sys.stdin.isatty() and input(f"Delete all data in {state}? Type yes: ") != "yes":
        raise Unavailable("Nothing was deleted.")
    if not os.environ.get("DATABASE_URL"):
        sockets = socket_folder(short_hash(str(state)))
        postgres = Postgres(state / "pg18", sockets)
        postgres.place()
        end_postgres(postgres.data)
        shutil.rmtree(postgres.data)
    for name in ("valkey", "keys", "media", "static", "log", "runs"):
        shutil.rmtree(state / name, ignore_errors=True)
    for name in ("secret", "migrated"):
        (state / name).unlink(missing_ok=True)


def state_folder() -> Path:
    """The default state folder of this clone."""
    return Path(os.environ.get("CONCORD_STATE") or REPOSITORY / ".local")


def manage(arguments: list[str]) -> int:
    """Django's command line against the running servers, or against servers started for this one command."""
    if arguments[:1] == ["roles"]:
        for name in ("roles.sql", "database.sql"):
            print((REPOSITORY / "embedded" / name).read_text())
        return 0
    state = prepare(state_folder())
    role = OWNER if arguments[:1] in (["migrate"], ["makemigrations"], ["schema"]) else WEB
    command = [PYTHON, "manage.py", *arguments]
    try:
        with only_one(state):
            stack = Stack(state, FIRST_PORT)
            with interruptible(stack):
                try:
                    stack.servers()
                    return run(command, beside(stack, stack.environ(role)))
                except KeyboardInterrupt:
                    return 130
                finally:
                    stack.down()
    except AlreadyUp:
        return run(command, running_environment(state, role))


def beside(stack: Stack, environ: dict[str, str]) -> dict[str, str]:
    """The same, with PostgreSQL's programs (psql, pg_dump) on the path."""
    if stack.postgres is None:
        return environ
    return {**environ, "PATH": f"{stack.postgres.bin}{os.pathsep}{environ.get('PATH') or os.environ.get('PATH', '')}"}


def running_environment(state: Path, role: str) -> dict[str, str]:
    """The environment of a command beside a running `up`, from its run.json."""
    known = recall(state / "run.json")
    if not known:
        raise Unavailable("Concord is just starting in this folder: try again in a moment.")
    places = known["addresses"]
    stack = Stack(state, int(places["port"]))
    if "redis" in places:
        stack.base["REDIS_URL"] = places["redis"]
    stack.base |= {name: places[name] for name in OFFERED if name in places}
    if "bin" in places:
        stack.base["PATH"] = f"{places['bin']}{os.pathsep}{os.environ.get('PATH', '')}"
    if "database" in places:
        address = places["database"].replace("{role}", role)
        return {**stack.base, "DATABASE_URL": address, "CONCORD_RUN": known["run"], "CONCORD_DATABASE_ROLE": role}
    stack.servers_given()
    return stack.environ(role)


def run(command: list[str], environ: dict[str, str]) -> int:
    """A command at this terminal. Ctrl-C is its own affair."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call(command, cwd=REPOSITORY, env=environ)
    finally:
        signal.signal(signal.SIGINT, before)


def bench(arguments: list[str]) -> int:
    """Benchmarks on a cluster of their own, with durable settings."""
    throwaway.start(durable=True)
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "CONCORD_DEMO": "1"}
    return run([PYTHON, "-m", "benchmarks", *arguments], environ)


def story(arguments: list[str]) -> int:
    """A story against the running `up`; without one it comes up for the story, and goes down."""
    parser = argparse.ArgumentParser(prog="./concord story", description="Play a story against the running demo.")
    parser.add_argument(
        "name",
        nargs="?",
        default="main",
        choices=STORIES,
        help="main: an early access; agreements: an agreement's whole life; early-access: two rivals at three agencies; "
        "opening: what a fresh demo begins with",
    )
    name = parser.parse_args(arguments).name
    state = prepare(state_folder())
    try:
        with only_one(state):
            pass
    except AlreadyUp:
        environ = running_environment(state, WEB)
        address = environ["CONCORD_BASE_URL"] + "/"
        return run([PYTHON, "manage.py", "story", name, "--http", address], environ)
    return up(argparse.Namespace(state=state, port=None, fresh=False, empty=True, reload=False, check=(name,)))
