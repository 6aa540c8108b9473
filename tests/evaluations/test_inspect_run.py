"""The real thing, at night: Inspect in its own environment against the simulator, through supervisor, gate and empty network;
launched, cancelled, gone on with and imported. `test_launches` and `test_runner_process` stand for it in the gate."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agencies.reference import runs_queue
from core.egress import allowance_of
from embedded.services import REPOSITORY
from evaluations import actions
from evaluations.models import EvaluationRun, Result, RunLaunch
from evaluations.runner import processes
from evaluations.runner.base import Order
from evaluations.runner.inspects import InspectRunner, works
from evaluations.supervisor import Supervisor
from jobs.models import Job
from jobs.testing import run_due
from simulator.server import MODEL, Simulator
from tests.early_access import factories
from tests.evaluations.launching import asked, now
from tests.evaluations.test_runs import under_test
from tests.nightly import nightly
from tests.world import World, acting

pytestmark = [
    pytest.mark.slow,
    nightly("a runner without processes, and processes without Inspect"),
    pytest.mark.skipif(sys.platform != "linux", reason="the runner needs Linux"),
]
PYTHON = REPOSITORY / ".venv-runner" / "bin" / "python"
KEY = factories.SECRET


@pytest.fixture(scope="module")
def python() -> str:
    """The runner's own environment, made from its lock when it is not."""
    subprocess.run([sys.executable, str(REPOSITORY / "concord"), "runner"], check=True, timeout=1200)
    return str(PYTHON)


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Simulator]:
    monkeypatch.setattr("simulator.server.KEY_PREFIX", "sk-aurora")
    monkeypatch.setattr("simulator.server.PER_MINUTE", 10_000)
    server = Simulator()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EGRESS_SIMULATOR = server.url
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def watcher(world: World, python: str, simulator: Simulator, tmp_path: Path) -> Iterator[Supervisor]:
    home = world.agency("commerce-caisi")
    runner = InspectRunner(python, allowance_of(simulator.url))
    made = Supervisor(runner, [runs_queue(home)], (home.pk,), tmp_path / "runs")
    yield made
    made.close()


def until(watcher: Supervisor, what: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not what():
        watcher.turn()
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.2)


def ended(watcher: Supervisor, evaluator: Any, launch: RunLaunch) -> RunLaunch:
    until(watcher, lambda: not now(evaluator, launch).is_live)
    return now(evaluator, launch)


def results(evaluator: Any) -> list[tuple[str, str, int, int | None]]:
    """Suite, state, n and successes of every run that was read, oldest first."""
    run_due(kinds=("evaluations.read_log",))
    with acting(evaluator):
        rows = EvaluationRun.objects.order_by("created_at")
        found = {r.run_id: r for r in Result.objects.all()}
        return [(r.suite, r.status, found[r.pk].n if r.pk in found else 0, found[r.pk].successes if r.pk in found else None)
                for r in rows]  # fmt: skip


@pytest.mark.parametrize(
    ("suite", "n", "successes"),
    [("tool_calls", 6, 5), ("refusals", 10, 10), ("context_length", 4, 4), ("toy_ctf", 5, 2)],
)
def test_each_built_in_suite_gives_its_scores(
    world: World, watcher: Supervisor, simulator: Simulator, suite: str, n: int, successes: int
) -> None:
    if suite == "toy_ctf" and not works(shutil.which("bwrap") or ""):
        pytest.skip("bubblewrap is not installed (apt-packages.txt), or this host lets it isolate nothing")
    evaluator, row = under_test(world, base_url=f"{simulator.url}/v1", model_name=MODEL, context_length=8_000)
    launch = asked(evaluator, row, suite=suite)
    seen = ended(watcher, evaluator, launch)
    assert (seen.status, seen.note, seen.samples, seen.samples_done) == ("finished", "", n, n)
    assert seen.tokens > 100
    assert results(evaluator) == [(suite, "finished", n, successes)]


