"""Child processes of `up`: start in a group of their own, one pump for their output, leftovers found after kill -9."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any

VARIABLE = "CONCORD_RUN"


class Child:
    """One process with its name, its group and its last lines."""

    def __init__(self, name: str, command: list[str], environ: dict[str, str], *, cwd: Path) -> None:
        self.name, self.last = name, deque[str](maxlen=15)
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environ, cwd=cwd,
            start_new_session=True,
        )  # fmt: skip
        self.pump = threading.Thread(target=self._pump, daemon=True)
        self.pump.start()

    def _pump(self) -> None:
        assert self.process.stdout is not None  # PIPE above
        for raw in self.process.stdout:
            line = raw.decode(errors="replace").rstrip()
            self.last.append(line)
            sys.stdout.write(f"{self.name:<18} {line}\n")
            sys.stdout.flush()

    def tell(self, how: signal.Signals) -> None:
        """Signal the whole group; one that is gone needs none."""
        try:
            os.killpg(self.process.pid, how)
        except ProcessLookupError:
            return


def stop(children: list[Child], seconds: float) -> None:
    """SIGTERM to all, wait, then SIGKILL to the groups."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
        child.tell(signal.SIGKILL)


def remember(path: Path, run: str, groups: dict[str, int]) -> None:
    """Write run.json by rename, so that it is never half a file."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"run": run, "groups": groups}))
    fresh.replace(path)


def environment_of(pid: int) -> dict[str, str]:
    """The environment of a process, where the system shows it; else empty."""
    try:
        raw = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return {}
    pairs = (item.partition("=") for item in raw.decode(errors="replace").split("\0") if "=" in item)
    return {name: value for name, _, value in pairs}


def members(group: int) -> list[int]:
    """Living processes of a group; zombies are dead."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=False).stdout
    rows = [line.split() for line in listed.splitlines()]
    return [int(r[0]) for r in rows if len(r) == 3 and int(r[1]) == group and not r[2].startswith("Z")]


def end_leftovers(path: Path) -> list[str]:
    """End what an earlier run left after kill -9: by process group, only where the run id matches. Names of the ended."""
    try:
        known: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return []
    ended = []
    for name, group in reversed(known["groups"].items()):
        ours = [p for p in members(group) if environment_of(p).get(VARIABLE) == known["run"]]
        if not ours:
            continue
        os.killpg(group, signal.SIGTERM)
        deadline = time.monotonic() + 5
        while members(group) and time.monotonic() < deadline:
            time.sleep(0.05)
        if members(group):
            os.killpg(group, signal.SIGKILL)
        ended.append(name)
    path.unlink(missing_ok=True)
    return ended


def end_postgres(data: Path) -> bool:
    """Stop a PostgreSQL that still runs on this data folder; whether there was one."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (OSError, ValueError, IndexError):
        return False
    if str(data) not in command:
        return False
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return True
