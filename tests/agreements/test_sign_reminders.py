"""Whoever is asked to sign is reminded every three days until they answer, at most ten times; nobody else is."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from agreements import actions
from agreements.models import TestingAgreement
from agreements.rules import steps
from jobs import testing as jobs
from jobs.models import Job
from notifications.models import Mail, Notice
from tests.agreements import factories as make
from tests.agreements.test_reassigning import delegation, deputy, reassign
from tests.world import World

KIND = "agreements.remind_to_sign"


def later(days: int = 4) -> None:
    """Some days go by."""
    jobs.run_due(at=timezone.now() + timedelta(days=days), kinds=(KIND, "notifications.tell"))


def reminded(world: World, *extra: object) -> list[int]:
    """How often Aurora's, Treasury's and Commerce's signatories (and others) were reminded."""
    people = [world.person(slug, "signatory") for slug in ("aurora", "treasury", "commerce")]
    found = []
    for person in (*people, *extra):
        with make.acting(person):
            found.append(Notice.objects.filter(user=person, kind="agreements.signature_reminder").count())
    return found


def waiting(agreement: TestingAgreement) -> int:
    return Job.objects.filter(kind=KIND, state="queued").count()


def test_only_who_is_in_turn_is_reminded_and_only_until_they_answer(world: World) -> None:
    agreement = make.awaiting(world, ("treasury", "commerce"), steps=(1, 2, 2))
    later(2)
    assert reminded(world) == [0, 0, 0]
    later()
    assert reminded(world) == [1, 0, 0]
    later(40)  # after a standstill one comes, not all that were missed
    assert reminded(world) == [2, 0, 0]
    make.sign(world, agreement, "aurora")
    later()
    assert reminded(world) == [2, 1, 1]
    make.sign(world, agreement, "commerce")
    other = deputy(world, role="intake")
    reassign(world, agreement, delegation(world, other))
    later()
    assert reminded(world, other) == [2, 1, 1, 1]
    with make.acting(other) as by:
        actions.decline_to_sign(agreement=make.seen(agreement, by), by=by, reason="The term is too long.")
    later()
    assert reminded(world, other) == [2, 1, 1, 1]
    assert waiting(agreement) == 0
    mails = Mail.objects.filter(subject__startswith="It is still your turn to sign")
    assert {"decline" in mail.body and agreement.reference in mail.body for mail in mails} == {True}


def test_reminders_end_and_a_job_that_runs_twice_reminds_of_nothing_new(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    for number in range(steps.MOST + 2):
        later()
        assert reminded(world)[0] == min(number + 1, steps.MOST)
    assert waiting(agreement) == 0


def test_a_withdrawn_agreement_reminds_nobody(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(agreement=make.seen(agreement, by), by=by)
    later()
    assert reminded(world) == [0, 0, 0] and waiting(agreement) == 0
