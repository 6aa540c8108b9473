"""Durable work: one effect per key, fenced, retried with delay, buried visibly; the sweeper needs no broker."""

import re
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from jobs import actions, kinds, leases, reports, schedules, sweeping, tasks
from jobs.models import Echo, Job, Schedule
from jobs.running import run, run_next
from jobs.testing import run_due
from notifications.models import Notice
from tests.world import World, acting

pytestmark = pytest.mark.django_db


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
    old = fence_of(leases.claim(job.pk))
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    new = fence_of(leases.claim(job.pk))
    assert (old, new) == (1, 2)
    with pytest.raises(leases.LeaseLost), transaction.atomic():
        leases.finish(job.pk, old)
    with pytest.raises(leases.LeaseLost), transaction.atomic():
        leases.extend(job, old, 30)
    assert leases.fail(job.pk, old, "late") is None
    leases.finish(job.pk, new)


def fence_of(claimed: Job | None) -> int:
    assert claimed is not None
    return claimed.fence


def test_a_live_lease_keeps_others_away() -> None:
    job = actions.enqueue("jobs.echo", key="echo:4")
    claimed = leases.claim(job.pk)
    assert fence_of(claimed) == 1 and claimed == job
    assert leases.claim(job.pk) is None


def test_a_claim_lasts_as_long_as_the_kind_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.KINDS, "tests.long", kinds.Kind("tests.long", "unused", seconds=100))
    for kind, seconds in (("jobs.echo", 30), ("tests.long", 150)):
        claimed = leases.claim(actions.enqueue(kind, key=kind).pk)
        assert claimed is not None and claimed.lease_until is not None
        assert abs((claimed.lease_until - timezone.now()).total_seconds() - seconds) < 10


def test_a_kind_that_nobody_registered_is_written_on_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.KINDS, "tests.gone", kinds.Kind("tests.gone", "unused"))
    job = actions.enqueue("tests.gone", key="gone")
    monkeypatch.delitem(kinds.KINDS, "tests.gone")
    assert run(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 1) and "tests.gone" in job.error


def test_the_next_due_job_of_a_queue_is_taken_oldest_first_and_only_there() -> None:
    late = actions.enqueue("jobs.echo", key="late", not_before=timezone.now() + timedelta(days=1))
    other = actions.enqueue("jobs.echo", key="other", queue="mail")
    first, second = (actions.enqueue("jobs.echo", key=f"echo:{n}") for n in (1, 2))
    assert [run_next("default") for _ in range(3)] == [True, True, False]
    assert {row.pk: row.state for row in Job.objects.all()} == {
        first.pk: "done", second.pk: "done", late.pk: "queued", other.pk: "queued",
    }  # fmt: skip


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
    monkeypatch.setattr(actions, "ring", lambda job, queue: rung.append(queue) or True)
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


