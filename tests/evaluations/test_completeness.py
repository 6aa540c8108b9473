"""How complete a report is by the reporting standard: from the record, from what people write, and never in anybody's way."""

from __future__ import annotations

from typing import Any

import pytest

from core.decisions import Conflict, Invalid, Refused
from evaluations import actions, queries
from evaluations.models import ReportingDetail
from evaluations.rules import stream as rules
from tests.agreements.factories import acting
from tests.evaluations import reporting
from tests.evaluations.test_run_notes import FILLED
from tests.evaluations.test_runs import read, real, upload
from tests.world import World, client_for

RUN: dict[str, Any] = {
    "domain": "cybersecurity", "variant": "production", "checkpoint": "rc1", "n_items": 20, "suite": "kites", "notes": {},
    "results": [{"scorer": "s", "metric": "accuracy", "baselines": []}], "ended_at": "",
}  # fmt: skip
PEOPLE = {"kind": "human_expert", "name": "Five experts", "n": 5, "ci_low": 0.2}


def states(facts: rules.Facts, **details: tuple[str, str]) -> dict[str, str]:
    """Criterion → state; details by key with `_` for `-`."""
    written = {key.replace("_", "-").strip("-"): rules.Detail(*said) for key, said in details.items()}
    return {item.criterion.key: item.state for item in rules.meter(facts, written)}


def test_there_are_28_criteria_in_six_groups() -> None:
    assert len(rules.CRITERIA) == 28 and [len(c) for _, c in rules.GROUPS] == [3, 9, 3, 3, 5, 5]
    assert rules.RECORD.keys() | rules.PLACES.keys() <= rules.CRITERIA.keys()


def test_an_empty_report_has_nothing_and_each_fact_counts() -> None:
    assert set(states(rules.Facts()).values()) == {"missing"}
    found = states(rules.Facts(runs=[RUN], summary="It solves most."))
    assert {k: found[k] for k in ("1i", "2i", "3i", "4ii", "5i-a", "6i")} == {
        "1i": "partial", "2i": "partial", "3i": "partial", "4ii": "complete", "5i-a": "missing", "6i": "partial",
    }  # fmt: skip
    noted = RUN | {"notes": {"scaffold": "a loop", "elicitation": "best of five"}}
    assert states(rules.Facts(runs=[noted]))["3iii"] == "complete"
    assert states(rules.Facts(runs=[noted, RUN]))["3iii"] == "partial"
    both = states(rules.Facts(runs=[RUN, RUN | {"variant": "helpful_only"}]))
    assert (both["3ii"], both["4iii"]) == ("complete", "complete")


def test_either_half_of_the_baselines_is_enough() -> None:
    with_people = states(rules.Facts(runs=[RUN | {"results": [RUN["results"][0] | {"baselines": [PEOPLE]}]}]))
    assert (with_people["5i-b"], with_people["5ii-a"]) == ("complete", "not_applicable")
    without = states(rules.Facts(runs=[RUN]), **{"5ii_a": ("full", "No time.")})
    assert (without["5i-a"], without["5ii-a"], without["5ii-b"]) == ("not_applicable", "complete", "missing")


def test_words_raise_a_state_never_lower_it_and_set_aside() -> None:
    facts = rules.Facts(runs=[RUN])
    assert states(facts, **{"1i": ("full", "x")})["1i"] == "complete"
    assert states(facts, **{"4ii": ("part", "x")})["4ii"] == "complete"
    assert states(facts, **{"1i": ("not_applicable", "x")})["1i"] == "not_applicable"
    assert states(facts, **{"2iv_a": ("part", "x")})["2iv-a"] == "partial"


@pytest.fixture
def drafted(world: World) -> tuple[Any, Any]:
    """A run with an expert baseline shared, one not shared, and a draft of the report."""
    evaluator, row = reporting.with_results(world)
    with acting(evaluator) as by:
        actions.move(assignment=row, verb="analyse", by=by)
    row = reporting.fresh(evaluator, row)
    reporting.save(evaluator, row)
    return evaluator, row


