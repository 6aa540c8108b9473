"""Durable work: one effect per key, fenced, retried with delay, buried visibly; the sweeper needs no broker."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from jobs import actions, kinds, leases, schedules, sweeping
from jobs.models import Echo, Job, Schedule
from jobs.running import run
from jobs.testing import run_due

pytestmark = pytest.mark.django_db

CALLS: list[str] = []


def finish_failing(job: Job) -> None:
    Echo.objects.create(job=job, role="half", process="written")
    raise RuntimeError("the far side said no")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        kinds.KINDS, "tests.failing", kinds.Kind("tests.failing", "tests.jobs.test_jobs.finish_failing", max_attempts=2)
    )


def test_the_same_key_is_one_job() -> None:
    first = actions.enqueue("jobs.echo", key="echo:1")
    assert actions.enqueue("jobs.echo", key="echo:1") == first
    assert run_due() == [first]
    assert Echo.objects.get(job=first).role == "concord_web"


def test_unknown_kinds_and_queues_are_errors() -> None:
    with pytest.raises(KeyError):
        actions.enqueue("nobody.knows", key="x")
    with pytest.raises(ValueError, match="no queue"):
        actions.enqueue("jobs.echo", key="x", queue="agency.nowhere")
    with pytest.raises(ValueError, match="split it"):
        kinds.register("x", finish="x", seconds=161)


def test_a_second_ring_does_nothing() -> None:
    job = actions.enqueue("jobs.echo", key="echo:2")
    assert run(job.pk) is True
    assert run(job.pk) is False
    assert Echo.objects.count() == 1


def test_a_failure_leaves_no_effect_and_waits_before_it_is_tried_again() -> None:
    job = actions.enqueue("tests.failing", key="f")
    assert run(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 1)
    assert "the far side said no" in job.error
    assert job.not_before > timezone.now()
    assert not Echo.objects.exists()


def test_used_up_attempts_are_dead_and_visible() -> None:
    job = actions.enqueue("tests.failing", key="f")
    run(job.pk)
    Job.objects.update(not_before=timezone.now())
    run(job.pk)
    job.refresh_from_db()
    assert job.state == "dead"
    assert job.done_at


def test_an_old_owner_cannot_finish_behind_a_new_one() -> None:
    job = actions.enqueue("jobs.echo", key="echo:3")
    old = leases.claim(job.pk, 0)  # a lease that has already run out
    new = leases.claim(job.pk, 30)
    assert (old, new) == (1, 2)
    with pytest.raises(leases.LeaseLost), transaction.atomic():
        leases.finish(job.pk, old)
    with pytest.raises(leases.LeaseLost), transaction.atomic():
        leases.extend(job, old, 30)
    assert leases.fail(job.pk, old, "late") is None
    leases.finish(job.pk, new)


def test_a_live_lease_keeps_others_away() -> None:
    job = actions.enqueue("jobs.echo", key="echo:4")
    assert leases.claim(job.pk, 30) == 1
    assert leases.claim(job.pk, 30) is None


def test_a_clock_fires_when_it_is_due_and_not_before() -> None:
    actions.enqueue("jobs.echo", key="clock", not_before=timezone.now() + timedelta(days=3))
    assert run_due() == []
    assert len(run_due(at=timezone.now() + timedelta(days=4))) == 1


def test_a_cancelled_clock_never_fires() -> None:
    actions.enqueue("jobs.echo", key="clock", not_before=timezone.now() + timedelta(days=3))
    assert actions.cancel(key="clock") is True
    assert actions.cancel(key="clock") is False
    assert run_due(at=timezone.now() + timedelta(days=4)) == []


def test_the_sweeper_rings_what_nobody_rang(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(actions, "ring", lambda job, queue, seconds=20: rung.append(queue) or True)
    job = actions.enqueue("jobs.echo", key="echo:5", queue="agency.defense-nsa")
    assert sweeping.turn().rung == 0, "it was rung a moment ago"
    Job.objects.update(next_ring_at=timezone.now() - timedelta(seconds=3))
    assert sweeping.turn().rung == 1
    assert rung == ["agency.defense-nsa"]
    job.refresh_from_db()
    assert job.next_ring_at > timezone.now(), "damped: not again at once"


def test_the_sweeper_buries_what_killed_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    job = actions.enqueue("jobs.echo", key="echo:6")
    Job.objects.update(state="running", attempts=8, lease_until=timezone.now() - timedelta(seconds=1))
    assert sweeping.turn().buried == 1
    job.refresh_from_db()
    assert (job.state, job.error) == ("dead", "its worker died each time")


def test_a_schedule_ticks_once_after_a_long_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "RECURRING", {})
    schedules.register("tick", kind="jobs.echo", every_seconds=60)
    schedules.store()
    schedules.store()
    Schedule.objects.update(next_at=timezone.now() - timedelta(hours=1))
    assert sweeping.turn().started == 1
    assert sweeping.turn().started == 0
    assert Schedule.objects.get().next_at > timezone.now()
    assert Job.objects.filter(key__startswith="schedule:tick:").count() == 1


def test_a_broker_that_is_away_is_only_counted(settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.BROKER_URL = "redis+socket:///nonexistent/valkey.sock"
    actions._doorbell.cache_clear()
    try:
        assert actions.ring(Job(key="x").pk, "default") is False
    finally:
        actions._doorbell.cache_clear()
    assert "did not take a ring" in caplog.text
