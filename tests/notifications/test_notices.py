"""Notices and mail: the right people, once, with nothing confidential; what is mailed is each person's choice."""

import dataclasses

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from core import rls
from core.decisions import Invalid
from jobs.models import Job
from jobs.testing import run_due
from notifications import actions as notify
from notifications import kinds, queries
from notifications.models import Mail, Notice
from tests.world import World, acting, client_for

KIND = "jobs.died"  # any kind with templates


def tell(world: World, **more) -> None:
    aurora = world.aurora
    with acting(world.person("aurora", "drafter")):
        notify.tell(
            KIND, about=aurora, to=[(aurora.pk, ("counsel", "drafter"))], url="/inbox/",
            context={"work": "O'Brien & AGR-1", "attempts": 1}, **more,
        )  # fmt: skip
    run_due()


def test_the_holders_of_the_roles_are_told_and_mailed(world: World) -> None:
    tell(world)
    told = {world.person("aurora", "counsel"), world.person("aurora", "drafter")}
    for person in told:
        with acting(person):
            assert [n.url for n in Notice.objects.all()] == ["/inbox/"]
    assert {m.to[0] for m in mail.outbox} == {p.email for p in told}
    assert "O'Brien & AGR-1" in mail.outbox[0].subject, "mail is plain text, not HTML"
    with acting(world.person("basalt", "counsel")):
        assert not Notice.objects.exists()


def test_whoever_did_it_is_not_told(world: World) -> None:
    tell(world, by=world.person("aurora", "drafter"))
    assert [m.to for m in mail.outbox] == [[world.person("aurora", "counsel").email]]


def test_a_person_who_left_is_not_told(world: World) -> None:
    with acting(world.person("aurora", "administrator")):
        Membership.objects.filter(user=world.person("aurora", "counsel")).update(ended_at="2026-01-01T00:00Z")
    tell(world)
    assert [m.to for m in mail.outbox] == [[world.person("aurora", "drafter").email]]


def test_one_side_can_tell_the_other_side(world: World) -> None:
    with acting(world.person("aurora", "drafter")):
        notify.tell(
            KIND, about=world.aurora, to=[(world.agency("commerce").pk, ("counsel",))], url="/inbox/",
            context={"work": "x", "attempts": 1},
        )  # fmt: skip
    run_due()
    assert [m.to for m in mail.outbox] == [[world.person("commerce", "counsel").email]]


def test_a_second_attempt_has_the_same_message_id(world: World) -> None:
    tell(world, by=world.person("aurora", "drafter"))
    (sent,) = Mail.objects.all()
    Mail.objects.update(sent_at=None)  # as if the worker died between sending and writing it down
    notify.send(Job.objects.get(kind="notifications.mail"))
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [sent.message_id] * 2


def test_what_was_sent_is_not_sent_again(world: World) -> None:
    tell(world)
    count = len(mail.outbox)
    notify.send(Job.objects.filter(kind="notifications.mail").first())
    assert len(mail.outbox) == count


def test_an_unknown_kind_is_an_error(world: World) -> None:
    with pytest.raises(KeyError):
        notify.tell("nobody.knows", about=world.aurora, url="/", context={})


def test_people_choose_what_is_mailed(world: World) -> None:
    counsel = world.person("aurora", "counsel")
    with acting(counsel):
        notify.set_preferences(user=counsel, how={KIND: "page"})
    tell(world, by=world.person("aurora", "drafter"))
    assert mail.outbox == []
    with acting(counsel):
        assert Notice.objects.count() == 1, "it still stands in the product"


