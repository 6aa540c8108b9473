"""Concurrence asked for by a day: reminders, and a clock that never answers for anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.seats import seats_of
from agreements import actions, inbox, queries, tasks
from agreements.models import Concurrence, TestingAgreement
from agreements.rules import clearing
from audit.models import Event
from core import rls
from core.decisions import Invalid
from jobs import testing as jobs
from jobs.models import Job
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World, client_for

KIND = "agreements.remind_of_concurrence"
TODAY = date(2026, 5, 4)


def in_days(days: int) -> date:
    return timezone.now().date() + timedelta(days=days)


def asked(world: World, day: date) -> TestingAgreement:
    """Treasury and Commerce are asked; Commerce has concurred."""
    agreement = make.negotiated(world, ("treasury", "commerce"))
    with make.acting(world.person("aurora", "drafter")) as by:
        agreement = actions.open_clearance(agreement=agreement, by=by, answer_by=day)
    make.concur(world, agreement, "commerce")
    return agreement


def told(world: World, kind: str) -> set[str]:
    """Organisations whose counsel have a notice of the kind."""
    jobs.run_due()
    found = set()
    for who in ("aurora", "treasury", "commerce", "defense", "basalt"):
        person = world.person(who, "counsel")
        with make.acting(person):
            found |= {who} if Notice.objects.filter(user=person, kind=f"agreements.{kind}").exists() else set()
    return found


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime.combine(day, time(0, 5), UTC))


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (10, [7, 11]),
        (4, [1, 5]),
        (3, [4]),
        (1, [2]),
    ],
)
def test_who_is_reminded_when(day: int, found: list[int]) -> None:
    days = clearing.reminders(TODAY + timedelta(days=day), TODAY)
    assert days == [TODAY + timedelta(days=n) for n in found]


@pytest.mark.parametrize(("day", "good"), [(-1, False), (0, False), (1, True), (180, True), (181, False)])
def test_a_day_that_nobody_can_mean_is_refused(day: int, good: bool) -> None:
    assert (clearing.day_problem(TODAY + timedelta(days=day), TODAY) is None) is good
    assert clearing.day_problem(None, TODAY) is None


def test_nothing_moves_when_the_day_is_refused(world: World) -> None:
    agreement = make.negotiated(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(Invalid, match="after today"):
            actions.open_clearance(agreement=agreement, by=by, answer_by=in_days(0))
        assert make.seen(agreement, by).status == "in_negotiation"


def test_the_clock_has_a_job_for_each_day(world: World) -> None:
    asked(world, in_days(10))
    due = sorted(Job.objects.filter(kind=KIND).values_list("not_before", flat=True))
    assert [at.date() for at in due] == [in_days(7), in_days(11)]


def test_before_the_day_only_agencies_that_have_not_answered_are_reminded(world: World) -> None:
    asked(world, in_days(10))
    at = datetime.combine(in_days(7), time(0, 5), UTC)
    assert [job.kind for job in jobs.run_due(at=at, kinds=(KIND,))] == [KIND]
    assert told(world, "concurrence_reminder") == {"treasury"}
    assert told(world, "concurrence_late") == set()


def test_silence_is_never_concurrence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    day = in_days(10)
    agreement = asked(world, day)
    job = Job.objects.filter(kind=KIND).latest("not_before")
    with monkeypatch.context() as clock, rls.context(organisations=tuple(job.organisations), actor=f"job:{KIND}"):
        on(clock, job.not_before.date())
        tasks.remind_of_concurrence(job)
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert row.status == "in_clearance"
        assert [a.slug for a in queries.not_concurred(row)] == ["treasury"]
        assert Concurrence.objects.filter(version=row.current).count() == 1
        with pytest.raises(Invalid, match="has not concurred"):
            actions.open_for_signature(agreement=row, by=by)
        events = Event.objects.filter(object_id=str(agreement.pk), verb="agreements.concurrence_late")
        assert [event.actor for event in events] == [f"job:{KIND}"]
    jobs.run_due(at=datetime.combine(in_days(12), time(), UTC))  # what was enqueued on that day
    assert told(world, "concurrence_late") == {"aurora", "treasury", "commerce"}
    make.concur(world, agreement, "treasury")  # late is better than never


@pytest.mark.parametrize("what", ["answered", "returned", "asked anew"])
def test_an_old_clock_does_nothing(world: World, what: str) -> None:
    day = in_days(10)
    agreement = asked(world, day)
    if what == "answered":
        make.concur(world, agreement, "treasury")
    else:
        with make.acting(world.person("treasury", "counsel")) as by:
            actions.return_with_comments(agreement=make.seen(agreement, by), by=by, comment="A word.")
    if what == "asked anew":
        with make.acting(world.person("aurora", "drafter")) as by:
            actions.open_clearance(agreement=make.seen(agreement, by), by=by, answer_by=in_days(20))
    with make.acting(world.person("aurora", "drafter")):
        actions.remind_of_concurrence(agreement=agreement, day=day)
    assert told(world, "concurrence_reminder") == set()


def test_inbox_calendar_and_pages_show_the_day(world: World) -> None:
    day = in_days(10)
    agreement = make.negotiated(world, ("treasury",))
    client, page = client_for(world.person("aurora", "drafter")), f"{agreement.get_absolute_url()}clearance/by/"
    assert b"No answer is never concurrence" in client.get(page).content
    for wrong in ("", "soon", "2001-01-01"):
        answer = client.post(page, {"answer_by": wrong})
        assert (answer.status_code, b"c-errors" in answer.content) == (200, True), wrong
    done = client.post(page, {"answer_by": str(day)}, follow=True)
    assert b"reminded before it" in done.content
    assert b"By when:" in client.get(agreement.get_absolute_url()).content
    with make.acting(world.person("treasury", "counsel")) as by:
        item = next(row for row in inbox.source(by, seats_of(by)) if agreement.reference in row.title)
        assert item.due_at.date() == day
        assert [row.begins for row in inbox.calendar(by, seats_of(by))] == [day]
    assert client_for(world.person("basalt", "drafter")).get(page).status_code == 404
    assert client_for(world.person("treasury", "router")).get(page).status_code == 403


def test_the_api_takes_a_day(world: World) -> None:
    agreement = make.negotiated(world, ("treasury",))
    client = client_for(world.person("aurora", "drafter"))
    path = f"/api/v1/agreements/{agreement.reference}/open_clearance/"
    headers = {"Idempotency-Key": "one"}
    late = client.post(path, {"answer_by": "2001-01-01"}, content_type="application/json", headers=headers)
    assert (late.status_code, late.json()["errors"][0]["pointer"]) == (400, "#/answer_by")
    headers = {"Idempotency-Key": "two"}
    done = client.post(path, {"answer_by": str(in_days(5))}, content_type="application/json", headers=headers)
    assert (done.status_code, done.json()["status"]) == (200, "in_clearance"), done.content
