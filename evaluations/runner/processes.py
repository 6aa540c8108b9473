"""The process of a run: a group of its own, found again in its folder after its supervisor was killed, never left behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

MOST_READ = 1024 * 1024  # of one turn, and of one line
NOTE = "process.json"


def began(pid: int) -> str:
    """When a process began, in ticks since the machine did: a number with which no second process of that pid begins."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def members(group: int) -> list[int]:
    """Living processes of a group."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, IndexError):
                state, _, of = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[:3]
                if int(of) == group and state != "Z":
                    found.append(int(entry))
    return found


class Process:
    """A child that takes its order on its input and answers in lines of JSON."""

    def __init__(self, command: list[str], order: dict[str, Any], folder: Path) -> None:
        with open(folder / "errors.txt", "ab") as errors:
            self._child = subprocess.Popen(
                [*command, str(os.getpid())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=folder / "work",
                env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}, start_new_session=True,
            )  # fmt: skip
        assert self._child.stdin is not None and self._child.stdout is not None  # pipes
        note = {"pid": self._child.pid, "began": began(self._child.pid)}
        (folder / NOTE).write_text(json.dumps(note))
        os.set_blocking(self._child.stdout.fileno(), False)
        with contextlib.suppress(BrokenPipeError):  # it ended at once: its code says so
            self._child.stdin.write(json.dumps(order).encode())
            self._child.stdin.close()
        self._rest = b""

    @property
    def pid(self) -> int:
        """The leader of the group."""
        return self._child.pid

    def lines(self) -> list[dict[str, Any]]:
        """What it said since the last time; what is no line of JSON is left out."""
        assert self._child.stdout is not None  # a pipe
        if self._child.stdout.closed:
            return []
        raw = b""
        with contextlib.suppress(BlockingIOError):
            while len(raw) < MOST_READ and (piece := os.read(self._child.stdout.fileno(), 65536)):
                raw += piece
        *whole, rest = (self._rest + raw).split(b"\n")
        self._rest = rest[:MOST_READ]
        found = []
        for line in whole:
            with contextlib.suppress(ValueError, RecursionError):
                said = json.loads(line)
                if isinstance(said, dict):
                    found.append(said)
        return found

    def code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._child.poll()

    def interrupt(self) -> None:
        """As Ctrl-C: it closes its log."""
        with contextlib.suppress(ProcessLookupError):
            self._child.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """The whole group, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(5)

    def close(self) -> None:
        """Nothing more is read of it."""
        if self._child.stdout is not None:
            self._child.stdout.close()


def tidy(folder: Path) -> bool:
    """End what an earlier process started in this folder; whether anything was left. A number that now belongs to somebody
    else's process is left alone."""
    try:
        note = json.loads((folder / NOTE).read_text())
        pid, then = int(note["pid"]), str(note["began"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    now, left = began(pid), members(pid)
    if (now and now != then) or not left:
        return False
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    return True