def test_news_can_be_switched_off_and_what_asks_for_a_move_cannot(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    counsel = world.person("aurora", "counsel")
    with acting(counsel), pytest.raises(Invalid):
        notify.set_preferences(user=counsel, how={KIND: "off"})
    monkeypatch.setitem(kinds.KINDS, KIND, dataclasses.replace(kinds.KINDS[KIND], optional=True))
    with acting(counsel):
        notify.set_preferences(user=counsel, how={KIND: "off"})
    tell(world, by=world.person("aurora", "drafter"))
    with acting(counsel):
        assert not Notice.objects.exists() and mail.outbox == []
    monkeypatch.undo()
    tell(world, by=world.person("aurora", "drafter"))
    with acting(counsel):
        assert Notice.objects.count() == 1, "a kind that became needed is shown whatever was wished before"
    assert mail.outbox == []


@pytest.mark.parametrize("how", [{"nobody.knows": "mail"}, {KIND: "pigeon"}, {"jobs.mail_died": "mail"}])
def test_a_way_that_a_kind_does_not_have_is_refused(world: World, how: dict[str, str]) -> None:
    counsel = world.person("aurora", "counsel")
    with acting(counsel), pytest.raises(Invalid):
        notify.set_preferences(user=counsel, how=how)


def test_only_news_is_optional() -> None:
    asking = {
        "agreements.your_turn",
        "agreements.withdrawn",
        "early_access.needs_information",
        "early_access.withdrawn",
    }
    asking |= {"evaluations.proposed", "evaluations.stopped", "evaluations.not_verified", "evaluations.finding_shared"}
    assert not [name for name in asking if kinds.KINDS[name].optional]
    assert {"agreements.concurred", "early_access.acknowledged", "evaluations.verified"} <= {
        name for name, kind in kinds.KINDS.items() if kind.optional
    }


def test_nobody_sets_the_preferences_of_others(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), acting(world.person("basalt", "counsel")):
        notify.set_preferences(user=world.person("aurora", "counsel"), how={KIND: "page"})


def test_a_notice_is_read_by_its_person_only(world: World) -> None:
    tell(world)
    with rls.context():
        assert not Notice.objects.exists()


def test_notices_are_marked_one_by_one_or_all_together(world: World) -> None:
    tell(world)
    tell(world)
    counsel = world.person("aurora", "counsel")
    client = client_for(counsel)
    address = reverse("notifications:notices")
    with acting(counsel):
        first = queries.newest(counsel, 1)[0]
    assert client.get(address).content.count(b"<strong>new</strong>") == 2
    assert client.post(address, {"notice": str(first.pk)}).status_code == 302
    assert client.get(address).content.count(b"<strong>new</strong>") == 1
    client.post(address)
    assert b"<strong>new</strong>" not in client.get(address).content
    assert client.post(address, {"notice": "x"}).status_code == 404


def test_a_rivals_notice_cannot_be_marked(world: World) -> None:
    tell(world)
    counsel = world.person("aurora", "counsel")
    with acting(counsel):
        (notice,) = queries.newest(counsel, 5)
    client_for(world.person("basalt", "counsel")).post(reverse("notifications:notices"), {"notice": str(notice.pk)})
    with acting(counsel):
        notice.refresh_from_db()
    assert not notice.is_read


def test_the_preferences_page_saves(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = "tests.agreement_sent"
    monkeypatch.setitem(kinds.KINDS, kind, kinds.NoticeKind(kind, "An agreement is sent to you", optional=True))
    counsel = world.person("aurora", "counsel")
    client = client_for(counsel)
    address = reverse("notifications:preferences")
    page = client.get(address).content.decode()
    assert "An agreement is sent to you" in page
    assert "administrators" not in page
    for how in ("off", "page", "mail"):
        assert client.post(address, {f"how-{kind}": how}).status_code == 302
        with acting(counsel):
            assert queries.wishes([counsel], kind) == {counsel.pk: how}
        assert f'value="{how}" aria-label="An agreement is sent to you: ' in client.get(address).content.decode()
    assert client.post(address, {f"how-{kind}": "x"}).status_code == 400


def test_every_kind_has_its_mail() -> None:
    for kind in kinds.KINDS.values():
        for part in ("subject", "body"):
            get_template(f"{kind.template}.{part}.txt")


@pytest.mark.django_db
def test_the_pages_need_a_person() -> None:
    for name in ("inbox", "notices", "preferences", "calendar"):
        assert Client().get(reverse(f"notifications:{name}")).status_code == 302
