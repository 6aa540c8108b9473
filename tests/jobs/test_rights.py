"""Each process has a role of its own with the rights it needs and no more (security.md: processes and roles)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import psycopg2
import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from jobs import actions, schedules, sweeping
from jobs.models import Echo, Job, Schedule
from jobs.running import run
from notifications import actions as notify
from tests.world import World

pytestmark = pytest.mark.django_db


def tables_of(role: str) -> dict[str, set[str]]:
    """Table → rights of a role."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, r FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) r"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND has_table_privilege(%s, c.oid, r)",
            [role],
        )
        found: dict[str, set[str]] = {}
        for table, right in cursor.fetchall():
            found.setdefault(table, set()).add(right)
    return found


def test_the_sweeper_has_jobs_and_schedules_only() -> None:
    assert tables_of("concord_sweeper") == {
        "jobs_job": {"SELECT", "INSERT", "UPDATE"},
        "jobs_schedule": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    }


def test_the_mail_process_has_mail_webhooks_and_its_jobs_only() -> None:
    assert tables_of("concord_mail") == {
        "jobs_job": {"SELECT", "INSERT", "UPDATE"},
        "jobs_echo": {"SELECT", "INSERT"},
        "notifications_mail": {"SELECT", "UPDATE"},
        "webhooks_endpoint": {"SELECT"},
        "webhooks_secret": {"SELECT"},
        "webhooks_health": {"SELECT"},  # and UPDATE of two columns
        "webhooks_delivery": {"SELECT", "UPDATE"},
        "webhooks_attempt": {"SELECT", "INSERT"},
    }


def test_the_sealer_reads_events_and_empties_the_queue() -> None:
    found = tables_of("concord_sealer")
    assert found["audit_event"] == {"SELECT"}
    assert found["audit_queue"] == {"SELECT", "DELETE"}
    assert not {name for name in found if not name.startswith(("audit_", "jobs_"))}


@pytest.mark.parametrize("agency", ["treasury", "defense", "commerce", "homeland"])
def test_an_agencys_process_reads_no_sign_in_data_and_no_mail(agency: str) -> None:
    found = tables_of(f"concord_agency_{agency}")
    hidden = {
        "django_session", "mfa_authenticator", "usersessions_usersession", "account_emailaddress", "accounts_limits",
        "notifications_mail", "notifications_notice", "jobs_schedule", "audit_queue", "webhooks_secret", "webhooks_endpoint",
        "webhooks_delivery",
    }  # fmt: skip
    assert not hidden & set(found)
    assert found["audit_event"] == {"SELECT", "INSERT"}


def test_nobody_but_the_owner_truncates() -> None:
    for role in ("concord_web", "concord_worker", "concord_agency_commerce"):
        assert not [t for t, rights in tables_of(role).items() if "TRUNCATE" in rights]


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Run a block with the rights of another process."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute("SET LOCAL ROLE concord_web")


def test_the_mail_process_can_send_with_its_rights(world: World) -> None:
    notify.tell_address("somebody@aurora.example", "accounts/invitation", {"organisation": "Aurora", "link": "/x"})
    job = Job.objects.get(kind="notifications.mail")
    with as_role("concord_mail"):
        assert run(job.pk) is True, Job.objects.get(pk=job.pk).error
    assert [m.to for m in mail.outbox] == [["somebody@aurora.example"]]


def test_the_sweeper_can_take_its_turn_with_its_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ring", lambda job, queue: True)
    monkeypatch.setattr(schedules, "RECURRING", {})
    schedules.register("tick", kind="jobs.echo", every_seconds=60)
    late = timezone.now() - timedelta(seconds=9)
    for key in "ab":
        actions.enqueue("jobs.echo", key=key)
    Job.objects.update(next_ring_at=late)
    Job.objects.filter(key="b").update(state="running", attempts=8, lease_until=late)
    with as_role("concord_sweeper"):
        schedules.store()
        Schedule.objects.update(next_at=late)
        assert sweeping.turn() == sweeping.Turn(rung=1, buried=1, started=1)


@pytest.mark.parametrize("role", ["concord_worker", "concord_mail", "concord_sealer", "concord_agency_commerce"])
def test_the_diagnostic_job_makes_a_round_trip_in_every_process(role: str) -> None:
    job = actions.enqueue("jobs.echo", key=f"echo:{role}")
    with as_role(role):
        assert run(job.pk) is True, Job.objects.get(pk=job.pk).error
    assert Echo.objects.get(job=job).role == role


@pytest.mark.django_db(transaction=True)
def test_an_agencys_process_orders_work_from_queues_that_it_does_not_see() -> None:
    entry = connection.settings_dict
    agencys = psycopg2.connect(dbname=entry["NAME"], host=entry["HOST"], user="concord_agency_treasury")
    now = timezone.now()
    order = [uuid4(), now, "jobs.echo", "default", "echo:once", [], None, "{}", 8, now, now]
    with agencys, agencys.cursor() as cursor:
        for expected in (1, 0):
            cursor.execute(actions.INSERT.replace(":rows", actions.ROW), order)
            assert cursor.rowcount == expected
        cursor.execute("SELECT count(*) FROM jobs_job")
        assert cursor.fetchone() == (0,)
    agencys.close()
    assert Job.objects.get().key == "echo:once"


@pytest.mark.django_db(transaction=True)
def test_an_agencys_process_sees_its_own_queues_only() -> None:
    for queue in ("default", "agency.defense", "agency.defense-nsa", "agency.commerce", "agency.homeland-cisa"):
        actions.enqueue("jobs.echo", key=queue, queue=queue)
    entry = connection.settings_dict
    seen = {}
    for agency in ("defense", "commerce", "treasury"):
        agencys = psycopg2.connect(dbname=entry["NAME"], host=entry["HOST"], user=f"concord_agency_{agency}")
        try:
            with agencys.cursor() as cursor:
                cursor.execute("SELECT queue FROM jobs_job ORDER BY queue")
                seen[agency] = [row[0] for row in cursor.fetchall()]
                cursor.execute("UPDATE jobs_job SET state = 'dead' WHERE queue NOT LIKE %s", [f"agency.{agency}%"])
                assert cursor.rowcount == 0
        finally:
            agencys.close()
    assert seen == {
        "defense": ["agency.defense", "agency.defense-nsa"],
        "commerce": ["agency.commerce"],
        "treasury": [],
    }
