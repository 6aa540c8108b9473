"""An agreement that an agency clears inside, and what each side is told of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection

from accounts.seats import seats_of
from agreements import actions, components, inbox, moves
from agreements.models import (
    ClauseReview,
    Concurrence,
    ConcurrenceAsk,
    ConcurrencePart,
    ConcurrencePlan,
    TestingAgreement,
)
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World, client_for

PARTIES = ("defense", "treasury")
BOTH = ("defense-nsa", "defense-cdao")
CANARY = "words-of-nsa-to-its-own-department"
OUTSIDE = (("aurora", "drafter"), ("aurora", "counsel"), ("treasury", "counsel"))


def planned(
    world: World, chosen: tuple[str, ...] = BOTH, *, order: str = "parallel", blind: bool = False,
    answer_by: date | None = None, parties: tuple[str, ...] = PARTIES, by_day: date | None = None,
) -> TestingAgreement:  # fmt: skip
    """In clearance; Defense's counsel has said which of its components concur first."""
    row = make.negotiated(world, parties)
    plan(world, row, chosen, order=order, blind=blind, answer_by=answer_by)
    with make.acting(world.person("aurora", "drafter")) as by:
        return actions.open_clearance(agreement=make.seen(row, by), by=by, answer_by=by_day)


def plan(world: World, row: TestingAgreement, chosen: tuple[str, ...] = BOTH, who: str = "defense", **how: Any) -> None:
    with make.acting(world.person(who, "counsel")) as by:
        values = {"order": "parallel", "blind": False, "answer_by": None} | how
        actions.set_component_plan(
            agreement=make.seen(row, by), by=by, agency=world.agency("defense"), components=chosen, **values
        )


def concur(world: World, row: TestingAgreement, component: str, comment: str = "") -> Concurrence:
    with make.acting(world.person(component, "counsel")) as by:
        found = make.seen(row, by)
        return actions.concur_for_component(
            agreement=found,
            by=by,
            component=world.agency(component),
            text_hash=found.current.text_hash,
            comment=comment,
        )


def refuse(world: World, row: TestingAgreement, component: str, words: str = "Too long.", **said: Any) -> Concurrence:
    with make.acting(world.person(component, "counsel")) as by:
        found = make.seen(row, by)
        values = {"text_hash": found.current.text_hash, "comment": words, "clause_ids": ["publication"]} | said
        return actions.refuse_for_component(agreement=found, by=by, component=world.agency(component), **values)


def standing(world: World, row: TestingAgreement, who: str = "defense") -> components.Standing:
    with make.acting(world.person(who, "counsel")) as by:
        (found,) = components.of(make.seen(row, by))
        return found


def told(world: World, kind: str) -> set[str]:
    """Organisations whose counsel (of the developer, policy lead) have a notice of the kind."""
    run_due(kinds=("notifications.tell",))
    found = set()
    for who in ("aurora", "basalt", "treasury", "defense", *BOTH, "commerce-caisi"):
        person = world.person(who, "counsel")
        with make.acting(person):
            found |= {who} if Notice.objects.filter(user=person, kind=f"agreements.{kind}").exists() else set()
    return found


def item_of(world: World, who: str) -> tuple[str, str, datetime | None] | None:
    """The group, words and day of the one row about the agreement in this counsel's inbox."""
    with make.acting(world.person(who, "counsel")) as by:
        rows = [i for i in inbox.source(by, seats_of(by)) if i.kind in ("Agreement", "Concurrence of a component")]
    assert len(rows) <= 1
    return (rows[0].group, rows[0].why, rows[0].due_at) if rows else None


def moves_of(world: World, row: TestingAgreement, who: str) -> str:
    with make.acting(world.person(who, "counsel")) as by:
        return moves.heading(make.seen(row, by), by)


# Under seal


def rows_read(world: World, who: tuple[str, str]) -> dict[str, int]:
    """How many rows of NSA's answer a person's own context finds, past everything that pages ask."""
    nsa = world.agency("defense-nsa")
    with make.acting(world.person(*who)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_event WHERE body LIKE %s OR reason LIKE %s", [f"%{CANARY}%"] * 2)
            events = cursor.fetchone()[0]
        return {
            "answers": Concurrence.every.filter(agency=nsa).count(), "events": events,
            "reviews": ClauseReview.objects.filter(concurrence__agency=nsa).count(),
            "asks": ConcurrenceAsk.objects.filter(agency=nsa).count(), "plans": ConcurrencePlan.objects.count(),
            "parts": ConcurrencePart.objects.count(),
        }  # fmt: skip


def read_of(world: World, row: TestingAgreement, who: tuple[str, str], *, inside: bool = False) -> str:
    """All that a person gets of the agreement, over pages and API."""
    run_due(kinds=("notifications.tell",))
    client, there, api = client_for(world.person(*who)), row.get_absolute_url(), f"/api/v1/agreements/{row.reference}/"
    places = [
        there, f"{there}negotiation/", f"{there}redline/", "/inbox/", "/due/", "/notifications/", "/agreements/",
        "/agreements/portfolio/", "/search/?q=Framework", api, f"{api}timeline/", f"{api}comments/", "/api/v1/inbox/",
        "/api/v1/notices/", "/api/v1/due/", "/api/v1/agreements/",
    ]  # fmt: skip
    places += [f"{there}components/", f"{api}components/"] if inside else []
    found = [client.get(place) for place in places]
    assert {answer.status_code for answer in found} == {200}
    return "\n".join(answer.content.decode() for answer in found)


# A new version


def version(world: World, row: TestingAgreement, clause: str) -> None:
    """The developer proposes other words for one clause, and asks again."""
    with make.acting(world.person("aurora", "drafter")) as by:
        found = make.seen(row, by)
        draft = actions.begin_version(agreement=found, by=by)
        words = f"{draft.clauses.get(clause_id=clause).text} Also this."
        actions.save_draft(agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={clause: words})
        actions.propose_version(agreement=make.seen(row, by), by=by)


def reopen(world: World, row: TestingAgreement) -> None:
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.return_with_comments(agreement=make.seen(row, by), by=by, comment="We change a clause.")


def ask_again(world: World, row: TestingAgreement) -> None:
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_clearance(agreement=make.seen(row, by), by=by)


def posted(client: Any, row: TestingAgreement, component: str, verdict: str, **typed: Any) -> Any:
    """The form on the page, sent."""
    url = f"{row.get_absolute_url()}components/"
    fields = {"text_hash": row.current.text_hash, "comment": "", "clauses": []} | typed
    return client.post(
        f"{url}{component}/answer/", {f"{component}-{k}": v for k, v in fields.items()} | {"verdict": verdict}
    )
