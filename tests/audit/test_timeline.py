"""Timelines: what is new since a person last looked, by side and subject; nobody learns who looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit import actions as audit
from audit import verbs
from audit.models import Look
from early_access import actions
from tests.early_access import factories as make
from tests.world import World, acting, client_for

NEW = "New</strong>"


def url(request: object) -> str:
    return f"/requests/{request.reference}/"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes it so many minutes later for what follows."""
    real = timezone.now

    def move(minutes: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(minutes=minutes))

    return move


@pytest.fixture
def officer(world: World) -> object:
    return world.person("commerce", "intake")


def test_what_came_after_the_last_look_is_marked_and_stays_marked_during_the_visit(
    world: World, officer: object, later: Callable[[int], None]
) -> None:
    request = make.submitted(world)
    drafter = world.person("aurora", "drafter")
    client = client_for(drafter)
    assert NEW not in client.get(url(request)).content.decode(), "at the first look nothing is new"
    with acting(officer) as by:
        actions.acknowledge(request=request, by=by)
    later(60)
    for _ in range(2):
        page = client.get(url(request)).content.decode()
        assert page.count(NEW) == 1 and "1 new since you last looked" in page
    assert page.count(NEW) == client.get(url(request) + "?who=others").content.decode().count(NEW)
    later(100)
    assert NEW not in client.get(url(request)).content.decode(), "the next visit has seen it"


def test_ones_own_steps_are_not_news(world: World, officer: object, later: Callable[[int], None]) -> None:
    request = make.submitted(world)
    client = client_for(officer)
    client.get(url(request))
    with acting(officer) as by:
        actions.acknowledge(request=request, by=by)
    later(60)
    assert NEW not in client.get(url(request)).content.decode()


def test_each_person_has_marks_of_their_own(world: World, officer: object, later: Callable[[int], None]) -> None:
    request = make.submitted(world)
    drafter, counsel = world.person("aurora", "drafter"), world.person("aurora", "counsel")
    for person in (drafter, counsel):
        client_for(person).get(url(request))
    with acting(officer) as by:
        actions.acknowledge(request=request, by=by)
    later(60)
    client_for(counsel).get(url(request))
    assert NEW in client_for(drafter).get(url(request)).content.decode()
    with acting(drafter):
        assert {look.user_id for look in Look.objects.all()} == {drafter.pk}


def test_a_look_writes_one_row_and_no_event(world: World) -> None:
    request = make.submitted(world)
    drafter = world.person("aurora", "drafter")

    def events() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_event")
            return int(cursor.fetchone()[0])

    client = client_for(drafter)
    client.get(url(request))
    with acting(drafter):
        before, row = events(), Look.objects.get()
    client.get(url(request))
    with acting(drafter):
        assert events() == before
        again = Look.objects.get()
        assert (again.pk, again.seen_at) == (row.pk, row.seen_at), "within half an hour nothing is written"


def test_nobody_writes_the_look_of_another(world: World) -> None:
    request = make.submitted(world)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(world.person("basalt", "drafter")):
        Look.objects.create(
            user=world.person("aurora", "drafter"),
            object_id=request.pk,
            since_at=timezone.now(),
            seen_at=timezone.now(),
        )


def test_a_timeline_is_narrowed_by_side_and_subject(world: World, officer: object) -> None:
    request = make.scheduled(world)
    client = client_for(world.person("aurora", "drafter"))
    whole = client.get(url(request)).content.decode()
    assert "Your side</a>" in whole and "Others</a>" in whole and "Dates</a>" in whole
    ours = client.get(url(request) + "?who=ours").content.decode()
    assert "submitted the request" in ours and "acknowledged the request" not in ours
    others = client.get(url(request) + "?who=others").content.decode()
    assert "acknowledged the request" in others and "submitted the request" not in others
    dates = client.get(url(request) + "?what=Dates&who=others").content.decode()
    assert "agreed on the dates" in dates and "acknowledged the request" not in dates
    assert "Show the whole timeline" in client.get(url(request) + "?what=nonsense").content.decode()


def test_sides_are_the_viewers(world: World, officer: object) -> None:
    request = make.submitted(world)
    with acting(officer):
        sides = {e["sentence"]: e["side"] for e in audit.visit(request, officer)}
    assert sides["submitted the request"] == "others"
    with acting(world.person("aurora", "counsel")) as colleague:
        sides = {e["sentence"]: e["side"] for e in audit.visit(request, colleague)}
    assert sides["submitted the request"] == "ours"


def test_every_verb_has_a_subject_that_a_person_would_look_under() -> None:
    assert verbs.subject("agreements.commented") == "Comments"
    assert verbs.subject("agreements.signed") == "Signatures"
    assert verbs.subject("early_access.credential_opened") == "Keys and access"
    assert verbs.subject("early_access.open_window") == "Dates"
    assert verbs.subject("early_access.submit") == "Steps"
    assert {verbs.subject(verb) for verb in verbs.VERBS} == {*verbs.SUBJECTS, verbs.STEPS}
