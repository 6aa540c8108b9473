"""Where a person sits: the policies' answer (`concord_seats()`) case by case, and what Python reads besides."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.roles import GUEST
from accounts.seats import seats_of
from accounts.visibility import reader
from core import rls
from early_access.models import EarlyAccessRequest
from tests.world import World, acting


def policed() -> set[UUID]:
    """The organisations whose rows the policies let the context read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT concord_seats()")
        return {row[0] for row in cursor.fetchall()}


def names(world: World, *keys: str) -> set[UUID]:
    return {world.organisations[key].pk for key in keys}


def test_nobody_has_no_seat(world: World) -> None:
    with rls.context():
        assert policed() == set()
    with rls.context(user=UUID(int=1)):
        assert policed() == set()


def test_a_member_has_one_seat_and_a_parent_agency_its_components(world: World) -> None:
    with acting(world.person("aurora", "drafter")):
        assert policed() == names(world, "aurora")
    with acting(world.person("commerce", "intake")):
        assert policed() == names(world, "commerce", "commerce-caisi", "commerce-bis")
    with acting(world.person("defense-nsa", "evaluator")):
        assert policed() == names(world, "defense-nsa")


def test_an_ended_seat_an_inactive_person_and_a_guest_have_none(world: World) -> None:
    person = world.person("aurora", "drafter")
    with acting(person):
        seat = Membership.objects.get(user=person)
        seat.roles = [GUEST]
        seat.save(update_fields=["roles"])
        assert policed() == set()
        seat.roles = [GUEST, "drafter"]
        seat.save(update_fields=["roles"])
        assert policed() == names(world, "aurora")
        seat.ended_at = timezone.now()
        seat.save(update_fields=["ended_at"])
        assert policed() == set()
    other = world.person("basalt", "drafter")
    User.objects.filter(pk=other.pk).update(is_active=False)
    with acting(other):
        assert policed() == set()


def test_oversight_and_administrators_read_every_organisation(world: World) -> None:
    for person in (world.person("oversight", "auditor"), world.staff):
        with acting(person):
            everywhere = set(Organisation.objects.values_list("pk", flat=True))
            assert policed() == everywhere >= names(world, "aurora", "basalt", "treasury")


def test_a_token_narrows_everybody(world: World) -> None:
    """`concord.only`: one organisation with its components, also for administrators and oversight."""
    officer, drafter = world.person("commerce", "intake"), world.person("aurora", "drafter")
    with rls.context():
        rls.become(officer.pk, world.agency("commerce").pk)
        assert policed() == names(world, "commerce", "commerce-caisi", "commerce-bis")
    with rls.context():
        rls.become(officer.pk, world.agency("commerce-caisi").pk)
        assert policed() == set(), "a component reached through its parent is no seat of its own"
    with rls.context():
        rls.become(drafter.pk, world.basalt.pk)
        assert policed() == set()
    with rls.context():
        rls.become(world.staff.pk, world.aurora.pk)
        assert policed() == set()
    with rls.context():
        rls.become(world.person("oversight", "auditor").pk, world.aurora.pk)
        assert policed() == set()


def test_a_job_sees_its_organisations_and_its_originators(world: World) -> None:
    with rls.context(organisations=(world.basalt.pk, world.agency("treasury").pk)):
        assert policed() == names(world, "basalt", "treasury")
    with rls.context(user=world.person("aurora", "drafter").pk, organisations=(world.basalt.pk,)):
        assert policed() == names(world, "aurora", "basalt")


@pytest.mark.django_db(transaction=True)
def test_an_agency_run_host_has_the_seats_of_its_login_whatever_it_sets(transactional_world: World) -> None:
    import psycopg2

    world, entry = transactional_world, connection.settings_dict
    host = psycopg2.connect(dbname=entry["NAME"], host=entry["HOST"], user="concord_agency_commerce")
    try:
        with host, host.cursor() as cursor:
            cursor.execute("SELECT set_config('concord.user', %s, true)", [str(world.staff.pk)])
            cursor.execute("SELECT set_config('concord.orgs', %s, true)", [str(world.aurora.pk)])
            cursor.execute("SELECT concord_seats()::text")
            found = {UUID(row[0]) for row in cursor.fetchall()}
    finally:
        host.close()
    mine = {o.pk for o in world.organisations.values() if o.database_role == "concord_agency_commerce"}
    assert found == mine
    assert mine >= names(world, "commerce")


def test_a_reader_is_an_active_person_and_brings_the_seats_of_the_request(world: World) -> None:
    officer = world.person("commerce", "intake")
    with acting(officer):
        person, seats = reader(officer) or (None, "{}")
        assert person == officer.pk
        assert {UUID(seat) for seat in seats.strip("{}").split(",")} == policed() == set(seats_of(officer).ids)
    assert reader(None) is None
    officer.is_active = False
    assert reader(officer) is None
    with acting(officer):
        assert EarlyAccessRequest.objects.newest_for(officer, columns=()) == []
        assert EarlyAccessRequest.objects.count_for(officer) == 0
        assert not EarlyAccessRequest.objects.visible_to(officer).exists()


def test_what_a_person_may_see_is_asked_without_asking_for_seats_again(
    world: World, django_assert_num_queries: object
) -> None:
    drafter = world.person("aurora", "drafter")
    with acting(drafter):
        seats_of(drafter)
        with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
            EarlyAccessRequest.objects.visible_to(drafter).filter(reference="REQ-NONE").first()
        with django_assert_num_queries(1):  # type: ignore[operator]  # as above
            EarlyAccessRequest.objects.newest_for(drafter, columns=("reference",))
