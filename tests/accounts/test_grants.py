"""Individual grants: a guest sees the one object and nothing else, on the page, in the queryset and in SQL."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError
from django.test import Client
from django.utils import timezone
from guardian.core import ObjectPermissionChecker

from accounts import actions as people
from accounts import grants
from accounts.models import Membership, Organisation, User
from accounts.roles import GUEST
from accounts.seats import seats_of
from agreements import actions
from agreements.models import AgreementGrant, TestingAgreement
from audit.models import Event
from core.decisions import Conflict, Invalid, Refused
from tests.agreements import factories as f
from tests.world import World, acting, client_for

SOON = date.today() + timedelta(days=30)
TABLES = (
    "agreements_testingagreement",
    "agreements_agreementversion",
    "agreements_agreementparty",
    "agreements_obligation",
)


@pytest.fixture
def guest(world: World) -> User:
    """Outside counsel of Aurora, without any grant."""
    with acting(world.person("aurora", "administrator")) as by:
        _row, token = people.invite(organisation=world.aurora, email="oc@firm.example", roles=[GUEST], by=by)
    answer = {"name": "Otto Quist", "post": "Partner", "password": "correct horse battery staple"}
    assert Client().post(f"/invitation/{token}/", answer).status_code == 302
    return User.objects.get(email="oc@firm.example")


@pytest.fixture
def two(world: World) -> tuple[TestingAgreement, TestingAgreement]:
    return f.negotiated(world), f.negotiated(world)


def give(world: World, agreement: TestingAgreement, guest: User, role: str = "counsel") -> None:
    with f.acting(world.person("aurora", role)) as by:
        actions.give_access(agreement=agreement, person=guest, until=SOON, reason="Negotiates for us", by=by)


def sql_counts(person: User) -> dict[str, int]:
    """How many rows of each table row-level security shows the person, without any filter of ours."""
    found = {}
    with acting(person), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def sees(person: User, agreement: TestingAgreement) -> bool:
    """By queryset, list statement, list page and page, which must all say the same."""
    fresh = User.objects.get(pk=person.pk)
    with acting(fresh):
        by_queryset = TestingAgreement.objects.visible_to(fresh).filter(pk=agreement.pk).exists()
        listed = agreement.pk in {row["id"] for row in TestingAgreement.objects.newest_for(fresh, columns=("title",))}
    client = client_for(fresh)
    page = client.get(agreement.get_absolute_url()).status_code == 200
    in_list = agreement.reference in client.get("/agreements/").content.decode()
    assert len({by_queryset, listed, page, in_list}) == 1, (by_queryset, listed, page, in_list)
    return page


def test_without_a_grant_a_guest_sees_nothing_of_the_organisation(world, guest, two) -> None:
    assert seats_of(guest).all == ()
    assert not sees(guest, two[0])
    assert set(sql_counts(guest).values()) == {0}
    with acting(guest):
        assert not Membership.objects.filter(organisation=world.aurora).exclude(user=guest).exists()


def test_a_grant_shows_the_one_agreement_and_nothing_else(world, guest, two) -> None:
    give(world, two[0], guest)
    assert sees(guest, two[0])
    assert not sees(guest, two[1])
    counts = sql_counts(guest)
    assert counts["agreements_testingagreement"] == 1
    assert counts["agreements_agreementversion"] == 1
    assert counts["agreements_agreementparty"] == 4
    with acting(guest):
        assert grants.granted(guest, two[0]) and not grants.granted(guest, two[1])
        assert not Organisation.objects.filter(name="Basalt Labs").exists()
        assert ObjectPermissionChecker(guest).has_perm("view_testingagreement", two[0])
        assert not ObjectPermissionChecker(guest).has_perm("view_testingagreement", two[1])


def test_a_grant_is_for_reading_on_the_page_and_in_the_database(world, guest, two) -> None:
    give(world, two[0], guest)
    page = client_for(guest).get(two[0].get_absolute_url()).content.decode()
    assert "People with access" not in page
    with acting(guest), pytest.raises(Refused):
        actions.withdraw(agreement=two[0], by=guest)
    assert client_for(guest).post(f"{two[0].get_absolute_url()}resume/").status_code == 403
    with pytest.raises(DatabaseError), acting(guest):
        TestingAgreement.objects.filter(pk=two[0].pk).update(title="Mine now")
    with acting(guest), connection.cursor() as cursor:
        cursor.execute("DELETE FROM agreements_obligation")
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError), acting(guest):
        AgreementGrant.objects.create(
            user=guest, permission=Permission.objects.get(codename="view_testingagreement"), content_object=two[1],
            organisation=world.aurora, given_by=guest, expires_at=timezone.now() + timedelta(days=9), reason="x",
        )  # fmt: skip


def test_a_guest_reads_the_signatures_and_the_executed_copy(world, guest) -> None:
    agreement = f.in_force(world, ("treasury",))
    address = agreement.get_absolute_url()
    assert client_for(guest).get(f"{address}executed.pdf").status_code == 404
    give(world, agreement, guest)
    page = client_for(guest).get(address).content.decode()
    assert world.person("aurora", "signatory").name in page and world.person("treasury", "signatory").name in page
    assert "Nothing has happened yet" not in page
    answer = client_for(guest).get(f"{address}executed.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_a_guest_is_led_to_agreements_and_nowhere_else(world, guest) -> None:
    page = client_for(guest).get("/agreements/").content.decode()
    assert 'href="/agreements/"' in page
    assert "/requests/" not in page and 'href="/organisation/"' not in page


def test_a_revoked_grant_ends_at_the_next_request_and_stands_in_the_record(world, guest, two) -> None:
    give(world, two[0], guest)
    with f.acting(world.person("aurora", "administrator")) as by:
        actions.take_access(agreement=two[0], person=guest, by=by)
        verbs = set(Event.objects.filter(verb__startswith="accounts.access_").values_list("verb", flat=True))
        with pytest.raises(Conflict):
            actions.take_access(agreement=two[0], person=guest, by=by)
    assert verbs == {"accounts.access_granted", "accounts.access_revoked"}
    assert not sees(guest, two[0])
    assert set(sql_counts(guest).values()) == {0}


def test_an_expired_grant_shows_nothing(world, guest, two) -> None:
    give(world, two[0], guest)
    with f.acting(world.person("aurora", "counsel")):
        assert AgreementGrant.objects.update(expires_at=timezone.now() - timedelta(hours=1)) == 1
    assert not sees(guest, two[0])
    assert set(sql_counts(guest).values()) == {0}
    with acting(guest):
        assert not grants.granted(guest, two[0])


def test_who_leaves_the_organisation_takes_no_grant_along(world, guest, two) -> None:
    give(world, two[0], guest)
    with f.acting(world.person("aurora", "administrator")) as by:
        people.end_membership(membership=Membership.objects.get(user=guest), by=by)
        assert not AgreementGrant.objects.exists()
    assert not sees(guest, two[0])
    assert set(sql_counts(guest).values()) == {0}


def test_a_closed_account_sees_nothing(world, guest, two) -> None:
    give(world, two[0], guest)
    User.objects.filter(pk=guest.pk).update(is_active=False)
    fresh = User.objects.get(pk=guest.pk)
    assert set(sql_counts(fresh).values()) == {0}
    with acting(fresh):
        assert not TestingAgreement.objects.visible_to(fresh).exists()


@pytest.mark.parametrize(("organisation", "role"), [("aurora", "drafter"), ("treasury", "counsel")])
def test_who_may_not_give_access_is_refused(world, guest, two, organisation: str, role: str) -> None:
    with f.acting(world.person(organisation, role)) as by, pytest.raises(Refused):
        actions.give_access(agreement=two[0], person=guest, until=SOON, reason="x", by=by)
    assert client_for(by).get(f"{two[0].get_absolute_url()}access/").status_code == 403


def test_a_rival_finds_nothing_to_give(world, guest, two) -> None:
    assert client_for(world.person("basalt", "counsel")).get(f"{two[0].get_absolute_url()}access/").status_code == 404


def test_only_outside_counsel_of_the_developer_and_only_into_the_future(world, guest, two) -> None:
    with f.acting(world.person("aurora", "counsel")) as by:
        with pytest.raises(Invalid):
            actions.give_access(
                agreement=two[0], person=world.person("basalt", "counsel"), until=SOON, reason="x", by=by
            )
        with pytest.raises(Invalid):
            actions.give_access(agreement=two[0], person=guest, until=date(2020, 1, 1), reason="x", by=by)
        with pytest.raises(Invalid):
            actions.give_access(agreement=two[0], person=guest, until=SOON, reason=" ", by=by)


def test_outside_counsel_is_a_role_alone(world) -> None:
    with acting(world.person("aurora", "administrator")) as by, pytest.raises(Invalid):
        people.invite(organisation=world.aurora, email="x@firm.example", roles=[GUEST, "counsel"], by=by)
    with acting(world.person("treasury", "administrator")) as by, pytest.raises(Invalid):
        people.invite(organisation=world.agency("treasury"), email="x@firm.example", roles=[GUEST], by=by)


def test_the_panel_gives_and_takes_access_without_javascript(world, guest, two) -> None:
    client, address = client_for(world.person("aurora", "counsel")), two[0].get_absolute_url()
    assert "No outside counsel has access" in client.get(address).content.decode()
    sent = {"person": str(guest.pk), "until": SOON.isoformat(), "reason": "Negotiates for us"}
    assert client.post(f"{address}access/", sent).status_code == 302
    page = client.get(address).content.decode()
    assert "Otto Quist" in page and "Negotiates for us" in page
    assert "Otto Quist" not in client_for(world.person("treasury", "counsel")).get(address).content.decode()
    form = client.get(f"{address}access/").content.decode()
    assert "Edda Varnholt" in form and "Otto Quist" not in form
    other = world.person("aurora", "outside_counsel")
    assert client.post(f"{address}access/", sent | {"person": str(other.pk)}).status_code == 302
    assert "nobody to add" in client.get(f"{address}access/").content.decode()
    with f.acting(world.person("aurora", "counsel")):
        row = AgreementGrant.objects.get(user=guest)
    assert client.post(f"{address}access/{row.pk}/remove/").status_code == 302
    assert not sees(guest, two[0])


def test_a_person_reads_only_their_own_second_factor(world) -> None:
    one, two = world.person("aurora", "counsel"), world.person("basalt", "counsel")
    client_for(one), client_for(two)
    with acting(one), connection.cursor() as cursor:
        cursor.execute("SELECT user_id FROM mfa_authenticator")
        assert cursor.fetchall() == [(one.pk,)]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["guardian_userobjectpermission", "guardian_groupobjectpermission"])
def test_guardians_generic_tables_take_no_row(table: str) -> None:
    with pytest.raises((DatabaseError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, '{{}}')).*")
