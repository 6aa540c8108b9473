"""One agency of several leaves and the others go on; a notice is taken back; a new agreement replaces an old one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.seats import seats_of
from agreements import actions, outlasting, portfolio, queries, reference
from agreements.inbox import calendar
from agreements.models import AgreementParty, AgreementTemplate, Consolidation, TestingAgreement
from agreements.standing import ENDED, STANDS, standings
from core.decisions import Invalid, Refused
from jobs.testing import run_due
from tests.agreements import factories as make
from tests.world import World, client_for

TWO = ("treasury", "commerce")
REASON = "Our mandate ends."


def leave(world: World, agreement: TestingAgreement, agency: str = "treasury") -> TestingAgreement:
    with make.acting(world.person(agency, "counsel")) as by:
        return actions.give_leave_notice(agreement=make.seen(agreement, by), by=by, reason=REASON)


def its_day(agreement: TestingAgreement) -> None:
    """The notice period passes."""
    later = timezone.now() + timedelta(days=31)
    AgreementParty.objects.filter(target=agreement, leaves_on__isnull=False).update(leaves_on=timezone.now().date())
    assert len(run_due(at=later, kinds=("agreements.leave",))) == 1


def kinds(world: World, agreement: TestingAgreement) -> dict[str, str]:
    with make.acting(world.person("aurora", "drafter")):
        agencies = [world.agency(a) for a in TWO]
        found = standings(agreement.developer_id, agencies, timezone.now())
    return {agency.slug: found[agency.pk].kind for agency in agencies}


def test_an_agency_leaves_after_its_notice_and_the_others_go_on(world: World) -> None:
    agreement = make.in_force(world, TWO)
    row = leave(world, agreement)
    assert row.status == "in_force"
    assert kinds(world, agreement) == {"treasury": STANDS, "commerce": STANDS}, "the notice runs"
    with make.acting(world.person("aurora", "drafter")) as by:
        page = client_for(by).get(agreement.get_absolute_url()).content.decode()
        assert "Department of the Treasury leaves it on" in page
        assert REASON in page
        its_day(agreement)
    assert kinds(world, agreement) == {"treasury": ENDED, "commerce": STANDS}
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert row.status == "in_force"
        assert [a.slug for a in row.agencies] == ["commerce"]
        assert queries.in_force_between(world.aurora, world.agency("commerce"), timezone.now()) == row
        assert queries.in_force_between(world.aurora, world.agency("treasury"), timezone.now()) is None
        made = actions.start_amendment(agreement=row, by=by)
        assert made.order == [world.aurora.pk, world.agency("commerce").pk], "who left signs no amendment"
        assert outlasting.duties(row, by) == [], "for the developer the agreement goes on"
    counsel = world.person("treasury", "counsel")
    with make.acting(counsel):
        for refused in (actions.suspend, actions.terminate):
            with pytest.raises(Refused):
                refused(agreement=make.seen(agreement, counsel), by=counsel, reason=REASON)
        rows = {d.label: d for d in outlasting.duties(make.seen(agreement, counsel), counsel)}
    assert rows["Return or destroy within, days"].until == timezone.now().date() + timedelta(days=30)
    assert "received under it" in rows["Incident notice within, hours"].why
    page = client_for(counsel).get(agreement.get_absolute_url()).content.decode()
    assert "What still binds after its end" in page
    assert client_for(counsel).get(f"{agreement.get_absolute_url()}executed.pdf").status_code == 200, (
        "it goes on reading"
    )


def test_what_not_all_have_signed_lapses_when_a_party_leaves(world: World) -> None:
    agreement = make.in_force(world, TWO)
    amendment = make.amendment_awaiting(world, agreement, agencies=TWO, variables={"access_days": 20})
    leave(world, agreement)
    with make.acting(world.person("aurora", "drafter")) as by:
        its_day(agreement)
        row = make.seen(amendment, by)
        assert row.status == "lapsed"
        assert "Department of the Treasury left agreement" in row.ended_reason


def test_who_left_is_bound_by_the_text_of_that_day_not_by_what_others_amend_later(world: World) -> None:
    agreement = make.in_force(world, TWO)
    leave(world, agreement)
    with make.acting(world.person("aurora", "drafter")):
        its_day(agreement)
    make.amended(world, agreement, agencies=("commerce",), variables={"destruction_days": 7})
    counsel = world.person("treasury", "counsel")
    with make.acting(counsel):
        rows = {d.label: d for d in outlasting.duties(make.seen(agreement, counsel), counsel)}
        assert queries.obligation(make.seen(agreement, counsel), "destruction_days") == 30, (
            "the database hides the rest"
        )
        assert not Consolidation.objects.filter(agreement=agreement).exists()
    assert rows["Return or destroy within, days"].shown == 30
    with make.acting(world.person("commerce", "counsel")) as by:
        assert queries.obligation(make.seen(agreement, by), "destruction_days") == 7, "those who stay are bound by it"


def test_lists_and_calendar_end_for_who_leaves(world: World) -> None:
    agreement = make.in_force(world, TWO)
    party = AgreementParty.objects.filter(target=agreement, organisation=world.agency("treasury"))
    leave(world, agreement)
    counsel, stays = world.person("treasury", "counsel"), world.person("commerce", "counsel")
    with make.acting(counsel):
        day = party.get().leaves_on
        assert [(row.ends_on, row.by_notice) for row in portfolio.read(counsel)] == [(day, True)]
        words = [(e.words, e.begins) for e in calendar(counsel, seats_of(counsel))]
        assert words == [(f"{agreement.reference}: our agency leaves the agreement", day)]
    with make.acting(stays):
        assert [row.ends_on for row in portfolio.read(stays)] == [agreement.expires_on], "theirs goes on"
    with make.acting(world.person("aurora", "drafter")):
        its_day(agreement)
    with make.acting(counsel):
        assert portfolio.read(counsel) == []
        assert portfolio.replaceable(counsel) == []
        assert list(calendar(counsel, seats_of(counsel))) == []
    with make.acting(stays):
        assert [row.partners for row in portfolio.read(stays)] == [("Aurora Cognition",)]
        assert [e.begins for e in calendar(stays, seats_of(stays))] == [agreement.expires_on]


def test_the_agency_stays_after_all(world: World) -> None:
    agreement = make.in_force(world, TWO)
    leave(world, agreement)
    treasury, commerce = (client_for(world.person(a, "counsel")) for a in TWO)
    url = agreement.get_absolute_url()
    assert commerce.post(f"{url}stay/").status_code == 403, "another's notice"
    assert treasury.post(f"{url}stay/").status_code == 302
    assert treasury.post(f"{url}stay/").status_code == 403, "a second press finds no notice"
    with make.acting(world.person("aurora", "drafter")) as by:
        assert run_due(at=timezone.now() + timedelta(days=31), kinds=("agreements.leave",))
        assert [a.slug for a in make.seen(agreement, by).agencies] == list(TWO)


@pytest.mark.parametrize("case", ["developer", "alone", "twice", "last of two", "under notice", "no reason"])
def test_who_cannot_leave_reads_why(world: World, case: str) -> None:
    agreement = make.in_force(world, ("treasury",) if case == "alone" else TWO)
    who = "aurora" if case == "developer" else "commerce" if case == "last of two" else "treasury"
    if case in ("twice", "last of two"):
        leave(world, agreement)
    if case == "under notice":
        with make.acting(world.person("aurora", "counsel")) as by:
            actions.terminate(agreement=make.seen(agreement, by), by=by, reason=REASON)
    words = {
        "developer": "Only an agency leaves", "alone": "No other agency would stay", "twice": "notice was given already",
        "last of two": "No other agency would stay", "under notice": "the agreement ends for all",
        "no reason": "Give the reason",
    }[case]  # fmt: skip
    with make.acting(world.person(who, "counsel")) as by, pytest.raises((Refused, Invalid)) as refused:
        actions.give_leave_notice(
            agreement=make.seen(agreement, by), by=by, reason="" if case == "no reason" else REASON
        )
    assert words in str(refused.value)


def test_one_agency_of_several_does_not_end_it_for_the_others(world: World) -> None:
    agreement = make.in_force(world, TWO)
    with make.acting(world.person("treasury", "counsel")) as by, pytest.raises(Refused, match="they go on"):
        actions.terminate(agreement=make.seen(agreement, by), by=by, reason=REASON)


def test_the_database_keeps_a_leave_after_a_notice(world: World) -> None:
    agreement = make.in_force(world, TWO)
    with make.acting(world.person("treasury", "counsel")), pytest.raises(DatabaseError), transaction.atomic():
        AgreementParty.objects.filter(target=agreement).update(left_at=timezone.now())


def test_a_notice_of_termination_is_taken_back_by_who_gave_it(world: World) -> None:
    agreement = make.in_force(world, TWO)
    url = agreement.get_absolute_url()
    developer, agency = client_for(world.person("aurora", "counsel")), client_for(world.person("treasury", "counsel"))
    assert developer.post(f"{url}take-back/").status_code == 403, "none was given"
    with make.acting(world.person("aurora", "counsel")) as by:
        actions.terminate(agreement=make.seen(agreement, by), by=by, reason=REASON)
    assert kinds(world, agreement) == {"treasury": ENDED, "commerce": ENDED}
    assert agency.post(f"{url}take-back/").status_code == 403
    assert developer.post(f"{url}take-back/").status_code == 302
    assert kinds(world, agreement) == {"treasury": STANDS, "commerce": STANDS}
    with make.acting(world.person("aurora", "drafter")) as by:
        assert run_due(at=timezone.now() + timedelta(days=31), kinds=("agreements.end_notice",))
        row = make.seen(agreement, by)
        assert (row.status, row.terminates_on, row.ended_reason) == ("in_force", None, "")


def replacing(world: World, old: TestingAgreement, agencies: tuple[str, ...], **other: Any) -> TestingAgreement:
    """A draft that is to replace an agreement."""
    with make.acting(world.person("aurora", "drafter")) as by:
        values = {
            "template": reference.load(), "developer": world.aurora, "agencies": [world.agency(a) for a in agencies],
            "title": "Framework anew", "by": by, "home": world.aurora, "replaces": make.seen(old, by),
        } | other  # fmt: skip
        made = actions.start_from_template(**values)
        actions.save_draft(agreement=made, by=by, row_version=1, variables=make.FAMILIES, clauses={})
    return made


def test_a_new_agreement_replaces_the_old_one_in_the_moment_it_takes_effect(world: World) -> None:
    old = make.in_force(world, TWO)
    made = replacing(world, old, TWO)
    drafter = world.person("aurora", "drafter")
    counsel = client_for(world.person("treasury", "counsel"))
    assert "is to replace it" not in counsel.get(old.get_absolute_url()).content.decode(), "a draft is its own side's"
    with make.acting(drafter) as by:
        actions.send(agreement=made, by=by)
        actions.open_clearance(agreement=make.seen(made, by), by=by)
    assert "is to replace it" in counsel.get(old.get_absolute_url()).content.decode()
    page = counsel.get(f"{made.get_absolute_url()}redline/?from=replaced").content.decode()
    assert f"From agreement {old.reference} as it stands to version 1" in page
    for agency in TWO:
        make.concur(world, made, agency)
    with make.acting(drafter) as by:
        actions.open_for_signature(agreement=make.seen(made, by), by=by)
    for organisation in ("aurora", *TWO):
        with make.acting(drafter) as by:
            assert make.seen(old, by).status == "in_force", "until the last signature the old one binds"
        make.sign(world, made, organisation)
    with make.acting(drafter) as by:
        assert (make.seen(old, by).status, make.seen(made, by).status) == ("superseded", "in_force")
        assert outlasting.ended_on(make.seen(old, by), by) == timezone.now().date()
    assert kinds(world, made) == {"treasury": STANDS, "commerce": STANDS}, "access goes on under the new one"
    page = counsel.get(old.get_absolute_url()).content.decode()
    assert "has replaced it" in page
    assert "What still binds after its end" in page


@pytest.mark.parametrize("case", ["fewer parties", "ended", "nda"])
def test_what_cannot_be_replaced_so(world: World, case: str) -> None:
    old = make.in_force(world, TWO)
    other: dict[str, Any] = {}
    if case == "ended":
        with make.acting(world.person("aurora", "counsel")):
            TestingAgreement.objects.filter(pk=old.pk).update(status="expired")
    if case == "nda":
        other["template"] = AgreementTemplate.objects.get(instrument="nda", is_current=True)
    words = {"fewer parties": "Choose every agency", "ended": "in force", "nda": "gives access to models"}[case]
    with pytest.raises((Invalid, Refused), match=words):
        replacing(world, old, ("treasury",) if case == "fewer parties" else TWO, **other)


def test_a_rivals_agreement_is_none_that_could_be_replaced(world: World) -> None:
    old = make.in_force(world, ("treasury",), developer="basalt")
    client = client_for(world.person("aurora", "drafter"))
    assert old.reference not in client.get("/agreements/new/").content.decode()
    sent = {
        "template": str(reference.load().pk), "title": "Framework anew", "home": str(world.aurora.pk),
        "agencies": [str(world.agency("treasury").pk)], "signing": "sequence", "replaces": old.reference,
    }  # fmt: skip
    answer = client.post("/agreements/new/", sent)
    assert answer.status_code in (302, 400, 200)
    with make.acting(world.person("aurora", "drafter")):
        assert not TestingAgreement.objects.filter(title="Framework anew", replaces__isnull=False).exists()
