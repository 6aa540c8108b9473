"""A delegation that is given to a post, and somebody who holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

from django.test import Client

from accounts.models import User
from agreements import actions
from agreements.models import Incumbency, TestingAgreement
from agreements.rules import authority as rules
from tests.agreements import factories as make
from tests.agreements import seats
from tests.agreements.test_authorities import HOLDER, NOW, SECOND, Link
from tests.world import World, client_for

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
POST = uuid4()
SEAT: Any = SimpleNamespace(
    post_id=POST, person_id=HOLDER.pk, begins_at=NOW - DAY, ends_at=NOW + DAY, concurred_at=NOW, acting=False,
    capacity="Director", post=SimpleNamespace(ended_at=None),
)  # fmt: skip
LINK = Link(holder_id=cast("Any", None), post_id=POST)


def seat(**changes: Any) -> Any:
    return SimpleNamespace(**{**vars(SEAT), **changes})


EACH = [
    ("not seated", LINK, None, "is given to a post that Maren Vale does not hold"),
    ("somebody else's seat", LINK, seat(person_id=uuid4()), "does not hold"),
    ("another post", LINK, seat(post_id=uuid4()), "does not hold"),
    ("too early", LINK, seat(begins_at=NOW + SECOND), "Maren Vale as Director begins only on"),
    ("ended this second", LINK, seat(ends_at=NOW), "Maren Vale as Director ended on"),
    ("abolished this second", LINK, seat(post=SimpleNamespace(ended_at=NOW)), "was abolished on"),
    ("no counsel", LINK, seat(concurred_at=None), "Counsel has not concurred with Maren Vale"),
    ("acting", replace(LINK, acting_may_sign=False), seat(acting=True), "may not be used by whoever acts in the post"),
]


def judged(link: Link, held: Any, *above: Link) -> Any:
    chain = cast("Any", [link, *above])
    return rules.covers(chain, person=cast(User, HOLDER), instrument="mou", at=NOW, incumbency=held)


def opened(world: World) -> tuple[Incumbency, TestingAgreement]:
    """Treasury's signatory holds the post that its only delegation is given to; Aurora has signed."""
    held = seats.held(world, world.person("treasury", "signatory"))
    seats.delegated(world)
    make.authority(world, "aurora")
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
    make.sign(world, agreement, "aurora")
    return held, agreement


def shown(world: World, agreement: TestingAgreement) -> tuple[Client, str, dict[str, str]]:
    """Treasury's signatory has the page open: the client, where it goes, and what they would send."""
    person, at = world.person("treasury", "signatory"), f"{agreement.get_absolute_url()}sign/"
    page = client_for(person)
    answer = page.get(at)
    assert seats.CYBER in answer.content.decode()
    return page, at, {"agreed": "on", "typed_name": person.name, "shown_sha256": answer.context["file"].sha256}
