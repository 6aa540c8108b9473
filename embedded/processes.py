"""Child processes of `up`: start in a group of their own, one pump for their output, leftovers found after kill -9."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

VARIABLE = "CONCORD_RUN"
SERVERS = ("postgres", "valkey")  # they outlast the others, which write to them until their end
WIDTH = 17


@dataclass(frozen=True)
class Group:
    """A process group that we started: enough to find it again in another process."""

    name: str
    group: int
    mark: str  # text of its command lines, for processes whose environment cannot be read
    polite: int = signal.SIGTERM  # how to end it; PostgreSQL's fast shutdown is SIGINT


class Child:
    """One process with its name, its group and its last lines."""

    def __init__(self, name: str, command: list[str], environ: dict[str, str], *, cwd: Path, log: Path) -> None:
        self.name, self.command, self.last = name, command, deque[str](maxlen=15)
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environ, cwd=cwd,
            start_new_session=True,
        )  # fmt: skip
        self.pump = threading.Thread(target=self._pump, args=(log / f"{name}.log",), daemon=True)
        self.pump.start()

    @property
    def known(self) -> Group:
        """What run.json keeps of it."""
        return Group(self.name, self.process.pid, self.command[0])

    def _pump(self, path: Path) -> None:
        assert self.process.stdout is not None  # PIPE above
        with open(path, "ab") as file, self.process.stdout:
            for raw in self.process.stdout:
                file.write(raw)
                file.flush()
                line = raw.decode(errors="replace").rstrip()
                self.last.append(line)
                # a reader that went away (`up | head`) must not block the child: keep draining
                with contextlib.suppress(OSError, ValueError):
                    sys.stdout.write(f"{self.name:<{WIDTH}} {line}\n")
                    sys.stdout.flush()

    def tell(self, how: int) -> None:
        """Signal the whole group; one that is gone needs none."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, how)


def stop(children: list[Child], seconds: float) -> None:
    """SIGTERM to all at once, wait, then SIGKILL to the groups."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.1, deadline - time.monotonic()))
        child.tell(signal.SIGKILL)
        child.process.wait(5)
        child.pump.join(1)


def remember(path: Path, run: str, groups: list[Group], addresses: dict[str, str]) -> None:
    """Write run.json by rename, so that it is never half a file. It never holds an address that somebody gave us."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"run": run, "groups": [asdict(g) for g in groups], "addresses": addresses}, indent=1))
    fresh.replace(path)


def recall(path: Path) -> dict[str, Any]:
    """What an earlier or running `up` wrote; empty when there is nothing readable."""
    try:
        known = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) and {"run", "groups", "addresses"} <= known.keys() else {}


def ps(*arguments: str) -> str:
    """Output of `ps`, which every Unix has."""
    return subprocess.run(["ps", *arguments], capture_output=True, text=True, check=False).stdout


def command_of(pid: int) -> str:
    """The command line of a process; empty when there is none."""
    return ps("-ww", "-o", "command=", "-p", str(pid)).strip()


def run_of(pid: int) -> str:
    """The run that a process belongs to, by its environment; empty where that cannot be seen: other systems than Linux
    do not show it, and Valkey writes its title over it."""
    try:
        raw = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return ""
    for item in raw.decode(errors="replace").split("\0"):
        if item.startswith(f"{VARIABLE}="):
            return item.partition("=")[2]
    return ""


def members(group: int) -> list[int]:
    """Living processes of a group; zombies are dead, although a signal to them succeeds."""
    rows = [line.split() for line in ps("-A", "-o", "pid=,pgid=,stat=").splitlines()]
    return [int(r[0]) for r in rows if len(r) == 3 and int(r[1]) == group and not r[2].startswith("Z")]


def ours(pid: int, run: str, mark: str) -> bool:
    """Whether a process is of that run: pids are used again by others."""
    found = run_of(pid)
    return found == run if found else mark in command_of(pid)


def end_leftovers(path: Path) -> list[str]:
    """End what an earlier run left after kill -9: processes at once, then the servers. Names of the ended."""
    known = recall(path)
    groups = [Group(**entry) for entry in known.get("groups", [])]
    left = [g for g in reversed(groups) if any(ours(pid, known["run"], g.mark) for pid in members(g.group))]
    end_groups([g for g in left if g.name not in SERVERS])
    end_groups([g for g in left if g.name in SERVERS])
    path.unlink(missing_ok=True)
    return [g.name for g in left]


def end_groups(groups: list[Group], seconds: float = 8) -> None:
    """Politely all together, then by force."""
    for force, patience in ((False, seconds), (True, 2.0)):
        alive = [g for g in groups if members(g.group)]
        for group in alive:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group.group, signal.SIGKILL if force else group.polite)
        deadline = time.monotonic() + patience
        while any(members(g.group) for g in alive) and time.monotonic() < deadline:
            time.sleep(0.05)


def end_postgres(data: Path) -> bool:
    """Stop a PostgreSQL that still runs on this data folder; whether there was one."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return False
    if str(data) not in command_of(pid):
        return False
    end_groups([Group("postgres", os.getpgid(pid), str(data), signal.SIGINT)], 20)
    return True