def test_a_broker_that_is_away_is_only_counted_and_not_asked_again_at_once(
    settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BROKER_URL = "redis+socket:///nonexistent/valkey.sock"
    bell = actions.Doorbell()
    assert bell.ring(Job(key="x").pk, "default") is False
    began = time.monotonic()
    assert bell.ring(Job(key="x").pk, "default") is False
    assert time.monotonic() - began < 0.05, "the breaker is open"
    assert bell.missed == 2
    assert caplog.text.count("did not take a ring") == 1


def test_what_the_broker_did_not_take_keeps_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ring", lambda job, queue: False)
    job = actions.enqueue("jobs.echo", key="echo:7")
    Job.objects.update(next_ring_at=timezone.now() - timedelta(seconds=3))
    assert sweeping.turn().rung == 0
    job.refresh_from_db()
    assert job.rung == 0
    assert job.next_ring_at <= timezone.now() - timedelta(seconds=1), "the next turn rings it"


def test_rings_are_damped_and_doubling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ring", lambda job, queue: True)
    job = actions.enqueue("jobs.echo", key="echo:8")
    waits = []
    for _ in range(6):
        Job.objects.update(next_ring_at=timezone.now() - timedelta(seconds=3))
        sweeping.turn()
        job.refresh_from_db()
        waits.append(round((job.next_ring_at - timezone.now()).total_seconds()))
    assert waits == [3, 6, 12, 24, 48, 60]


def test_a_death_is_told_to_staff_once(world: World) -> None:
    job = actions.enqueue("tests.failing", key="f")
    for _ in range(2):
        Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
        run(job.pk)
    run_due()
    with acting(world.staff):
        (notice,) = Notice.objects.filter(user=world.staff)
    assert notice.subject == "Work failed for good: tests.failing"
    assert str(job.pk) in notice.url
    assert [m.to for m in mail.outbox] == [[world.staff.email]]


def test_mail_that_cannot_be_sent_is_told_without_mail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.report_death(actions.enqueue("jobs.echo", key="e").pk, "jobs.report")
    assert Job.objects.filter(kind="jobs.report").count() == 0, "no reports of reports"
    letter = actions.enqueue("notifications.mail", key="mail:x", payload={"mail": str(world.aurora.pk)}, queue="mail")
    Job.objects.filter(pk=letter.pk).update(attempts=7)
    run(letter.pk)
    letter.refresh_from_db()
    assert letter.state == "dead"
    run_due()
    with acting(world.staff):
        assert Notice.objects.get(user=world.staff).kind == "jobs.mail_died"
    assert mail.outbox == []


def test_a_dead_job_can_be_done_again() -> None:
    job = actions.enqueue("jobs.echo", key="echo:9")
    with pytest.raises(CommandError, match="no dead job"):
        call_command("redo", str(job.pk))
    Job.objects.update(state="dead", attempts=8, error="x", done_at=timezone.now())
    call_command("redo", str(job.pk), stdout=StringIO())
    assert run_due() == [job]


EFFECTS: list[str] = []


def stand_still(job: Job) -> None:
    """The first owner stands still past its lease; meanwhile a second one does the whole job."""
    if job.attempts == 1:
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        assert run(job.pk) is True


def note_effect(job: Job, _: None) -> None:
    EFFECTS.append(job.key)


@pytest.mark.parametrize(("fenced", "effects"), [(True, 1), (False, 2)], ids=["fenced", "control"])
def test_the_fence_is_what_keeps_a_late_owner_out(monkeypatch: pytest.MonkeyPatch, fenced: bool, effects: int) -> None:
    EFFECTS.clear()
    here = "tests.jobs.test_jobs."
    monkeypatch.setitem(kinds.KINDS, "tests.late", kinds.Kind("tests.late", f"{here}note_effect", f"{here}stand_still"))
    if not fenced:
        monkeypatch.setattr(leases, "FINISH", "UPDATE jobs_job SET state = 'done' WHERE id = %s AND %s > 0")
    assert run(actions.enqueue("tests.late", key="late").pk) is not fenced
    assert len(EFFECTS) == effects, "without the fence the effect happens twice"


def sleep_long(job: Job) -> None:
    time.sleep(5)


def test_an_attempt_ends_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        kinds.KINDS, "tests.slow", kinds.Kind("tests.slow", "tests.jobs.test_jobs.sleep_long", seconds=1)
    )
    job = actions.enqueue("tests.slow", key="s")
    began = time.monotonic()
    assert run(job.pk) is False
    assert time.monotonic() - began < 1.5
    job.refresh_from_db()
    assert (job.state, job.error) == ("queued", "ran out of time")


def test_a_message_brings_in_further_due_work() -> None:
    first, second = actions.enqueue("jobs.echo", key="m:1"), actions.enqueue("jobs.echo", key="m:2")
    other = actions.enqueue("jobs.echo", key="m:3", queue="mail")
    tasks.ring.run(str(first.pk))
    assert set(Echo.objects.values_list("job_id", flat=True)) == {first.pk, second.pk}
    assert Job.objects.get(pk=other.pk).state == "queued"


def test_celery_runs_with_the_measured_settings() -> None:
    from config.celery import app

    assert app.conf.task_acks_late and app.conf.task_reject_on_worker_lost and app.conf.task_ignore_result
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit
    assert app.conf.get("CELERY_DB_REUSE_MAX") == 1000
    assert all(queue.routing_key == queue.name for queue in app.conf.task_queues)
    assert not app.conf.task_create_missing_queues


def test_no_room_sends_work_past_the_table() -> None:
    forbidden = re.compile(r"\.(delay|apply_async|send_task)\(")
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for room in settings.ROOMS
        for path in (settings.BASE_DIR / room).rglob("*.py")
        if forbidden.search(path.read_text())
    ]
    assert found == ["jobs/actions.py"]
