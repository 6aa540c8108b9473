"""Workers read people, but neither their password hashes nor their sessions and second factors."""

import psycopg2
import pytest
from django.db import connection
from psycopg2.errors import InsufficientPrivilege

from accounts.models import User
from config import env
from tests.world import World

ROLES = ("concord_worker", "concord_agency_commerce")


def rows(role: str, sql: str) -> list[tuple]:
    """What the role's own login reads, with the options that its address gets."""
    entry = connection.settings_dict
    options = env.database(f"postgresql://{role}@/x")["OPTIONS"]["options"]
    place = {"dbname": entry["NAME"], "host": entry["HOST"], "port": entry["PORT"] or None}
    with psycopg2.connect(user=role, options=options, **place) as link, link.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ROLES)
def test_a_worker_reads_names_and_no_hash(transactional_world: World, role: str) -> None:
    person = transactional_world.person("aurora", "counsel")
    person.set_password("correct horse battery staple")
    person.save()
    columns = ", ".join(f.column for f in User._meta.concrete_fields)
    assert rows(role, f"SELECT name, password FROM accounts_user WHERE id = '{person.pk}'") == [(person.name, "!")]
    assert len(rows(role, f"SELECT {columns} FROM accounts_user")) == User.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "table", ["public.accounts_user", "mfa_authenticator", "django_session", "usersessions_usersession"]
)
def test_a_worker_has_no_right_on_what_signs_people_in(role: str, table: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        rows(role, f"SELECT 1 FROM {table}")


def test_only_workers_read_through_the_narrow_schema() -> None:
    assert "OPTIONS" not in env.database("postgresql://concord_web@/x")
    assert "OPTIONS" not in env.database("postgresql://concord_owner@/x")
    given = env.database("postgresql://admin@/x?options=-c%20role%3Dconcord_worker")["OPTIONS"]
    assert given == {"options": "-c role=concord_worker -c search_path=concord_narrow,public"}
