"""Two people, two connections, one row: real threads on the real database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from agreements import actions, components, queries
from agreements.models import (
    AgreementTemplate,
    Clause,
    ClauseDraft,
    Concurrence,
    Signature,
    SignatureAuthority,
    TestingAgreement,
)
from core.decisions import Conflict, Refused
from jobs.models import Job
from tests.agreements import factories as make
from tests.world import World


def both(*calls: Callable[[], object]) -> list[object]:
    """Run calls at the same moment, each on its own connection; results or exceptions, in order."""
    answers: list[object] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(index: int, call: Callable[[], object]) -> None:
        start.wait()
        try:
            answers[index] = call()
        except (Conflict, Refused) as error:
            answers[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, call)) for i, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_a_double_click_signs_once(transactional_world: World) -> None:
    world = transactional_world
    agreement = make.awaiting(world, ("treasury",))
    answers = both(*[lambda: make.sign(world, agreement, "aurora")] * 2)
    assert sorted(type(a).__name__ for a in answers) == ["Conflict", "Signature"], answers
    sentence = next(a.sentence for a in answers if isinstance(a, Conflict))
    assert sentence in (
        "Someone is signing now, try again.", "You have already signed this agreement. Nothing more is needed from you.",
        "The file changed since you opened this page. Read it again, then sign.",
    )  # fmt: skip
    with make.acting(world.person("aurora", "drafter")):
        assert Signature.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_revocation_that_holds_the_delegation_wins(transactional_world: World) -> None:
    """The signature waits for its lock, then looks at the clock: not the other way round."""
    world, held = transactional_world, threading.Event()
    agreement = make.awaiting(world, ("treasury",))

    def revoke() -> object:
        with make.acting(world.person("aurora", "administrator")) as by:
            row = SignatureAuthority.objects.get(organisation=world.aurora)
            done = actions.revoke_authority(authority=row, by=by, reason="At the last moment.")
            held.set()
            time.sleep(0.5)
            return done

    def sign() -> object:
        held.wait()
        return make.sign(world, agreement, "aurora")

    revoked, refused = both(revoke, sign)
    assert isinstance(revoked, SignatureAuthority)
    assert isinstance(refused, Refused) and "was revoked on" in refused.decision.reason
    with make.acting(world.person("aurora", "drafter")):
        assert Signature.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_whoever_meets_the_lock_is_told_to_try_again(transactional_world: World) -> None:
    world = transactional_world
    agreement = make.awaiting(world, ("treasury",))
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with make.acting(world.person("treasury", "counsel")):
                TestingAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
                held.set()
                done.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert held.wait(20)
        with pytest.raises(Conflict, match="Someone is signing now, try again"):
            make.sign(world, agreement, "aurora")
    finally:
        done.set()
        thread.join()
    assert make.sign(world, agreement, "aurora").level == "B-B"


@pytest.mark.django_db(transaction=True)
def test_withdrawal_and_last_signature_never_both_happen(transactional_world: World) -> None:
    world = transactional_world
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")

    def withdraw() -> object:
        with make.acting(world.person("aurora", "drafter")) as by:
            return actions.withdraw(agreement=agreement, by=by)

    both(lambda: make.sign(world, agreement, "treasury"), withdraw)
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        signatures = Signature.objects.count()
        assert (row.status, signatures) in (("in_force", 2), ("withdrawn", 1))
        if row.status == "in_force":
            assert queries.permits(row, "request", timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_clauses_published_at_once_both_enter_the_template(transactional_world: World) -> None:
    world = transactional_world
    drafts = []
    with make.acting(world.person("treasury", "counsel")) as by:
        for key in ("purpose", "cybersecurity"):
            row = actions.begin_clause_draft(key=key, by=by)
            row = actions.save_clause_draft(
                draft=row, row_version=row.row_version, by=by, text=f"New {key}.", variables=[], change_note="New."
            )
            drafts.append(actions.ask_second_reader(draft=row, row_version=row.row_version, by=by))

    def publish(draft: ClauseDraft, person: User) -> Clause:
        with make.acting(person) as by:
            return actions.publish_clause(draft=draft, row_version=draft.row_version, by=by)

    readers = [world.person(name, "counsel") for name in ("commerce", "defense")]
    both(*[partial(publish, draft, person) for draft, person in zip(drafts, readers, strict=True)])
    template = AgreementTemplate.objects.get(key="framework-mou", is_current=True)
    texts = {row.key: row.text for row in Clause.objects.filter(pk__in=template.clause_ids)}
    assert (template.version, texts["purpose"], texts["cybersecurity"]) == (3, "New purpose.", "New cybersecurity.")


@pytest.mark.django_db(transaction=True)
def test_two_counsel_who_begin_at_once_get_one_draft(transactional_world: World) -> None:
    world = transactional_world

    def begin(person: User) -> ClauseDraft:
        with make.acting(person) as by:
            return actions.begin_clause_draft(key="purpose", by=by)

    one, other = both(*[partial(begin, world.person(name, "counsel")) for name in ("treasury", "commerce")])
    assert isinstance(one, ClauseDraft)
    assert one == other


def _answer(world: World, agreement: TestingAgreement, component: str) -> object:
    with make.acting(world.person(component, "counsel")) as by:
        row = make.seen(agreement, by)
        return actions.concur_for_component(
            agreement=row, by=by, component=world.agency(component), text_hash=row.current.text_hash
        )


def _planned(world: World, order: str, *, blind: bool) -> TestingAgreement:
    agreement = make.negotiated(world, ("defense",))
    with make.acting(world.person("defense", "counsel")) as by:
        actions.set_component_plan(
            agreement=make.seen(agreement, by), by=by, agency=world.agency("defense"),
            components=["defense-nsa", "defense-cdao"], order=order, blind=blind,
        )  # fmt: skip
    with make.acting(world.person("aurora", "drafter")) as by:
        return actions.open_clearance(agreement=make.seen(agreement, by), by=by)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("blind", [False, True])
def test_two_components_that_answer_at_once_are_both_in(transactional_world: World, blind: bool) -> None:
    """Whoever comes second sees the first: under seal it opens both, and it is the agency's move."""
    world = transactional_world
    agreement = _planned(world, "parallel", blind=blind)
    made = both(*[partial(_answer, world, agreement, component) for component in ("defense-nsa", "defense-cdao")])
    assert [type(answer).__name__ for answer in made] == ["Concurrence", "Concurrence"], made
    with make.acting(world.person("defense", "counsel")) as by:
        (found,) = components.of(make.seen(agreement, by))
        assert found.is_clear and all(part.answer.revealed_at for part in found.parts)
    done = Job.objects.filter(kind="notifications.tell", payload__kind="agreements.components_done")
    assert done.count() == 1, "told once"
    make.concur(world, agreement, "defense")


