"""What no log says of a run: written until it is shared, read by the developer afterwards, never where it names a suite."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from core.decisions import Conflict, Invalid
from evaluations import actions
from evaluations.models import EvaluationRun, RunNotes, SharedRun
from evaluations.rules.notes import NUMBERS, TEXTS
from tests.agreements.factories import acting
from tests.evaluations.test_runs import own, read, real, under_test, upload
from tests.world import World, client_for

EMPTY: dict[str, Any] = {**dict.fromkeys(TEXTS, ""), **dict.fromkeys(NUMBERS)}
FILLED = EMPTY | {
    "scaffold": "kite-agent 2.1", "elicitation": "Best of five prompts.", "n_refused": 2, "cheating_rate": 0.05,
    "cheating_found": "Two people read all of them.", "transcripts_read": 20, "transcripts_by": "Two evaluators",
    "cost_usd": Decimal("12.50"),
}  # fmt: skip


def test_notes_are_written_shared_and_then_stay(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, real("success-16-of-20")))
    client, page = client_for(evaluator), f"/assignments/{row.reference}/runs/{log.pk}/"
    developer = client_for(world.person("aurora", "drafter"))
    assert "Nothing is written down yet" in client.get(page).content.decode()
    sent = {name: "" if value is None else value for name, value in FILLED.items()} | {"row_version": 0}
    assert client.post(f"{page}notes/", sent).status_code == 302
    text = client.get(page).content.decode()
    assert all(words in text for words in ("kite-agent 2.1", "5.0 %", "12.50", "Two people read all of them."))
    assert developer.get(f"{page}notes/").status_code == 404
    assert client.post(f"{page}share/").status_code == 302
    with acting(evaluator):
        shared = SharedRun.objects.get()
    assert shared.content["notes"]["cost_usd"] == "12.50"
    told = developer.get(f"/assignments/{row.reference}/shared-runs/{shared.pk}/").content.decode()
    assert "Notes of the agency" in told and "kite-agent 2.1" in told and "Two people read all of them." in told
    refused = client.post(f"{page}notes/", sent | {"row_version": 1, "scaffold": "other"})
    assert refused.status_code == 403 and "stay as the developer reads them" in refused.content.decode()


def test_of_a_held_out_suite_the_numbers_alone_are_told(world: World) -> None:
    evaluator, row = under_test(world)
    run = read(evaluator, upload(evaluator, row, own(), restricted=True)).run
    assert run is not None
    with acting(evaluator) as by:
        EvaluationRun.objects.filter(pk=run.pk).update(n_items=40)
        run.refresh_from_db()
        notes = FILLED | {name: f"canary-{name}" for name in TEXTS if name != "prompt_sha256"}
        actions.save_run_notes(run=run, row_version=0, by=by, **notes)
        shared = actions.share_run(run=run, by=by)
    assert "canary" not in json.dumps(shared.content) and shared.content["notes"]["n_refused"] == 2
    assert set(shared.content["notes"]) == set(NUMBERS)
    page = client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/shared-runs/{shared.pk}/")
    assert "canary" not in page.content.decode() and "Attempts refused by the model" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"n_refused": 21}, "n_refused"), ({"transcripts_read": 21, "transcripts_by": "Us"}, "transcripts_read"),
        ({"cheating_rate": 1.5, "cheating_found": "Read."}, "cheating_rate"), ({"cheating_rate": 0.0}, "cheating_found"),
        ({"cheating_rate": float("nan"), "cheating_found": "Read."}, "cheating_rate"), ({"cost_usd": -1}, "cost_usd"),
        ({"transcripts_read": 3}, "transcripts_by"), ({"prompt_sha256": "abc"}, "prompt_sha256"),
        ({"elicitation": "a\u0000b"}, "elicitation"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(world: World, changes: dict[str, Any], field: str) -> None:
    evaluator, row = under_test(world)
    run = read(evaluator, upload(evaluator, row, real("success-16-of-20"))).run
    assert run is not None
    with acting(evaluator) as by:
        with pytest.raises(Invalid) as wrong:
            actions.save_run_notes(run=run, row_version=0, by=by, **(EMPTY | changes))
        assert [p.field for p in wrong.value.problems] == [field]
        assert not RunNotes.objects.exists()


def test_whoever_saves_second_sees_both_texts_and_the_same_again_is_nothing(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, real("success-16-of-20")))
    run = log.run
    assert run is not None
    with acting(evaluator) as by:
        first = actions.save_run_notes(run=run, row_version=0, by=by, **FILLED)
        again = actions.save_run_notes(run=run, row_version=0, by=by, **FILLED)
        assert (first.row_version, again.row_version) == (1, 1)
        with pytest.raises(Conflict):
            actions.save_run_notes(run=run, row_version=0, by=by, **(FILLED | {"scaffold": "mine"}))
    client = client_for(evaluator)
    sent = {"row_version": 0, "scaffold": "mine"}
    answer = client.post(f"/assignments/{row.reference}/runs/{log.pk}/notes/", sent)
    text = answer.content.decode()
    assert answer.status_code == 409 and "mine" in text and "kite-agent 2.1" in text
    path = f"/api/v1/assignments/{row.reference}/run-notes/{run.pk}/"
    assert client.get(path).json()["scaffold"] == "kite-agent 2.1"
    put = {"content_type": "application/json", "headers": {"Idempotency-Key": "n1"}}
    assert client.put(path, sent, **put).status_code == 409
    kept = client.put(
        path, sent | {"row_version": 1}, content_type="application/json", headers={"Idempotency-Key": "n2"}
    )
    assert (kept.status_code, kept.json()["row_version"], kept.json()["elicitation"]) == (200, 2, "")
    assert client_for(world.person("basalt", "drafter")).get(path).status_code == 404
    assert client_for(world.person("aurora", "drafter")).get(path).status_code == 404
    with acting(world.person("treasury", "evaluator")) as other, pytest.raises(Conflict):
        actions.save_run_notes(run=run, row_version=2, by=other, **EMPTY)
