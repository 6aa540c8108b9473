"""The life of a run that is started here, with a runner that has no processes: asked for, supervised, stopped, gone on
with, read; budgets, pause, the developer's stop switch, withdrawal."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from core.decisions import Conflict, Invalid, Refused
from early_access import actions as early_access
from early_access.models import CredentialOpening
from evaluations import actions, queries
from evaluations.models import EvaluationRun, RunLog
from evaluations.supervisor import Supervisor
from jobs.models import Job
from jobs.testing import run_due
from tests.early_access import factories
from tests.evaluations.fake_runner import FakeRunner
from tests.evaluations.launched import LOG, begun
from tests.evaluations.launching import asked, now
from tests.evaluations.test_runs import own, under_test
from tests.world import World, acting


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


def test_the_developers_price_and_budget_bound_all_runs_of_an_agency(world: World, watcher: Supervisor) -> None:
    evaluator, row = under_test(world, price_per_million="2000", budget_usd="1.50")
    first = asked(evaluator, row, budget_usd=Decimal("1"))
    assert (first.price_per_million, first.budget_usd) == (Decimal(2000), Decimal(1)), "the price is the request's"
    with acting(evaluator):
        offered = queries.offered(row)
    assert (offered.price, offered.left) == (Decimal(2000), Decimal("0.50")), "the first may still spend all of its own"
    for typed, field, words in (
        ({"budget_usd": Decimal("0.51")}, "budget_usd", "leaves your agency 0.50 dollars"),
        ({"price_per_million": Decimal(1)}, "price_per_million", "The request names 2000 dollars"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=words) as caught:
            asked(evaluator, row, **typed)
        assert [p.field for p in caught.value.problems] == [field]
    run = begun(watcher)
    run.goes(1, tokens=500)  # a dollar
    watcher.turn()
    watcher.turn()
    assert "The budget of 1.00 dollars was used up." in now(evaluator, first).note
    assert asked(evaluator, row).budget_usd == Decimal("0.50"), "what is left, where nothing is typed"
    with pytest.raises(Invalid, match="is used up, or kept for runs under way"):
        asked(evaluator, row)


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
