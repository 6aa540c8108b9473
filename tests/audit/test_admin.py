"""The record in the admin: find a person, an object, a verb, a day; export without formulas; change nothing."""

import csv
import io
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accounts import limits
from audit import actions as audit
from audit.models import Event
from early_access import actions as early_access
from tests.world import World, acting, client_for

LIST = "admin:audit_event_changelist"


@pytest.fixture
def recorded(world: World) -> Event:
    drafter = world.person("aurora", "drafter")
    with acting(drafter):
        audit.record("accounts.invited", world.aurora, by=drafter, parties=[world.aurora.pk], reason="=HYPERLINK(1)")
    with acting(world.staff):
        return Event.objects.get(verb="accounts.invited")


@pytest.mark.parametrize("what", ["person", "object", "verb"])
def test_events_are_found(world: World, recorded: Event, what: str) -> None:
    wanted = {"person": world.person("aurora", "drafter").email, "object": str(world.aurora.pk), "verb": recorded.verb}
    page = client_for(world.staff).get(reverse(LIST), {"q": wanted[what]}).content.decode()
    assert "Ines Okafor" in page
    assert "=HYPERLINK(1)" in page


def test_events_are_found_by_the_reference_that_people_know(world: World, recorded: Event) -> None:
    drafter = world.person("aurora", "drafter")
    with acting(drafter):
        request = early_access.create(developer=world.aurora, by=drafter)
    client = client_for(world.staff)
    assert "early_access.created" in result_list(client.get(reverse(LIST), {"q": request.reference.lower()}))
    assert "early_access.created" not in result_list(client.get(reverse(LIST), {"q": "REQ-0000-0000"}))


def result_list(answer: HttpResponse) -> str:
    """The rows, without the filters beside them, which name every verb."""
    return answer.content.decode().partition('id="result_list"')[2].partition("</table>")[0]


def test_an_unknown_person_finds_nothing(world: World, recorded: Event) -> None:
    page = client_for(world.staff).get(reverse(LIST), {"q": "nobody@nowhere.example"}).content.decode()
    assert "Ines Okafor" not in page


def test_events_are_filtered_by_verb_and_day(world: World, recorded: Event) -> None:
    client = client_for(world.staff)
    day = {"from": recorded.at.date().isoformat(), "until": recorded.at.date().isoformat()}
    assert "Ines Okafor" in client.get(reverse(LIST), {"verb": "accounts.invited", **day}).content.decode()
    assert "Ines Okafor" not in client.get(reverse(LIST), {"verb": "accounts.joined"}).content.decode()
    assert "Ines Okafor" not in client.get(reverse(LIST), {"until": f"{recorded.at.year - 1}-12-31"}).content.decode()


def test_the_verbs_to_choose_from_are_read_from_the_register_not_from_the_table(
    world: World, recorded: Event, django_assert_max_num_queries
) -> None:
    page = client_for(world.staff).get(reverse(LIST)).content.decode()
    assert "?verb=accounts.invited" in page
    client = client_for(world.staff)
    with django_assert_max_num_queries(16):
        client.get(reverse(LIST))


def test_an_export_is_safe_recorded_and_limited(world: World, recorded: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_for(world.staff)
    answer = client.post(reverse(LIST), {"action": "export", "_selected_action": [str(recorded.pk)]})
    assert answer["Content-Type"].startswith("text/csv")
    assert not answer.streaming, "a stream would read rows after the person's context has ended"
    head, row = csv.reader(io.StringIO(answer.content.decode()))
    assert row[head.index("reason")] == "'=HYPERLINK(1)"
    with acting(world.staff):
        exported = Event.objects.get(verb="audit.exported")
    assert exported.actor == f"person:{world.staff.pk}"
    assert '"rows":1' in exported.body
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))
    chosen = {"action": "export", "_selected_action": [str(recorded.pk)]}
    answers = [client.post(reverse(LIST), chosen) for _ in range(11)]
    assert [a.status_code for a in answers] == [200] * 10 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_nothing_can_be_added_changed_or_deleted(world: World, recorded: Event) -> None:
    client = client_for(world.staff)
    assert client.get(reverse("admin:audit_event_add")).status_code == 403
    assert client.post(reverse("admin:audit_event_delete", args=[recorded.pk]), {"post": "yes"}).status_code == 403
    assert client.post(reverse("admin:audit_event_change", args=[recorded.pk]), {"reason": "x"}).status_code == 403
    assert client.get(reverse("admin:audit_event_change", args=[recorded.pk])).status_code == 200


@pytest.mark.parametrize("who", [("aurora", "administrator"), ("commerce", "administrator")])
def test_people_of_organisations_do_not_reach_it(world: World, recorded: Event, who: tuple[str, str]) -> None:
    assert client_for(world.person(*who)).get(reverse(LIST)).status_code in (302, 403, 404)
