"""Nobody publishes before the other side had its days or answered; what has to be left out stays out."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from accounts.models import User
from core.decisions import Invalid, Refused
from evaluations import actions
from evaluations.models import EvaluationReport, PublicationReview
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.evaluations import reporting as make
from tests.world import World, client_for

TEXT = "The model solves 16 of 20 tasks of canary-suite."


def asked(world: World) -> tuple[User, EvaluationReport, PublicationReview]:
    evaluator, _, report = make.delivered(world)
    with acting(evaluator) as by:
        found = EvaluationReport.objects.select_related("assignment").get(pk=report.pk)
        return evaluator, found, actions.ask_publication(report=found, text=TEXT, by=by)


def address(report: EvaluationReport) -> str:
    return f"/assignments/{report.assignment.reference}/reports/{report.version}/publication/"


def test_it_waits_for_the_days_or_for_the_answer(world: World) -> None:
    evaluator, report, review = asked(world)
    assert review.due_at.date() == timezone.now().date() + timedelta(days=30), "what the standard text says"
    with acting(evaluator) as by:
        with pytest.raises(Refused, match=r"until \d+ \w{3} \d{4}, \d\d:\d\d UTC to review the text"):
            actions.publish(review=review, by=by)
        with pytest.raises(Refused, match="has a text of yours to review"):
            actions.ask_publication(report=report, text="Another.", by=by)
        with pytest.raises(Refused, match="The other side answers"):
            actions.answer_publication(review=review, verdict="nothing", by=by)
        with mock.patch("evaluations.policies.publication.timezone") as clock:
            clock.now.return_value = review.due_at
            assert actions.publish(review=review, by=by).published_at is not None, "the days are over"


def test_what_has_to_be_left_out_stays_out(world: World) -> None:
    evaluator, report, review = asked(world)
    run_due(kinds=("notifications.tell",))
    counsel, theirs = client_for(world.person("aurora", "counsel")), client_for(evaluator)
    assert "a text is to be published" in counsel.get("/notifications/").content.decode()
    page = counsel.get(address(report)).content.decode()
    assert TEXT in page and "Your answer" in page
    sent = {"do": "answer", "review": str(review.pk), "verdict": "leave_out", "remark": " "}
    assert "Name what has to be left out" in counsel.post(address(report), sent).content.decode()
    assert counsel.post(address(report), sent | {"remark": "The suite's name."}).status_code == 302
    assert "Change the text, and send it for review again" in theirs.get(address(report)).content.decode()
    assert theirs.post(address(report), {"do": "publish", "review": str(review.pk)}).status_code == 403
    assert theirs.post(address(report), {"do": "ask", "text": "16 of 20 tasks."}).status_code == 302
    with acting(world.person("aurora", "drafter")) as by:
        second = PublicationReview.objects.select_related("assignment").get(text="16 of 20 tasks.")
        actions.answer_publication(review=second, verdict="nothing", by=by)
    assert theirs.post(address(report), {"do": "publish", "review": str(second.pk)}).status_code == 302
    assert "Recorded by" in counsel.get(address(report)).content.decode()
    events = counsel.get(f"/api/v1/assignments/{report.assignment.reference}/timeline/").json()["results"]
    assert "recorded a publication" in {e["sentence"] for e in events}
    assert all(TEXT not in str(e) for e in events), "the words stand on the page only"


def test_the_developer_publishes_by_the_same_rule_and_programs_do_the_same(world: World) -> None:
    evaluator, report, _ = asked(world)
    base = f"/api/v1{address(report)}"
    ours, theirs = client_for(world.person("aurora", "drafter")), client_for(evaluator)
    made = ours.post(base, {"text": "We were tested."}, content_type="application/json")
    assert (made.status_code, made.json()["asked_for"]) == (201, "Aurora Cognition")
    key = made.json()["id"]
    assert ours.post(f"{base}{key}/publish/", {}, content_type="application/json").status_code == 403
    answer = {"verdict": "nothing", "remark": ""}
    assert theirs.post(f"{base}{key}/answer/", answer, content_type="application/json").json()["verdict"] == "nothing"
    assert ours.post(f"{base}{key}/publish/", {}, content_type="application/json").json()["published_at"]
    assert len(ours.get(base).json()["results"]) == 2
    with acting(world.person("aurora", "drafter")) as by, pytest.raises(Invalid, match="Write the text"):
        actions.ask_publication(report=report, text=" ", by=by)


def test_nobody_else_reads_it(world: World) -> None:
    _, report, review = asked(world)
    for who in (("basalt", "drafter"), ("treasury", "evaluator"), ("homeland-cisa", "evaluator")):
        client = client_for(world.person(*who))
        assert client.get(address(report)).status_code == 404
        assert client.post(address(report), {"do": "publish", "review": str(review.pk)}).status_code == 404
        with acting(world.person(*who)):
            assert not PublicationReview.objects.filter(pk=review.pk).exists()
    signatory = client_for(world.person("aurora", "signatory"))
    assert "Send for review" not in signatory.get(address(report)).content.decode()