def test_launched_cancelled_gone_on_with_and_imported(world: World, watcher: Supervisor, simulator: Simulator) -> None:
    evaluator, row = under_test(world, base_url=f"{simulator.url}/faults/slow/v1", model_name=MODEL)
    launch = asked(evaluator, row, suite="refusals")
    until(watcher, lambda: now(evaluator, launch).samples_done >= 2)
    run = watcher.active[launch.pk].running
    with acting(evaluator):
        actions.stop_launch(launch=now(evaluator, launch), by=evaluator)
    began = time.monotonic()
    seen = ended(watcher, evaluator, launch)
    assert (seen.status, time.monotonic() - began < 15) == ("stopped", True)
    assert processes.members(run.process.pid) == []  # type: ignore[attr-defined]
    assert 2 <= seen.samples_done < 10
    with acting(evaluator):
        actions.resume_launch(launch=seen, by=evaluator)
    again = ended(watcher, evaluator, launch)
    assert (again.status, again.samples_done, again.starts) == ("finished", 10, 2)
    first, second = results(evaluator)
    assert first[:2] == ("refusals", "stopped") and second == ("refusals", "finished", 10, 10)
    with acting(evaluator):
        assert EvaluationRun.objects.filter(superseded_by=None).count() == 1


def test_the_developers_switch_ends_it_within_seconds(world: World, watcher: Supervisor, simulator: Simulator) -> None:
    evaluator, row = under_test(world, base_url=f"{simulator.url}/faults/slow/v1", model_name=MODEL)
    launch = asked(evaluator, row)
    until(watcher, lambda: now(evaluator, launch).samples_done >= 1)
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=row, reason="Unexpected traffic.", by=by)
    watcher.turn()
    calls = sum(len(made) for made in simulator.calls.values())
    seen = ended(watcher, evaluator, launch)
    assert seen.status == "stopped" and "nothing of this run was kept" in seen.note
    assert sum(len(made) for made in simulator.calls.values()) <= calls + 1, (
        "nothing was asked of the endpoint any more"
    )
    assert results(evaluator) == []


def test_killed_with_its_supervisor_and_gone_on_with_by_the_next(
    world: World, python: str, simulator: Simulator, tmp_path: Path
) -> None:
    evaluator, row = under_test(world, base_url=f"{simulator.url}/faults/slow/v1", model_name=MODEL)
    launch = asked(evaluator, row)
    home = world.agency("commerce-caisi")

    def one() -> Supervisor:
        return Supervisor(
            InspectRunner(python, allowance_of(simulator.url)), [runs_queue(home)], (home.pk,), tmp_path / "runs"
        )

    first = one()
    until(first, lambda: now(evaluator, launch).samples_done >= 3)
    run: Any = first.active[launch.pk].running
    run.process.kill()  # as the machine's end: no log is closed
    run.gate.close()
    first._lock.close()
    first.runner.close()
    Job.objects.filter(kind="evaluations.run").update(lease_until="2020-01-01T00:00:00Z")
    second = one()
    seen = ended(second, evaluator, launch)
    assert (seen.status, seen.samples_done, seen.starts) == ("finished", 10, 2)
    assert results(evaluator) == [("refusals", "finished", 10, 10)]
    second.close()
    run.process.close()


def test_a_wrong_key_is_a_failed_run(world: World, watcher: Supervisor, simulator: Simulator) -> None:
    evaluator, row = under_test(world, base_url=f"{simulator.url}/faults/unauthorized/v1", model_name=MODEL)
    launch = asked(evaluator, row)
    seen = ended(watcher, evaluator, launch)
    assert seen.samples_failed == seen.samples == 10
    assert [(r[0], r[1]) for r in results(evaluator)] == [("refusals", "failed")]


def test_a_redirect_leads_nowhere(world: World, watcher: Supervisor, simulator: Simulator) -> None:
    evaluator, row = under_test(world, base_url=f"{simulator.url}/faults/redirect/v1", model_name=MODEL)
    launch = asked(evaluator, row)
    until(watcher, lambda: bool(watcher.active))
    gate: Any = watcher.active[launch.pk].running.gate  # type: ignore[attr-defined]
    ended(watcher, evaluator, launch)
    assert gate.refused > 0, "the client followed it, and the gate said no"


