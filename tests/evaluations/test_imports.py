"""Results of other kinds than .eval: uploaded by the page and the API, recorded with where they come from, shared by an allow-list."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evaluations import actions
from evaluations.formats import child
from evaluations.models import EvaluationRun, Result, RunLog, SharedRun
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.evaluations import reporting
from tests.evaluations.formats.test_kinds import every_eval, inspect, packed, reported, sarif, scores, steps
from tests.evaluations.test_runs import READ, post, read, real, under_test, upload
from tests.world import World, client_for

TIERS = scores(
    *(f"kites,model,accuracy,{tier},{n},40" for tier, n in (("expert", 9), ("novice", 36), ("apprentice", 30)))
)
RANGES = steps(*(f"nets,model,secret hill,{n},8,{reached}" for n, reached in enumerate((3, 8, 5), start=1)))


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("inspect_json", packed(inspect()), "Inspect log, JSON"), ("every_eval_ever", packed(every_eval()), "An institute"),
        ("sarif", packed(sarif()), "PromptInjection"), ("csv", TIERS, "n = 40</text>"), ("csv", RANGES, "5.3 of 8 steps"),
    ],
)  # fmt: skip
def test_each_kind_becomes_a_run_that_says_where_it_comes_from(
    world: World, kind: str, data: bytes, words: str
) -> None:
    evaluator, row = under_test(world)
    client = client_for(evaluator)
    form = client.get(f"/assignments/{row.reference}/runs/upload/").content.decode()
    assert "import/scores.csv" in form and "import/range-steps.csv" in form
    answer = post(client, row, data, "results.json")
    assert answer.status_code == 302, answer.content
    run_due(kinds=READ)
    with acting(evaluator):
        log = RunLog.objects.select_related("run").get()
    assert log.refused == "" and log.kind == kind and log.run is not None
    page = client.get(answer["Location"]).content.decode()
    assert words in page and "CNRY" not in page and log.run.status == "finished"
    assert "style=" not in page.split("<main", 1)[1]


def test_a_summary_made_at_home_stands_for_a_log_that_stays_there(world: World) -> None:
    evaluator, row = under_test(world)
    source = real("success-16-of-20")
    command = [sys.executable, "-B", "-m", "evaluations.formats.inspect_log", "summarise", "--clear-ids"]
    pipe = subprocess.run(command, check=False, input=source, capture_output=True, env={}, cwd=child.ROOT)
    assert (pipe.returncode, b"not a pipe" in pipe.stdout) == (2, True)
    with tempfile.TemporaryFile() as file:
        file.write(source)
        file.seek(0)
        made = subprocess.run(command, stdin=file, capture_output=True, check=True, env={}, cwd=child.ROOT).stdout
    log = read(evaluator, upload(evaluator, row, made))
    assert log.refused == "" and log.kind == "home_summary" and log.run is not None
    client, digest = client_for(evaluator), hashlib.sha256(source).hexdigest()
    page = client.get(f"/assignments/{row.reference}/runs/{log.pk}/").content.decode()
    assert "58.4 % to 91.9 %" in page and digest in page and "stays at the agency" in page
    assert "Read its samples" not in page, "there is no log here"
    with acting(evaluator) as by:
        assert log.run.items and not any(item.get("id") for item in log.run.items)
        shared = actions.share_run(run=log.run, by=by)
    theirs = client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/shared-runs/{shared.pk}/")
    assert "58.4 % to 91.9 %" in theirs.content.decode() and digest not in theirs.content.decode()
    again = json.loads(made)
    for changed, sentence in (
        ({"log_sha256": ""}, "does not name the SHA-256"),
        ({"reported": [{}]}, "holds more than the reader"),
        ({"task": "a\u0000b"}, "not a summary made by this version"),
        ({"attempts": -1}, "not a summary made by this version"),
    ):
        refused = read(evaluator, upload(evaluator, row, packed(again | changed)))
        assert refused.run is None and sentence in refused.refused, changed


def test_what_only_reading_shows_is_said_by_the_worker(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, packed(every_eval())[:-5]))
    assert log.run is None and "is not whole JSON" in log.refused and log.kind == ""
    answer = post(client_for(evaluator), row, "suite,metric\n".encode("utf-16"))
    assert "not UTF-8" in answer.content.decode().split('id="id_file_error"')[1].split("</span>")[1]


def test_a_file_that_names_no_model_needs_a_reason(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, packed(sarif()), reason_for_import=""))
    assert "does not name the model" in log.refused
    assert read(evaluator, upload(evaluator, row, packed(sarif()))).run is not None


def test_the_developer_reads_what_is_listed_and_nothing_else(world: World) -> None:
    evaluator, row = under_test(world)
    developer = client_for(world.person("aurora", "drafter"))
    page = f"/assignments/{row.reference}/"
    for data in (TIERS, RANGES, packed(sarif()), packed(every_eval(reported("kites", 0.8, num_samples=20)))):
        run = read(evaluator, upload(evaluator, row, data)).run
        assert run is not None
        with acting(evaluator) as by:
            actions.share_run(run=run, by=by)
    with acting(evaluator):
        shared = {s.content["suite"]: s for s in SharedRun.objects.all()}
        told = json.dumps([s.content for s in shared.values()])
    assert "CNRY" not in told and "An institute" not in told and "provenance" not in told
    assert shared["nets"].content["ranges"][0] == {
        "range": "secret hill",
        "attempt": 1,
        "steps_total": 8,
        "steps_reached": 3,
    }
    assert shared["Agent scanner"].content["levels"] == {"error": 2, "warning": 1}
    text = developer.get(f"{page}results/").content.decode()
    for words in (
        "accuracy by tier",
        "n = 40</text>",
        "steps of secret hill",
        "1 of 3 attempts reached the last step",
    ):
        assert words in text, words
    assert "Success against tokens" not in text
    assert "PI001" in developer.get(f"{page}shared-runs/{shared['Agent scanner'].pk}/").content.decode()
    plots = developer.get(f"/api/v1{page}plots/").json()
    assert [t["tier"] for t in plots["tiers"][0]["rows"]] == ["Novice", "Apprentice", "Expert"]
    assert plots["ranges"][0]["completed"] == 1 and plots["success_against_tokens"] == []
    assert client_for(world.person("basalt", "drafter")).get(f"/api/v1{page}plots/").status_code == 404


def test_of_a_held_out_suite_no_name_of_range_metric_slice_or_rule_is_told(world: World) -> None:
    evaluator, row = under_test(world)
    files = (
        scores("canary-suite,model,canary-metric,canary-slice,3,10", "canary-suite,model,canary-metric,expert,3,10"),
        steps("canary-suite,model,canary-range,1,8,3"), packed(sarif({"ruleId": "canary-rule"})),
    )  # fmt: skip
    for data in files:
        run = read(evaluator, upload(evaluator, row, data, restricted=True)).run
        assert run is not None
        with acting(evaluator) as by:
            shared = actions.share_run(run=run, by=by)
        assert "canary" not in json.dumps(shared.content), shared.content
    text = client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/results/").content.decode()
    assert "canary" not in text and "Range 1" in text and "Expert" in text


def test_success_against_tokens_is_the_agencys_and_claims_are_drawn(world: World) -> None:
    evaluator, row = under_test(world)
    run = read(evaluator, upload(evaluator, row, packed(inspect()))).run
    assert run is not None
    with acting(evaluator) as by:
        actions.add_baseline(
            run=run, result=Result.objects.get(run=run), kind="developer_claimed", name="System card", estimate=0.9, n=None,
            same_conditions="yes", source="Table 3", by=by,
        )  # fmt: skip
    client, page = client_for(evaluator), f"/assignments/{row.reference}/"
    text = client.get(f"{page}results/").content.decode()
    assert "Success against tokens" in text and 'class="c-plot__gap"' in text and "Hollow: claimed" in text
    data = client.get(f"/api/v1{page}plots/").json()
    (curve,) = data["success_against_tokens"]
    assert [(r["tokens"], r["solved"]) for r in curve["rows"]][-1] == (800, 6) and curve["n"] == 8
    assert data["claims"][0]["claimed"]["estimate"] == 0.9


def test_the_api_uploads_lists_and_says_what_is_wrong(world: World) -> None:
    evaluator, row = under_test(world)
    client, path = client_for(evaluator), f"/api/v1/assignments/{row.reference}/logs/"
    said = {"domain": "cybersecurity", "variant": "production", "reason_for_import": "A rehearsal."}

    def send(data: bytes, key: str, who: Any = client, **changes: Any) -> Any:
        return who.post(
            path, {**said, **changes, "file": SimpleUploadedFile("a.csv", data)}, headers={"Idempotency-Key": key}
        )

    answer = send(TIERS, "k1")
    assert (answer.status_code, answer.json()["kind"], answer.json()["run"]) == (201, "", None)
    assert send(TIERS, "k1").json()["id"] == send(TIERS, "k2").json()["id"] == answer.json()["id"]
    run_due(kinds=READ)
    (listed,) = client.get(path).json()["results"]
    assert listed["kind"] == "csv" and listed["run"]
    wrong = send(b"hello", "k3")
    assert wrong.status_code == 400 and wrong.json()["errors"][0]["pointer"] == "#/file"
    assert send(TIERS, "k4", domain="weather").json()["errors"][0]["pointer"] == "#/domain"
    for who in (("basalt", "drafter"), ("aurora", "drafter"), ("treasury", "evaluator")):
        other = client_for(world.person(*who))
        assert other.get(path).status_code == 404
        assert send(TIERS, "k5", who=other).status_code in (403, 404)
    with acting(evaluator):
        assert RunLog.objects.count() == 1


def test_a_report_says_steps_tiers_and_levels(world: World) -> None:
    evaluator, row = under_test(world)
    for data in (RANGES, TIERS, packed(sarif())):
        run = read(evaluator, upload(evaluator, row, data)).run
        assert run is not None
        with acting(evaluator) as by:
            actions.share_run(run=run, by=by)
    with acting(evaluator) as by:
        actions.move(assignment=row, verb="analyse", by=by)
    row = reporting.fresh(evaluator, row)
    reporting.save(evaluator, row)
    text = client_for(evaluator).get(f"/assignments/{row.reference}/report/preview/").content.decode()
    assert (
        "Steps reached of 8, by attempt: 3, 8, 5" in text
        and "2 error, 1 warning" in text
        and "accuracy, expert" in text
    )


def test_a_page_of_many_runs_asks_no_more_than_one_of_one(world: World, django_assert_max_num_queries: Any) -> None:
    evaluator, row = under_test(world)
    for n in range(4):
        read(evaluator, upload(evaluator, row, TIERS + b"\n" + f"kites,model,m{n},,1,10".encode()))
    read(evaluator, upload(evaluator, row, real("success-16-of-20")))
    with acting(evaluator):
        assert EvaluationRun.objects.count() == 5
    client = client_for(evaluator)
    client.get(f"/assignments/{row.reference}/results/")
    with django_assert_max_num_queries(16):
        assert client.get(f"/assignments/{row.reference}/results/").status_code == 200
