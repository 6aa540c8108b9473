"""Designation inquiries: a developer asks and may withdraw, and only NSA's designation authorities read it."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.seats import seats_of
from core import rls
from core.decisions import Conflict, Invalid, Refused
from early_access import actions, policies
from early_access.models import Designation, DesignationInquiry
from early_access.workflow import INQUIRY_OPEN
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.inquired import (
    COLLEAGUES,
    DRAFTER,
    NOTE,
    NSA,
    RIVAL,
    SECURITY,
    another,
    answer_with,
    asked,
    at,
    do,
)
from tests.early_access.test_keys import told
from tests.world import World, client_for


def test_a_developer_asks_and_nsa_answers_by_pointer(world: World) -> None:
    inquiry = at(world, "under_benchmark")
    assert (told(world, "inquiry_submitted", *NSA), told(world, "inquiry_acknowledged", *SECURITY)) == (1, 1)
    assert [told(world, "inquiry_submitted", *who) for who in COLLEAGUES] == [0, 0, 0]
    do(world, inquiry, "determine", NSA, **answer_with("answered_by_classified_channel"))
    assert (told(world, "inquiry_ended", *DRAFTER), told(world, "inquiry_ended", *RIVAL)) == (1, 0)
    with acting(world.person(*DRAFTER)):
        answer = Designation.objects.get(inquiry=inquiry)
    page = client_for(world.person(*DRAFTER)).get(f"/inquiries/{inquiry.reference}/").content.decode()
    assert "Answered by classified channel" in page and answer.pointer in page and NOTE in page
    assert "It approves, blocks and delays nothing." in " ".join(page.split())
    assert re.fullmatch(r"PTR-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.pointer)


@pytest.mark.parametrize("who", COLLEAGUES)
def test_nobody_at_nsa_but_its_designation_authority_reads_an_inquiry(world: World, who: tuple[str, str]) -> None:
    inquiry = at(world, "determined")
    with acting(world.person(*who)) as by:
        assert not DesignationInquiry.objects.exists() and not Designation.objects.exists(), "the second wall"
        assert DesignationInquiry.objects.newest_for(by, columns=()) == []
        assert DesignationInquiry.objects.count_for(by) == 0
    with rls.context(organisations=(world.agency("defense-nsa").pk,)):  # as a worker of NSA
        assert not DesignationInquiry.objects.exists()
    client = client_for(world.person(*who))
    for path in ("", "answer/", "close/", "withdraw/", "change/"):
        assert client.get(f"/inquiries/{inquiry.reference}/{path}").status_code == 404
    for path in ("/inquiries/", "/inbox/", f"/search/?q={inquiry.reference}", "/search/?q=Heron", "/models/"):
        text = client.get(path, follow=True).content.decode()
        assert "heron-rc1" not in text and "/inquiries/INQ" not in text, path


def test_the_first_wall_holds_without_the_second(world: World) -> None:
    """What `visible_to` and the lists give a colleague, where the database shows everything."""
    at(world, "submitted")
    person = world.person("defense", "router")
    with rls.context(user=world.staff.pk):
        assert DesignationInquiry.objects.count() == 1
        assert seats_of(person).holds(world.agency("defense-nsa").pk), "a seat at the component, through its parent"
        assert not DesignationInquiry.objects.visible_to(person).exists()
        assert DesignationInquiry.objects.newest_for(person, columns=()) == []
        designator = world.person(*NSA)
        assert DesignationInquiry.objects.visible_to(designator).count() == 1
        assert len(DesignationInquiry.objects.newest_for(designator, columns=("status",))) == 1
        assert DesignationInquiry.objects.count_for(designator, only={"status": "submitted"}) == 1
        assert DesignationInquiry.objects.count_for(designator, only={"status": "draft"}) == 0


def test_the_role_at_the_parent_opens_nothing(world: World) -> None:
    inquiry = at(world, "under_benchmark")
    person = world.person("defense", "router")
    with rls.context(user=person.pk, actor="system:test"):
        Membership.objects.filter(user=person).update(roles=["router", "designator"])
    client = client_for(person)
    assert client.get(f"/inquiries/{inquiry.reference}/").status_code == 404
    assert inquiry.reference not in client.get("/inquiries/").content.decode()
    with rls.context(user=world.staff.pk):
        row = DesignationInquiry.objects.get(pk=inquiry.pk)
        assert "Only NSA replies" in policies.may_determine(world.person("defense", "router"), row).reason


def test_a_draft_is_the_developers_alone(world: World) -> None:
    inquiry = asked(world)
    assert inquiry.agency_id is None
    assert client_for(world.person(*NSA)).get(f"/inquiries/{inquiry.reference}/").status_code == 404
    rival = client_for(world.person(*RIVAL))
    for path in ("", "change/", "withdraw/", "answer/"):
        assert rival.get(f"/inquiries/{inquiry.reference}/{path}").status_code == 404
    assert rival.post(f"/inquiries/{inquiry.reference}/move/submit/").status_code == 404
    do(world, inquiry, "withdraw_inquiry", SECURITY)
    assert told(world, "inquiry_withdrawn", *NSA) == 0, "NSA never had it"
    assert client_for(world.person(*NSA)).get(f"/inquiries/{inquiry.reference}/").status_code == 404


def test_a_draft_changes_and_a_stale_form_loses_nothing(world: World) -> None:
    inquiry, later = asked(world), another(world, "heron-rc2")
    sent = {"checkpoint": later.pk, "classified_reply": "nobody", "note": "Other words."}
    changed = do(world, inquiry, "change_inquiry", SECURITY, row_version=1, **sent)
    assert (changed.checkpoint_label, changed.configuration_sha256, changed.row_version) == ("heron-rc2", "cd" * 32, 2)
    assert do(world, inquiry, "change_inquiry", SECURITY, row_version=1, **sent).row_version == 2, "the same twice"
    with pytest.raises(Conflict, match="Somebody changed this draft"):
        do(world, inquiry, "change_inquiry", DRAFTER, row_version=1, **(sent | {"note": "Mine."}))
    page = client_for(world.person(*DRAFTER)).post(
        f"/inquiries/{inquiry.reference}/change/",
        {"row_version": 1, "checkpoint": str(later.pk), "classified_reply": "known", "note": "Typed meanwhile."},
    )
    assert page.status_code == 409 and "Typed meanwhile." in page.content.decode()
    do(world, inquiry, "submit_inquiry", DRAFTER)
    with pytest.raises(Refused, match="stays as it is"):
        do(world, inquiry, "change_inquiry", DRAFTER, row_version=3, **sent)


def test_what_may_be_asked(world: World) -> None:
    own, theirs = make.checkpoint(world), make.checkpoint(world, "basalt")
    with acting(world.person(*DRAFTER)) as by:
        for wrong, field in (
            ({"checkpoint": theirs.pk}, "checkpoint"), ({"classified_reply": "perhaps"}, "classified_reply"),
            ({"note": "x" * 1001}, "note"),
        ):  # fmt: skip
            with pytest.raises(Invalid) as refused:
                actions.ask(
                    developer=world.aurora, by=by, **{"checkpoint": own.pk, "classified_reply": "known"} | wrong
                )
            assert [p.field for p in refused.value.problems] == [field]
    with acting(world.person("aurora", "signatory")) as by, pytest.raises(Refused, match="policy lead, counsel"):
        actions.ask(developer=world.aurora, checkpoint=own.pk, classified_reply="known", by=by)
    with acting(world.person(*NSA)) as by, pytest.raises(Refused):
        actions.ask(developer=world.agency("defense-nsa"), checkpoint=own.pk, classified_reply="known", by=by)


def test_one_question_about_a_model_at_a_time_and_one_answer_about_a_checkpoint(world: World) -> None:
    checkpoint = make.checkpoint(world)
    first = at(world, "submitted", checkpoint)
    second = asked(world, another(world, "heron-rc2"))
    with pytest.raises(Invalid, match=f"{first.reference} about the same model waits"):
        do(world, second, "submit_inquiry", DRAFTER)
    client = client_for(world.person(*DRAFTER))
    page = client.post(f"/inquiries/{second.reference}/move/submit/", follow=True).content.decode()
    assert "waits for NSA. Withdraw it first" in page
    with acting(world.person(*DRAFTER)), pytest.raises(DatabaseError), transaction.atomic():
        DesignationInquiry.objects.filter(pk=second.pk).update(
            status="submitted", agency=world.agency("defense-nsa"), submitted_at=timezone.now()
        )
    for verb in ("acknowledge_inquiry", "begin_benchmark"):
        do(world, first, verb, NSA)
    do(world, first, "determine", NSA, **answer_with("designated"))
    with pytest.raises(Invalid, match=f"has answered about this checkpoint in {first.reference}"):
        do(world, asked(world, checkpoint), "submit_inquiry", DRAFTER)
    again = do(world, second, "submit_inquiry", DRAFTER)
    assert again.previous == first, "the re-determination is linked to the one before"
    for who in (DRAFTER, NSA):
        client = client_for(world.person(*who))
        assert first.reference in client.get(f"/inquiries/{second.reference}/").content.decode()
        assert second.reference in client.get(f"/inquiries/{first.reference}/").content.decode()


@pytest.mark.parametrize("state", INQUIRY_OPEN)
def test_a_developer_withdraws_at_once_from_every_open_state(world: World, state: str) -> None:
    inquiry = at(world, state)
    client = client_for(world.person(*SECURITY))
    url = f"/inquiries/{inquiry.reference}/withdraw/"
    assert "nobody’s leave, and no reason" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 403, "a second press changes nothing"
    with acting(world.person(*DRAFTER)):
        assert DesignationInquiry.objects.get(pk=inquiry.pk).status == "withdrawn"
    assert told(world, "inquiry_withdrawn", *NSA) == (0 if state == "draft" else 1)
    if state != "draft":
        with pytest.raises(Refused):
            do(world, inquiry, "determine", NSA, **answer_with("designated"))


def test_after_a_reply_there_is_nothing_to_withdraw(world: World) -> None:
    inquiry = at(world, "determined")
    with pytest.raises(Refused, match="“Answered”"):
        do(world, inquiry, "withdraw_inquiry", DRAFTER)
    assert (
        f"{inquiry.reference}/withdraw/"
        not in client_for(world.person(*DRAFTER)).get(f"/inquiries/{inquiry.reference}/").content.decode()
    )
