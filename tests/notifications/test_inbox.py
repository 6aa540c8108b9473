"""The inbox shows each room's open rows, by date, and says what will stand there while it is empty."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.seats import Seats
from notifications import inbox
from notifications.inbox import InboxItem
from tests.world import World, acting, client_for

NOW = timezone.now()


def item(group: str, title: str, days: float | None) -> InboxItem:
    due = None if days is None else NOW + timedelta(days=days)
    return InboxItem(
        group=group, title=title, url="/agreements/", why="It waits for a signature.", kind="x", due_at=due
    )


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    def some(user: User, seats: Seats) -> Iterable[InboxItem]:
        if seats.is_developer:
            yield item("yours", "Undated", None)
            yield item("yours", "Later", 5)
            yield item("yours", "Overdue", -1)
            yield item("waiting", "<b>Markup</b>", 1)

    monkeypatch.setattr(inbox, "SOURCES", [])
    inbox.register(some)
    inbox.register(some)


def test_groups_are_ordered_by_date_with_undated_last(world: World, source: None) -> None:
    with acting(world.person("aurora", "signatory")) as person:
        groups = inbox.inbox_for(person)
    assert [i.title for i in groups["yours"]] == ["Overdue", "Later", "Undated"]
    assert [i.title for i in groups["waiting"]] == ["<b>Markup</b>"]
    assert groups["yours"][0].is_late


def test_the_page_shows_them(world: World, source: None) -> None:
    page = client_for(world.person("aurora", "signatory")).get(reverse("notifications:inbox")).content.decode()
    assert page.index("Overdue") < page.index("Later") < page.index("Undated")
    assert "Late: " in page
    assert "<b>Markup</b>" not in page
    assert "It waits for a signature." in page


def test_an_empty_inbox_says_what_will_stand_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "SOURCES", [])
    page = client_for(world.person("commerce", "counsel")).get(reverse("notifications:inbox")).content.decode()
    for sentence in ("Nothing waits for you.", "Nothing of yours waits", "Nothing was closed"):
        assert sentence in page