PROBE = """
import json, os, socket, sys
from pathlib import Path

def run(order, say):
    seen = {}
    for name, where in {"loopback": ("127.0.0.1", %d), "outside": ("192.0.2.1", 443)}.items():
        try:
            socket.create_connection(where, 3).close()
            seen[name] = "reached"
        except OSError as error:
            seen[name] = type(error).__name__
    seen["argv"] = Path("/proc/self/cmdline").read_text()
    seen["environ"] = Path("/proc/self/environ").read_text()
    Path(order["folder"], "seen.json").write_text(json.dumps(seen))
    say(event="done", outcome="success")
"""


def test_the_network_is_empty_and_the_key_is_not_listed(python: str, simulator: Simulator, tmp_path: Path) -> None:
    """The launcher alone, with something else than Inspect behind it."""
    inside = tmp_path / "inside"
    shutil.copytree(REPOSITORY / "evaluations" / "runner" / "inside", inside)
    (inside / "running.py").write_text(PROBE % simulator.server_address[1])
    runner = InspectRunner(python, allowance_of(simulator.url), launch=inside / "launch.py")
    (tmp_path / "a").mkdir()
    run = runner.start(Order("r", "refusals", f"{simulator.url}/v1", MODEL, tmp_path / "a"), KEY)
    end = time.monotonic() + 60
    while not run.poll().ended:
        assert time.monotonic() < end
        time.sleep(0.1)
    seen = (tmp_path / "a" / "seen.json").read_text()
    assert '"loopback": "reached"' not in seen and '"outside": "reached"' not in seen, seen
    assert KEY not in seen
    runner.close()


BOX = """
import asyncio, json, os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import sandbox

async def main():
    (box,) = (await sandbox.Box.sample_init("t", None, {})).values()
    tell = {}
    for name, script in json.loads(sys.argv[2]).items():
        done = await box.exec(["/bin/sh", "-c", script], timeout=20)
        tell[name] = [done.returncode, done.stdout[-400:]]
    for name in ("link", "/etc/passwd"):
        try:
            tell["read " + name] = await box.read_file(name)
        except Exception as error:
            tell["read " + name] = type(error).__name__
        try:
            await box.write_file(name, "overwritten")
        except Exception as error:
            pass
    await box.write_file("deep/er.txt", "kept")
    tell["own"] = await box.read_file("deep/er.txt")
    await sandbox.Box.sample_cleanup("t", None, {"default": box}, False)
    print(json.dumps(tell))

asyncio.run(main())
"""


@pytest.mark.skipif(
    not works(shutil.which("bwrap") or ""), reason="bubblewrap is not installed or isolates nothing here"
)
def test_a_tool_in_its_box_reaches_nothing(python: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-of-the-host")
    scripts = {
        "environment": "env", "host": f"cat {secret}", "root": "ls /root /home /etc 2>&1", "network": "cat /proc/net/dev",
        "write": "touch /usr/x /x", "big": "head -c 300000000 /dev/zero > big; stat -c %s big",
        "processes": "ls /proc | grep -c '^[0-9]'", "link": f"ln -s {secret} link; cat link", "nested": "unshare -U true",
    }  # fmt: skip
    done = subprocess.run(
        [python, "-B", "-c", BOX, str(REPOSITORY / "evaluations" / "runner" / "inside"), __import__("json").dumps(scripts)],
        env={"CONCORD_BOXES": str(tmp_path / "boxes"), "CONCORD_BWRAP": shutil.which("bwrap") or "", "CONCORD_API_KEY": KEY},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    tell = __import__("json").loads(done.stdout)
    assert KEY not in done.stdout and "canary-of-the-host" not in done.stdout, done.stdout
    assert tell["host"][0] and tell["write"][0] and tell["link"][0] and tell["nested"][0]
    assert "eth" not in tell["network"][1] and int(tell["processes"][1]) < 10
    assert int((tell["big"][1].split() or ["0"])[-1]) <= 105_000_000
    assert tell["read link"] == tell["read /etc/passwd"] == "FileNotFoundError" and tell["own"] == "kept"
    assert secret.read_text() == "canary-of-the-host", "nothing was written through the link"
    assert list((tmp_path / "boxes").iterdir()) == []
