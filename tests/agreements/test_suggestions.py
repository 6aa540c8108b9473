"""Suggestions for clauses: unseen before they are sent, answered once by the other side, with who and when."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from agreements import actions, queries
from agreements.models import ClauseSuggestion, TestingAgreement
from audit.models import Event
from core.decisions import Conflict, Invalid, Refused
from jobs import testing as jobs
from notifications.models import Notice
from tests.agreements import factories as make
from tests.world import World, client_for

WORDS = "Each finding is shared within {fact_check_days} days <b>at once</b>."


@pytest.fixture
def agreement(world: World) -> TestingAgreement:
    return make.negotiated(world, ("treasury", "commerce"))


def suggested(world: World, agreement: TestingAgreement, who: str = "treasury", **kwargs: object) -> ClauseSuggestion:
    """Sent by the counsel of a party."""
    values = {"clause_id": "findings_sharing", "text": WORDS, "reason": "Sooner is safer."} | kwargs
    with make.acting(world.person(who, "counsel")) as by:
        row = actions.suggest(agreement=make.seen(agreement, by), by=by, **values)
        actions.send_suggestions(agreement=make.seen(agreement, by), by=by)
        return queries.suggestions_for(agreement, by).get(pk=row.pk)


def read(agreement: TestingAgreement, by: User) -> list[ClauseSuggestion]:
    return list(queries.suggestions_for(agreement, by))


def test_nobody_else_reads_it_before_it_is_sent(world: World, agreement: TestingAgreement) -> None:
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.suggest(agreement=agreement, by=by, clause_id="purpose", text="First words.")
        actions.suggest(agreement=agreement, by=by, clause_id="purpose", text="Other words.")
        assert [row.text for row in read(agreement, by)] == ["Other words."]
    for who in ("aurora", "commerce", "basalt"):
        with make.acting(world.person(who, "counsel")) as by:
            assert read(agreement, by) == []
            assert not ClauseSuggestion.objects.exists()
    with make.acting(world.person("treasury", "counsel")) as by:
        assert actions.send_suggestions(agreement=agreement, by=by) == 1
        with pytest.raises(Conflict, match="nothing to send"):
            actions.send_suggestions(agreement=agreement, by=by)
    for who, count in (("aurora", 1), ("commerce", 1), ("basalt", 0), ("defense", 0)):
        with make.acting(world.person(who, "counsel")) as by:
            assert len(read(agreement, by)) == count, who


def test_the_other_parties_are_told(world: World, agreement: TestingAgreement) -> None:
    suggested(world, agreement)
    jobs.run_due()
    for who, kinds in (("aurora", 1), ("commerce", 1), ("treasury", 0)):
        person = world.person(who, "counsel")
        with make.acting(person):
            assert Notice.objects.filter(user=person, kind="agreements.suggested").count() == kinds, who


def test_taken_it_stands_in_the_draft_with_who_and_when(world: World, agreement: TestingAgreement) -> None:
    row = suggested(world, agreement, variables={"fact_check_days": 7})
    with make.acting(world.person("aurora", "counsel")) as by:
        draft = actions.accept_suggestion(suggestion=row, by=by)
        assert draft.clauses.get(clause_id="findings_sharing").text == WORDS
        assert draft.variables["fact_check_days"] == 7
        row = read(agreement, by)[0]
        assert (row.status, row.decided_by, row.decided_for) == ("accepted", by, world.aurora)
        assert timezone.now() - row.decided_at < timedelta(minutes=1)
        version = actions.propose_version(agreement=make.seen(agreement, by), by=by)
        assert (version.number, version.clauses.get(clause_id="findings_sharing").filled) == (
            2, "Each finding is shared within 7 days <b>at once</b>.",
        )  # fmt: skip
        verbs = list(Event.objects.filter(object_id=str(agreement.pk)).values_list("verb", flat=True))
        assert {"agreements.suggested", "agreements.suggestion_accepted"} <= set(verbs)


def test_it_is_answered_once(world: World, agreement: TestingAgreement) -> None:
    row = suggested(world, agreement)
    with make.acting(world.person("aurora", "counsel")) as by:
        with pytest.raises(Invalid, match="why it is not taken"):
            actions.decline_suggestion(suggestion=row, by=by, answer=" ")
        actions.decline_suggestion(suggestion=row, by=by, answer="Five days are too few for us.")
        for again in (
            lambda: actions.decline_suggestion(suggestion=row, by=by, answer="Again."),
            lambda: actions.accept_suggestion(suggestion=row, by=by),
        ):
            with pytest.raises(Refused, match="Not taken"):
                again()
    with make.acting(world.person("treasury", "counsel")) as by:
        row = read(agreement, by)[0]
        assert (row.status, row.answer) == ("declined", "Five days are too few for us.")
        with pytest.raises(Refused):
            actions.take_back_suggestion(suggestion=row, by=by)


@pytest.mark.parametrize(("by_whom", "answers"), [("treasury", ("aurora",)), ("aurora", ("treasury", "commerce"))])
def test_only_the_other_side_answers(
    world: World, agreement: TestingAgreement, by_whom: str, answers: tuple[str, ...]
) -> None:
    row = suggested(world, agreement, by_whom)
    for who in {"aurora", "treasury", "commerce"} - set(answers):
        with make.acting(world.person(who, "counsel")) as by, pytest.raises(Refused, match="other side"):
            actions.accept_suggestion(suggestion=row, by=by)
    with make.acting(world.person("aurora", "signatory")) as by, pytest.raises(Refused):
        actions.decline_suggestion(suggestion=row, by=by, answer="No.")
    with make.acting(world.person(answers[0], "counsel")) as by:
        actions.decline_suggestion(suggestion=row, by=by, answer="No.")


def test_only_its_side_takes_it_back(world: World, agreement: TestingAgreement) -> None:
    row = suggested(world, agreement)
    for who in ("aurora", "commerce"):
        with make.acting(world.person(who, "counsel")) as by, pytest.raises(Refused, match="organisation that made"):
            actions.take_back_suggestion(suggestion=row, by=by)
    with make.acting(world.person("treasury", "counsel")) as by:
        actions.take_back_suggestion(suggestion=row, by=by)
    with make.acting(world.person("aurora", "counsel")) as by, pytest.raises(Refused, match="Taken back"):
        actions.accept_suggestion(suggestion=row, by=by)


def test_a_draft_with_other_words_is_not_written_over(world: World, agreement: TestingAgreement) -> None:
    row = suggested(world, agreement)
    with make.acting(world.person("aurora", "counsel")) as by:
        draft = actions.begin_version(agreement=agreement, by=by)
        actions.save_draft(
            agreement=agreement,
            by=by,
            row_version=draft.row_version,
            variables={},
            clauses={"findings_sharing": "Ours."},
        )
        with pytest.raises(Conflict) as caught:
            actions.accept_suggestion(suggestion=row, by=by)
        assert (caught.value.theirs, caught.value.yours) == (WORDS, "Ours.")
        assert read(agreement, by)[0].status == "open"


def test_it_is_not_taken_once_the_text_is_closed(world: World, agreement: TestingAgreement) -> None:
    row = suggested(world, agreement)
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.open_clearance(agreement=agreement, by=by)
        with pytest.raises(Refused, match="text cannot be changed"):
            actions.accept_suggestion(suggestion=queries.suggestions_for(agreement, by).get(pk=row.pk), by=by)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"clause_id": "nothing"}, "no such clause"),
        ({"clause_id": "voluntary"}, "stands as it is"),
        ({"text": " "}, "empty"),
        ({"text": "See {secret}."}, "no variable {secret}"),
        ({"text": "A\x00"}, "cannot be printed"),
        ({"reason": "A\x00"}, "cannot be printed"),
        ({"reason": "x" * 5001}, "5,000"),
        ({"variables": {"access_days": 31}}, "between 1 and 30"),
        ({"variables": {"other": 1}}, "no variable other"),
    ],
)
def test_what_cannot_be_suggested(
    world: World, agreement: TestingAgreement, values: dict[str, object], words: str
) -> None:
    with pytest.raises(Invalid) as caught:
        suggested(world, agreement, **values)
    assert any(words in problem.sentence for problem in caught.value.problems), caught.value.problems


def test_the_same_words_are_no_suggestion(world: World, agreement: TestingAgreement) -> None:
    with make.acting(world.person("treasury", "counsel")) as by:
        text = make.seen(agreement, by).current.clauses.get(clause_id="purpose").text
    with pytest.raises(Invalid, match="Nothing differs"):
        suggested(world, agreement, clause_id="purpose", text=text)


def test_sent_words_never_change(world: World, agreement: TestingAgreement) -> None:
    row = suggested(world, agreement)
    with make.acting(world.person("treasury", "counsel")):
        for change in ({"text": "Other."}, {"sent_at": None}, {"reason": "Other."}, {"status": "pending"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                ClauseSuggestion.objects.filter(pk=row.pk).update(**change)


def test_the_api(world: World, agreement: TestingAgreement) -> None:
    base = f"/api/v1/agreements/{agreement.reference}/suggestions/"
    counsel, developer = client_for(world.person("treasury", "counsel")), client_for(world.person("aurora", "counsel"))
    made = post(counsel, base, {"clause_id": "findings_sharing", "text": WORDS, "variables": {"fact_check_days": 7}})
    assert (made.status_code, made.json()["status"]) == (201, "pending"), made.content
    assert developer.get(base).json()["results"] == []
    assert post(developer, f"{base}{made.json()['id']}/accept/").status_code == 404
    assert post(counsel, f"{base}send/").json() == {"sent": 1}
    assert post(counsel, f"{base}send/").status_code == 409
    row = developer.get(base).json()["results"][0]
    assert (row["status"], row["organisation"], row["decided_by"]) == ("open", "Department of the Treasury", None)
    one = f"{base}{row['id']}/"
    assert post(counsel, f"{one}accept/").status_code == 403
    assert post(developer, f"{one}decline/", {"answer": ""}).status_code == 400
    done = post(developer, f"{one}accept/")
    assert (done.status_code, done.json()["status"], done.json()["decided_for"]) == (
        200,
        "accepted",
        "Aurora Cognition",
    )
    assert post(counsel, f"{one}take-back/").status_code == 403
    assert post(client_for(world.person("basalt", "counsel")), f"{one}decline/", {"answer": "No."}).status_code == 404


def post(client: Client, path: str, data: dict[str, object] | None = None) -> HttpResponse:
    """A question to the API with what each must carry."""
    return client.post(
        path, data or {}, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )  # fmt: skip


def test_the_pages(world: World, agreement: TestingAgreement) -> None:
    base = f"{agreement.get_absolute_url()}suggestions/"
    counsel, developer = client_for(world.person("treasury", "counsel")), client_for(world.person("aurora", "counsel"))
    assert b"No suggestion waits" in counsel.get(base).content
    page = counsel.get(f"{base}clause/findings_sharing/")
    assert b"{fact_check_days}" in page.content
    same = counsel.post(f"{base}clause/findings_sharing/", {"text": page.context["clause"].text, "reason": ""})
    assert (same.status_code, b"Nothing differs" in same.content) == (200, True)
    kept = counsel.post(f"{base}clause/findings_sharing/", {"text": WORDS, "reason": "Sooner."}, follow=True)
    assert b"Not sent yet: 1" in kept.content
    assert b"Sooner." not in developer.get(base).content
    assert b"Sent: 1." in counsel.post(f"{base}send/", follow=True).content
    page = developer.get(base)
    assert b"Take it into our draft" in page.content
    assert b"<b>at once" not in page.content
    assert b"Suggestions: 1 waits for an answer" in developer.get(f"{agreement.get_absolute_url()}negotiation/").content
    assert b"Take it into our draft" not in client_for(world.person("commerce", "counsel")).get(base).content
    row = page.context["open"][0]["row"]
    empty = developer.post(f"{base}{row.pk}/decline/", {"answer": ""}, follow=True)
    assert b"why it is not taken" in empty.content
    assert developer.post(f"{base}{row.pk}/approve/").status_code == 404
    done = developer.post(f"{base}{row.pk}/accept/", follow=True)
    assert b"It stands in your draft now" in done.content
    for words in (b"Taken into a draft", world.person("aurora", "counsel").name.encode()):
        assert words in counsel.get(base).content
    rival = client_for(world.person("basalt", "counsel"))
    for address in (base, f"{base}clause/purpose/"):
        assert rival.get(address).status_code == 404
    assert rival.post(f"{base}{row.pk}/accept/").status_code == 404
