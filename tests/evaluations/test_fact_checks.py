"""The fact check: days that the agreement gives, the developer's words, the clock, and moves that come too late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.decisions import Conflict, Invalid, Refused
from evaluations import actions, queries
from evaluations.models import EvaluationAssignment, FactCheck, FactCheckComment
from jobs.models import Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.evaluations import reporting as make
from tests.world import World, client_for

CLOCK = ("evaluations.end_fact_check",)


def test_the_agreements_days_bind_the_due_date(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    assert row.fact_check_days == 5, "kept at routing, since a component does not read its parent's agreement"
    with pytest.raises(Invalid, match="The agreement gives the developer 5 days"):
        make.asked(evaluator, row, days=4)
    with pytest.raises(Invalid, match="at most 60 days"):
        make.asked(evaluator, row, days=61)
    check = make.asked(evaluator, row)
    row = make.fresh(evaluator, row)
    assert (row.status, row.fact_check_due_at) == ("developer_fact_check", check.due_at)
    assert check.due_at.date() == timezone.now().date() + timedelta(days=6), "the last day counts in full"
    with pytest.raises(Refused, match="when the fact check has ended"):
        make.save(evaluator, row, 1, summary="Later.")
    with pytest.raises(Refused, match="delivered after that"):
        make.deliver(evaluator, row)


def test_the_developer_comments_and_hands_back(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    check = make.asked(evaluator, row)
    counsel = world.person("aurora", "counsel")
    with acting(counsel):
        for place, text, sentence in (
            ("Nowhere", "x", "Choose what"), ("Scope", " ", "Write what is not right"), ("Scope", "契", "cannot print"),
            ("Scope", "x" * 5001, "At most 5,000"),
        ):  # fmt: skip
            with pytest.raises(Invalid, match=sentence):
                actions.comment_facts(fact_check=check, place=place, text=text, by=counsel)
        actions.comment_facts(fact_check=check, place="Scope", text="The build is rc1.", by=counsel)
    for home, role in (("aurora", "signatory"), ("commerce-caisi", "evaluator")):
        with acting(world.person(home, role)) as by, pytest.raises(Refused, match="The developer checks the facts"):
            actions.hand_back_facts(fact_check=check, by=by)
    with acting(counsel):
        actions.hand_back_facts(fact_check=check, by=counsel)
        with pytest.raises(Refused, match="has ended"):
            actions.hand_back_facts(fact_check=check, by=counsel)
        with pytest.raises(Refused, match="has ended"):
            actions.comment_facts(fact_check=check, place="Scope", text="Late.", by=counsel)
        with pytest.raises(DatabaseError), transaction.atomic():
            FactCheckComment.objects.update(text="Other.")
    assert make.fresh(evaluator, row).status == "analysis"
    assert not Job.objects.filter(kind=CLOCK[0], state="queued").exists(), "the clock rests"
    said = [entry["sentence"] for entry in _timeline(world, row)]
    assert said[:3] == ["handed the fact check back", "commented on the facts", "sent the report for a fact check"]
    make.save(evaluator, row, 1, summary=make.OTHER)
    report = make.deliver(evaluator, row)
    assert report.content["fact_checks"][0]["comments"][0]["text"] == "The build is rc1."


def _timeline(world: World, row: EvaluationAssignment) -> list[dict]:
    client = client_for(world.person("aurora", "drafter"))
    return client.get(f"/api/v1/assignments/{row.reference}/timeline/").json()["results"]


def test_the_clock_gives_the_draft_back(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    check = make.asked(evaluator, row)
    assert run_due(kinds=CLOCK) == [], "not before it is due"
    with acting(evaluator):
        FactCheck.objects.filter(pk=check.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert len(run_due(at=timezone.now() + timedelta(days=7), kinds=CLOCK)) == 1
    with acting(evaluator):
        check.refresh_from_db()
    assert make.fresh(evaluator, row).status == "analysis" and check.lapsed_at is not None
    developer = client_for(world.person("aurora", "drafter"))
    page = f"/assignments/{row.reference}/fact-checks/{check.pk}/"
    assert "Ended without an answer" in developer.get(page).content.decode()
    assert developer.post(page, {"place": "Scope", "text": "Late."}).status_code == 403
    run_due(kinds=("notifications.tell",))
    assert "The fact check ended without an answer" in developer.get("/notifications/").content.decode()
    assert "It ended without an answer" in " ".join(make.words_of(_pdf(evaluator, row)))


def _pdf(evaluator: object, row: EvaluationAssignment) -> bytes:
    report = make.deliver(evaluator, row)  # type: ignore[arg-type]
    with acting(evaluator):  # type: ignore[arg-type]
        return actions.download_report(report=report, by=evaluator)  # type: ignore[arg-type]


def test_after_the_due_date_the_agency_delivers_before_the_clock_does(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    check = make.asked(evaluator, row)
    past = timezone.now() - timedelta(minutes=1)
    with acting(evaluator):
        EvaluationAssignment.objects.filter(pk=row.pk).update(fact_check_due_at=past)
        FactCheck.objects.filter(pk=check.pk).update(due_at=past)
    page = client_for(evaluator).get(f"/assignments/{row.reference}/").content.decode()
    assert "Read the draft and deliver it" in page
    make.deliver(evaluator, make.fresh(evaluator, row))
    assert make.fresh(evaluator, row).status == "report_delivered"
    with acting(evaluator):
        assert not actions.lapse_fact_check(fact_check=check), "a late clock finds nothing to do"
        check.refresh_from_db()
    assert check.lapsed_at is not None


def test_the_assignment_says_what_is_next_before_and_after_the_fact_check(world: World) -> None:
    evaluator, row = make.in_analysis(world)

    def page() -> str:
        return client_for(evaluator).get(f"/assignments/{row.reference}/").content.decode()

    make.save(evaluator, row)
    assert "move: write the report" in page() and "Read the draft and send it" in page()
    check = make.asked(evaluator, row)
    with acting(world.person("aurora", "drafter")) as by:
        actions.hand_back_facts(fact_check=check, by=by)
    assert "move: deliver the report" in page() and "Read the draft and deliver it" in page()


def test_one_fact_check_at_a_time_and_another_after_it(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    make.asked(evaluator, row)
    with pytest.raises(Refused, match="cannot be done while"):
        make.asked(evaluator, row)
    with acting(world.person("aurora", "drafter")) as by:
        actions.hand_back_facts(fact_check=FactCheck.objects.select_related("assignment").get(), by=by)
    assert make.asked(evaluator, row).number == 2


def test_only_the_draft_that_was_read_is_sent(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    with pytest.raises(AssertionError):
        make.version_of(row)
    with acting(evaluator), pytest.raises(Refused, match="write the report first"):
        actions.ask_fact_check(assignment=row, due_on=timezone.now().date(), row_version=1, by=evaluator)
    make.save(evaluator, row, summary=" ")
    with pytest.raises(Invalid, match="Write what was found"):
        make.asked(evaluator, row)
    make.save(evaluator, row, 1)
    with acting(evaluator), pytest.raises(Conflict, match="saved again since"):
        day = timezone.now().date() + timedelta(days=6)
        actions.ask_fact_check(assignment=row, due_on=day, row_version=1, by=evaluator)


def test_the_copy_stays_what_was_sent_and_is_nobody_elses(world: World) -> None:
    evaluator, row = make.in_analysis(world)
    make.save(evaluator, row)
    check = make.checked(world, evaluator, row)
    make.save(evaluator, row, 1, summary=make.OTHER)
    page = f"/assignments/{row.reference}/fact-checks/{check.pk}/"
    developer = client_for(world.person("aurora", "drafter")).get(page).content.decode()
    assert make.TEXT["summary"] in developer and make.OTHER not in developer
    for home, role in (("basalt", "drafter"), ("treasury", "evaluator"), ("homeland", "evaluator")):
        person = world.person(home, role)
        assert client_for(person).get(page).status_code == 404
        with acting(person):
            assert not FactCheck.objects.exists() and not FactCheckComment.objects.exists()
    colleague = client_for(world.person("commerce-caisi", "evaluator", 1))
    assert colleague.get(page).status_code == 403, "attests first"


def test_it_stands_in_the_inbox_of_whose_move_it_is(world: World) -> None:
    from notifications.inbox import inbox_for

    def group(home: str, role: str) -> str:
        with acting(world.person(home, role)) as by:
            found = inbox_for(by)
            return next(name for name in found if any(row.reference in item.title for item in found[name]))

    evaluator, row = make.in_analysis(world)
    assert (group("commerce-caisi", "evaluator"), group("aurora", "drafter")) == ("yours", "waiting")
    make.save(evaluator, row)
    check = make.asked(evaluator, row)
    assert (group("commerce-caisi", "evaluator"), group("aurora", "drafter")) == ("waiting", "yours")
    with acting(world.person("aurora", "drafter")) as by:
        actions.hand_back_facts(fact_check=check, by=by)
    assert group("commerce-caisi", "evaluator") == "yours"
    make.deliver(evaluator, row)
    assert (group("commerce-caisi", "evaluator"), group("aurora", "drafter")) == ("closed", "yours")
    client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/reports/1/")
    assert group("aurora", "drafter") == "closed"
    with acting(evaluator):
        assert queries.due_at(make.fresh(evaluator, row)) is None
