"""The organisation's page: people by role and page, invitations sent again and taken back, delegations for all to read."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, Membership, User
from core import rls
from core.decisions import Conflict, Refused
from notifications.models import Mail
from tests.agreements import factories as agreement_in
from tests.world import World, acting, client_for

PAGE = "/organisation/"


@pytest.fixture
def invited(world: World) -> Invitation:
    with acting(world.person("aurora", "administrator")) as by:
        return actions.invite(organisation=world.aurora, email="new@aurora.example", roles=["counsel"], by=by)[0]


def names(client: Client, address: str = PAGE) -> list[str]:
    return [row["membership"].user.name for row in client.get(address).context["people"]]


def test_people_are_listed_by_role(world: World) -> None:
    client = client_for(world.person("aurora", "drafter"))
    assert names(client) == sorted(names(client), key=str.lower) and len(names(client)) == 6
    assert names(client, f"{PAGE}?role=counsel") == ["Tomas Lindqvist"]
    assert len(names(client, f"{PAGE}?role=nonsense")) == 6
    with acting(world.person("aurora", "administrator")):
        Membership.objects.filter(user=world.person("aurora", "security")).update(ended_at=timezone.now())
    assert "Nobody here has this role." in client.get(f"{PAGE}?role=security").content.decode()


def test_people_come_in_pages_in_order_and_nobody_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["accounts.views.organisation"], "PEOPLE", 4)
    drafter = world.person("aurora", "drafter")
    with rls.context(user=drafter.pk, actor="system:test"):
        for n in range(6):  # four of one name, in both cases
            person = User.objects.create_user(f"n{n}@aurora.example", name="Ada Twin" if n % 2 else "ada twin")
            Membership.objects.create(user=person, organisation=world.aurora, roles=["counsel"])
    client, seen, address = client_for(drafter), [], PAGE
    while address:
        answer = client.get(address)
        seen += [row["membership"].pk for row in answer.context["people"]]
        after = answer.context["after"]
        address = f"{PAGE}?after={after}" if after else ""
    assert len(seen) == len(set(seen)) == 12
    assert "First page" in answer.content.decode()
    assert len(names(client, f"{PAGE}?after=nonsense")) == 4


def test_an_invitation_is_sent_again_under_a_new_link(world: World, invited: Invitation) -> None:
    client = client_for(world.person("aurora", "administrator"))
    assert "new@aurora.example" in client.get(PAGE).content.decode()
    assert client.post(f"/organisation/invitations/{invited.pk}/renew/").status_code == 302
    (mail,) = Mail.objects.filter(address="new@aurora.example")
    link = next(word for word in mail.body.split() if "/invitation/" in word)
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    with acting(world.person("aurora", "administrator")):
        row = Invitation.objects.get(pk=invited.pk)
    assert row.token_hash != invited.token_hash and row.expires_at > invited.expires_at


def test_one_that_ran_out_is_shown_and_opens_again(world: World, invited: Invitation) -> None:
    administrator = world.person("aurora", "administrator")
    with acting(administrator):
        Invitation.objects.filter(pk=invited.pk).update(expires_at=timezone.now() - timedelta(days=2))
    client = client_for(administrator)
    page = client.get(PAGE).content.decode()
    assert "Ran out" in page and "Send again" in page and "Take back" not in page
    client.post(f"/organisation/invitations/{invited.pk}/renew/")
    assert "Take back" in client.get(PAGE).content.decode()


def test_one_that_was_taken_back_stays_closed(world: World, invited: Invitation) -> None:
    administrator = world.person("aurora", "administrator")
    client = client_for(administrator)
    client.post(f"/organisation/invitations/{invited.pk}/revoke/")
    assert "Invitations stand here until" in client.get(PAGE).content.decode()
    with acting(administrator), pytest.raises(Conflict):
        actions.renew_invitation(invitation=invited, by=administrator)


def test_only_administrators_of_the_same_house_send_again(world: World, invited: Invitation) -> None:
    drafter = world.person("aurora", "drafter")
    assert client_for(drafter).post(f"/organisation/invitations/{invited.pk}/renew/").status_code == 403
    assert "new@aurora.example" not in client_for(drafter).get(PAGE).content.decode()
    rival = client_for(world.person("basalt", "administrator"))
    assert rival.post(f"/organisation/invitations/{invited.pk}/renew/").status_code == 404
    with acting(drafter), pytest.raises(Refused):
        actions.renew_invitation(invitation=invited, by=drafter)


def test_everybody_reads_the_houses_delegations_and_administrators_record_them(world: World) -> None:
    agreement_in.authority(world, "aurora")
    counsel = client_for(world.person("aurora", "counsel"), stepped_up=False)
    assert 'href="/agreements/authorities/"' in counsel.get(PAGE).content.decode()
    page = counsel.get("/agreements/authorities/").content.decode()
    assert "aurora-2026-1" in page and "Maren Vale" in page
    assert "Record a delegation" not in page and "Only an administrator of Aurora Cognition" in page
    rival = client_for(world.person("basalt", "counsel")).get("/agreements/authorities/").content.decode()
    assert "aurora-2026-1" not in rival
    late = client_for(world.person("aurora", "administrator"), stepped_up=False)
    assert late.get("/agreements/authorities/").status_code == 200
    assert late.post("/agreements/authorities/new/", {"number": "x"}).status_code == 302, "recording asks who one is"
