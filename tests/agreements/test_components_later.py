"""Components that concur: new versions, clocks, the database's wall, pages and programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.seats import seats_of
from agreements import actions, components, inbox, queries, tasks
from agreements.models import (
    Concurrence,
    ConcurrencePart,
    ConcurrencePlan,
    TestingAgreement,
)
from core import rls
from jobs.models import Job
from jobs.testing import run_due
from notifications.duties import board
from tests.agreements import factories as make
from tests.agreements.inside import (
    BOTH,
    CANARY,
    PARTIES,
    ask_again,
    concur,
    plan,
    planned,
    posted,
    reopen,
    standing,
    told,
    version,
)
from tests.world import World, client_for


def test_a_new_version_asks_components_about_what_changed_only(world: World) -> None:
    row = planned(world, parties=("defense",))
    concur(world, row, "defense-nsa")
    reopen(world, row)
    version(world, row, "publication")
    ask_again(world, row)
    page = (
        client_for(world.person("defense-nsa", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    )
    assert "Open for your component: 1 of 16 clauses.</strong> Publication. It has already concurred" in page
    page = (
        client_for(world.person("defense-cdao", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    )
    assert "Open for your component: 16 of 16 clauses" in page
    concur(world, row, "defense-nsa")
    with make.acting(world.person("defense-nsa", "counsel")):
        made = Concurrence.every.filter(agency=world.agency("defense-nsa")).latest("decided_at")
        carried = made.reviews.filter(carried_from__isnull=False)
        assert (made.reviews.count(), carried.count()) == (16, 15)


def test_what_did_not_change_is_carried_over_inside_and_outside(world: World) -> None:
    row = planned(world, parties=("defense",), blind=True)
    for component in BOTH:
        concur(world, row, component)
    make.concur(world, row, "defense")
    reopen(world, row)
    with make.acting(world.person("aurora", "drafter")) as by:
        found = make.seen(row, by)
        draft = actions.begin_version(agreement=found, by=by)
        names = [c.clause_id for c in draft.clauses.order_by("position")]
        move = [{"do": "down", "clause_id": names[1]}]
        actions.save_draft(
            agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={}, arrange=move
        )
        actions.propose_version(agreement=make.seen(row, by), by=by)
        assert queries.not_concurred(make.seen(row, by)) == []
    found = standing(world, row)
    assert found.is_clear and all(part.answer.basis == "carried" for part in found.parts)
    page = client_for(world.person("defense", "counsel")).get(f"{row.get_absolute_url()}components/").content.decode()
    assert page.count("carried over: nothing of it changed") == 2


def test_an_agencys_concurrence_is_not_carried_past_a_component_that_was_never_asked(world: World) -> None:
    row = planned(world, ("defense-nsa",), parties=("defense",))
    concur(world, row, "defense-nsa")
    make.concur(world, row, "defense")
    reopen(world, row)
    plan(world, row, BOTH)
    with make.acting(world.person("aurora", "drafter")) as by:
        found = make.seen(row, by)
        draft = actions.begin_version(agreement=found, by=by)
        names = [c.clause_id for c in draft.clauses.order_by("position")]
        move = [{"do": "down", "clause_id": names[1]}]
        actions.save_draft(
            agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={}, arrange=move
        )
        actions.propose_version(agreement=make.seen(row, by), by=by)
        actions.open_clearance(agreement=make.seen(row, by), by=by)
        assert [a.slug for a in queries.not_concurred(make.seen(row, by))] == ["defense"]
    assert [part.component.slug for part in standing(world, row).missing] == ["defense-cdao"]
    concur(world, row, "defense-cdao")
    make.concur(world, row, "defense")


# Clocks


def test_components_are_reminded_and_their_agency_hears_who_is_late(world: World) -> None:
    today = timezone.now().date()
    day = today + timedelta(days=10)
    row = planned(world, answer_by=day)
    concur(world, row, "defense-cdao")
    kind = "agreements.remind_of_components"
    jobs = sorted(Job.objects.filter(kind=kind).values_list("not_before", flat=True))
    assert [at.date() for at in jobs] == [day - timedelta(days=3), day + timedelta(days=1)]
    run_due(at=datetime.combine(day - timedelta(days=3), time(0, 5), UTC), kinds=(kind,))
    assert told(world, "component_reminder") == {"defense-nsa"}
    assert told(world, "components_late") == set()


def test_after_the_day_the_agency_alone_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    day = timezone.now().date() + timedelta(days=10)
    row = planned(world, answer_by=day)
    job = Job.objects.filter(kind="agreements.remind_of_components").latest("not_before")
    assert not {world.aurora.pk, world.agency("treasury").pk} & set(job.organisations)
    later = datetime.combine(day + timedelta(days=1), time(0, 5), UTC)
    with monkeypatch.context() as clock, rls.context(organisations=tuple(job.organisations), actor=f"job:{job.kind}"):
        clock.setattr(timezone, "now", lambda: later)
        tasks.remind_of_components(job)
    run_due(at=later + timedelta(days=1), kinds=("notifications.tell",))
    assert told(world, "components_late") == {"defense"}
    concur(world, row, "defense-nsa")  # late is better than never


@pytest.mark.parametrize("what", ["answered", "other day", "agency answered"])
def test_an_old_clock_of_a_plan_does_nothing(world: World, what: str) -> None:
    day = timezone.now().date() + timedelta(days=10)
    row = planned(world, answer_by=day)
    if what == "other day":
        plan(world, row, answer_by=day + timedelta(days=5))
    else:
        for component in BOTH:
            concur(world, row, component)
    if what == "agency answered":
        make.concur(world, row, "defense")
    found = standing(world, row).plan
    with rls.context(organisations=(found.agency_id,)):
        actions.remind_of_components(plan=found, day=day)
    assert told(world, "component_reminder") == told(world, "components_late") == set()


def test_the_reminder_of_the_agency_reaches_its_components_too(world: World) -> None:
    day = timezone.now().date() + timedelta(days=10)
    row = planned(world, by_day=day)
    with make.acting(world.person("defense-nsa", "counsel")) as by:
        assert components.due(make.seen(row, by), by) == day
    run_due(at=datetime.combine(day - timedelta(days=3), time(0, 5), UTC), kinds=("agreements.remind_of_concurrence",))
    assert told(world, "component_reminder") == set(BOTH)


# The wall, the pages, the programs


def test_the_database_takes_plan_and_answers_from_whom_they_belong_to(world: World) -> None:
    row = planned(world)
    made = concur(world, row, "defense-nsa")
    found = standing(world, row).plan

    def refused(write: Any) -> bool:
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            write()
        return True

    with make.acting(world.person("defense-cdao", "counsel")) as by:
        assert refused(lambda: Concurrence.every.filter(pk=made.pk).update(comment="Other words."))
        assert refused(lambda: ConcurrencePlan.objects.filter(pk=found.pk).update(blind=True))
        assert refused(lambda: TestingAgreement.objects.filter(pk=row.pk).update(title="Other"))
        assert found.parts.all().delete()[0] == 0 and found.parts.count() == 2
        values = {"target": found, "agreement": row, "position": 3}
        assert refused(lambda: ConcurrencePart.objects.create(organisation=world.agency("homeland-cisa"), **values))
        answer = {
            "agreement": row, "version": row.current, "developer": world.aurora, "verdict": "concur", "decided_by": by,
            "decided_at": timezone.now(),
        }  # fmt: skip
        for agency, inside in (("defense-nsa", found), ("defense", None), ("defense-cdao", None)):
            assert refused(
                lambda a=agency, i=inside: Concurrence.every.create(agency=world.agency(a), inside=i, **answer)
            )
    with make.acting(world.person("defense", "counsel")):
        other = world.agency("commerce-caisi")
        assert refused(lambda: ConcurrencePart.objects.create(organisation=other, **values)), "no foreign component"
    with make.acting(world.person("treasury", "counsel")):
        assert not ConcurrencePlan.objects.filter(pk=found.pk).update(blind=True)


def test_the_pages_from_plan_to_answer(world: World) -> None:
    row = make.in_clearance(world, PARTIES)
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(row, by)
    url = f"{row.get_absolute_url()}components/"
    defense, nsa, cdao = (client_for(world.person(who, "counsel")) for who in ("defense", *BOTH))
    assert "Choose components that concur first" in defense.get(url).content.decode()
    form = {"place.defense-nsa": "2", "place.defense-cdao": "2", "order": "sequence"}
    twice = defense.post(f"{url}defense/plan/", form)
    assert (twice.status_code, b"Another component has this place" in twice.content) == (400, True)
    sealed = defense.post(f"{url}defense/plan/", form | {"place.defense-cdao": "1", "blind": "on"})
    assert (sealed.status_code, b"each component knows" in sealed.content) == (400, True)
    assert defense.post(f"{url}defense/plan/", form | {"place.defense-cdao": "1"}).status_code == 302
    assert [part.component.slug for part in standing(world, row).parts] == ["defense-cdao", "defense-nsa"]
    again = defense.get(f"{url}defense/plan/").content.decode()
    assert "Department of Defense: people of a component that is asked read this agreement" in again
    early = posted(nsa, row, "defense-nsa", "concur")
    assert (early.status_code, b"comes before yours" in early.content) == (403, True)
    empty = posted(cdao, row, "defense-cdao", "refuse", comment="Kept as typed.")
    page = empty.content.decode()
    assert empty.status_code == 400 and "Name at least one clause" in page and "Kept as typed." in page
    assert 'href="#id_defense-cdao-clauses"' in page and 'id="id_defense-cdao-clauses"' in page
    assert posted(cdao, row, "defense-cdao", "concur", text_hash="0" * 64).status_code == 409
    assert posted(cdao, row, "defense-cdao", "concur").status_code == 302
    assert posted(nsa, row, "defense-nsa", "refuse", comment="Too long.", clauses=["publication"]).status_code == 302
    said = defense.get(url).content.decode()
    assert "Too long." in said and "National Security Agency does not concur" in said
    for other in ("treasury", "no-such"):
        assert posted(nsa, row, other, "concur").status_code in (403, 404)
    for client in (client_for(world.person("aurora", "counsel")), client_for(world.person("treasury", "counsel"))):
        assert client.get(f"{url}defense/plan/").status_code == 403
        assert posted(client, row, "defense-nsa", "concur").status_code == 403
    auditor = client_for(world.person("oversight", "auditor"))
    assert "Too long." in auditor.get(url).content.decode()
    assert auditor.get(f"{url}defense/plan/").status_code == 403


def test_programs_do_what_the_pages_do(world: World) -> None:
    row = make.in_clearance(world, PARTIES)
    api = f"/api/v1/agreements/{row.reference}/components/"
    defense, nsa, cdao = (client_for(world.person(who, "counsel")) for who in ("defense", *BOTH))
    sent = {"components": list(BOTH), "order": "parallel", "blind": True}

    def call(client: Any, method: str, path: str, body: dict[str, Any]) -> Any:
        return client.generic(method, f"{api}{path}", json.dumps(body), content_type="application/json")

    assert call(defense, "PUT", "defense/plan/", sent | {"components": ["commerce-bis"]}).status_code == 400
    assert call(nsa, "PUT", "defense/plan/", sent).status_code == 404, "it reads nothing of it yet"
    (made,) = call(defense, "PUT", "defense/plan/", sent).json()["results"]
    assert (made["agency"], made["blind"], made["answered"], made["all_concur"]) == ("defense", True, 0, False)
    assert call(nsa, "PUT", "defense/plan/", sent).status_code == 403
    text = nsa.get(f"/api/v1/agreements/{row.reference}/").json()
    assert text["your_move"] and "is asked for inside Department of Defense" in text["next"]
    body = {"text_hash": text["text_hash"]}
    for bad in ({"comment": "Too long."}, {"comment": "", "clause_ids": ["publication"]}):
        assert call(nsa, "POST", "defense-nsa/refuse/", body | bad).status_code == 400
    good = {"comment": CANARY, "clause_ids": ["publication"]}
    assert call(nsa, "POST", "defense-cdao/refuse/", body | good).status_code == 403
    assert call(nsa, "POST", "defense-nsa/refuse/", {"text_hash": "0" * 64} | good).status_code == 409
    (said,) = call(nsa, "POST", "defense-nsa/refuse/", body | good).json()["results"]
    assert said["components"][0]["comment"] == CANARY
    (read,) = defense.get(api).json()["results"]
    assert [(c["answered"], c["verdict"]) for c in read["components"]] == [(True, None), (False, None)]
    assert call(cdao, "POST", "defense-cdao/concur/", body).status_code == 200
    (read,) = defense.get(api).json()["results"]
    assert [c["verdict"] for c in read["components"]] == ["refuse", "concur"]
    answer = defense.post(f"/api/v1/agreements/{row.reference}/concur/", body, content_type="application/json")
    assert (answer.status_code, "does not concur" in answer.json()["detail"]) == (403, True)


def test_the_number_of_statements_does_not_grow_with_agreements_or_components(world: World) -> None:
    def statements(who: str, read: Any) -> int:
        count = [0]

        def counting(execute: Any, *args: Any) -> Any:
            count[0] += 1
            return execute(*args)

        with make.acting(world.person(who, "counsel")) as by, connection.execute_wrapper(counting):
            read(by)
        return count[0]

    def own(by: Any) -> None:
        assert list(inbox.source(by, seats_of(by)))

    def due(by: Any) -> None:
        assert [r for r in board(by) if r.ours]

    day = timezone.now().date() + timedelta(days=20)
    planned(world, blind=True, by_day=day)
    once = {(who, read): statements(who, read) for who in ("defense", "defense-nsa") for read in (own, due)}
    for _ in range(3):
        planned(world, blind=True, by_day=day)
    again = {(who, read): statements(who, read) for who in ("defense", "defense-nsa") for read in (own, due)}
    assert again == once
