"""Delegations that are given to a post: whoever holds it at that instant signs on them, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from agreements import actions, queries
from agreements.models import CompletionCertificate, Incumbency, Post
from core.decisions import Invalid, Refused
from jobs import testing as jobs
from jobs.models import Job
from notifications.models import Notice
from tests.agreements import factories as make
from tests.agreements import seats
from tests.agreements.seated import EACH, LINK, MINUTE, POST, judged, opened, seat, shown
from tests.agreements.test_authorities import HOLDER, NOW, SECOND, Link, root
from tests.world import World, client_for


@pytest.mark.parametrize(("link", "held", "said"), [row[1:] for row in EACH], ids=[str(row[0]) for row in EACH])
def test_each_check_refuses_by_itself(link: Link, held: Any, said: str) -> None:
    decision = judged(link, held)
    assert not decision and said in decision.reason


def test_what_passes() -> None:
    for held in (seat(), seat(ends_at=None), seat(ends_at=NOW + SECOND), seat(acting=True), seat(begins_at=NOW)):
        assert judged(LINK, held) and judged(LINK, held, root())
    assert judged(replace(LINK, acting_may_sign=False), seat())
    assert "leads back to its own holder" in judged(LINK, seat(), root(holder_id=HOLDER.pk)).reason
    assert "leads back to its own holder" in judged(LINK, seat(), root(holder_id=None, post_id=POST)).reason
    assert "is not held by" in judged(Link(holder_id=uuid4()), seat()).reason, "a post is no other delegation"


@pytest.mark.django_db
def test_the_incumbent_signs_and_how_they_held_the_post_stays_with_the_signature(world: World) -> None:
    held, agreement = opened(world)
    made = make.sign(world, agreement, "treasury")
    said = made.authority["incumbent"]
    assert (said["title"], said["acting"], said["source"]) == (seats.CYBER, False, "Order 2026-14")
    assert (said["id"], said["person"]) == (str(held.pk), str(world.person("treasury", "signatory").pk))
    assert (made.authority["holder"], made.authority["post"]) == ("", str(held.post_id))
    assert f"for Department of the Treasury as {seats.CYBER}; my signature" in made.intent
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert (row.status, row.plan[1].capacity) == ("in_force", seats.CYBER), "the other side reads in which post"
        (_, theirs) = CompletionCertificate.objects.get().content["signatures"]
        assert theirs["post"] == seats.CYBER and f"given to the post of {seats.CYBER}" in theirs["authority"]
        assert not Post.objects.visible_to(by).exists() and not Incumbency.objects.visible_to(by).exists()
    seats.end(world, held)
    with make.acting(world.person("aurora", "drafter")) as by:
        made.refresh_from_db()
        assert made.authority["incumbent"] == said and make.seen(agreement, by).status == "in_force"


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["the incumbency", "the post", "the delegation"])
def test_what_ends_between_page_and_post_refuses_the_signature(world: World, how: str) -> None:
    held, agreement = opened(world)
    page, at, sent = shown(world, agreement)
    if how == "the incumbency":
        seats.end(world, held)
    else:
        with make.acting(world.person("treasury", "administrator")) as by:
            if how == "the post":
                actions.end_post(post=held.post, by=by, reason="The office was dissolved.")
            else:
                row = seats.delegated(world)
                actions.revoke_authority(authority=row, by=by, reason="Taken back.")
    answer = page.post(at, sent)
    words = {
        "the incumbency": f"as {seats.CYBER} ended on",
        "the post": "was abolished on",
        "the delegation": "was revoked on",
    }
    assert answer.status_code == 403 and words[how] in answer.content.decode()
    jobs.run_due()
    for role, told in (("counsel", True), ("administrator", False), ("evaluator", False)):  # who did it knows
        person = world.person("treasury", role)
        with make.acting(person):
            assert Notice.objects.filter(user=person, kind="agreements.cannot_sign").exists() is told, role
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert row.status == "awaiting_signature" and row.signatures.count() == 1
        assert not Notice.objects.filter(user=by, kind="agreements.cannot_sign").exists(), "it is Treasury's to mend"


@pytest.mark.django_db
def test_a_time_that_was_over_a_second_ago_refuses_though_nobody_ended_it(world: World) -> None:
    """Also for a signatory of a later step: when the turn comes, their organisation is told instead of them."""
    now = timezone.now()
    seats.held(world, world.person("treasury", "signatory"), acting=True, ends_at=now + MINUTE)
    seats.delegated(world)
    make.authority(world, "aurora")
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now + MINUTE + SECOND)
        make.sign(world, agreement, "aurora", stepped_up_at=timezone.now())
        told = [(job.payload["kind"], job.payload["to"] != []) for job in Job.objects.filter(kind="notifications.tell")]
        assert ("agreements.cannot_sign", True) in told
        mine = str(world.person("treasury", "signatory").pk)
        asked = [
            j for j in Job.objects.filter(kind="notifications.tell") if j.payload["kind"] == "agreements.your_turn"
        ]
        assert not [j for j in asked if mine in j.payload["people"]]
        with pytest.raises(Refused, match=f"as Acting {seats.CYBER} ended on"):
            make.sign(world, agreement, "treasury", stepped_up_at=timezone.now())


@pytest.mark.django_db
def test_whoever_acts_is_named_instead_and_the_signature_says_so(world: World) -> None:
    held, agreement = opened(world)
    other = seats.deputy(world)
    acting = seats.held(world, other, acting=True)
    client = client_for(world.person("treasury", "counsel"))
    with make.acting(world.person("treasury", "counsel")) as by:
        row = make.seen(agreement, by).plan[1]
        (found,) = queries.who_else(make.seen(agreement, by), row, timezone.now())
        assert (found.person, found.incumbency, found.capacity) == (other, acting, f"Acting {seats.CYBER}")
    api = f"/api/v1/agreements/{agreement.reference}/signatories/{row.pk}/"
    (offered,) = client.get(api).json()["results"]
    assert (offered["person"], offered["incumbency"]) == (str(other.pk), str(acting.pk))
    page = f"{agreement.get_absolute_url()}signatories/{row.pk}/"
    assert f"Acting {seats.CYBER}" in client.get(page).content.decode()
    answer = client.post(page, {"authority": found.key, "reason": "Away until Friday."}, follow=True)
    assert f"{other.name} signs for" in answer.content.decode()
    with make.acting(other) as by:
        seen = make.seen(agreement, by)
        made = actions.sign(
            agreement=seen, by=by, shown_sha256=queries.current_file(seen).sha256, typed_name=by.name, agreed=True,
            stepped_up_at=timezone.now(),
        )  # fmt: skip
    assert made.authority["incumbent"]["acting"] is True
    assert f"as Acting {seats.CYBER} in the place of {held.person.name}" in made.intent


@pytest.mark.django_db
def test_a_delegation_can_leave_out_whoever_acts(world: World) -> None:
    seats.held(world, seats.deputy(world), acting=True)
    seats.delegated(world, acting_may_sign=False)
    make.authority(world, "aurora")
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    with (
        make.acting(world.person("aurora", "drafter")) as by,
        pytest.raises(Invalid, match="has nobody whose delegation covers"),
    ):
        actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
    seats.held(world, world.person("treasury", "signatory"))
    with make.acting(world.person("aurora", "drafter")) as by:
        row = actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
        assert row.plan[1].person == world.person("treasury", "signatory")
