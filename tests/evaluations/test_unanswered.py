"""A proposal that nobody answers: a reminder, then it lapses and the request is routed again; one outcome in a race."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from core.decisions import Refused
from evaluations import actions
from evaluations.models import EvaluationAssignment, RoutingAttempt
from evaluations.workflow import UNANSWERED
from jobs.models import Job
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements.factories import acting
from tests.evaluations.test_assignments import assignment_of, routed
from tests.world import World

REMIND, LAPSE = "evaluations.remind_of_answer", "evaluations.lapse"


def overdue(world: World, agency: str) -> EvaluationAssignment:
    """A proposal of this agency whose answer was due a minute ago, its clock with it."""
    routed(world)
    person = world.person(agency, "evaluator")
    with acting(person):
        row = assignment_of(world, person, agency)
    past = timezone.now() - timedelta(minutes=1)
    with acting(world.staff):
        assert EvaluationAssignment.objects.filter(pk=row.pk).update(answer_due_at=past) == 1
    assert Job.objects.filter(kind=LAPSE, payload__assignment=str(row.pk)).update(not_before=past) == 1
    return row


def status(world: World, row: EvaluationAssignment) -> tuple[str, str]:
    with acting(world.staff):
        found = EvaluationAssignment.objects.get(pk=row.pk)
    return found.status, found.ended_reason


def test_an_unanswered_proposal_lapses_and_is_routed_again_without_the_agency(world: World) -> None:
    row = overdue(world, "treasury")
    run_due(kinds=(LAPSE, "evaluations.route"))
    assert status(world, row) == ("declined", UNANSWERED)
    router = world.person("commerce", "router")
    with acting(router):
        newest = RoutingAttempt.objects.visible_to(router).order_by("-number").first()
        assert newest is not None
        assert (newest.placed, newest.cause) == (1, "An agency did not answer")
        assert [d.sentence for d in newest.decisions.all()] == ["Treasury: did not answer this request in time before"]
    with acting(world.staff):
        assert Event.objects.get(verb="evaluations.lapse").reason == UNANSWERED


def test_an_answer_before_the_clock_leaves_it_nothing_to_do(world: World) -> None:
    row = overdue(world, "treasury")
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator):
        actions.accept(assignment=row, by=evaluator)
    run_due(kinds=(LAPSE,))
    assert status(world, row) == ("accepted", "")
    assert not Job.objects.filter(key__contains=":lapsed:").exists()


def test_an_answer_after_the_clock_is_refused(world: World) -> None:
    row = overdue(world, "treasury")
    run_due(kinds=(LAPSE,))
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator), pytest.raises(Refused):
        actions.accept(assignment=row, by=evaluator)
    assert status(world, row)[0] == "declined"


def test_nothing_lapses_before_its_time(world: World) -> None:
    routed(world)
    run_due(kinds=(LAPSE, REMIND))
    person = world.person("treasury", "evaluator")
    with acting(person):
        row = assignment_of(world, person, "treasury")
        assert not actions.lapse(assignment=row)
    assert status(world, row) == ("proposed", "")


def test_the_agency_is_reminded_a_day_before(world: World) -> None:
    routed(world)
    assert Job.objects.filter(kind=REMIND).update(not_before=timezone.now()) == 2
    run_due(kinds=(REMIND, "notifications.tell"))
    person = world.person("treasury", "evaluator")
    with acting(person):
        assert Notice.objects.filter(user=person, kind="evaluations.answer_due").exists()
