"""A report that was delivered before a change says so beside it; a report that is written after one says so inside."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations import actions, queries
from evaluations.models import EvaluationReport
from tests.agreements.factories import acting
from tests.evaluations import reporting as make
from tests.evaluations.test_runs import read, real, under_test, upload
from tests.world import World, client_for

SAID = "More requests per minute."


def announce(world: World, request: EarlyAccessRequest, **changed: Any) -> None:
    with acting(world.person("aurora", "security")) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        early_access.announce_change(request=row, by=by, sentence=SAID, **changed)


def test_what_changed_after_the_delivery_stands_beside_the_report(world: World) -> None:
    evaluator, row, report = make.delivered(world)
    page = f"/assignments/{row.reference}/reports/1/"
    theirs = client_for(world.person("aurora", "drafter"))
    request = f"/requests/{row.request.reference}/"
    assert "Changed since this report" not in theirs.get(page).content.decode()
    assert "before a change" not in theirs.get(request).content.decode()
    announce(world, row.request, since=timezone.now(), access={"requests_per_minute": 90})
    for client in (client_for(evaluator), theirs):
        told = client.get(page).content.decode()
        assert "Changed since this report was delivered" in told and SAID in told and "Requests per minute" in told
        assert "says nothing about what is served now" in told
        assert "before a change" in client.get(request).content.decode()
    (sentence,) = theirs.get(f"/api/v1/assignments/{row.reference}/reports/1/").json()["changed_since"]
    assert SAID in sentence
    with acting(evaluator):
        assert EvaluationReport.objects.get(pk=report.pk).sha256 == report.sha256, "what was delivered stays"
    assert client_for(world.person("basalt", "drafter")).get(page).status_code == 404


def test_a_report_after_a_change_names_the_runs_from_before(world: World) -> None:
    evaluator, row = under_test(world)
    with acting(evaluator):
        row.refresh_from_db()
    log = read(evaluator, upload(evaluator, row, real("success-16-of-20")))
    with acting(evaluator):
        assert log.run is not None
        shared = actions.share_run(run=log.run, by=evaluator)
    announce(world, row.request, since=timezone.now(), access={"requests_per_minute": 90})
    with acting(evaluator):
        actions.move(assignment=row, verb="analyse", by=evaluator)
    draft = make.save(evaluator, make.fresh(evaluator, row))
    with acting(evaluator):
        draft.assignment = make.fresh(evaluator, row)
        (sentence,) = queries.compose(draft)["changed"]
    assert (
        sentence.startswith(f"{shared.label} was measured on another configuration")
        and "Requests per minute" in sentence
    )
    shown = client_for(evaluator).get(f"/assignments/{row.reference}/report/preview/").content.decode()
    assert sentence in shown
    pdf = client_for(evaluator).get(f"/assignments/{row.reference}/report/preview.pdf").content
    assert "was measured on another configuration" in " ".join(make.words_of(pdf))
