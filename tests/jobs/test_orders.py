"""Many jobs in one statement: one per key, rung no more often than a worker needs to hear it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from jobs import actions
from jobs.actions import FURTHER, Order
from jobs.models import Job
from jobs.testing import run_due
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(actions, "ring", lambda job_id, queue: heard.append(queue))
    return heard


def orders(many: int, queue: str = "default") -> list[Order]:
    return [Order("jobs.echo", f"echo:{queue}:{n}", queue=queue) for n in range(many)]


def test_many_jobs_are_one_statement_and_each_key_is_one_job(world: World, rung: list[str]) -> None:
    actions.enqueue("jobs.echo", key="echo:default:1")
    by = world.staff
    with CaptureQueriesContext(connection) as seen:
        assert actions.enqueue_all(orders(5), by=by) == 4
    assert len(seen) == 1, [q["sql"][:100] for q in seen]
    assert actions.enqueue_all(orders(5)) == 0
    assert Job.objects.count() == 5
    assert len(run_due()) == 5


def test_a_stored_order_has_all_that_a_job_needs(world: World, rung: list[str]) -> None:
    order = Order("jobs.echo", "echo:one", (world.aurora.pk,), {"thing": str(uuid4())}, "agency.treasury")
    actions.enqueue_all([order], by=world.staff)
    job = Job.objects.get(key="echo:one")
    assert (job.kind, job.queue, job.organisations, job.payload) == (
        "jobs.echo", "agency.treasury", [world.aurora.pk], order.payload,
    )  # fmt: skip
    assert (job.originator, job.state, job.attempts, job.fence) == (world.staff.pk, Job.State.QUEUED, 0, 0)
    assert job.max_attempts == 8 and job.not_before == job.next_ring_at


def test_nothing_is_ordered_without_a_statement(rung: list[str]) -> None:
    with CaptureQueriesContext(connection) as seen:
        assert actions.enqueue_all([]) == 0
    assert len(seen) == 0


def test_unknown_kinds_and_queues_are_errors_before_anything_is_stored() -> None:
    with pytest.raises(KeyError):
        actions.enqueue_all([*orders(2), Order("nobody.knows", "x")])
    with pytest.raises(ValueError, match="no queue"):
        actions.enqueue_all([*orders(2), Order("jobs.echo", "x", queue="agency.nowhere")])
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_each_queue_is_rung_once_for_what_one_worker_takes(rung: list[str]) -> None:
    with transaction.atomic():
        actions.enqueue_all([*orders(FURTHER + 1), *orders(FURTHER + 2, "agency.treasury")])
        assert rung == [], "only once they are committed"
    assert sorted(rung) == ["agency.treasury", "agency.treasury", "default"]
