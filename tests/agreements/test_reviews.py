"""Comments: kept for oneself until they are sent with one verdict, threads, and who reads what by any path."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts import actions as accounts
from accounts.models import Membership, User
from agreements import actions, policies, queries
from agreements.models import ClauseComment, Concurrence, TestingAgreement
from audit.models import Event
from core.decisions import Conflict, Invalid, Refused
from jobs.models import Job
from jobs.testing import run_due
from notifications.models import Mail
from tests.agreements import factories as make
from tests.agreements.test_concurring import in_way
from tests.world import World, client_for

SECRET = "our-weak-point"
FOR_ALL = "say-how-long"
OTHERS = (("aurora", "drafter"), ("aurora", "counsel"), ("commerce", "counsel"), ("homeland", "counsel"))


def keep(world: World, row: TestingAgreement, who: tuple[str, str], text: str, **values: Any) -> ClauseComment:
    with make.acting(world.person(*who)) as by:
        values = {"clause_id": "purpose"} | values
        return actions.comment(agreement=make.seen(row, by), by=by, text=text, **values)


def colleague(world: World) -> User:
    """A second counsel of the Treasury."""
    person = world.person("treasury", "router")
    with make.acting(world.person("treasury", "administrator")) as by:
        seat = Membership.objects.get(organisation=world.agency("treasury"), user=person)
        accounts.change_roles(membership=seat, roles=["counsel"], by=by)
    return person


def reads(person: User, row: TestingAgreement) -> set[str]:
    """The texts that a person reads: by the room's queries, at the wall alone, on the page and over the API, which agree."""
    with make.acting(person) as by:
        found = {c.text for c in queries.comments_for(make.seen(row, by), by)}
        assert {c.text for c in ClauseComment.objects.visible_to(by)} >= found
        assert set(ClauseComment.objects.filter(agreement=row).values_list("text", flat=True)) == found
    client = client_for(person)
    page = client.get(f"{row.get_absolute_url()}negotiation/").content.decode()
    told = client.get(f"/api/v1/agreements/{row.reference}/comments/").json()["results"]
    assert {c["text"] for c in told} == found
    assert all((text in page) == (text in found) for text in (SECRET, FOR_ALL)), page
    return found


def events(person: User, word: str) -> list[tuple[str, Any]]:
    """What a person's context reads in the record about something, oldest first: what the room says, and what the
    database saw of each row."""
    with make.acting(person):
        found = Event.objects.filter(verb__contains=word) | Event.objects.filter(object_type__contains=word)
        return [(e.verb, json.loads(e.body).get("detail")) for e in found.order_by("at")]


def notices(kind: str) -> int:
    return Job.objects.filter(kind="notifications.tell", payload__kind=kind).count()


def texts(world: World, row: TestingAgreement, who: tuple[str, str]) -> set[str]:
    return reads(world.person(*who), row)


def test_what_is_kept_is_read_by_its_author_alone(world: World) -> None:
    row = make.negotiated(world)
    other = colleague(world)
    keep(world, row, ("treasury", "counsel"), FOR_ALL)
    keep(world, row, ("treasury", "counsel"), SECRET, audience="own")
    assert texts(world, row, ("treasury", "counsel")) == {FOR_ALL, SECRET}
    for person in (other, *(world.person(*who) for who in OTHERS), world.person("oversight", "auditor")):
        assert reads(person, row) == set(), person.name
    assert notices("agreements.commented") == 0
    assert events(world.person("aurora", "drafter"), "comment") == []


def test_a_return_sends_all_of_it_with_one_notice(world: World) -> None:
    row = make.negotiated(world)
    other = colleague(world)
    keep(world, row, ("treasury", "counsel"), FOR_ALL)
    keep(world, row, ("treasury", "counsel"), "Also here.", clause_id="publication")
    keep(world, row, ("treasury", "counsel"), SECRET, audience="own")
    kept_by_another = keep(world, row, ("commerce", "counsel"), "Not sent by that.")
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.return_with_comments(agreement=make.seen(row, by), by=by)
    run_due(kinds=("notifications.tell",))
    assert (notices("agreements.returned"), notices("agreements.commented")) == (1, 0)
    assert reads(other, row) == {FOR_ALL, "Also here.", SECRET}
    for who in (("aurora", "drafter"), ("homeland", "counsel")):
        assert texts(world, row, who) == {FOR_ALL, "Also here."}
    assert texts(world, row, ("commerce", "counsel")) == {FOR_ALL, "Also here.", kept_by_another.text}
    with make.acting(world.person("aurora", "drafter")) as by:
        verdict = Concurrence.objects.get(agreement=row)
        assert (verdict.comment, verdict.clause_ids) == ("See the comments.", ["purpose", "publication"])
    (told,) = events(world.person("aurora", "drafter"), "comment")
    assert told == ("agreements.commented", {"comments": 2, "clauses": ["publication", "purpose"]})
    for mail in Mail.objects.all():
        assert not any(word in mail.subject + mail.body for word in (SECRET, FOR_ALL, "Also here", "Aurora"))


