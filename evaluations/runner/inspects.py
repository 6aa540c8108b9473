"""Inspect behind the interface of a runner: one process per run in the runner's own environment (inside/launch.py)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

from core.egress import NOBODY, Allowance, EgressRefused
from evaluations.runner import processes
from evaluations.runner.base import CannotRun, Order, Progress, Suite
from evaluations.runner.catalogue import BUILT_IN
from evaluations.runner.proxy import Gate, Gates

LAUNCH = Path(__file__).parent / "inside" / "launch.py"
FOLDERS = ("home", "work", "tmp", "logs", "boxes")
POLITE = 10.0  # seconds that a cancelled run has for closing its log
LARGEST = 1_000_000_000
NO_ENVIRONMENT = "The runner’s own environment is not made on its host. Run ./concord runner there."
NO_LINUX = "The runner needs Linux: only there can it take the network away from a run."
NO_BOX = (
    "This suite lets the model run commands, which needs bubblewrap (bwrap) on the runner’s host. It is missing there, or the "
    "host does not let it isolate anything. Nothing was run."
)
DIED = "The run’s process ended without a word (code {code}). What it had finished can be gone on from."
BOX_PROBE = ("--unshare-all", "--unshare-user", "--disable-userns", "--ro-bind", "/", "/", "/bin/true")


class InspectRun:
    """One run under way; its gate closes with it."""

    def __init__(self, process: processes.Process, gate: Gate, folder: Path) -> None:
        self.process, self.gate, self.folder = process, gate, folder
        self.progress = Progress()
        self._cancelled_at: float | None = None
        self._told = ""

    def poll(self) -> Progress:
        """Read what it said. A cancelled run that does not end is ended."""
        if self.progress.ended:
            return self.progress
        code = self.process.code()
        for line in self.process.lines():
            self._take(line)
        if code is None and self._cancelled_at is not None and time.monotonic() - self._cancelled_at > POLITE:
            self.process.kill()
            code = self.process.code()
        if code is not None:
            self._end(code)
        return self.progress

    def cancel(self) -> None:
        """No call gets out from this moment; the log is closed."""
        if self._cancelled_at is None and not self.progress.ended:
            self._cancelled_at = time.monotonic()
            self.gate.close()
            self.process.interrupt()

    def kill(self) -> None:
        """At once."""
        self.gate.close()
        self.process.kill()

    def _take(self, line: dict[str, Any]) -> None:
        """One line: counts within bounds and words of ours. What else a process may say is dropped."""
        progress, event = self.progress, line.get("event")
        if event == "started":
            progress.running, progress.samples = True, _count(line.get("samples"))
        elif event == "sample":
            progress.done += 1
            progress.errors += line.get("error") is True
        elif event == "usage":
            progress.tokens_in += _count(line.get("tokens_in"))
            progress.tokens_out += _count(line.get("tokens_out"))
        elif event == "retry":
            progress.retries += 1
        elif event in ("done", "refused"):
            outcome = line.get("outcome")
            self._told = outcome if outcome in ("success", "cancelled") else "error"
            progress.sentence = str(line.get("sentence") or "")[:300]

    def _end(self, code: int) -> None:
        for line in self.process.lines():
            self._take(line)
        self.kill()  # its group: nothing that it started stays
        self.process.close()
        progress, cancelled = self.progress, self._cancelled_at is not None
        progress.outcome = self._told or ("cancelled" if cancelled else "error")
        if not self._told and not cancelled:
            progress.sentence = DIED.format(code=code)
        progress.log, progress.ended = newest(self.folder / "logs"), True


def _count(value: Any) -> int:
    return min(value, LARGEST) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def newest(folder: Path) -> Path | None:
    """The newest log that was closed; None when the newest one was not."""
    found = max(folder.glob("*.eval"), key=lambda path: path.stat().st_mtime, default=None)
    if found is None:
        return None
    try:
        with zipfile.ZipFile(found) as archive:
            return found if "header.json" in archive.namelist() else None
    except (OSError, zipfile.BadZipFile):
        return None


class InspectRunner:
    """Starts Inspect with the Python of its own environment. `launch` is what that Python runs first."""

    def __init__(self, python: str, allowance: Allowance = NOBODY, launch: Path = LAUNCH) -> None:
        self.python, self.launch = python, launch
        self.gates = Gates(allowance)

    def suites(self) -> tuple[Suite, ...]:
        """The built-in ones."""
        return BUILT_IN

    def start(self, order: Order, key: str) -> InspectRun:
        """One process. CannotRun when this host lacks something."""
        suite = next((s for s in self.suites() if s.name == order.suite), None)
        if suite is None:
            raise CannotRun("The runner on this host does not have this suite.")
        if sys.platform != "linux":
            raise CannotRun(NO_LINUX)
        if not self.python or not Path(self.python).exists():
            raise CannotRun(NO_ENVIRONMENT)
        box = shutil.which("bwrap") or ""
        if suite.sandbox and not works(box):
            raise CannotRun(NO_BOX)
        for name in FOLDERS:
            (order.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            gate = self.gates.open(order.folder, order.base_url)
        except EgressRefused as refused:
            raise CannotRun(str(refused)) from refused
        said = {**vars(order), "folder": str(order.folder), "bwrap": box, "key": key}
        process = processes.Process([self.python, "-I", "-B", str(self.launch)], said, order.folder)
        return InspectRun(process, gate, order.folder)

    def tidy(self, folder: Path) -> None:
        """What a killed supervisor left."""
        processes.tidy(folder)

    def close(self) -> None:
        """The gates' thread ends."""
        self.gates.close()


def works(box: str) -> bool:
    """Whether bubblewrap isolates anything on this host: it is tried, never assumed."""
    if not box:
        return False
    try:
        return subprocess.run([box, *BOX_PROBE], capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
