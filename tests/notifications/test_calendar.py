"""The calendar feed: a secret address that can be made anew, references and dates only, for what is visible now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from early_access import actions as early_access
from notifications import actions, calendar
from notifications.calendar import Entry, as_ics
from notifications.models import CalendarFeed
from tests.agreements import factories as agreement_in
from tests.early_access import factories as make
from tests.world import World, acting, client_for

PAGE = "/notifications/calendar/"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    """The lines of a calendar file as a program reads them; every rule of RFC 5545 on lines is asserted on the way."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    raw = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in raw)
    return "\n".join(raw).replace("\n ", "").split("\n")


def events(text: str) -> list[dict[str, str]]:
    lines, found = unfolded(text), []
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT" and line != "END:VCALENDAR":
            name, _, value = line.partition(":")
            assert name not in found[-1]
            found[-1][name] = value
    return found


def address(person: User) -> str:
    page = client_for(person).post(PAGE)
    return str(page.context["address"]).removeprefix("http://testserver")


def test_the_address_is_shown_once_and_opens_without_a_session(world: World) -> None:
    make.scheduled(world)
    drafter = world.person("aurora", "drafter")
    client = client_for(drafter)
    assert "Make an address" in client.get(PAGE).content.decode()
    page = client.post(PAGE)
    path = str(page.context["address"]).removeprefix("http://testserver")
    assert path in page.content.decode()
    assert path not in client.get(PAGE).content.decode()
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "no-store"
    assert events(answer.content.decode())
    with acting(drafter):
        assert path.split("/")[-1].removesuffix(".ics") not in CalendarFeed.objects.get().token_hash


def test_it_holds_windows_and_due_dates_by_reference_and_nothing_confidential(world: World) -> None:
    request = make.scheduled(world)
    text = Client().get(address(world.person("aurora", "drafter"))).content.decode()
    by_words = {event["SUMMARY"]: event for event in events(text)}
    window = by_words[f"{request.reference}: access window"]
    day = make.today()
    assert window["DTSTART;VALUE=DATE"] == f"{day:%Y%m%d}"
    assert window["DTEND;VALUE=DATE"] == f"{day + timedelta(days=30):%Y%m%d}", "the day after the last one"
    assert window["URL"] == f"{settings.BASE_URL}/requests/{request.reference}/"
    assert window["CLASS"] == "PRIVATE"
    with acting(world.person("aurora", "drafter")):
        agreement = request.agreement
    assert f"{agreement.reference}: agreement ends" in by_words
    for secret in ("Heron", "Framework", "Aurora", "Treasury", "Okafor", make.SECRET, "cyber"):
        assert secret not in text


def test_agencies_read_what_they_are_asked_and_rivals_nothing(world: World) -> None:
    request = make.scheduled(world)
    officer = Client().get(address(world.person("commerce", "intake"))).content.decode()
    assert request.reference in officer
    rival = Client().get(address(world.person("basalt", "drafter"))).content.decode()
    assert events(rival) == []
    early_access_return(world, request)
    assert (
        f"{request.reference}: return or destroy"
        in Client().get(address(world.person("treasury", "intake"))).content.decode()
    )


def early_access_return(world: World, request: object) -> None:
    with acting(world.person("aurora", "drafter")) as by:
        early_access.withdraw(request=request, by=by)


def test_a_new_address_closes_the_one_before_and_it_can_be_taken_away(world: World) -> None:
    drafter = world.person("aurora", "drafter")
    first = address(drafter)
    second = address(drafter)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    client_for(drafter).post(PAGE, {"end": "yes"})
    assert Client().get(second).status_code == 404
    with acting(drafter):
        assert not CalendarFeed.objects.exists()
        actions.end_calendar(user=drafter)


def test_the_feed_ends_with_the_account_and_shows_nothing_after_the_seat(world: World) -> None:
    make.scheduled(world)
    drafter = world.person("aurora", "drafter")
    path = address(drafter)
    from accounts.models import Membership

    with acting(drafter):
        Membership.objects.filter(user=drafter).update(ended_at=NOW)
    assert events(Client().get(path).content.decode()) == []
    drafter.is_active = False
    drafter.save(update_fields=["is_active"])
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 43, "../../etc"])
def test_a_guessed_address_is_not_there(world: World, token: str) -> None:
    address(world.person("aurora", "drafter"))
    assert Client().get(f"/calendar/{token}.ics").status_code == 404
    assert Client().post(f"/calendar/{token}.ics").status_code in (403, 404, 405)


def test_a_feed_is_its_persons_alone(world: World) -> None:
    address(world.person("aurora", "drafter"))
    with acting(world.person("aurora", "counsel")):
        assert not CalendarFeed.objects.exists()


def test_making_an_address_asks_who_one_is(world: World) -> None:
    client = client_for(world.person("aurora", "drafter"), stepped_up=False)
    assert client.post(PAGE).status_code == 302


def test_text_is_escaped_and_folded() -> None:
    long = "REQ-1; a, b \\ c\r\nEND:VCALENDAR " + "é" * 100
    (event,) = events(as_ics([Entry("k", long, "/x/", date(2026, 12, 31))], NOW))
    assert event["SUMMARY"].startswith("REQ-1\\; a\\, b \\\\ c  END:VCALENDAR") and event["SUMMARY"].endswith("é" * 100)
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20261231", "20270101")


def test_instants_are_in_utc() -> None:
    (event,) = events(as_ics([Entry("k", "x", "/x/", datetime.fromisoformat("2026-11-25T13:30:00-05:00"))], NOW))
    assert event["DTSTART"] == "20261125T183000Z"
    assert event["DTSTAMP"] == "20261125T120000Z"
    assert "DTEND" not in event


def test_sources_register_once() -> None:
    before = list(calendar.SOURCES)
    for source in before:
        calendar.register(source)
    assert before == calendar.SOURCES and len(before) >= 3


def test_an_agreement_that_binds_stands_with_its_end(world: World) -> None:
    agreement = agreement_in.in_force(world, ("treasury",))
    with acting(world.person("treasury", "counsel")) as person:
        found = {entry.words: entry.begins for entry in calendar.entries_for(person)}
    assert found[f"{agreement.reference}: agreement ends"] == agreement.expires_on
