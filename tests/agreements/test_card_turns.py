"""Turns with the file of a card's signatory: one holds it, the others wait, and what ends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from agreements import actions, moves, queries
from agreements.actions import own_signing
from agreements.models import Signatory, Signature, SigningTurn
from core.decisions import Invalid, Refused
from jobs import testing as jobs
from jobs.models import Job
from notifications.models import Notice
from tests.agreements import cards, elsewhere
from tests.agreements import factories as make
from tests.agreements.test_reassigning import delegation, deputy, reassign
from tests.world import World, client_for


@contextmanager
def a_day_later() -> Iterator[None]:
    """The clock of the application stands where every turn that was taken until now is over; its jobs are due."""
    real = timezone.now
    Job.objects.filter(kind=own_signing.LAPSE).update(not_before=real())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: real() + own_signing.LASTS + timedelta(minutes=1))
        yield


def tell() -> None:
    """Hand out the notices, also those of a day that has not come."""
    jobs.run_due(at=timezone.now() + timedelta(days=2), kinds=("notifications.tell",))


def test_one_holds_the_file_and_the_others_of_the_step_wait(world: World, trust: Path) -> None:
    first, second = cards.enrol(world, "aurora")[1], cards.enrol(world, "treasury")[1]
    agreement = make.awaiting(world, ("treasury", "commerce"), steps=(1, 1, 1))
    issued = cards.take(world, agreement, "aurora")
    name = world.person("aurora", "signatory").name
    with pytest.raises(Refused, match=f"{name} holds the file now"):
        cards.take(world, agreement, "treasury")
    with pytest.raises(Refused, match=f"{name} holds the file now"):
        make.sign(world, agreement, "commerce")
    page = client_for(world.person("commerce", "counsel")).get(agreement.get_absolute_url()).content.decode()
    assert f"Being signed by {name} for" in page and "being signed on a card since" in page and "&lt;" not in page
    with make.acting(world.person("commerce", "signatory")) as by:
        row = make.seen(agreement, by)
        assert not moves.is_mine(row, by)
    assert cards.take(world, agreement, "aurora") == issued  # taking again keeps the turn that there is
    with make.acting(world.person("aurora", "signatory")) as by:
        assert SigningTurn.objects.count() == 1
        actions.give_back(agreement=make.seen(agreement, by), by=by)
    with pytest.raises(Refused, match="You do not hold the file now"):
        cards.bring(world, agreement, "aurora", b"")
    field = cards.field_of(world, agreement, "aurora")
    late = elsewhere.sign(issued, field, first)
    make.sign(world, agreement, "commerce")
    newer = cards.take(world, agreement, "treasury")
    assert newer.startswith(issued) and newer != issued
    cards.bring(
        world, agreement, "treasury", elsewhere.sign(newer, cards.field_of(world, agreement, "treasury"), second)
    )
    cards.take(world, agreement, "aurora")
    with pytest.raises(Invalid, match="does not begin with the bytes that were downloaded"):
        cards.bring(world, agreement, "aurora", late)  # signed over a file that others have signed meanwhile
    done = cards.sign(world, agreement, "aurora", first)
    assert done.file_after.role == "executed"


def test_a_turn_lapses_by_the_clock_and_who_waits_is_told(world: World, trust: Path) -> None:
    _, card = cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",), steps=(1, 1))
    issued = cards.take(world, agreement, "aurora")
    upload = elsewhere.sign(issued, cards.field_of(world, agreement, "aurora"), card)
    with a_day_later():
        with pytest.raises(Refused, match="its 24 hours are over"):
            cards.bring(world, agreement, "aurora", upload)
        with make.acting(world.person("treasury", "signatory")) as by:
            assert make.seen(agreement, by).file_turn is None  # before any worker has run
            assert SigningTurn.objects.get().ended_at is None
        assert len(jobs.run_due(kinds=(own_signing.LAPSE,))) == 1
    tell()
    with make.acting(world.person("treasury", "signatory")) as by:
        assert SigningTurn.objects.get().ending == "lapsed"
        assert Notice.objects.filter(kind="agreements.file_free", user=by).count() == 1
    make.sign(world, agreement, "treasury")


def test_who_comes_after_a_lapsed_turn_waits_for_no_worker(world: World, trust: Path) -> None:
    cards.enrol(world, "aurora")
    cards.enrol(world, "treasury")
    agreement = make.awaiting(world, ("treasury",), steps=(1, 1))
    cards.take(world, agreement, "aurora")
    with a_day_later():
        cards.take(world, agreement, "treasury")
    with make.acting(world.person("aurora", "signatory")):
        assert list(SigningTurn.objects.order_by("taken_at").values_list("ending", flat=True)) == ["lapsed", ""]


def test_a_turn_that_was_given_back_lapses_no_more(world: World, trust: Path) -> None:
    cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    cards.take(world, agreement, "aurora")
    with make.acting(world.person("aurora", "signatory")) as by:
        actions.give_back(agreement=make.seen(agreement, by), by=by)
    with a_day_later():
        assert len(jobs.run_due(kinds=(own_signing.LAPSE,))) == 1
    tell()
    with make.acting(world.person("aurora", "signatory")):
        assert SigningTurn.objects.get().ending == "given_up"
        assert not Notice.objects.filter(kind="agreements.file_free").exists()


def test_naming_somebody_else_ends_the_turn_and_they_sign_their_own_way(world: World, trust: Path) -> None:
    agreement, _, issued = cards.ready(world, steps=(1, 2))
    other = deputy(world, role="intake")
    new = reassign(world, agreement, delegation(world, other))
    assert new.tier == "held"  # the card was the first one's
    with make.acting(world.person("treasury", "signatory")) as by:
        assert SigningTurn.objects.get().ending == "closed"
        with pytest.raises(Refused, match="You do not hold the file now"):
            actions.sign_elsewhere(
                agreement=make.seen(agreement, by), by=by, shown_sha256="", upload=issued, typed_name=by.name,
                agreed=True, stepped_up_at=timezone.now(),
            )  # fmt: skip
    with make.acting(other) as by:
        row = make.seen(agreement, by)
        file = queries.current_file(row)
        done = actions.sign(
            agreement=row,
            by=by,
            shown_sha256=file.sha256,
            typed_name=by.name,
            agreed=True,
            stepped_up_at=timezone.now(),
        )
    assert done.file_after.role == "executed"


def test_withdrawing_ends_the_turn(world: World, trust: Path) -> None:
    agreement, _, _ = cards.ready(world)
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.withdraw(agreement=make.seen(agreement, by), by=by, reason="Not now.")
        assert SigningTurn.objects.get().ending == "closed"


def test_declining_ends_the_turn(world: World, trust: Path) -> None:
    agreement, _, _ = cards.ready(world)
    with make.acting(world.person("treasury", "signatory")) as by:
        actions.decline_to_sign(agreement=make.seen(agreement, by), by=by, reason="The term is too short.")
        assert SigningTurn.objects.get().ending == "closed"
        assert make.seen(agreement, by).status == "in_negotiation"
        with pytest.raises(Refused, match="You do not hold the file now"):
            actions.download_to_sign(agreement=make.seen(agreement, by), by=by)
        assert Signatory.objects.filter(voided_at__isnull=True).count() == 0
        assert Signature.objects.count() == 1  # kept for the record