def test_it_is_written_on_the_page_and_stands_in_report_and_pdf(world: World, drafted: Any) -> None:
    evaluator, row = drafted
    client, base = client_for(evaluator), f"/assignments/{row.reference}/report/"
    text = client.get(f"{base}completeness/").content.decode()
    assert "of 28 criteria at least in part" in text and "Named: Five experts." in text
    assert "Write the notes of a run" in text, "there is a run that is not shared yet"
    assert "criteria at least in part" in client.get(base).content.decode()
    assert "criteria at least in part" in client.get(f"{base}preview/").content.decode()
    with acting(evaluator):
        before = queries.meter(row)["counts"]
    page = f"{base}completeness/1ii/"
    wrong = client.post(page, {"row_version": 0, "covers": "not_applicable", "text": " "})
    assert wrong.status_code == 200 and "why it does not apply" in wrong.content.decode()
    said = {"row_version": 0, "covers": "full", "text": "More than half would worry us."}
    assert client.post(page, said).status_code == 302
    with acting(evaluator):
        after = queries.meter(row)["counts"]
    assert after["complete"] == before["complete"] + 1
    assert "More than half would worry us." in client.get(f"{base}preview/").content.decode()
    pdf = client.get(f"{base}preview.pdf").content
    assert any("More than half would worry us." in words for words in reporting.words_of(pdf))
    stale = client.post(page, {"row_version": 0, "covers": "full", "text": "Mine."})
    assert stale.status_code == 409 and "More than half" in stale.content.decode() and "Mine." in stale.content.decode()
    assert client.post(page, said).status_code == 302, "the same again is no conflict"
    assert client.post(page, {"row_version": 1, "covers": "full", "text": ""}).status_code == 302
    with acting(evaluator):
        assert not ReportingDetail.objects.exists()
    assert client.get(f"{base}completeness/9x/").status_code == 404


def test_it_blocks_nothing_and_the_developer_reads_it_in_the_report_alone(world: World, drafted: Any) -> None:
    evaluator, row = drafted
    with acting(evaluator) as by:
        actions.save_detail(
            assignment=row, criterion="6v", covers="part", text="We did not all agree.", row_version=0, by=by
        )
    developer = client_for(world.person("aurora", "drafter"))
    assert developer.get(f"/assignments/{row.reference}/report/completeness/").status_code == 404
    assert developer.get(f"/api/v1/assignments/{row.reference}/report-draft/completeness/").status_code == 404
    reporting.checked(world, evaluator, row)
    with acting(evaluator):
        assert queries.meter(row)["counts"]["missing"] > 5
    report = reporting.deliver(evaluator, reporting.fresh(evaluator, row))
    text = developer.get(f"/assignments/{row.reference}/reports/{report.version}/").content.decode()
    assert "We did not all agree." in text and "How it was tested and graded" in text
    assert (
        client_for(world.person("basalt", "drafter")).get(f"/assignments/{row.reference}/reports/1/").status_code == 404
    )


def test_who_may_not_write_is_refused_and_odd_input_is_said(world: World, drafted: Any) -> None:
    evaluator, row = drafted
    said: dict[str, Any] = {"criterion": "1i", "covers": "part", "text": "x", "row_version": 0}
    for who in (("treasury", "evaluator"), ("aurora", "drafter")):
        with acting(world.person(*who)) as by, pytest.raises((Refused, Conflict)):
            actions.save_detail(assignment=row, by=by, **said)
    for changes in ({"criterion": "9z"}, {"covers": "most"}, {"text": "a\u0000"}, {"text": "x" * 20_001}):
        with acting(evaluator) as by, pytest.raises(Invalid):
            actions.save_detail(assignment=row, by=by, **(said | changes))


def test_the_api_reads_and_saves_the_same(drafted: Any, django_assert_max_num_queries: Any) -> None:
    evaluator, row = drafted
    client, path = client_for(evaluator), f"/api/v1/assignments/{row.reference}/report-draft/completeness/"
    assert client.get(path).json()["counts"]["all"] == 28

    def put(key: str, body: dict[str, Any], name: str) -> Any:
        return client.put(f"{path}{name}/", body, content_type="application/json", headers={"Idempotency-Key": key})

    body = {"row_version": 0, "covers": "full", "text": "Twelve percent."}
    found = {c["key"]: c for c in put("a", body, "1ii").json()["criteria"]}
    assert (found["1ii"]["state"], found["1ii"]["text"]) == ("complete", "Twelve percent.")
    assert put("b", body | {"text": "other"}, "1ii").status_code == 409
    assert put("c", body | {"covers": "most"}, "1ii").status_code == 400
    assert put("d", body, "9z").status_code == 404
    with django_assert_max_num_queries(20):
        client.get(f"/assignments/{row.reference}/report/completeness/")


def test_notes_of_a_run_count_once_it_is_shared(world: World, drafted: Any) -> None:
    evaluator, row = drafted
    run = read(evaluator, upload(evaluator, row, real("tools-5-of-5"))).run
    assert run is not None
    with acting(evaluator) as by:
        notes = FILLED | {"n_refused": 0, "transcripts_read": 5}
        actions.save_run_notes(run=run, row_version=0, by=by, **notes)
        before = {s["item"].criterion.key: s["item"] for _, g in queries.meter(row)["groups"] for s in g}
        actions.share_run(run=run, by=by)
        after = {s["item"].criterion.key: s["item"] for _, g in queries.meter(row)["groups"] for s in g}
    assert (before["3iii"].state, after["3iii"].state) == ("missing", "partial")
    assert after["3iii"].found == "1 of 2 runs have notes on it."
