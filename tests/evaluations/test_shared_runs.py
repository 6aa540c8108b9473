"""What a developer, rivals and other agencies read of runs: nothing before sharing, then a copy of listed fields only."""

import json
from io import BytesIO

from django.db import connection

from evaluations import actions
from evaluations.formats import every_eval
from evaluations.formats.documents import Document
from evaluations.models import EvaluationRun, Result, RunLog, SharedRun
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.evaluations.test_runs import WHY, own, read, real, under_test, upload
from tests.world import World, client_for


def test_the_developer_reads_a_shared_run_and_nothing_before(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, real("success-16-of-20")))
    client, developer = client_for(evaluator), client_for(world.person("aurora", "drafter"))
    page = f"/assignments/{row.reference}/"
    assert "No runs are shared yet" in developer.get(page).content.decode()
    assert developer.get(f"{page}runs/{log.pk}/").status_code == 404
    assert client.post(f"{page}runs/{log.pk}/share/").status_code == 302
    assert client.post(f"{page}runs/{log.pk}/share/").status_code == 403, "a second click shares nothing twice"
    with acting(evaluator):
        shared = SharedRun.objects.get()
    assert "shared a run" in client.get(f"{page}runs/{log.pk}/").content.decode()
    found = developer.get(f"{page}shared-runs/{shared.pk}/").content.decode()
    assert "80.0 %" in found and "58.4 % to 91.9 %" in found and "inspect_ai 0.3.285" in found
    assert log.sha256 not in found and WHY not in found
    assert f"{page}shared-runs/{shared.pk}/" in developer.get(page).content.decode()
    run_due(kinds=("notifications.tell",))
    assert "An agency shared a run" in developer.get("/notifications/").content.decode()


def test_a_held_out_suite_keeps_its_name_its_scorers_and_its_number(world: World) -> None:
    evaluator, row = under_test(world)
    names = []
    for number, task in enumerate(("canary-suite-a", "canary-suite-b", "canary-suite-a")):
        rows = [{"id": 1, "epoch": 1, "scores": {"canary-scorer": {"value": "C"}}}]
        data = own({}, rows, task=task, task_id=f"t{number}", task_version="canary-v")
        log = read(evaluator, upload(evaluator, row, data, restricted=True))
        with acting(evaluator):
            assert log.run is not None
            shared = actions.share_run(run=log.run, by=evaluator)
        names.append(shared.label)
        page = client_for(world.person("aurora", "drafter")).get(
            f"/assignments/{row.reference}/shared-runs/{shared.pk}/"
        )
        assert "canary" not in page.content.decode() and "inspect_ai" not in page.content.decode()
        assert "canary" not in json.dumps(shared.content)
    assert names == ["Held-out suite 1", "Held-out suite 2", "Held-out suite 1"]


def test_the_copy_leaves_as_every_eval_ever_and_reads_back_the_same(world: World) -> None:
    evaluator, row = under_test(world)
    for restricted, task in ((False, "open-suite"), (True, "canary-suite")):
        scorer = "canary-scorer" if restricted else "match"
        rows = [{"id": n, "epoch": 1, "scores": {scorer: {"value": "CI"[n > 3]}}} for n in range(1, 6)]
        data = own({}, rows, task=task, task_id=task, config={"token_limit": 5000})
        log = read(evaluator, upload(evaluator, row, data, restricted=restricted))
        with acting(evaluator):
            assert log.run is not None
            shared = actions.share_run(run=log.run, by=evaluator)
        place = f"/assignments/{row.reference}/shared-runs/{shared.pk}/"
        theirs = client_for(world.person("aurora", "drafter"))
        assert f"{place}every-eval-ever.json" in theirs.get(place).content.decode()
        answer = theirs.get(f"{place}every-eval-ever.json")
        assert answer["Content-Disposition"].endswith('every-eval-ever.json"')
        assert b"canary" not in answer.content
        (told,) = json.loads(answer.content)["evaluation_results"]
        assert told["source_data"] == {"dataset_name": shared.label, "source_type": "other"}
        assert ("generation_config" in told) is not restricted
        (back,) = every_eval.read(Document(BytesIO(answer.content)), key=b"k" * 32)["reported"]
        own_result = shared.content["results"][0]
        assert (back["estimate"], back["n"], back["low"], back["high"], back["level"]) == tuple(
            own_result[name] for name in ("estimate", "n", "ci_low", "ci_high", "ci_level")
        )
        for home in ("basalt", "treasury"):
            person = world.person(home, "drafter" if home == "basalt" else "evaluator")
            assert client_for(person).get(f"{place}every-eval-ever.json").status_code == 404


