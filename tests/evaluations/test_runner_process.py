"""Processes of runs: told their order on their input, cancelled, deaf, crashed, orphaned; and the gate that is their only way
out. A small program stands for Inspect, which `test_inspect_run` runs at night."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.egress import Allowance, allowance_of
from evaluations.runner import inspects, processes
from evaluations.runner.base import CannotRun, Order
from evaluations.runner.inspects import InspectRun, InspectRunner
from evaluations.runner.proxy import Gates
from simulator.server import MODEL, Simulator

KEY = "sim-secret-of-the-run"
STAND_IN = Path(__file__).with_name("slow_launch.py")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the runner needs Linux")


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    server = Simulator()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def runner(simulator: Simulator) -> Iterator[InspectRunner]:
    made = InspectRunner(sys.executable, allowance_of(simulator.url), launch=STAND_IN)
    yield made
    made.close()


def order(simulator: Simulator, folder: Path, suite: str = "refusals") -> Order:
    folder.mkdir(exist_ok=True)
    return Order("r1", suite, f"{simulator.url}/v1", MODEL, folder)


def until(what: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def begun(
    runner: InspectRunner, simulator: Simulator, folder: Path, suite: str = "refusals", done: int = 4
) -> InspectRun:
    run = runner.start(order(simulator, folder, suite), KEY)
    until(lambda: run.poll().running and run.poll().done >= done)
    return run


def test_it_counts_what_it_is_told_and_nothing_else(
    runner: InspectRunner, simulator: Simulator, tmp_path: Path
) -> None:
    run = begun(runner, simulator, tmp_path / "a")
    progress = run.poll()
    assert (progress.samples, progress.done, progress.tokens_in, progress.tokens_out) == (4, 4, 400, 40)
    until((tmp_path / "a" / "seen.txt").exists)
    seen = (tmp_path / "a" / "seen.txt").read_text()
    listed = (
        Path(f"/proc/{run.process.pid}/cmdline").read_bytes() + Path(f"/proc/{run.process.pid}/environ").read_bytes()
    )
    assert KEY not in seen and KEY.encode() not in listed, "neither in its arguments nor in its environment"
    assert set(json.loads(seen)["env"]) <= {"PATH", "LANG", "LC_CTYPE"}
    run.cancel()
    until(lambda: run.poll().ended)
    assert (run.poll().outcome, run.poll().log) == ("cancelled", tmp_path / "a" / "logs" / "a.eval")
    until(lambda: processes.members(run.process.pid) == [])  # its own children are gone too
    for path in (tmp_path / "a").rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path


def test_one_that_does_not_listen_is_ended(
    runner: InspectRunner, simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspects, "POLITE", 0.5)
    run = begun(runner, simulator, tmp_path / "a", "tool_calls")
    began = time.monotonic()
    run.cancel()
    until(lambda: run.poll().ended)
    assert time.monotonic() - began < 8 and run.poll().outcome == "cancelled" and run.poll().log is None
    until(lambda: processes.members(run.process.pid) == [])


def test_one_that_crashes_says_so(runner: InspectRunner, simulator: Simulator, tmp_path: Path) -> None:
    run = begun(runner, simulator, tmp_path / "a", "context_length", done=0)
    until(lambda: run.poll().ended)
    assert run.poll().outcome == "error" and "code 9" in run.poll().sentence
    until(lambda: processes.members(run.process.pid) == [])


def test_nothing_outlives_a_killed_supervisor(simulator: Simulator, tmp_path: Path) -> None:
    script = f"""
import sys, time
from pathlib import Path
from core.egress import allowance_of
from evaluations.runner.base import Order
from evaluations.runner.inspects import InspectRunner
runner = InspectRunner(sys.executable, allowance_of({simulator.url!r}), launch=Path({str(STAND_IN)!r}))
folder = Path({str(tmp_path / "a")!r})
run = runner.start(Order("r1", "refusals", {simulator.url!r} + "/v1", "m", folder), "k")
while run.poll().done < 4:
    time.sleep(0.05)
