"""The profile: times in one's own zone, shortcuts, sessions one by one, and where everything else is."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.agreements import factories as agreement_in
from tests.early_access import factories as make
from tests.world import World, acting, client_for


def in_zone(person: User, zone: str) -> None:
    User.objects.filter(pk=person.pk).update(time_zone=zone)


def test_times_are_shown_in_the_zone_of_the_profile_with_its_name(world: World) -> None:
    request = make.submitted(world)
    drafter = world.person("aurora", "drafter")
    url = f"/requests/{request.reference}/"
    assert " UTC)" in client_for(drafter).get(url).content.decode()
    in_zone(drafter, "Asia/Tokyo")
    page = client_for(world.person("aurora", "drafter")).get(url).content.decode()
    assert " JST)" in page and " UTC)" not in page
    assert timezone.get_current_timezone_name() == "UTC", "nothing of it outlives the request"


def test_the_api_and_other_people_stay_in_utc(world: World) -> None:
    request = make.submitted(world)
    drafter = world.person("aurora", "drafter")
    in_zone(drafter, "America/New_York")
    shown = client_for(world.person("aurora", "drafter")).get(f"/api/v1/requests/{request.reference}/timeline/")
    assert {row["at"][-1] for row in shown.json()["results"]} == {"Z"}
    assert (
        " UTC)" in client_for(world.person("aurora", "counsel")).get(f"/requests/{request.reference}/").content.decode()
    )


def test_instants_typed_in_utc_are_read_in_utc_whatever_the_zone(world: World) -> None:
    administrator = world.person("aurora", "administrator")
    in_zone(administrator, "Asia/Tokyo")
    typed = {
        "number": "D-7", "title": "Delegation", "instruments": ["mou"], "valid_from": "2026-11-24 00:00",
        "valid_until": "2027-11-24 12:30", "holder": str(world.person("aurora", "signatory").pk),
    }  # fmt: skip
    answer = client_for(world.person("aurora", "administrator")).post("/agreements/authorities/new/", typed)
    assert answer.status_code == 302, answer.content.decode()
    from agreements.models import SignatureAuthority

    with agreement_in.acting(administrator):
        row = SignatureAuthority.objects.get(number="D-7")
    assert (row.valid_from.isoformat(), row.valid_until.isoformat()) == (
        "2026-11-24T00:00:00+00:00",
        "2027-11-24T12:30:00+00:00",
    )


def test_the_profile_saves_and_leads_everywhere(world: World) -> None:
    client = client_for(world.person("aurora", "drafter"))
    page = client.get("/profile/").content.decode()
    for way in ("/accounts/2fa/", "/accounts/sessions/", "/notifications/mail/", "/notifications/calendar/"):
        assert f'href="{way}"' in page
    assert "Aurora Cognition" in page and "Policy lead" in page
    typed = {"name": "Ines Okafor-Bell", "post": "Head of Policy", "time_zone": "Europe/Vienna"}
    assert client.post("/profile/", typed).status_code == 302
    person = world.person("aurora", "drafter")
    assert (person.name, person.time_zone, person.keyboard_shortcuts) == ("Ines Okafor-Bell", "Europe/Vienna", False)
    assert 'data-shortcuts="off"' in client.get("/profile/").content.decode()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", ""])
def test_only_zones_that_exist_are_taken(world: World, zone: str) -> None:
    client = client_for(world.person("aurora", "drafter"))
    assert client.post("/profile/", {"name": "x", "time_zone": zone}).status_code == 200
    assert world.person("aurora", "drafter").time_zone == "UTC"


def signed_in(person: User, browser: str) -> Client:
    client = client_for(person)
    key = client.cookies["session"].value
    UserSession.objects.filter(session_key=key).update(user_agent=browser)
    return client


def test_a_person_ends_one_of_their_sessions(world: World) -> None:
    drafter = world.person("aurora", "drafter")
    here, there = signed_in(drafter, "Desk"), signed_in(drafter, "Phone")
    page = here.get("/accounts/sessions/").content.decode()
    assert "Desk" in page and "Phone" in page
    other = UserSession.objects.get(user_agent="Phone")
    assert here.post(f"/profile/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/profile/").status_code == 302, "signed out at the next request"
    assert here.get("/profile/").status_code == 200


def test_nobody_ends_the_session_of_another_or_their_own_by_mistake(world: World) -> None:
    drafter, rival = world.person("aurora", "drafter"), world.person("basalt", "drafter")
    here, theirs = signed_in(drafter, "Desk"), signed_in(rival, "Rival")
    foreign = UserSession.objects.get(user_agent="Rival")
    assert here.post(f"/profile/sessions/{foreign.pk}/end/").status_code == 404
    assert theirs.get("/profile/").status_code == 200
    own = UserSession.objects.get(user_agent="Desk")
    assert here.post(f"/profile/sessions/{own.pk}/end/").status_code == 302
    assert here.get("/profile/").status_code == 200
    assert here.get(f"/profile/sessions/{own.pk}/end/").status_code == 405


def test_somebody_without_a_seat_has_a_profile_too(world: World) -> None:
    guest = world.person("aurora", "outside_counsel")
    page = client_for(guest).get("/profile/").content.decode()
    assert "You have no seat in an organisation" in page
    with acting(guest):
        assert guest.memberships.count() == 1
