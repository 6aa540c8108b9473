"""`up` as a whole, on real processes: comes up, survives kill -9, goes down without a trace."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded import settings
from embedded.processes import VARIABLE, members
from embedded.runner import free_port, running_environment
from embedded.services import REPOSITORY
from tests.nightly import nightly

GIVEN = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "DJANGO_SETTINGS_MODULE", "CONCORD_TESTING", VARIABLE)


class Up:
    """One state folder, in a path with spaces, and the runs on it."""

    def __init__(self, state: Path) -> None:
        self.state, self.port = state, free_port(None, 8300)
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "embedded", "up", "--state", str(self.state), *arguments]

    def start(self) -> dict[str, str]:
        """Start, wait, and return what /healthz says."""
        environ = {k: v for k, v in os.environ.items() if k not in GIVEN}
        output = self.state.parent / "output"
        with open(output, "wb") as file:
            self.process = subprocess.Popen(
                self.command("--port", str(self.port)), cwd=REPOSITORY, env=environ, stdin=subprocess.DEVNULL,
                stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip
        deadline = time.monotonic() + 120
        while b"Concord is up" not in output.read_bytes():
            assert self.process.poll() is None and time.monotonic() < deadline, output.read_text()
            time.sleep(0.1)
        return self.health()

    def health(self) -> dict[str, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
            found: dict[str, str] = json.load(answer)
        return found

    def groups(self) -> dict[str, int]:
        known = json.loads((self.state / "run.json").read_text())
        return {entry["name"]: entry["group"] for entry in known["groups"]}

    def end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(60)


@pytest.fixture
def stack() -> Iterator[Up]:
    # not pytest's folder: as root it is closed to PostgreSQL's account, and the data would be put elsewhere for good
    folder = Path(tempfile.mkdtemp(prefix="concord up "))
    folder.chmod(0o711)
    found = Up(folder / "state")
    yield found
    if found.process and found.process.poll() is None:
        found.end(signal.SIGINT)
    shutil.rmtree(folder)


@nightly("`up --check` comes up, walks the story and goes down in tests/test_story.py")
@pytest.mark.slow
def test_up_survives_kill_9_names_a_part_that_ends_and_goes_down_without_a_trace(
    stack: Up, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)  # given back afterwards: reading a run's places sets it
    first = stack.start()
    assert first["role"] == settings.WEB
    old = stack.groups()
    assert {"postgres", "valkey", "web", "sweeper", *settings.WORKERS} <= set(old)

    beside = running_environment(stack.state, settings.WEB)
    with urllib.request.urlopen(f"{beside['CONCORD_SIMULATOR_URL']}/healthz", timeout=10) as answer:
        assert answer.status == 200, "a command beside it, such as `story`, finds what the demo offers"

    second = subprocess.run(stack.command(), cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert second.returncode == 3
    assert "already up" in second.stderr

    assert stack.end(signal.SIGKILL) == -signal.SIGKILL
    os.kill(old["web"], signal.SIGKILL)  # granian's main process: its workers go on answering
    os.kill(old["postgres"], signal.SIGKILL)
    new = stack.start()
    assert new["run"] != first["run"]
    assert {stack.health()["run"] for _ in range(50)} == {new["run"]}
    repeated = {"migrate.log", "collectstatic.log"} & {path.name for path in (stack.state / "log").iterdir()}
    assert not repeated, "a start on known data does only what changed"
    assert [name for name, group in old.items() if members(group)] == []

    current = stack.groups()
    os.kill(current["mail"], signal.SIGKILL)
    assert stack.process is not None
    assert stack.process.wait(60) == 1
    assert "concord: mail ended with code -9" in (stack.state.parent / "output").read_text()
    assert [name for name, group in current.items() if members(group)] == []

    stack.start()
    current = stack.groups()
    assert stack.end(signal.SIGINT) == 0
    assert [name for name, group in current.items() if members(group)] == []
    assert not (stack.state / "run.json").exists()
    assert "Traceback" not in (stack.state.parent / "output").read_text()