def test_a_comparison_stands_beside_the_estimate_and_goes_with_it(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, real("tools-5-of-5")))
    client = client_for(evaluator)
    with acting(evaluator):
        result = Result.objects.get()
    said = {
        "result": str(result.pk), "kind": "human_expert", "name": "Five experts", "estimate": "0.6", "n": "5",
        "same_conditions": "No tools.", "source": "Our own trial",
    }  # fmt: skip
    address = f"/assignments/{row.reference}/runs/{log.pk}/"
    assert "a share between 0 and 1" in client.post(f"{address}compare/", said | {"estimate": "60"}).content.decode()
    assert client.post(f"{address}compare/", said).status_code == 302
    # 5 of 5 is 56.6 % to 100 %, 3 of 5 is 23.1 % to 88.2 %; Newcombe 1998, method 10.
    gap = "+40.0 points, 95 % interval −11.8 to +76.9 (Newcombe); there may be no difference"
    assert "Five experts" in (page := client.get(address).content.decode()) and gap in page
    client.post(f"{address}compare/", said | {"name": "An older model", "n": "", "source": "Its card"})
    assert "Measured minus compared: the interval is not known" in client.get(address).content.decode()
    client.post(f"{address}share/")
    with acting(evaluator):
        shared = SharedRun.objects.get()
    assert shared.content["results"][0]["baselines"][0]["name"] == "Five experts"
    theirs = client_for(world.person("aurora", "drafter"))
    assert gap in theirs.get(f"/assignments/{row.reference}/shared-runs/{shared.pk}/").content.decode()
    assert client.post(f"{address}compare/", said).status_code == 403


def test_rivals_and_other_agencies_see_nothing(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, real("success-16-of-20")))
    with acting(evaluator):
        assert log.run is not None
        shared = actions.share_run(run=log.run, by=evaluator)
    strangers = [("basalt", "drafter"), ("treasury", "evaluator"), ("homeland", "evaluator")]
    for home, role in strangers:
        person = world.person(home, role)
        with acting(person):
            for model in (RunLog, EvaluationRun, Result, SharedRun):
                assert not model.objects.exists(), (home, model)
        for path in (f"runs/{log.pk}/", f"shared-runs/{shared.pk}/", "runs/upload/"):
            assert client_for(person).get(f"/assignments/{row.reference}/{path}").status_code in (403, 404)
    with acting(world.person("aurora", "drafter")):
        assert SharedRun.objects.count() == 1
        for model in (RunLog, EvaluationRun, Result):
            assert not model.objects.exists(), model
    colleague = client_for(world.person("commerce-caisi", "evaluator", 1))
    assert colleague.get(f"/assignments/{row.reference}/runs/{log.pk}/").status_code == 403


def test_no_string_of_the_log_beyond_the_list_reaches_any_table(world: World) -> None:
    evaluator, row = under_test(world)
    canary = "canary-7d41"
    about = {
        "task_args": {"a": canary}, "model_args": {"a": canary}, "model_base_url": canary, "task_file": canary,
        "dataset": {"name": canary, "location": canary, "sample_ids": [canary]}, "metadata": {"a": canary},
        "tags": [canary], "revision": {"origin": canary}, "viewer": canary,
    }  # fmt: skip
    sample = {
        "id": canary, "epoch": 1, "input": canary, "target": canary, "choices": [canary], "metadata": {"a": canary},
        "scores": {"s": {"value": "C", "answer": canary, "explanation": canary}},
    }  # fmt: skip
    data = own({"plan": {"steps": [canary]}, "error": {"traceback": canary}}, [sample], **about)
    assert canary.encode() not in data, "packed"
    log = read(evaluator, upload(evaluator, row, data))
    with acting(evaluator):
        assert log.run is not None
        actions.share_run(run=log.run, by=evaluator)
    run_due(kinds=("notifications.tell",))
    for person in (evaluator, world.person("aurora", "drafter"), world.staff):
        with acting(person), connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
            for (table,) in cursor.fetchall():
                cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
                if cursor.fetchone()[0]:
                    cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{canary}%"])
                    assert cursor.fetchone() == (0,), table
