"""The walls: which role the suite runs as, which tables are protected, and that no context means no rows."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from accounts.models import Membership, Organisation
from accounts.seats import seats_of
from core import rls
from tests.world import World, acting

# Tables without row-level security, each with the reason. Everything else must be protected and forced.
OPEN_TABLES = {
    "accounts_user": "read before there is a context (sign-in); pages reach people through memberships",
    "accounts_user_groups": "Django's, unused",
    "accounts_user_user_permissions": "Django's, unused",
    "accounts_limits": "counters of sign-in attempts",
    "account_emailaddress": "allauth, read at sign-in",
    "account_emailconfirmation": "allauth, read at sign-in",
    "mfa_authenticator": "allauth, read at sign-in",
    "usersessions_usersession": "allauth, read at sign-in",
    "django_session": "read before there is a context",
    "django_migrations": "Django's",
    "django_content_type": "Django's",
    "django_admin_log": "empty: the admin changes nothing",
    "auth_group": "Django's, unused",
    "auth_group_permissions": "Django's, unused",
    "auth_permission": "Django's, unused",
    "agencies_testingcapability": "reference data that agencies publish",
    "agreements_clause": "the published clause library",
    "agreements_clausealternative": "the published clause library",
    "agreements_agreementtemplate": "the published templates",
    "audit_queue": "written by a definer function; only the sealer's role may read it",
    "jobs_schedule": "names of recurring work",
    "jobs_echo": "effect of the diagnostic job",
    "notifications_mail": "read by the mail worker; no page of a person but the demo mailbox reads it",
}


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db
def test_the_suite_runs_as_the_applications_role() -> None:
    ((role, superuser, bypass),) = rows(
        "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert (role, superuser, bypass) == ("concord_web", False, False)


@pytest.mark.django_db
def test_every_table_is_protected_or_open_for_a_reason() -> None:
    found = rows(
        "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = relnamespace WHERE relkind = 'r' AND nspname = 'public'"
    )
    bare = {name for name, protected in found if not protected}
    assert bare == set(OPEN_TABLES) & bare, "protect these tables, or say why they are open"
    assert set(OPEN_TABLES) - {name for name, _ in found} == set(), "these entries name no table"


@pytest.mark.django_db
def test_nothing_walks_round_the_policies() -> None:
    assert rows("SELECT count(*) FROM pg_matviews WHERE schemaname = 'public'") == [(0,)]
    assert rows("SELECT count(*) FROM pg_views WHERE schemaname = 'public'") == [(0,)]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["CREATE TABLE mine (id int)", "TRUNCATE accounts_membership", "CREATE ROLE x"])
def test_the_application_may_not_change_the_schema(statement: str) -> None:
    with pytest.raises((ProgrammingError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_without_a_context_there_are_no_private_rows(world: World) -> None:
    with rls.context():
        assert not Organisation.objects.filter(kind="developer").exists()
        assert not Membership.objects.filter(organisation__kind="developer").exists()


def test_a_developer_sees_itself_and_the_agencies_but_no_rival(world: World) -> None:
    with acting(world.person("aurora", "drafter")):
        names = set(Organisation.objects.values_list("name", flat=True))
        assert "Aurora Cognition" in names
        assert "Department of Commerce" in names
        assert "Basalt Labs" not in names
        people = Membership.objects.filter(organisation__kind="developer").values_list("user__name", flat=True)
        assert set(people) == {
            "Ines Okafor",
            "Tomas Lindqvist",
            "Maren Vale",
            "Rafael Ito",
            "June Abara",
            "Edda Varnholt",
        }


def test_a_parent_agency_reaches_its_components(world: World) -> None:
    officer = world.person("commerce", "intake")
    with acting(officer):
        seats = seats_of(officer)
        assert seats.holds(world.agency("commerce-caisi").pk, "intake")
        assert not seats.holds(world.agency("defense-nsa").pk)


def test_a_deactivated_person_sees_nothing(world: World) -> None:
    person = world.person("aurora", "drafter")
    person.is_active = False
    person.save(update_fields=["is_active"])
    with acting(person):
        assert not Organisation.objects.filter(kind="developer").exists()
    assert seats_of(person).all == ()


def test_the_context_ends_with_its_block_and_nests(world: World) -> None:
    one, two = world.person("aurora", "drafter"), world.person("basalt", "drafter")
    with acting(one):
        with acting(two):
            assert list(Organisation.objects.filter(kind="developer")) == [world.basalt]
        assert list(Organisation.objects.filter(kind="developer")) == [world.aurora]
    assert rows("SELECT coalesce(current_setting('concord.user', true), '')") == [("",)]


def test_a_write_for_a_rival_is_refused(world: World) -> None:
    with pytest.raises(DatabaseError), acting(world.person("aurora", "drafter")):
        Membership.objects.create(user=world.person("basalt", "counsel"), organisation=world.basalt, roles=["counsel"])
