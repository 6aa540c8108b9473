"""What is drawn beside estimates: claims that the developer stated, cost, safeguards, builds over time, findings by state; each with
its table, on the pages of both sides and in the delivered report."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import storage
from developers import actions as developers
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations import actions, charts
from evaluations.charts.axis import LONGEST
from evaluations.models import EvaluationAssignment, SharedRun
from evaluations.rules import claiming, finding_states, safeguards, spending
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.evaluations import findings as finding_in
from tests.evaluations import reporting as make
from tests.evaluations.formats.test_kinds import scores, steps
from tests.evaluations.test_comparing import log, measured
from tests.evaluations.test_runs import real, under_test
from tests.world import World, client_for

CLAIM = claiming.Claim("GPQA Diamond", "1", "accuracy", 0.6, None, None, 198, "rc1", "production", "Ours.", "Card")
TESTED = claiming.Tested("rc1", "production", "inspect_evals/gpqa_diamond", "2")


def state(world: World, row: EvaluationAssignment, **changes: Any) -> None:
    said: dict[str, Any] = {
        "variant": "production", "suite": "Kites", "metric": "accuracy", "estimate": 0.9, "n": 200,
        "method": "Our harness, one attempt.", "source": "System card, table 3",
    }  # fmt: skip
    with acting(world.person("aurora", "drafter")) as by:
        request = EarlyAccessRequest.objects.select_related("checkpoint").get(pk=row.request_id)
        assert request.checkpoint is not None
        early_access.state_result(request=request, checkpoint=request.checkpoint.pk, by=by, **{**said, **changes})


@pytest.fixture
def drawn(world: World) -> tuple[Any, EvaluationAssignment]:
    """A test with a price, of which tiers, a range, safeguards, a claim and a held-out suite are shared."""
    evaluator, row = under_test(world, price_per_million="3.00")
    for data, changes in (
        (log(9), {}),
        (log(9, task="secret-kites"), {"restricted": True}),
        (real("success-16-of-20"), {}),
        (scores(*(f"locks,model,accuracy,{tier},{n},40" for tier, n in (("expert", 9), ("novice", 36)))), {}),
        (scores("jail,model,attack success rate,,3,50", "jail,model,refusal,,20,25"), {}),
        (steps(*(f"nets,model,secret hill,{n},8,{reached}" for n, reached in enumerate((3, 8, 5), start=1))), {}),
    ):  # fmt: skip
        measured(evaluator, row, data, **changes)  # type: ignore[arg-type]  # changes of an upload
    for suite in ("Kites", "secret-kites", "Never measured"):
        state(world, row, suite=suite)
    return evaluator, row


def test_what_the_developer_stated_stands_beside_what_was_measured(world: World, drawn: Any) -> None:
    evaluator, row = drawn
    page = f"/assignments/{row.reference}/results/"
    agency = client_for(evaluator).get(page).content.decode()
    data = client_for(evaluator).get(f"/api/v1/assignments/{row.reference}/plots/").json()
    assert [c["name"].partition(",")[0] for c in data["claims"]] == ["secret-kites", "kites"]
    assert data["claims"][1]["claimed"]["estimate"] == 0.9 and data["claims"][1]["measured"]["estimate"] == 0.75
    assert [c["suite"] for c in data["claims_alone"]] == ["Never measured"]
    assert "Claimed and measured" in agency and "Never measured" in agency and "Claimed: n = 200" in agency
    theirs = client_for(world.person("aurora", "drafter"))
    told = theirs.get(f"/api/v1/assignments/{row.reference}/plots/").json()
    assert [c["name"].partition(",")[0] for c in told["claims"]] == ["kites"], "which suite is held out is not told"
    assert {c["suite"] for c in told["claims_alone"]} == {"secret-kites", "Never measured"}
    assert "secret-kites" not in json.dumps({**told, "claims_alone": []})
    with acting(world.person("aurora", "drafter")):
        copies = {shared.label: shared.pk for shared in SharedRun.objects.filter(assignment=row)}
    for label, there in (("kites", True), ("Held-out suite 1", False)):
        text = theirs.get(f"/assignments/{row.reference}/shared-runs/{copies[label]}/").content.decode()
        assert ("System card, table 3" in text) is there, label
    with acting(world.person("aurora", "security")):
        row.request.variant_consents.filter(agency=row.agency).update(consented=False)
    gone = client_for(evaluator).get(page).content.decode()
    assert "Never measured" not in gone and "Claimed and measured" in gone and "states no result" in gone


def test_cost_and_safeguards_are_drawn_with_the_same_numbers_in_a_table(world: World, drawn: Any) -> None:
    evaluator, row = drawn
    for client in (client_for(evaluator), client_for(world.person("aurora", "drafter"))):
        data = client.get(f"/api/v1/assignments/{row.reference}/plots/").json()
        (cost,) = data["cost_per_solved"]
        assert (cost["tokens"], cost["solved"], cost["tokens_each"]) == (360, 16, 22.5)
        assert (
            cost["dollars_each"] == pytest.approx(3 * 360 / 1e6 / 16) and cost["basis"] == "at $3 for a million tokens"
        )
        assert cost["low"] < 22.5 < cost["high"]
        (held,) = data["safeguards"]
        assert [(m["measure"], m["rows"][0]["n"]) for m in held["measures"]] == [
            ("Attack success", 50),
            ("Refusal", 25),
        ]
        text = client.get(f"/assignments/{row.reference}/results/").content.decode()
        for words in (
            "22.5 tokens, $0.000068, 16 solved, n = 20, fewer than 30",
            "$0.000068",
            "Attack success, Production",
        ):
            assert words in text, words


def test_the_delivered_report_draws_tiers_ladders_and_claims_and_its_pdf_says_them(world: World, drawn: Any) -> None:
    evaluator, row = drawn
    with acting(evaluator) as by:
        actions.move(assignment=row, verb="analyse", by=by)
    make.save(evaluator, row)
    make.checked(world, evaluator, row)
    report = make.deliver(evaluator, row)
    text = (
        client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/reports/1/").content.decode()
    )
    for words in ("accuracy by tier", "steps of secret hill", "Claimed and measured", "safeguards by variant"):
        assert words in text, words
    assert "secret-kites" not in text
    pdf = storage.get(report.stored_as)
    printed = " ".join(make.words_of(pdf))
    for words in ("accuracy by tier", "1 of 3 attempts reached the last step", "Claimed and measured", "fewer than 30"):
        assert words in printed, words
    assert b"/StructTreeRoot" in pdf and len(re.findall(rb"/Alt ?[(<]", pdf)) >= 9, "a picture without words"
    with acting(world.person("aurora", "drafter")) as by:
        claim = row.request.claimed_results.filter(suite="Kites").get()
        early_access.take_back_result(claim=claim, why="Wrong.", by=by)
    again = client_for(evaluator).get(f"/assignments/{row.reference}/reports/1/").content.decode()
    assert "System card, table 3" in again, "what was delivered stays"


def test_builds_of_one_model_stand_in_a_row_and_never_anothers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluator, before = under_test(world)
    measured(evaluator, before, log(3, ago=2))
    with acting(evaluator):
        EvaluationAssignment.objects.filter(pk=before.pk).update(status="analysis")
    first = factories.checkpoint(world)

    with acting(world.person("aurora", "drafter")) as by:
        second = developers.register_checkpoint(
            model=first.model, label="heron-rc2", configuration_sha256="cd" * 32, variants=["production"], by=by
        )
    monkeypatch.setattr(factories, "checkpoint", lambda *_: second)
    _, now = under_test(world)
    run = measured(evaluator, now, log(9), share=False)
    with acting(evaluator) as by:
        actions.add_baseline(
            run=run, result=run.results.get(), kind="public_model", name="Open Finch", estimate=0.5, n=12,
            same_conditions="yes", source="Its card", by=by,
        )  # fmt: skip
        actions.share_run(run=run, by=by)
    for client in (client_for(evaluator), client_for(world.person("aurora", "drafter"))):
        (found,) = client.get(f"/api/v1/assignments/{now.reference}/plots/").json()["over_time"]
        assert [(r["checkpoint"], r["estimate"]) for r in found["rows"]] == [("heron-rc1", 0.25), ("heron-rc2", 0.75)]
        assert [p["name"] for p in found["public"]] == ["Open Finch"]
        assert "Builds over time" in client.get(f"/assignments/{now.reference}/results/").content.decode()


def test_findings_are_counted_by_state_and_a_developer_counts_only_what_is_shared(world: World) -> None:
    evaluator, row = under_test(world)
    drafts = [finding_in.drafted(evaluator, row, title=f"Number {n}") for n in range(3)]
    with acting(evaluator) as by:
        actions.move_finding(finding=drafts[0], verb="share", text="Please look.", by=by)
    agency = client_for(evaluator).get("/findings/over-time/").content.decode()
    assert "Draft: 2 now" in agency and "Shared: 1 now" in agency and "n = 3 findings" in agency
    developer = client_for(world.person("aurora", "drafter"))
    for path in ("/findings/over-time/", f"/assignments/{row.reference}/results/"):
        text = developer.get(path).content.decode()
        assert "n = 1 finding." in text and "Draft" not in text and "Shared: 1 now" in text
    assert (
        "once an agency has shared"
        in client_for(world.person("basalt", "drafter")).get("/findings/over-time/").content.decode()
    )


def test_a_claim_belongs_to_one_build_variant_suite_and_metric() -> None:
    result = {"metric": "accuracy", "scorer": "choice", "slice": ""}
    assert claiming.matching([CLAIM], TESTED, result) == [CLAIM]
    assert "version 1 was claimed and 2 measured" in claiming.conditions(CLAIM, TESTED)
    for other in (result | {"slice": "expert"}, result | {"metric": "pass@k"}):
        assert claiming.matching([CLAIM], TESTED, other) == []
    for changed in (
        ("rc2", "production", "gpqa diamond", ""),
        ("rc1", "helpful_only", "gpqa diamond", ""),
        ("rc1", "production", "", ""),
    ):
        assert claiming.matching([CLAIM], claiming.Tested(*changed), result) == [], changed
    assert not claiming.same_suite("ours/gpqa", "theirs/gpqa")


def test_without_a_solved_task_there_is_no_cost_for_each() -> None:
    result = {"successes": 0, "n": 40, "slice": "", "low": 0.0, "high": 0.09, "small": False}
    found = spending.per_solved(result, 900, None)
    assert found is not None and found["tokens_each"] is None and found["high"] is None
    assert charts.spending("x", [charts.Spent("a", 40, 0, None, None, None)]) == ""
    assert spending.per_solved(result | {"successes": None}, 900, None) is None
    assert safeguards.measure_of({"metric": "accuracy", "scorer": "attack_success", "slice": ""}) == safeguards.ATTACK


def test_a_state_lasts_until_the_next_move() -> None:
    began = datetime(2026, 11, 1, 9, tzinfo=UTC)
    life = finding_states.Life(
        began, "shared", [(began + timedelta(days=2), "acknowledge"), (began + timedelta(days=4), "plan")]
    )
    at = finding_states.moments([life], began + timedelta(days=5))
    assert finding_states.counted([life], at) == {
        "shared": [1, 1, 0, 0, 0, 0], "acknowledged": [0, 0, 1, 1, 0, 0], "remediation_planned": [0, 0, 0, 0, 1, 1],
    }  # fmt: skip
    assert len(finding_states.moments([life], began + timedelta(days=400))) <= finding_states.MOST_MOMENTS


def test_few_items_are_told_by_shape_and_in_words() -> None:
    text = charts.forest("x", [charts.Bar("few", 0.5, 0.2, 0.8, 29), charts.Bar("many", 0.5, 0.4, 0.6, 30)])
    assert text.count("c-plot__few") == 1 == text.count("<circle") and "n = 29, fewer than 30" in text


def test_labels_that_are_too_long_stay_apart_by_their_ends() -> None:
    title = "a-suite-with-a-long-name-of-its-own, Production safeguards: accuracy, "
    text = charts.forest("x", [charts.Bar(title + tier, 0.5, 0.2, 0.8, 40) for tier in ("novice", "expert")])
    drawn = re.findall(r'<text x="\d+" y="\d+">([^<]+)</text>', text)[:7]
    novice, expert = (label for label in drawn if "…" in label)
    assert novice.startswith("a-suite") and novice.endswith("accuracy, novice") and expert.endswith("accuracy, expert")
    assert len(novice) <= LONGEST