print(run.process.pid, flush=True)
time.sleep(600)
"""
    (tmp_path / "a").mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=inspects.LAUNCH.parents[3]
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    until(lambda: not processes.began(pid) or (processes.members(pid) != [] and pid not in processes.members(pid)), 15)
    processes.tidy(tmp_path / "a")
    until(lambda: processes.members(pid) == [], 10)


def test_leftovers_are_found_by_their_number_and_hour_of_birth(tmp_path: Path) -> None:
    def left(began: str | None = None) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(["sleep", "600"], start_new_session=True)
        note = {"pid": child.pid, "began": began or processes.began(child.pid)}
        (tmp_path / processes.NOTE).write_text(json.dumps(note))
        return child

    mine = left()
    assert processes.tidy(tmp_path) and mine.wait(10) == -signal.SIGKILL
    assert not processes.tidy(tmp_path), "it is gone"
    stranger = left(began="1")
    assert not processes.tidy(tmp_path) and stranger.poll() is None, "the number is somebody else's now"
    stranger.kill()
    stranger.wait()
    (tmp_path / processes.NOTE).write_text("{")
    assert not processes.tidy(tmp_path)


def test_a_suite_that_runs_commands_is_refused_without_a_box(
    runner: InspectRunner, simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspects.shutil, "which", lambda name: None)
    with pytest.raises(CannotRun, match="bubblewrap"):
        runner.start(order(simulator, tmp_path / "a", "toy_ctf"), KEY)
    monkeypatch.setattr(inspects.shutil, "which", lambda name: "/bin/false")
    with pytest.raises(CannotRun, match="bubblewrap"):
        runner.start(order(simulator, tmp_path / "a", "toy_ctf"), KEY)
    with pytest.raises(CannotRun, match="does not have this suite"):
        runner.start(order(simulator, tmp_path / "a", "another"), KEY)
    with pytest.raises(CannotRun, match="concord runner"):
        InspectRunner("/no/such/python").start(order(simulator, tmp_path / "a"), KEY)


def test_an_address_inside_is_no_endpoint(runner: InspectRunner, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for url in ("https://169.254.169.254/v1", "http://models.example/v1", "https://127.0.0.1/v1"):
        with pytest.raises(CannotRun):
            runner.start(Order("r1", "refusals", url, MODEL, tmp_path / "a"), KEY)


def through(path: Path, request: str, more: bytes = b"") -> bytes:
    """What the gate answers."""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(20)
        caller.connect(str(path))
        caller.sendall(request.encode() + more)
        answer = b""
        try:
            while piece := caller.recv(65536):
                answer += piece
        except ConnectionError:
            pass
        return answer


def test_the_gate_leads_to_one_place(simulator: Simulator, tmp_path: Path) -> None:
    host, port = simulator.server_address[:2]
    gates = Gates(allowance_of(simulator.url))
    gate = gates.open(tmp_path, f"{simulator.url}/v1")
    good = through(
        gate.path, f"GET {simulator.url}/v1/models HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\n\r\n"
    )
    assert good.startswith(b"HTTP/1.1 200") and MODEL.encode() in good
    for request in (
        f"GET http://{host}:{port + 1}/ HTTP/1.1\r\n\r\n",
        "GET http://elsewhere.example/ HTTP/1.1\r\n\r\n",
        "GET http://169.254.169.254/latest HTTP/1.1\r\n\r\n",
        f"CONNECT {host}:{port} HTTP/1.1\r\n\r\n",
        "CONNECT elsewhere.example:443 HTTP/1.1\r\n\r\n",
        f"GET /v1/models HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n",
        f"GET https://{host}:{port}/v1/models HTTP/1.1\r\n\r\n",
    ):
        assert through(gate.path, request).startswith(b"HTTP/1.1 403"), request
    assert through(gate.path, "nonsense\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert gate.refused == 8 and gate.tunnels == 1
    gate.close()
    assert not gate.path.exists()
    gates.close()


def test_the_gate_tunnels_to_the_checked_host_only_and_checks_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ["127.0.0.1"]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        "core.egress.socket.getaddrinfo",
        lambda host, *a, **k: [(2, 1, 6, "", (found[0], 443))] if host == "models.example" else real(host, *a, **k),
    )
    gates = Gates()
    gate = gates.open(tmp_path, "https://models.example/v1")
    for address in ("127.0.0.1", "10.0.0.7", "64:ff9b::7f00:1", "169.254.169.254"):
        found[0] = address
        answer = through(gate.path, "CONNECT models.example:443 HTTP/1.1\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 403"), address
    assert through(gate.path, "CONNECT models.example:8443 HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 403")
    gate.close()
    gates.close()


def test_a_closed_gate_ends_what_is_open(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as far:
        port = far.getsockname()[1]
        gates = Gates(Allowance(frozenset({("127.0.0.1", port)})))
        gate = gates.open(tmp_path, f"http://127.0.0.1:{port}/v1")
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(10)
            caller.connect(str(gate.path))
            caller.sendall(f"GET http://127.0.0.1:{port}/v1 HTTP/1.1\r\n\r\n".encode())
            served, _ = far.accept()
            with served:
                served.settimeout(10)
                assert served.recv(100).startswith(b"GET /v1 HTTP/1.1\r\nConnection: close")
                gate.close()
                assert caller.recv(10) == b"" and served.recv(10) == b"", "both ends are told"
        gates.close()


def test_a_run_reaches_its_endpoint_through_the_gate_alone(
    runner: InspectRunner, simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspects, "works", lambda box: True)
    run = runner.start(order(simulator, tmp_path / "a", "toy_ctf"), KEY)
    taken = []
    original = run._take
    monkeypatch.setattr(run, "_take", lambda line: (taken.append(line), original(line)))
    until(lambda: run.poll().ended)
    assert next(line["codes"] for line in taken if "codes" in line) == [200, 403, 403]
    assert run.poll().outcome == "success" and run.poll().log is not None and run.gate.refused == 2
    assert not run.gate.open


def test_the_note_of_a_process_survives_its_parent(tmp_path: Path) -> None:
    assert processes.began(os.getpid()) and processes.began(2**22 + 5) == ""
