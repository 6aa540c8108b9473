"""Before the end of a term each party is reminded, once on each day, and only of an end that still stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from agreements import actions, tasks
from agreements.models import TestingAgreement
from agreements.rules import lasting
from core import rls
from jobs import testing as jobs
from jobs.models import Job
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World

KIND = "agreements.remind_of_end"
TELL = "notifications.tell"
END = date(2027, 3, 1)


def counts(world: World) -> dict[str, int]:
    """Organisation → how many reminders its counsel got."""
    told = Job.objects.filter(kind=TELL, state=Job.State.QUEUED)
    told.update(not_before=timezone.now())  # what was enqueued on a day to come
    jobs.run_due(kinds=(TELL,))
    found = {}
    for who in ("aurora", "treasury", "commerce", "basalt"):
        person = world.person(who, "counsel")
        with make.acting(person):
            found[who] = Notice.objects.filter(user=person, kind="agreements.ends_soon").count()
    return found


def run(job: Job, monkeypatch: pytest.MonkeyPatch, day: date | None = None) -> None:
    """The job as the worker runs it, on its own day or on another."""
    at = datetime.combine(day or job.not_before.date(), time(0, 5), UTC)
    with monkeypatch.context() as clock, rls.context(organisations=tuple(job.organisations), actor=f"job:{KIND}"):
        clock.setattr(timezone, "now", lambda: at)
        tasks.remind_of_end(job)


def clocks(agreement: TestingAgreement) -> list[Job]:
    return list(Job.objects.filter(kind=KIND, payload__agreement=str(agreement.pk)).order_by("not_before"))


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (61, [60, 14, 3]),
        (60, [14, 3]),
        (15, [14, 3]),
        (14, [3]),
        (3, []),
        (-1, []),
    ],
)
def test_days_that_have_begun_are_left_out(left: int, found: list[int]) -> None:
    assert lasting.reminders(END, END - timedelta(days=left)) == [END - timedelta(days=n) for n in found]


def test_all_parties_are_reminded_on_each_day_of_an_end_that_stands(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement = make.in_force(world, ("treasury", "commerce"))
    assert agreement.expires_on is not None
    end = agreement.expires_on
    known = clocks(agreement)
    assert [end - job.not_before.date() for job in known] == [timedelta(days=n) for n in (60, 14, 3)]
    nobody = dict.fromkeys(("aurora", "treasury", "commerce", "basalt"), 0)
    assert [job.kind for job in jobs.run_due(at=known[0].not_before - timedelta(seconds=1), kinds=(KIND,))] == []
    assert counts(world) == nobody

    run(known[0], monkeypatch)
    assert counts(world) == nobody | {"aurora": 1, "treasury": 1, "commerce": 1}
    run(known[1], monkeypatch, end)
    assert counts(world)["aurora"] == 1, "the day itself is told by the end, not by a reminder"
    run(known[1], monkeypatch, end - timedelta(days=2))
    assert counts(world)["aurora"] == 1, "after a standstill only the newest of the missed reminders speaks"

    with make.acting(world.person("treasury", "counsel")) as by:
        actions.suspend(agreement=make.seen(agreement, by), by=by, reason="An incident is being looked into.")
    run(known[1], monkeypatch)
    assert counts(world)["treasury"] == 2, "a suspended agreement ends too"

    with make.acting(world.person("aurora", "drafter")) as by:
        actions.remind_of_end(agreement=agreement, day=end + timedelta(days=1), at=timezone.now().date())
        assert counts(world)["treasury"] == 2, "a clock of another end does nothing"
        actions.terminate(agreement=make.seen(agreement, by), by=by, reason="We end our part.")
    run(known[2], monkeypatch)
    assert counts(world)["treasury"] == 2, "notice ends it before its term does"
