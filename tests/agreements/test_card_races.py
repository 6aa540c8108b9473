"""Two people and two tabs around one file that is signed on a card: real threads on the real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from agreements.models import Signature, SigningTurn
from core.decisions import Conflict, Refused
from tests.agreements import cards, elsewhere
from tests.agreements import factories as make
from tests.agreements.test_races import both
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_file_one_has_it(transactional_world: World, trust: Path) -> None:
    world = transactional_world
    for slug in ("aurora", "treasury"):
        cards.enrol(world, slug)
    agreement = make.awaiting(world, ("treasury",), steps=(1, 1))
    answers = both(*[lambda slug=slug: cards.take(world, agreement, slug) for slug in ("aurora", "treasury")])
    assert sorted(type(a).__name__ for a in answers) == ["Refused", "bytes"], answers
    assert "holds the file now" in next(a.decision.reason for a in answers if isinstance(a, Refused))
    with make.acting(world.person("aurora", "drafter")):
        assert SigningTurn.objects.filter(ended_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_a_card_and_a_click_in_the_same_step_one_comes_first(transactional_world: World, trust: Path) -> None:
    """Whoever signs here between another's taking and bringing back is refused; before the taking, the file is theirs."""
    world = transactional_world
    _, card = cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",), steps=(1, 1))
    answers = both(lambda: cards.take(world, agreement, "aurora"), lambda: make.sign(world, agreement, "treasury"))
    refused = [a for a in answers if isinstance(a, Conflict | Refused)]
    assert len(refused) <= 1, answers
    done = cards.sign(world, agreement, "aurora", card)
    if done.file_after.role != "executed":
        make.sign(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        assert make.seen(agreement, by).status == "in_force" and Signature.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_brought_back_twice_signs_once(transactional_world: World, trust: Path) -> None:
    world = transactional_world
    _, card = cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    issued = cards.take(world, agreement, "aurora")
    upload = elsewhere.sign(issued, cards.field_of(world, agreement, "aurora"), card)
    answers = both(*[lambda: cards.bring(world, agreement, "aurora", upload)] * 2)
    assert sum(isinstance(a, Signature) for a in answers) == 1, answers
    assert sum(isinstance(a, Conflict | Refused) for a in answers) == 1, answers
    with make.acting(world.person("aurora", "drafter")):
        assert Signature.objects.count() == 1 and SigningTurn.objects.get().ending == "signed"
