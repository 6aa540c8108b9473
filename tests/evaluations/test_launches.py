"""The life of a run that is started here, with a runner that has no processes: asked for, supervised, stopped, gone on with,
read; budgets, pause, the developer's stop switch, withdrawal; a supervisor that is killed; who may do what."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.decisions import Conflict, Invalid, Refused
from early_access import actions as early_access
from early_access.models import CredentialOpening
from evaluations import actions, policies
from evaluations.actions import supervised
from evaluations.models import EvaluationRun, RunLaunch, RunLog
from evaluations.supervisor import HostTaken, Supervisor
from evaluations.workflow import LIVE, RUN
from jobs import leases
from jobs.models import Job
from jobs.testing import run_due
from tests.early_access import factories
from tests.evaluations.fake_runner import FakeRun, FakeRunner
from tests.evaluations.launching import asked, now, supervisor
from tests.evaluations.test_runs import own, under_test
from tests.world import World, acting

LOG = {"model": "openai-api/concord/model"}


@pytest.fixture(autouse=True)
def _forget() -> None:
    FakeRunner.forget()


@pytest.fixture
def watcher(world: World, tmp_path: Path) -> Iterator[Supervisor]:
    made = supervisor(world, tmp_path / "runs")
    yield made
    made.close()


def begun(watcher: Supervisor) -> FakeRun:
    """The supervisor has taken it up."""
    watcher.turn()
    return FakeRunner.started[-1]


def test_a_run_is_asked_for_supervised_and_read(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    assert launch.status == "queued" and Job.objects.get(kind="evaluations.run").queue == "agency.commerce-caisi-runs"
    run = begun(watcher)
    assert (run.order.suite, run.order.model_name, run.order.again) == ("refusals", "model", False)
    assert run.order.base_url == "https://models.aurora.example/v1" and run.key == factories.SECRET
    assert now(evaluator, launch).status == "starting"
    run.goes(4, tokens=400)
    watcher.turn()
    seen = now(evaluator, launch)
    assert (seen.status, seen.samples, seen.samples_done, seen.tokens, seen.starts) == ("running", 10, 4, 400, 1)
    run.goes(5, tokens=500)
    watcher.turn()
    assert now(evaluator, launch).tokens == 400, "written every two seconds"
    run.goes(10, tokens=900)
    run.ends(log=own(**LOG))
    watcher.turn()
    seen = now(evaluator, launch)
    assert (seen.status, seen.samples_done, seen.tokens, seen.note) == ("finished", 10, 900, "")
    assert not run.order.folder.exists(), "what the model said does not stay on the host"
    assert Job.objects.get(kind="evaluations.run").state == "done"
    run_due(kinds=("evaluations.read_log", "notifications.tell"))
    with acting(evaluator):
        log = RunLog.objects.select_related("run").get(launch=launch)
        assert log.run is not None and (log.run.origin, log.run.status, log.run.n_scored) == ("run_here", "finished", 1)
        assert log.uploaded_by == evaluator and log.run.reason_for_import == ""


def test_the_key_stands_nowhere_but_with_the_run(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    asked(evaluator, row)
    run = begun(watcher)
    assert factories.SECRET not in repr(run.order) and run.key == factories.SECRET
    with acting(world.person("aurora", "security")):
        opening = CredentialOpening.objects.latest("created_at")
        assert opening.opened_by is None and "refusals" not in opening.reason.lower(), "the developer reads no suite"
    with connection.cursor() as cursor:
        for table in ("jobs_job", "evaluations_runlaunch", "audit_event"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{factories.SECRET}%"])
            assert cursor.fetchone()[0] == 0, table


@pytest.mark.parametrize("way", ["pause", "stop", "withdraw", "revoke", "rest"])
def test_whatever_ends_access_ends_the_run_with_the_next_turn(world: World, watcher: Supervisor, way: str) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    run = begun(watcher)
    run.goes(3)
    run.log = own({"status": "cancelled"}, **LOG)
    watcher.turn()
    began = time.monotonic()
    security, drafter = world.person("aurora", "security"), world.person("aurora", "drafter")
    if way == "pause":
        with acting(evaluator):
            actions.pause(assignment=row, reason="Traffic.", by=evaluator)
    elif way == "stop":
        with acting(security):
            actions.stop(assignment=row, reason="Unexpected traffic.", by=security)
    elif way == "withdraw":
        with acting(drafter):
            early_access.withdraw(request=factories.seen(world, row.request), by=drafter)
    elif way == "revoke":
        with acting(security):
            early_access.revoke_key(request=factories.seen(world, row.request, ("aurora", "security")), by=security)
    else:
        from early_access.models import AccessHold

        with acting(evaluator):
            AccessHold.objects.create(
                request=row.request, developer=row.developer, agency=row.agency, kind="rests", sentence="Suspended."
            )
    watcher.turn()
    assert run.cancelled, "nothing is sent any more"
    watcher.turn()
    assert time.monotonic() - began < 5
    seen = now(evaluator, launch)
    assert seen.status == "stopped" and seen.note
    said = {
        "pause": "was paused", "stop": "nothing of this run was kept", "withdraw": "nothing of this run was kept",
        "revoke": "taken back or replaced", "rest": "rests or has ended",
    }  # fmt: skip
    assert said[way] in seen.note
    kept = way in ("pause", "revoke", "rest")
    with acting(evaluator):
        assert RunLog.objects.filter(launch=launch).exists() is kept
    assert run.order.folder.exists() is kept, "what may not be used any more is deleted at once"


def test_nothing_starts_once_access_has_ended(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=row, reason="No.", by=by)
    watcher.turn()
    assert FakeRunner.started == []
    assert (now(evaluator, launch).status, now(evaluator, launch).note) == (
        "stopped", "The developer stopped the test, or withdrew it.",
    )  # fmt: skip
    assert Job.objects.get(kind="evaluations.run").state == "done"


@pytest.mark.parametrize(
    ("budget", "tokens", "said"),
    [
        ({"budget_tokens": 5_000}, 5_000, "5,000 tokens"),
        ({"price_per_million": Decimal(100), "budget_usd": Decimal("0.50")}, 5_000, "0.50 dollars"),
        ({"budget_minutes": 1}, 1, "1 minutes"),
    ],
)
def test_the_budget_is_of_the_whole_run(
    world: World, watcher: Supervisor, budget: dict[str, Any], tokens: int, said: str
) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row, **budget)
    run = begun(watcher)
    run.goes(1, tokens=tokens - 1)
    watcher.turn()
    assert not run.cancelled
    run.goes(2, tokens=tokens)
    if "budget_minutes" in budget:
        watcher.active[launch.pk].began -= 61
    watcher.turn()
    assert run.cancelled
    watcher.turn()
    seen = now(evaluator, launch)
    assert seen.status == "stopped" and said in seen.note
    with acting(evaluator), pytest.raises(Conflict, match="budget of its own"):
        actions.resume_launch(launch=seen, by=evaluator)


def test_stopped_by_a_person_and_gone_on_with(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    run = begun(watcher)
    run.goes(4, tokens=400, errors=1)
    run.log = own({"status": "cancelled"}, task_id="same", **LOG)
    watcher.turn()
    with acting(evaluator):
        assert actions.stop_launch(launch=now(evaluator, launch), by=evaluator).status == "stopping"
        with pytest.raises(Refused, match="being stopped"):
            actions.stop_launch(launch=now(evaluator, launch), by=evaluator)
    watcher.turn()
    assert run.cancelled
    watcher.turn()
    assert now(evaluator, launch).status == "stopped"
    with acting(evaluator):
        actions.resume_launch(launch=now(evaluator, launch), by=evaluator)
    again = begun(watcher)
    assert again is not run and again.order.again and again.order.folder == run.order.folder
    assert again.order.token_limit == 100_000 - 400
    again.goes(7, tokens=300)
    again.ends(log=own(task_id="same", **LOG))
    watcher.turn()
    seen = now(evaluator, launch)
    assert (seen.status, seen.samples_done, seen.tokens, seen.starts) == ("finished", 10, 700, 2)
    run_due(kinds=("evaluations.read_log",))
    with acting(evaluator):
        first, second = EvaluationRun.objects.order_by("created_at")
        assert (first.status, second.status) == ("stopped", "finished")
        assert first.superseded_by_id == second.pk, "the later log of the same task stands"


def test_a_waiting_run_is_over_at_once_when_it_is_stopped(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    with acting(evaluator):
        assert actions.stop_launch(launch=now(evaluator, launch), by=evaluator).status == "stopped"
    watcher.turn()
    assert FakeRunner.started == [] and Job.objects.get(kind="evaluations.run").state == "cancelled"


def test_a_host_that_cannot_run_it_says_why(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    FakeRunner.refuses = "Bubblewrap is missing on the runner’s host."
    launch = asked(evaluator, row, suite="toy_ctf")
    watcher.turn()
    seen = now(evaluator, launch)
    assert (seen.status, seen.note) == ("failed", FakeRunner.refuses)
    assert Job.objects.get(kind="evaluations.run").state == "done"


def test_an_error_of_the_harness_fails_and_a_log_without_scores_is_read(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    run = begun(watcher)
    errors = [{"id": i, "epoch": 1, "error": "401", "scores": {}} for i in range(5)]
    run.ends("error", sentence="The endpoint refuses the key.", log=own({"results": {}}, errors, **LOG))
    watcher.turn()
    assert (now(evaluator, launch).status, now(evaluator, launch).note) == ("failed", "The endpoint refuses the key.")
    run_due(kinds=("evaluations.read_log",))
    with acting(evaluator):
        assert EvaluationRun.objects.get().status == "failed"


def test_a_killed_supervisor_is_taken_over_from_its_log(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    first = supervisor(world, tmp_path / "runs")
    run = begun(first)
    run.goes(6, tokens=600)
    first._wrote = float("-inf")
    first.turn()
    first._lock.close()  # killed: nothing else of it is left but rows and its folder
    second = supervisor(world, tmp_path / "runs")
    assert run.order.folder in FakeRunner.tidied, "what it left running is ended first"
    second.turn()
    assert len(FakeRunner.started) == 1, "its lease still holds"
    Job.objects.filter(kind="evaluations.run").update(lease_until=timezone.now() - timedelta(seconds=1))
    again = begun(second)
    assert again.order.again and now(evaluator, launch).starts == 2
    first.active[launch.pk].running.ends(log=own(**LOG))  # type: ignore[attr-defined]
    first.turn()
    assert run.killed and launch.pk not in first.active, "the first one, come back to life, has lost its lease"
    assert now(evaluator, launch).status in ("starting", "running")
    again.goes(4)
    again.ends(log=own(**LOG))
    second.turn()
    assert (now(evaluator, launch).status, now(evaluator, launch).samples_done) == ("finished", 10)
    second.close()


def test_a_run_whose_supervisor_never_comes_back_is_lost(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    first = supervisor(world, tmp_path / "runs")
    begun(first).goes(2)
    later = timezone.now() + timedelta(seconds=200)
    run_due(kinds=("evaluations.watch_run",), at=later)
    assert now(evaluator, launch).status == "starting", "it was heard of a moment ago; the clock goes on"
    with acting(evaluator):
        RunLaunch.objects.filter(pk=launch.pk).update(heard_at=timezone.now() - timedelta(seconds=200))
    run_due(kinds=("evaluations.watch_run",), at=later)
    assert now(evaluator, launch).status == "lost"
    first.turn()
    assert FakeRunner.started[0].killed, "should it live after all, it ends"
    with acting(evaluator):
        assert policies.may_resume_launch(evaluator, now(evaluator, launch))
    first.close()


def test_a_person_need_not_wait_for_a_dead_supervisor(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    watcher = supervisor(world, tmp_path / "runs")
    begun(watcher)
    with acting(evaluator):
        RunLaunch.objects.filter(pk=launch.pk).update(heard_at=timezone.now() - timedelta(seconds=200))
        assert actions.stop_launch(launch=now(evaluator, launch), by=evaluator).status == "lost"
    watcher.close()


def test_a_supervisor_that_is_told_to_end_leaves_its_runs_to_the_next(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    first = supervisor(world, tmp_path / "runs")
    run = begun(first)
    first.close()
    assert run.cancelled and run.killed
    job = Job.objects.get(kind="evaluations.run")
    assert (job.state, now(evaluator, launch).status) == ("queued", "starting")
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
    second = supervisor(world, tmp_path / "runs")
    assert begun(second).order.again
    second.close()


def test_two_supervisors_of_one_folder_and_of_one_queue(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    first = supervisor(world, tmp_path / "one")
    with pytest.raises(HostTaken, match="a folder of its own"):
        supervisor(world, tmp_path / "one")
    second = supervisor(world, tmp_path / "two")
    asked(evaluator, row)
    for one in (first, second):
        one.turn()
    assert len(FakeRunner.started) == 1
    first.close()
    second.close()


def test_no_more_at_a_time_than_the_supervisor_has_room_for(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    for _ in range(4):
        asked(evaluator, row)
    with acting(evaluator), pytest.raises(Refused, match="4 runs of this assignment"):
        actions.launch(assignment=row, by=evaluator, **{**_typed(), "suite": "tool_calls"})
    watcher = supervisor(world, tmp_path / "runs", most=3)
    watcher.turn()
    assert len(FakeRunner.started) == 3
    FakeRunner.started[0].ends("error")
    watcher.turn()
    assert len(FakeRunner.started) == 4
    watcher.close()


def _typed() -> dict[str, Any]:
    from tests.evaluations.launching import ASKED

    return dict(ASKED)


def test_what_is_asked_for_is_checked_field_by_field(world: World) -> None:
    evaluator, row = under_test(world)
    wrong = {
        "suite": "none", "domain": "chemical_biological", "variant": "helpful_only", "parallel": 65, "budget_tokens": 1,
        "budget_minutes": 0, "budget_usd": Decimal(5),
    }  # fmt: skip
    with acting(evaluator), pytest.raises(Invalid) as caught:
        actions.launch(assignment=row, by=evaluator, **(_typed() | wrong))
    assert {p.field for p in caught.value.problems} == {
        "suite", "domain", "variant", "parallel", "budget_tokens", "budget_minutes", "price_per_million",
    }  # fmt: skip


def test_a_suite_that_needs_tools_is_not_run_where_there_are_none(world: World) -> None:
    evaluator, row = under_test(world, tools=False, concurrency=1)
    with acting(evaluator), pytest.raises(Invalid) as caught:
        actions.launch(assignment=row, by=evaluator, **(_typed() | {"suite": "tool_calls"}))
    assert {p.field for p in caught.value.problems} == {"suite", "parallel"}


def test_who_may_start_and_when(world: World, settings: Any) -> None:
    evaluator, row = under_test(world)
    for home, role, seat in (("commerce-caisi", "evaluator", 1), ("aurora", "security", 0)):
        with acting(world.person(home, role, seat)) as by, pytest.raises(Refused):
            actions.launch(assignment=row, by=by, **_typed())
    for home, role in (("basalt", "drafter"), ("treasury", "evaluator")):
        with acting(world.person(home, role)) as by, pytest.raises((Refused, Conflict)):
            actions.launch(assignment=row, by=by, **_typed())
    settings.RUNNER = ""
    with acting(evaluator), pytest.raises(Refused, match="has no runner"):
        actions.launch(assignment=row, by=evaluator, **_typed())
    settings.RUNNER = "tests.evaluations.fake_runner:FakeRunner"
    with acting(evaluator):
        actions.pause(assignment=row, reason="Rest.", by=evaluator)
    with acting(evaluator), pytest.raises(Refused, match="was paused"):
        actions.launch(assignment=row, by=evaluator, **_typed())


def test_rivals_developers_and_other_agencies_have_no_row(world: World) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    for home, role in (("aurora", "security"), ("basalt", "drafter"), ("treasury", "evaluator")):
        with acting(world.person(home, role)) as by:
            assert not RunLaunch.objects.exists()
            with pytest.raises((Refused, Conflict, RunLaunch.DoesNotExist)):
                actions.stop_launch(launch=launch, by=by)


def test_the_supervisor_of_another_agency_finds_nothing(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    asked(evaluator, row)
    other = supervisor(world, tmp_path / "treasury", agency="treasury")
    other.turn()
    assert FakeRunner.started == []
    other.close()


def test_the_database_refuses_what_the_table_does_not_have(world: World) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    for target in RUN.by_name:
        if ("queued", target) not in RUN.pairs and target != "queued":
            with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
                RunLaunch.objects.filter(pk=launch.pk).update(status=target)
    assert set(LIVE) <= set(RUN.by_name)


def test_counts_are_written_without_an_event_each_and_moves_with_one(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    asked(evaluator, row)
    begun(watcher).goes(1)

    def events() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_event WHERE object_type = 'evaluations_runlaunch'")
            return int(cursor.fetchone()[0])

    with acting(world.staff):
        before = events()
    watcher.turn()
    with acting(world.staff):
        after = events()
    assert after == before + 1, "the move to running"
    for done in range(2, 6):
        FakeRunner.started[-1].goes(done)
        watcher._wrote = float("-inf")
        watcher.turn()
    with acting(world.staff):
        assert events() == after


def test_an_end_written_twice_is_written_once(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    asked(evaluator, row)
    run = begun(watcher)
    active = next(iter(watcher.active.values()))
    run.ends(log=own(**LOG))
    watcher.turn()
    run.progress.log = None
    with watcher._context(), pytest.raises(leases.LeaseLost):
        supervised.end(job=active.job, told=active.heard(), progress=run.progress)
    with acting(evaluator):
        assert RunLog.objects.count() == 1


def test_folders_of_runs_that_ended_are_emptied(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world)
    launch = asked(evaluator, row)
    run = begun(watcher)
    run.ends("error", sentence="It broke.")
    watcher.turn()
    watcher._tidied = float("-inf")
    watcher.turn()
    assert run.order.folder.exists(), "it can be gone on with"
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=row, reason="Enough.", by=by)
    watcher._tidied = float("-inf")
    watcher.turn()
    assert not run.order.folder.exists() and now(evaluator, launch).status == "failed"


def test_orders_are_plain_and_hold_no_key() -> None:
    from evaluations.runner.base import Order

    fields = json.dumps(sorted(Order.__dataclass_fields__))
    assert "key" not in fields and "secret" not in fields
