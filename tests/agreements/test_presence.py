"""Who else of one's own side has the draft open: own side only, gone after a minute, and no activity of a session."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.middleware import IDLE_SECONDS
from agreements import actions
from agreements.models import ClauseDraft, LibraryPresence, Presence, TestingAgreement
from audit.models import Event
from core.decisions import Refused
from tests.agreements import factories as make
from tests.world import World, client_for


def here(client: Client, row: TestingAgreement, **values: str) -> Any:
    return client.post(f"{row.get_absolute_url()}here/", values)


def test_colleagues_see_each_other_and_nobody_else_sees_them(world: World) -> None:
    row = make.negotiated(world)
    drafter, counsel, agency = (
        client_for(world.person(*who))
        for who in (("aurora", "drafter"), ("aurora", "counsel"), ("treasury", "counsel"))
    )
    drafter.get(f"{row.get_absolute_url()}edit/")
    page = counsel.get(f"{row.get_absolute_url()}edit/").content.decode()
    assert "Ines Okafor has this draft open too." in page and "Last saved by Ines Okafor, just now." in page
    assert here(drafter, row).json()["here"] == "Tomas Lindqvist has this draft open too."
    counsel.get(f"{row.get_absolute_url()}suggestions/clause/term/")
    assert here(drafter, row).json()["here"] == "Tomas Lindqvist is suggesting words for “Term”."
    # The other side: neither the page, nor the script's answer, nor the table.
    page = agency.get(f"{row.get_absolute_url()}edit/").content.decode()
    assert "open too" not in page and "Okafor" not in re.sub(r"(?s)<header.*?</header>", "", page)
    assert here(agency, row, clause="term").json()["here"] == ""
    with make.acting(world.person("treasury", "counsel")):
        assert {p.organisation for p in Presence.objects.all()} == {world.agency("treasury")}
    with make.acting(world.person("aurora", "drafter")):
        assert {p.organisation for p in Presence.objects.all()} == {world.aurora}
        assert not Event.objects.filter(object_type="agreements_presence").exists(), "being there is no act"
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Presence.objects.create(
                agreement=row, organisation=world.aurora, person=world.person("aurora", "counsel"), seen_at=timezone.now(),
                clause_id="purpose",
            )  # fmt: skip
    assert here(client_for(world.person("basalt", "drafter")), row).status_code == 404
    assert here(client_for(world.person("aurora", "signatory")), row).status_code == 403


def test_who_is_gone_for_a_minute_is_not_named_and_after_a_day_not_kept(world: World) -> None:
    row = make.negotiated(world)
    counsel = client_for(world.person("aurora", "counsel"))
    with make.acting(world.person("aurora", "drafter")) as by:
        for _ in range(2):
            actions.be_here(agreement=row, by=by)
        assert Presence.objects.count() == 1
    for ago, named in ((timedelta(seconds=50), True), (timedelta(seconds=70), False)):
        with make.acting(world.person("aurora", "drafter")):
            Presence.objects.filter(person=world.person("aurora", "drafter")).update(seen_at=timezone.now() - ago)
        assert bool(here(counsel, row).json()["here"]) == named
    with make.acting(world.person("aurora", "drafter")):
        Presence.objects.filter(person=world.person("aurora", "drafter")).update(
            seen_at=timezone.now() - timedelta(days=2)
        )
    here(counsel, row)
    with make.acting(world.person("aurora", "drafter")):
        assert [p.person.name for p in Presence.objects.all()] == ["Tomas Lindqvist"]


def test_a_save_of_somebody_else_is_said_before_one_types_on(world: World) -> None:
    row = make.draft(world)
    counsel = client_for(world.person("aurora", "counsel"))
    counsel.get(f"{row.get_absolute_url()}edit/")
    assert here(counsel, row, row_version="2").json()["newer"] == ""
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.save_draft(agreement=row, by=by, row_version=2, variables={}, clauses={"purpose": "Theirs."})
    said = here(counsel, row, row_version="2").json()
    assert (said["saved"], said["newer"]) == (
        "Last saved by Ines Okafor, just now.", "It was saved after you opened it: open it again before you go on.",
    )  # fmt: skip
    for odd in ("x", "", "99999999999999", "٣"):
        assert here(counsel, row, row_version=odd).status_code == 200
    assert here(counsel, row, clause="no-such").json()["problems"] == [
        "There is no such clause in the current version."
    ]


def test_nobody_is_seen_writing_at_a_text_that_stands(world: World) -> None:
    row = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by, pytest.raises(Refused, match="Nobody writes"):
        actions.be_here(agreement=make.seen(row, by), by=by)


def test_a_page_left_open_does_not_keep_a_session_alive(world: World) -> None:
    row = make.negotiated(world)
    client = client_for(world.person("aurora", "drafter"))
    client.get(f"{row.get_absolute_url()}edit/")
    session = client.session
    session["seen"] = time.time() - IDLE_SECONDS + 100
    session.save()
    seen = client.session["seen"]
    assert here(client, row).status_code == 200
    assert client.session["seen"] == seen
    client.get("/inbox/")
    assert client.session["seen"] > seen


def test_counsel_see_each_other_in_a_library_clause_and_developers_see_nothing(world: World) -> None:
    treasury, commerce = world.person("treasury", "counsel"), world.person("commerce", "counsel")
    with make.acting(treasury) as by:
        draft = actions.begin_clause_draft(key="purpose", by=by)
    url = "/agreements/library/purpose/"
    first, second = client_for(treasury), client_for(commerce)
    first.get(f"{url}edit/")
    page = second.get(f"{url}edit/").content.decode()
    assert f"{treasury.name} has this draft open too." in page and f"Last saved by {treasury.name}, just now." in page
    said = first.post(f"{url}here/", {"row_version": "1"}).json()
    assert said["here"] == f"{commerce.name} has this draft open too."
    assert said["saved"] == "Last saved by you, just now." and said["newer"] == ""
    with make.acting(commerce):
        ClauseDraft.objects.filter(pk=draft.pk).update(row_version=2, edited_by=commerce)
    assert (
        first.post(f"{url}here/", {"row_version": "1"}).json()["newer"].startswith("It was saved after you opened it")
    )
    assert second.post(f"{url}here/", {"row_version": "1"}).json()["newer"] == ""
    assert first.post(f"{url}here/", {"row_version": "x"}).status_code == 200
    with make.acting(commerce):
        LibraryPresence.objects.filter(person=commerce).update(seen_at=timezone.now() - timedelta(seconds=70))
    assert first.post(f"{url}here/").json()["here"] == ""
    with make.acting(commerce):
        LibraryPresence.objects.filter(person=commerce).update(seen_at=timezone.now() - timedelta(days=2))
    first.post(f"{url}here/")
    with make.acting(treasury):
        assert [row.person for row in LibraryPresence.objects.all()] == [treasury]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            LibraryPresence.objects.create(draft=draft, person=commerce, seen_at=timezone.now())
    for who in (("aurora", "counsel"), ("treasury", "signatory")):
        assert client_for(world.person(*who)).post(f"{url}here/").status_code == 403
    with make.acting(world.person("aurora", "counsel")):
        assert not LibraryPresence.objects.exists()
    assert first.post("/agreements/library/term/here/").status_code == 404
    with make.acting(commerce) as by:
        actions.discard_clause_draft(draft=ClauseDraft.objects.get(pk=draft.pk), by=by, row_version=2)
        assert not LibraryPresence.objects.exists()
