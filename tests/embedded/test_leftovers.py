"""What kill -9 leaves: found by process group, ended only where it is ours."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.processes import VARIABLE, Child, Group, end_leftovers, members, recall, remember, run_of, stop
from embedded.services import Valkey

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# a main process with a child that outlives it, as granian's workers outlive granian
FAMILY = [sys.executable, "-c", "import subprocess, sys, time; subprocess.Popen(sys.argv[1:]); time.sleep(60)", *SLEEP]


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes of a test, ended with it."""
    found: list[subprocess.Popen[bytes]] = []
    yield found
    for process in found:
        for pid in members(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.wait(5)


def start(started: list[subprocess.Popen[bytes]], command: list[str], run: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, env={**os.environ, VARIABLE: run}, start_new_session=True)
    started.append(process)
    return process


def wait_until(condition, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_orphans_of_a_killed_main_process_are_ended(started, tmp_path: Path) -> None:
    process = start(started, FAMILY, "run-1")
    wait_until(lambda: len(members(process.pid)) == 2)
    remember(tmp_path / "run.json", "run-1", [Group("web", process.pid, sys.executable)], {})
    process.kill()
    process.wait(5)
    assert len(members(process.pid)) == 1
    assert end_leftovers(tmp_path / "run.json") == ["web"]
    assert members(process.pid) == []
    assert not (tmp_path / "run.json").exists()


def test_a_group_of_somebody_else_under_a_used_again_number_is_left_alone(started, tmp_path: Path) -> None:
    process = start(started, SLEEP, "another run")
    remember(tmp_path / "run.json", "run-1", [Group("web", process.pid, sys.executable)], {})
    assert end_leftovers(tmp_path / "run.json") == []
    assert members(process.pid) == [process.pid]


def test_one_that_writes_over_its_environment_is_known_by_its_mark(started, tmp_path: Path) -> None:
    sockets = Path(tempfile.mkdtemp(prefix="c-", dir="/tmp"))
    valkey = Valkey(tmp_path / "valkey", sockets)
    valkey.start()
    assert valkey.process is not None
    started.append(valkey.process)
    assert run_of(valkey.process.pid) == ""
    remember(tmp_path / "run.json", "run-1", [Group("valkey", valkey.process.pid, str(valkey.path))], {})
    assert end_leftovers(tmp_path / "run.json") == ["valkey"]
    assert not valkey.answers()
    shutil.rmtree(sockets)


def test_one_that_does_not_listen_is_ended_by_force(started, tmp_path: Path, monkeypatch) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    child = Child("deaf", [sys.executable, "-c", deaf], {**os.environ, VARIABLE: "run-1"}, cwd=tmp_path, log=tmp_path)
    started.append(child.process)
    wait_until(lambda: list(child.last) == ["1"])
    stop([child], 0.2)
    assert child.process.returncode == -signal.SIGKILL
    assert (tmp_path / "deaf.log").read_text() == "1\n"


def test_a_zombie_is_dead(started) -> None:
    process = start(started, [sys.executable, "-c", ""], "run-1")
    wait_until(lambda: members(process.pid) == [])
    os.kill(process.pid, 0)  # the signal still arrives: nobody has waited for it


@pytest.mark.parametrize("content", ["", "{", "[]", '{"run": "x"}'])
def test_a_broken_run_file_is_no_obstacle(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content)
    assert recall(tmp_path / "run.json") == {}
    assert end_leftovers(tmp_path / "run.json") == []
