"""What each side reads over the API of runs, findings and reports: the agency its own, the developer what was shared."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from developers.models import ModelCheckpoint
from evaluations.models import (
    EvaluationAssignment,
    EvaluationReport,
    EvaluationRun,
    Finding,
    FindingEntry,
    Result,
    SharedRun,
)
from tests.agreements.factories import acting
from tests.evaluations.test_assignments import attested, routed
from tests.world import World, client_for


def read(person: User, row: EvaluationAssignment, what: str, status: int = 200) -> Any:
    answer = client_for(person).get(f"/api/v1/assignments/{row.reference}/{what}/")
    assert answer.status_code == status, answer.content
    return answer.json().get("results")


def filled(row: EvaluationAssignment, by: User) -> None:
    """A run with an interval, shared; a finding that is a draft, one that is shared; a report not yet delivered."""
    own: dict[str, Any] = {"developer": row.developer, "agency": row.agency}
    run = EvaluationRun.objects.create(
        assignment=row, **own, status="finished", origin="imported", checkpoint=ModelCheckpoint.objects.get(),
        variant="production", domain="cybersecurity", suite="secret-suite", harness="inspect", n_items=20, n_scored=20,
    )  # fmt: skip
    Result.objects.create(
        run=run, **own, metric="accuracy", estimate=0.5, ci_low=0.3, ci_high=0.7, ci_method="wilson", n=20
    )
    SharedRun.objects.create(
        run=run, assignment=row, **own, label="Cyber A", content={"estimate": 0.5, "n": 20}, shared_by=by
    )
    text = {"severity": "high", "domain": "cybersecurity", "written_by": by, "agency": row.agency, "assignment": row}
    Finding.objects.create(title="Draft only", text="Not yet.", **text)
    told = Finding.objects.create(title="Told", text="It does.", **text)
    Finding.objects.filter(pk=told.pk).update(status="shared", shared_with=row.developer, shared_at=timezone.now())
    FindingEntry.objects.create(finding=told, **own, by=by, move="share", text="Please look.")
    EvaluationReport.objects.create(
        assignment=row, agency=row.agency, version=1, scope_line="s", summary="s", limitations="l", written_by=by
    )


def test_each_side_reads_its_own(world: World) -> None:
    routed(world)
    evaluator, row = attested(world)
    with acting(evaluator):
        filled(row, evaluator)
    (run,) = read(evaluator, row, "runs")
    assert (run["suite"], run["results"][0]["ci_low"], run["results"][0]["ci_method"]) == (
        "secret-suite",
        0.3,
        "wilson",
    )
    assert [f["title"] for f in read(evaluator, row, "findings")] == ["Told", "Draft only"]
    assert len(read(evaluator, row, "reports")) == 1
    developer = world.person("aurora", "drafter")
    read(developer, row, "runs", 404)
    (shared,) = read(developer, row, "shared-runs")
    assert (shared["title"], shared["content"]["n"]) == ("Cyber A", 20)
    (finding,) = read(developer, row, "findings")
    assert (finding["title"], [e["text"] for e in finding["entries"]]) == ("Told", ["Please look."])
    assert read(developer, row, "reports") == []


def test_rivals_and_other_agencies_find_nothing_and_colleagues_attest_first(world: World) -> None:
    routed(world)
    _, row = attested(world)
    for what in ("runs", "shared-runs", "findings", "reports"):
        for person in (world.person("basalt", "drafter"), world.person("treasury", "evaluator")):
            read(person, row, what, 404)
        read(world.person("commerce", "intake"), row, what, 403)
