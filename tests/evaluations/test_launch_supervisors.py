"""Supervisors of runs: one that is killed, two of one queue; who may do what, and what is written."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.decisions import Conflict, Invalid, Refused
from evaluations import actions, policies
from evaluations.actions import supervised
from evaluations.models import RunLaunch, RunLog
from evaluations.supervisor import HostTaken, Supervisor
from evaluations.workflow import LIVE, RUN
from jobs import leases
from jobs.models import Job
from jobs.testing import run_due
from tests.evaluations.fake_runner import FakeRunner
from tests.evaluations.launched import LOG, begun, typed
from tests.evaluations.launching import asked, now, supervisor
from tests.evaluations.test_runs import own, under_test
from tests.world import World, acting


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
        actions.launch(assignment=row, by=evaluator, **{**typed(), "suite": "tool_calls"})
    watcher = supervisor(world, tmp_path / "runs", most=3)
    watcher.turn()
    assert len(FakeRunner.started) == 3
    FakeRunner.started[0].ends("error")
    watcher.turn()
    assert len(FakeRunner.started) == 4
    watcher.close()


def test_what_is_asked_for_is_checked_field_by_field(world: World) -> None:
    evaluator, row = under_test(world)
    wrong = {
        "suite": "none", "domain": "chemical_biological", "variant": "helpful_only", "parallel": 65, "budget_tokens": 1,
        "budget_minutes": 0, "budget_usd": Decimal(5),
    }  # fmt: skip
    with acting(evaluator), pytest.raises(Invalid) as caught:
        actions.launch(assignment=row, by=evaluator, **(typed() | wrong))
    assert {p.field for p in caught.value.problems} == {
        "suite", "domain", "variant", "parallel", "budget_tokens", "budget_minutes", "price_per_million",
    }  # fmt: skip


def test_a_suite_that_needs_tools_is_not_run_where_there_are_none(world: World) -> None:
    evaluator, row = under_test(world, tools=False, concurrency=1)
    with acting(evaluator), pytest.raises(Invalid) as caught:
        actions.launch(assignment=row, by=evaluator, **(typed() | {"suite": "tool_calls"}))
    assert {p.field for p in caught.value.problems} == {"suite", "parallel"}


def test_who_may_start_and_when(world: World, settings: Any) -> None:
    evaluator, row = under_test(world)
    for home, role, seat in (("commerce-caisi", "evaluator", 1), ("aurora", "security", 0)):
        with acting(world.person(home, role, seat)) as by, pytest.raises(Refused):
            actions.launch(assignment=row, by=by, **typed())
    for home, role in (("basalt", "drafter"), ("treasury", "evaluator")):
        with acting(world.person(home, role)) as by, pytest.raises((Refused, Conflict)):
            actions.launch(assignment=row, by=by, **typed())
    settings.RUNNER = ""
    with acting(evaluator), pytest.raises(Refused, match="has no runner"):
        actions.launch(assignment=row, by=evaluator, **typed())
    settings.RUNNER = "tests.evaluations.fake_runner:FakeRunner"
    with acting(evaluator):
        actions.pause(assignment=row, reason="Rest.", by=evaluator)
    with acting(evaluator), pytest.raises(Refused, match="was paused"):
        actions.launch(assignment=row, by=evaluator, **typed())


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
