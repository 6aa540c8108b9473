"""One test beside others: paired by item where the items are the same, and nothing that its reader may not read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from developers import actions as developers
from evaluations import actions
from evaluations.models import EvaluationAssignment, EvaluationRun, Result
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.evaluations.test_runs import own, read, under_test, upload
from tests.world import World, client_for

ITEMS = 12


def log(solved: int, *, ago: int = 0, **about: Any) -> bytes:
    """The first so many of twelve items are solved; it ended so many seconds ago. No two are the same bytes."""
    at = (timezone.now() - timedelta(seconds=ago)).isoformat(timespec="milliseconds")
    rows = [{"id": n, "epoch": 1, "scores": {"s": {"value": "C" if n < solved else "I"}}} for n in range(ITEMS)]
    return own({"stats": {"started_at": at, "completed_at": at}}, rows, task_id=f"t{solved}{about}", **about)


def measured(
    evaluator: Any, row: EvaluationAssignment, data: bytes, share: bool = True, **changes: Any
) -> EvaluationRun:
    run = read(evaluator, upload(evaluator, row, data, **changes)).run
    assert run is not None
    if share:
        with acting(evaluator) as by:
            actions.share_run(run=run, by=by)
    return run


@pytest.fixture
def twice(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, EvaluationAssignment, EvaluationAssignment]:
    """The evaluator of two tests of one model: of rc1, then of rc2."""
    evaluator, before = under_test(world)
    measured(evaluator, before, log(3))
    measured(evaluator, before, log(9, task="secret-kites"), restricted=True)
    with acting(evaluator):
        EvaluationAssignment.objects.filter(pk=before.pk).update(status="analysis")
    first = factories.checkpoint(world)
    with acting(world.person("aurora", "drafter")) as by:
        second = developers.register_checkpoint(
            model=first.model, label="heron-rc2", configuration_sha256="cd" * 32, variants=["production", "helpful_only"],
            by=by,
        )  # fmt: skip
    monkeypatch.setattr(factories, "checkpoint", lambda *_: second)
    _, now = under_test(world)
    return evaluator, before, now


def differences(client: Any, row: EvaluationAssignment) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/assignments/{row.reference}/comparisons/")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()
    return found


def test_a_test_stands_beside_the_earlier_one_of_the_same_suite(world: World, twice: Any) -> None:
    evaluator, before, now = twice
    client, page = client_for(evaluator), f"/assignments/{now.reference}/results/"
    assert "when the log of a run was read" in client.get(page).content.decode()
    measured(evaluator, now, log(9, task_version="2"))
    measured(evaluator, now, log(9, task="secret-kites"), restricted=True)
    ours = {c["suite"]: c for c in differences(client, now)}
    assert set(ours) == {"kites", "secret-kites"}
    kites = ours["kites"]
    assert (kites["this_checkpoint"], kites["other_checkpoint"]) == ("heron-rc2", "heron-rc1")
    assert (kites["other_assignment"], kites["n"]) == (before.reference, ITEMS)
    assert kites["ci_method"] == "the same items, paired" and kites["difference"] == pytest.approx(0.5)
    assert 0 < kites["ci_low"] < 0.5 < kites["ci_high"]
    assert kites["conditions_differ"] == ["suite version", "configuration"]
    text = client.get(page).content.decode()
    assert "heron-rc2 − heron-rc1" in text and "+50.0 points" in text and "Differ: suite version, configuration" in text
    assert f'href="{page}"' in client.get(f"/assignments/{now.reference}/").content.decode()
    theirs = client_for(world.person("aurora", "drafter"))
    told = differences(theirs, now)
    assert [(c["suite"], c["ci_method"]) for c in told] == [("kites", "Newcombe, as independent samples")]
    text = theirs.get(page).content.decode()
    assert "secret-kites" not in text and "Held-out suite 1" in text and now.agency.name in text
    assert differences(client, before) == [], "nothing is compared with what came later"


def test_other_items_are_compared_as_independent_samples(world: World, twice: Any) -> None:
    evaluator, _, now = twice
    rows = [{"id": 100 + n, "epoch": 1, "scores": {"s": {"value": "C" if n < 9 else "I"}}} for n in range(ITEMS)]
    measured(evaluator, now, own({}, rows, task_id="other items"))
    (found,) = differences(client_for(evaluator), now)
    assert found["ci_method"] == "Newcombe, as independent samples" and found["difference"] == pytest.approx(0.5)


def test_a_variant_stands_beside_production_and_a_claim_beside_what_was_measured(world: World) -> None:
    evaluator, row = under_test(world)
    client = client_for(evaluator)
    page = f"/assignments/{row.reference}/results/"
    production = measured(evaluator, row, log(3), share=False)
    assert "Nothing to compare with" in client.get(page).content.decode()
    with acting(evaluator) as by:
        EvaluationRun.objects.filter(pk=production.pk).update(variant="helpful_only")  # as if it had been offered too
        result = Result.objects.get(run=production)
        actions.add_baseline(
            run=production, result=result, kind="developer_claimed", name="System card", estimate=0.1, n=200,
            same_conditions="yes", source="System card, table 3", by=by,
        )  # fmt: skip
    measured(evaluator, row, log(1), share=False)
    (found,) = differences(client, row)
    assert found["kind"] == "variant" and found["difference"] == pytest.approx(2 / 12)
    text = client.get(page).content.decode()
    assert "Helpful-only − Production safeguards" in text.replace("Helpful only", "Helpful-only")
    assert "Claimed and measured" in text and "System card, table 3" in text and "<td" in text


def test_who_has_not_attested_and_who_is_elsewhere_reads_nothing_of_it(world: World, twice: Any) -> None:
    evaluator, before, now = twice
    measured(evaluator, now, log(9))
    other = world.person("commerce-caisi", "evaluator", 1)
    assert client_for(other).get(f"/assignments/{now.reference}/results/").status_code == 403
    for who in (("basalt", "drafter"), ("treasury", "evaluator")):
        assert client_for(world.person(*who)).get(f"/assignments/{now.reference}/results/").status_code == 404
    with acting(other) as by:
        actions.attest(assignment=now, typed_name=by.name, consented=True, by=by)
    colleague = client_for(other)
    assert differences(colleague, now) == [], "they did not attest for the earlier test"
    assert before.reference not in colleague.get(f"/assignments/{now.reference}/results/").content.decode()