def test_own_side_comments_alone_do_not_say_what_should_change(world: World) -> None:
    row = make.negotiated(world)
    keep(world, row, ("treasury", "counsel"), SECRET, audience="own")
    with make.acting(world.person("treasury", "counsel")) as by:
        with pytest.raises(Invalid, match="Say what should change"):
            actions.return_with_comments(agreement=make.seen(row, by), by=by)
        assert ClauseComment.objects.get().is_kept
        assert actions.send_comments(agreement=make.seen(row, by), by=by) == 1
        with pytest.raises(Conflict, match="nothing to send"):
            actions.send_comments(agreement=make.seen(row, by), by=by)
    assert notices("agreements.commented") == 0
    for who in OTHERS:
        assert texts(world, row, who) == set()


def test_a_refusal_takes_its_clauses_from_the_comments_and_still_needs_a_reason(world: World) -> None:
    row = make.in_clearance(world)
    keep(world, row, ("treasury", "counsel"), FOR_ALL, clause_id="publication")
    with make.acting(world.person("treasury", "counsel")) as by:
        found = make.seen(row, by)
        sent = {"agreement": found, "by": by, "text_hash": found.current.text_hash}
        with pytest.raises(Invalid, match="Give the reason"):
            actions.refuse_concurrence(**sent, comment=" ")
        assert actions.refuse_concurrence(**sent, comment="Too long.").clause_ids == ["publication"]
    assert texts(world, row, ("aurora", "drafter")) == {FOR_ALL}


def test_under_seal_the_comments_open_with_the_answers(world: World) -> None:
    row = in_way(world, "parallel", blind=True, agencies=("treasury", "commerce"))
    keep(world, row, ("treasury", "counsel"), FOR_ALL)
    keep(world, row, ("treasury", "counsel"), SECRET, audience="own")
    other = colleague(world)
    make.concur(world, row, "treasury")
    assert reads(other, row) == {FOR_ALL, SECRET}, "its own agency reads what it answered"
    for who in (("aurora", "drafter"), ("commerce", "counsel")):
        assert texts(world, row, who) == set()
    reply = keep(
        world, row, ("treasury", "counsel"), "Inside.", reply_to=ClauseComment(pk=_sent(world, row)).pk, now=True
    )
    assert reply.audience == "own", "a reply to what others do not read yet is not read by them either"
    make.concur(world, row, "commerce")
    for who in (("aurora", "drafter"), ("commerce", "counsel")):
        assert texts(world, row, who) == {FOR_ALL}


def _sent(world: World, row: TestingAgreement) -> Any:
    with make.acting(world.person("treasury", "counsel")):
        return ClauseComment.objects.get(agreement=row, text=FOR_ALL).pk