@pytest.mark.django_db(transaction=True)
def test_two_components_in_turn_that_answer_at_once_keep_their_turn(transactional_world: World) -> None:
    world = transactional_world
    agreement = _planned(world, "sequence", blind=False)
    first, second = both(
        *[partial(_answer, world, agreement, component) for component in ("defense-nsa", "defense-cdao")]
    )
    assert isinstance(first, Concurrence), first
    assert isinstance(second, Concurrence) or "comes before yours" in str(second), second
    if not isinstance(second, Concurrence):
        assert isinstance(_answer(world, agreement, "defense-cdao"), Concurrence)


@pytest.mark.django_db(transaction=True)
def test_an_agency_and_the_refusal_of_its_component_never_both_stand(transactional_world: World) -> None:
    """The agency concurs while a component thinks again: either the refusal comes first, or nothing is asked any more."""
    world = transactional_world
    agreement = _planned(world, "parallel", blind=False)
    for component in ("defense-nsa", "defense-cdao"):
        _answer(world, agreement, component)

    def refuse() -> object:
        with make.acting(world.person("defense-nsa", "counsel")) as by:
            row = make.seen(agreement, by)
            return actions.refuse_for_component(
                agreement=row, by=by, component=world.agency("defense-nsa"), text_hash=row.current.text_hash,
                comment="Not so.", clause_ids=["publication"],
            )  # fmt: skip

    agency, component = both(lambda: make.concur(world, agreement, "defense"), refuse)
    assert (isinstance(agency, Refused), isinstance(component, Refused)) in ((True, False), (False, True))
