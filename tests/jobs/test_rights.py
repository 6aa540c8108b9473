"""Each process has a role of its own with the rights it needs and no more (security.md: processes and roles)."""

import pytest
from django.db import connection

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


def test_the_mail_process_has_mail_and_its_jobs_only() -> None:
    assert tables_of("concord_mail") == {
        "jobs_job": {"SELECT", "INSERT", "UPDATE"},
        "jobs_echo": {"SELECT", "INSERT"},
        "notifications_mail": {"SELECT", "UPDATE"},
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
        "notifications_mail", "notifications_notice", "jobs_schedule", "audit_queue",
    }  # fmt: skip
    assert not hidden & set(found)
    assert found["audit_event"] == {"SELECT", "INSERT"}


def test_nobody_but_the_owner_truncates() -> None:
    for role in ("concord_web", "concord_worker", "concord_agency_commerce"):
        assert not [t for t, rights in tables_of(role).items() if "TRUNCATE" in rights]