def test_a_kept_comment_can_be_changed_or_discarded_and_a_sent_one_cannot(world: World) -> None:
    row = make.negotiated(world)
    kept = keep(world, row, ("treasury", "counsel"), "First words.")
    other = colleague(world)
    with make.acting(world.person("treasury", "counsel")) as by:
        changed = actions.change_comment(comment=kept, by=by, text=SECRET, audience="own")
        assert (changed.text, changed.audience, changed.sent_at) == (SECRET, "own", None)
        with pytest.raises(Invalid, match="Write the comment"):
            actions.change_comment(comment=kept, by=by, text=" ", audience="own")
        actions.discard_comment(comment=kept, by=by)
        with pytest.raises(Conflict, match="discarded"):
            actions.discard_comment(comment=kept, by=by)
    sent = keep(world, row, ("treasury", "counsel"), FOR_ALL, now=True)
    with make.acting(other) as by:
        for act in (lambda: actions.discard_comment(comment=sent, by=by),
                    lambda: actions.change_comment(comment=sent, by=by, text="x", audience="own")):  # fmt: skip
            with pytest.raises(Refused, match="what was sent does not change"):
                act()
    with make.acting(world.person("treasury", "counsel")):
        for change in ({"text": "Other."}, {"audience": "own"}, {"author": other}):
            with pytest.raises(DatabaseError), transaction.atomic():
                ClauseComment.objects.filter(pk=sent.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            ClauseComment.objects.filter(pk=sent.pk).delete()


def test_nobody_speaks_for_another_past_the_program(world: World) -> None:
    """The wall alone: a row for another organisation, or in another's name, is refused by the database."""
    row = make.negotiated(world)
    with make.acting(world.person("commerce", "counsel")) as by:
        values = {
            "agreement": row, "version": row.current, "developer_id": row.developer_id, "text": "Forged.", "author": by,
            "organisation": world.agency("commerce"), "audience": "all",
        }  # fmt: skip
        for wrong in ({"organisation": world.agency("treasury")}, {"author": world.person("treasury", "counsel")}):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                ClauseComment.objects.create(**values | wrong)
    keep(world, row, ("treasury", "counsel"), SECRET)
    with make.acting(world.person("commerce", "counsel")), connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_clausecomment SET sent_at = now(), revealed_at = now() WHERE sent_at IS NULL")
        assert cursor.rowcount == 0


def test_a_thread_is_answered_resolved_and_opened_again(world: World) -> None:
    row = make.negotiated(world)
    first = keep(world, row, ("treasury", "counsel"), FOR_ALL, now=True)
    answer = keep(world, row, ("aurora", "counsel"), "Thirty days.", clause_id="", reply_to=first.pk)
    assert (answer.in_reply_to_id, answer.clause_id) == (first.pk, "purpose")
    with make.acting(world.person("aurora", "counsel")) as by:
        with pytest.raises(Invalid, match="no such comment"):
            actions.comment(agreement=row, by=by, text="To one that was not sent.", reply_to=answer.pk)
        actions.send_comments(agreement=row, by=by)
        assert actions.resolve_comment(comment=first, by=by).resolved_by == by
        with pytest.raises(Refused, match="resolved already"):
            actions.resolve_comment(comment=first, by=by)
        with pytest.raises(Refused, match="with the comment that it answers"):
            actions.resolve_comment(comment=answer, by=by)
    page = client_for(world.person("commerce", "counsel")).get(f"{row.get_absolute_url()}negotiation/").content.decode()
    assert "Resolved by Tomas Lindqvist" in page and "2 comments" in page
    with make.acting(world.person("treasury", "counsel")) as by:
        again = actions.reopen_comment(comment=first, by=by)
        assert (again.resolved_at, again.reopened_by) == (None, by)
    assert [verb for verb, _ in events(world.person("homeland", "counsel"), "agreements.comment")] == [
        "agreements.commented", "agreements.commented", "agreements.comment_resolved", "agreements.comment_reopened",
    ]  # fmt: skip


def test_an_own_side_thread_stays_on_its_side(world: World) -> None:
    row = make.negotiated(world)
    first = keep(world, row, ("treasury", "counsel"), SECRET, audience="own", now=True)
    reply = keep(world, row, ("treasury", "counsel"), "Agreed.", audience="all", reply_to=first.pk, now=True)
    assert (reply.audience, reply.revealed_at) == ("own", None)
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.resolve_comment(comment=first, by=by)
    for who in OTHERS:
        assert texts(world, row, who) == set()
        assert events(world.person(*who), "comment") == []
        client = client_for(world.person(*who))
        for step in ("resolve", "reopen", "discard"):
            assert client.post(f"{row.get_absolute_url()}comments/{first.pk}/{step}/").status_code == 404
            assert call(client, f"{row.reference}/comments/{first.pk}/{step}/").status_code == 404
        assert client.get(f"{row.get_absolute_url()}comments/{first.pk}/").status_code == 404
    with pytest.raises(Invalid, match="no such comment"):
        keep(world, row, ("commerce", "counsel"), "Guessed.", reply_to=first.pk)


def call(client: Client, path: str, body: dict[str, Any] | None = None, method: str = "post") -> Any:
    headers = {"Idempotency-Key": f"{path}{method}{body}"[:200]}
    return getattr(client, method)(
        f"/api/v1/agreements/{path}", body or {}, content_type="application/json", headers=headers
    )


def test_a_review_over_http(world: World) -> None:
    row = make.in_clearance(world)
    where = row.get_absolute_url()
    counsel = client_for(world.person("treasury", "counsel"))
    assert counsel.post(f"{where}comment/", {"text": "", "clause_id": "term"}).status_code == 400
    answer = counsel.post(f"{where}comment/", {"text": FOR_ALL, "clause_id": "term", "audience": "all"}, follow=True)
    assert answer.redirect_chain == [(f"{where}negotiation/#clause-term", 302)]
    page = answer.content.decode()
    assert "Your review: 1 comment kept." in page and "Just send the comments" in page
    assert 'value="term" id="id_clauses_' in page.replace("checked", "") and page.count(" checked") == 1
    assert "You keep 1 comment on it that nobody else has read." in counsel.get(where).content.decode()
    (kept,) = call(counsel, f"{row.reference}/comments/", method="get").json()["results"]
    assert kept["sent_at"] is None
    counsel.post(f"{where}comments/{kept['id']}/", {"text": "Changed.", "audience": "all"})
    text_hash = row.current.text_hash
    counsel.post(f"{where}verdict/", {"verdict": "return", "comment": "", "text_hash": text_hash})
    page = client_for(world.person("aurora", "drafter")).get(f"{where}negotiation/").content.decode()
    assert "Changed." in page and FOR_ALL not in page and "See the comments." in page
    assert "Your review" not in page


def test_a_review_over_the_api(world: World) -> None:
    row = make.negotiated(world)
    counsel, drafter = (client_for(world.person(*who)) for who in (("treasury", "counsel"), ("aurora", "drafter")))
    base = f"{row.reference}/comments/"
    made = call(counsel, base, {"text": FOR_ALL, "clause_id": "term"})
    assert (made.status_code, made.json()["sent_at"]) == (201, None)
    pk = made.json()["id"]
    assert call(counsel, f"{base}{pk}/", {"text": SECRET, "audience": "own"}, "put").json()["audience"] == "own"
    assert call(counsel, f"{base}{pk}/discard/").json() == {"comments": 1}
    assert call(counsel, base, {"text": "At once.", "now": True}).json()["sent_at"]
    call(counsel, base, {"text": "Kept.", "clause_id": "term"})
    assert call(counsel, f"{base}send/").json() == {"comments": 1}
    assert call(counsel, f"{base}send/", {"x": 1}).status_code == 400
    told = call(drafter, base, method="get").json()["results"]
    assert [c["text"] for c in told] == ["At once.", "Kept."]
    assert call(drafter, f"{base}{told[0]['id']}/resolve/").json()["resolved_by"] == "Ines Okafor"
    assert call(drafter, f"{base}{told[0]['id']}/reopen/").json()["reopened_by"] == "Ines Okafor"
    assert call(drafter, f"{base}discard/").status_code == 409


def test_who_leaves_the_table_keeps_nothing_from_sending_and_can_still_discard(world: World) -> None:
    row = make.negotiated(world)
    kept = keep(world, row, ("treasury", "counsel"), FOR_ALL)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(agreement=make.seen(row, by), by=by)
    with make.acting(world.person("treasury", "counsel")) as by:
        kept.agreement = make.seen(row, by)
        assert not policies.may_change_comment(by, kept)
        with pytest.raises(Refused, match="in negotiation or in clearance"):
            actions.send_comments(agreement=kept.agreement, by=by)
        assert actions.discard_comments(agreement=kept.agreement, by=by) == 1


def test_comments_on_a_clause_that_is_gone_stay_on_the_page(world: World) -> None:
    row = make.negotiated(world)
    with make.acting(world.person("aurora", "drafter")) as by:
        found = make.seen(row, by)
        own = {"do": "add", "library": "", "wording": "", "heading": "Ours", "text": "Our own words.", "after": ""}
        draft = actions.begin_version(agreement=found, by=by)
        saved = actions.save_draft(
            agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={}, arrange=[own]
        )
        key = saved.clauses.get(heading="Ours").clause_id
        actions.propose_version(agreement=found, by=by)
    keep(world, row, ("treasury", "counsel"), FOR_ALL, clause_id=key, now=True)
    for _ in range(2):  # out of the text, and then out of what it is compared with
        with make.acting(world.person("aurora", "drafter")) as by:
            found = make.seen(row, by)
            draft = actions.begin_version(agreement=found, by=by)
            gone = [{"do": "remove", "clause_id": key}] if draft.clauses.filter(clause_id=key).exists() else []
            first = draft.clauses.order_by("position")[1].clause_id
            actions.save_draft(
                agreement=found, by=by, row_version=draft.row_version, variables={}, clauses={},
                arrange=gone or [{"do": "down", "clause_id": first}],
            )  # fmt: skip
            actions.propose_version(agreement=found, by=by)
    page = client_for(world.person("aurora", "drafter")).get(f"{row.get_absolute_url()}negotiation/").content.decode()
    assert "Comments on clauses that are not in this text" in page and FOR_ALL in page
