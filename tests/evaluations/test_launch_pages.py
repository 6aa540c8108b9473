"""Pages and API of runs that are started here, and a finding's retest that is such a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.decisions import Invalid
from evaluations import actions
from evaluations.models import FindingEntry, RunLaunch, RunLog
from jobs.testing import run_due
from tests.evaluations.fake_runner import FakeRunner
from tests.evaluations.findings import drafted, moved
from tests.evaluations.launching import ASKED, asked, now, supervisor
from tests.evaluations.test_runs import own, read, under_test, upload
from tests.world import World, acting, client_for

FORM = {name: str(value) for name, value in ASKED.items() if value not in (None, False)}


@pytest.fixture(autouse=True)
def _forget() -> None:
    FakeRunner.forget()


def test_from_the_assignment_to_a_result_through_the_pages(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    client, home = client_for(evaluator), f"/assignments/{row.reference}/"
    assert "No run was started here yet" in client.get(home).content.decode()
    page = client.get(f"{home}launches/new/").content.decode()
    assert "Five toy flags" in page and "Context length" in page
    answer = client.post(f"{home}launches/new/", FORM)
    assert answer.status_code == 302
    there = answer["Location"]
    waiting = client.get(there).content.decode()
    assert "Waiting for the runner" in waiting and f'data-refresh="{there}progress/"' in waiting
    watcher = supervisor(world, tmp_path / "runs")
    watcher.turn()
    FakeRunner.started[0].goes(4, tokens=1234)
    FakeRunner.started[0].log = own({"status": "cancelled"}, model="openai-api/concord/model")
    watcher.turn()
    part = client.get(f"{there}progress/").content.decode()
    assert part.startswith('<section data-state="running">') and "4 of 10 samples" in part and "1,234" in part
    assert client.post(f"{there}stop/").status_code == 302
    assert "Being stopped" in client.get(there).content.decode()
    watcher.turn()
    watcher.turn()
    ended = client.get(there).content.decode()
    assert "An evaluator stopped it." in ended and "Go on with it" in ended and "being read" in ended
    assert "data-refresh" not in ended
    run_due(kinds=("evaluations.read_log", "notifications.tell"))
    assert "1 of 1 items scored" in client.get(there).content.decode()
    with acting(evaluator):
        log = RunLog.objects.get()
    assert "A run started here" in client.get(f"{home}runs/{log.pk}/").content.decode()
    assert "A run that you started has ended" in client.get("/notifications/").content.decode()
    assert client.post(f"{there}resume/").status_code == 302
    assert "Waiting for the runner" in client.get(there).content.decode()
    assert "Refusals" in client.get(home).content.decode()
    watcher.close()


def test_bad_input_stands_at_its_field_and_nothing_typed_is_lost(world: World) -> None:
    evaluator, row = under_test(world, concurrency=4)
    client = client_for(evaluator)
    answer = client.post(
        f"/assignments/{row.reference}/launches/new/", FORM | {"parallel": "9", "budget_tokens": "5", "budget_usd": "3"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    for name, words in (
        ("parallel", "Between 1 and 4"),
        ("budget_tokens", "Between 1,000"),
        ("price_per_million", "Give the price"),
    ):
        assert words in page.split(f'id="id_{name}_error"')[1][:300], name
    assert 'value="9"' in page
    with acting(evaluator):
        assert not RunLaunch.objects.exists()


def test_who_reads_and_who_does_not(world: World) -> None:
    evaluator, row = under_test(world)
    there = f"/assignments/{row.reference}/launches/{asked(evaluator, row).pk}/"
    others = {
        ("commerce-caisi", "evaluator", 1): 403, ("aurora", "drafter", 0): 404, ("basalt", "drafter", 0): 404,
        ("treasury", "evaluator", 0): 404,
    }  # fmt: skip
    for (home, role, seat), code in others.items():
        client = client_for(world.person(home, role, seat))
        for path in (there, f"{there}progress/"):
            assert client.get(path).status_code == code, (home, path)
        for verb in ("stop", "resume"):
            assert client.post(f"{there}{verb}/").status_code == code
        api = client.get(f"/api/v1{there}")
        assert api.status_code == code, home
    for home in ("aurora", "basalt"):
        page = client_for(world.person(home, "drafter")).get(f"/assignments/{row.reference}/").content.decode()
        assert "Started here" not in page and "Refusals" not in page


def test_off_it_says_so_and_upload_stays(world: World, settings: Any) -> None:
    evaluator, row = under_test(world)
    settings.RUNNER = ""
    client = client_for(evaluator)
    home = client.get(f"/assignments/{row.reference}/").content.decode()
    assert "Started here" not in home and "Upload a log" in home
    answer = client.get(f"/assignments/{row.reference}/launches/new/")
    assert answer.status_code == 403 and "has no runner" in answer.content.decode()


def call(client: Any, path: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(
        path, json.dumps(body or {}), content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )


def test_the_api_does_what_the_pages_do(world: World, tmp_path: Path) -> None:
    evaluator, row = under_test(world)
    client, base = client_for(evaluator), f"/api/v1/assignments/{row.reference}/launches/"
    wrong = call(client, base, {**FORM, "suite": "none", "budget_tokens": 5_000})
    assert wrong.status_code in (400, 422) and "#/suite" in wrong.content.decode()
    body = {"suite": "refusals", "domain": "cybersecurity", "variant": "production", "budget_tokens": 5_000, "budget_minutes": 5,
            "price_per_million": "2.5"}  # fmt: skip
    made = call(client, base, body)
    assert made.status_code == 201, made.content
    one = f"{base}{made.json()['id']}/"
    watcher = supervisor(world, tmp_path / "runs")
    watcher.turn()
    FakeRunner.started[0].goes(4, tokens=2_000)
    watcher.turn()
    seen = client.get(one).json()
    assert (seen["status"], seen["samples_done"], seen["tokens"], float(seen["cost_usd"])) == (
        "running",
        4,
        2_000,
        0.005,
    )
    assert call(client, f"{one}stop/").json()["status"] == "stopping"
    watcher.turn()
    watcher.turn()
    assert client.get(one).json()["status"] == "stopped"
    assert call(client, f"{one}resume/").json()["status"] == "queued"
    listed = client.get(base).json()["results"]
    assert [r["id"] for r in listed] == [made.json()["id"]]
    assert client_for(world.person("aurora", "drafter")).get(base).status_code == 404
    watcher.close()


def test_the_list_asks_the_same_few_questions_however_many_there_are(world: World) -> None:
    evaluator, row = under_test(world)
    client, counts = client_for(evaluator), []
    for _ in range(2):
        asked(evaluator, row)
        asked(evaluator, row)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"/assignments/{row.reference}/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_retest_can_be_a_run(world: World) -> None:
    evaluator, row = under_test(world)
    finding = moved(world, drafted(evaluator, row), "share", "acknowledge", "plan", "remedy")
    log = read(evaluator, upload(evaluator, row, own(task="retest-suite")))
    assert log.run is not None
    client, there = client_for(evaluator), f"/findings/{finding.reference}/"
    page = client.get(f"{there}moves/retest/").content.decode()
    assert "retest-suite" in page and f"/assignments/{row.reference}/launches/new/" in page
    sent = {"text": "All forty turns again.", "run": str(log.run.pk)}
    assert client.post(f"{there}moves/retest/", sent).status_code == 302
    with acting(evaluator):
        assert FindingEntry.objects.get(move="retest").run_id == log.run.pk
    told = client.get(there).content.decode()
    assert "The retest was a run" in told and "retest-suite" in told
    developer = client_for(world.person("aurora", "drafter"))
    assert "The retest was a run" not in developer.get(there).content.decode(), "a run that is not shared stays unnamed"
    with acting(evaluator) as by:
        shared = actions.share_run(run=log.run, by=by)
    assert f"/shared-runs/{shared.pk}/" in developer.get(there).content.decode()
    entries = developer.get(f"/api/v1{there}").json()["entries"]
    assert entries[-1]["run"] == "retest-suite" and entries[0]["run"] == ""


def test_a_retest_rests_on_a_run_of_its_own_assignment_and_only_a_retest_does(world: World) -> None:
    evaluator, row = under_test(world)
    finding = moved(world, drafted(evaluator, row), "share", "acknowledge", "plan", "remedy")
    run = read(evaluator, upload(evaluator, row, own())).run
    assert run is not None
    with acting(world.person("aurora", "drafter")) as by:
        other = moved(world, drafted(evaluator, row, title="Another"), "share")
        with pytest.raises(Invalid, match="Only a retest"):
            actions.move_finding(finding=other, verb="acknowledge", run=run, by=by)
    run.assignment_id = None  # as a run of another test
    with acting(evaluator), pytest.raises(Invalid, match="of this assignment"):
        actions.move_finding(finding=finding, verb="retest", text="Again.", run=run, by=evaluator)
    assert now is not None
