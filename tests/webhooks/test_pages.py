"""Webhooks on the pages and over the API: who may, what is shown once, what is refused and in which words."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from accounts import actions as accounts
from audit.models import Event
from core import rls
from core.decisions import Invalid
from notifications.models import Notice
from tests.webhooks.conftest import KINDS, add, deliver
from tests.webhooks.receiver import Receiver, genuine
from tests.world import World, acting, client_for
from webhooks import actions, policies
from webhooks.models import Delivery, Endpoint, Secret

LIST = "/organisation/webhooks/"
API = "/api/v1/webhooks/"


def june(world: World) -> Client:
    return client_for(world.person("aurora", "administrator"))


def test_adding_one_shows_the_secret_once_and_asks_who_one_is(world: World, receiver: Receiver) -> None:
    form = {"name": "Cases", "address": receiver.url, "kinds": KINDS}
    tired = client_for(world.person("aurora", "administrator"), stepped_up=False)
    assert "reauthenticate" in tired.post(f"{LIST}new/", form)["Location"]
    client = june(world)
    assert "No program is told of anything yet" in client.get(LIST).content.decode()
    assert "agreements.your_turn" not in client.get(f"{LIST}new/").content.decode()
    page = client.post(f"{LIST}new/", form)
    secret, row = page.context["secret"], page.context["endpoint"]
    assert secret in page.content.decode()
    for path in (LIST, row.get_absolute_url(), f"{row.get_absolute_url()}change/", f"{row.get_absolute_url()}secret/"):
        shown = client.get(path)
        assert shown.status_code == 200 and secret not in shown.content.decode()
    client.post(f"{row.get_absolute_url()}test/")
    deliver()
    assert genuine(secret, *receiver.got[0]) == [True]
    with acting(world.person("aurora", "administrator")) as by:
        assert set(Event.objects.filter(object_id=str(row.pk)).values_list("verb", flat=True)) >= {
            "webhooks.added", "webhooks.tested",
        }  # fmt: skip
        assert not Notice.objects.filter(user=by, kind="webhooks.added").exists()  # her own doing


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://cases.example/hooks", "must use https"),
        ("https://127.0.0.1/hooks", "private or reserved"),
        ("https://10.0.0.7/hooks", "private or reserved"),
        ("https://169.254.169.254/latest", "private or reserved"),
        ("https://[::1]:8443/", "private or reserved"),
        ("https://localhost/", "not a name"),
        ("https://user:secret@cases.example/", "name and password"),
        ("https://cases.example:22/", "Port 22"),
        ("javascript:alert(1)", "not an address"),
        ("https://no-such-name.invalid/", "cannot be found"),
    ],
)
def test_an_address_that_may_not_be_called_is_refused_in_a_sentence(world: World, address: str, why: str) -> None:
    with acting(world.person("aurora", "administrator")) as by:
        with pytest.raises(Invalid, match=why):
            actions.add(organisation=world.aurora, name="Cases", address=address, kinds=KINDS, by=by)
        assert not Endpoint.objects.exists()


@pytest.mark.parametrize("kinds", [[], ["webhooks.added"], ["jobs.died"], ["agreements.your_turn"], ["no.such"], ["*"]])
def test_kinds_that_are_not_offered_cannot_be_chosen(world: World, receiver: Receiver, kinds: list[str]) -> None:
    with acting(world.person("aurora", "administrator")) as by, pytest.raises(Invalid, match="kinds in the list"):
        actions.add(organisation=world.aurora, name="Cases", address=receiver.url, kinds=kinds, by=by)
    page = june(world).post(f"{LIST}new/", {"name": "", "address": receiver.url, "kinds": kinds})
    assert page.status_code == 200 and "usa-error-message" in page.content.decode()


def test_only_administrators_and_never_a_rival(world: World, receiver: Receiver) -> None:
    row, _ = add(world, receiver)
    with acting(world.person("aurora", "administrator")) as by:
        sent = actions.test(endpoint=row, by=by)
    paths = [row.get_absolute_url(), sent.get_absolute_url(), f"{row.get_absolute_url()}remove/"]
    drafter, rival = (client_for(world.person(*who)) for who in (("aurora", "drafter"), ("basalt", "administrator")))
    assert "Only an administrator of Aurora Cognition" in drafter.get(LIST).content.decode()
    for path in paths:
        assert drafter.get(path).status_code == 403
        assert rival.get(path).status_code == 404
    for verb in ("pause", "resume", "test", "remove", "secret", "change"):
        assert drafter.post(f"{row.get_absolute_url()}{verb}/").status_code == 403
        assert rival.post(f"{row.get_absolute_url()}{verb}/").status_code == 404
    assert rival.post(f"{sent.get_absolute_url()}again/").status_code == 404
    with acting(world.person("basalt", "administrator")):
        assert not Endpoint.objects.exists() and not Delivery.objects.exists() and not Secret.objects.exists()


def test_the_log_shows_what_came_back_as_text_and_sends_again(world: World, receiver: Receiver) -> None:
    row, _ = add(world, receiver)
    client = june(world)
    receiver.says(500, b"<script>alert(1)</script>")
    page = client.post(f"{row.get_absolute_url()}test/", follow=True)
    assert "It was not tried yet" in page.content.decode()
    refused = client.post(f"{row.get_absolute_url()}test/")
    assert refused.status_code == 403 and "on its way already" in refused.content.decode()
    deliver()
    sent = page.context["delivery"]
    text = client.get(sent.get_absolute_url()).content.decode()
    assert "answered 500" in text and "&lt;script&gt;alert(1)" in text and "<script>alert(1)" not in text
    assert sent.webhook_id in text
    refused = client.post(f"{sent.get_absolute_url()}again/")
    assert refused.status_code == 403 and "Waiting for its next attempt" in refused.content.decode()
    with rls.context(organisations=(world.aurora.pk,)):
        Delivery.objects.update(status="failed")
    assert "Send again what was given up" in client.get(row.get_absolute_url()).content.decode()
    log = client.get(row.get_absolute_url(), {"status": "failed"}).content.decode()
    assert "Given up" in log and sent.get_absolute_url() in log
    assert "No message is in this state" in client.get(row.get_absolute_url(), {"status": "held"}).content.decode()
    assert sent.get_absolute_url() in client.get(row.get_absolute_url(), {"status": "x", "after": "x"}).content.decode()
    receiver.says(204)
    client.post(f"{sent.get_absolute_url()}again/")
    with rls.context(organisations=(world.aurora.pk,)):
        row.health.refresh_from_db()
        type(row.health).objects.update(quiet_until=None)
    deliver()
    assert "Delivered" in client.get(sent.get_absolute_url()).content.decode()
    assert receiver.ids == [sent.webhook_id] * 2


def test_paused_resumed_changed_and_removed_on_its_page(world: World, receiver: Receiver) -> None:
    row, _ = add(world, receiver)
    client, page = june(world), row.get_absolute_url()
    assert "held back" in client.post(f"{page}pause/", follow=True).content.decode()
    assert "Nothing is sent to this webhook now" in client.post(f"{page}test/").content.decode()
    assert client.post(f"{page}pause/").status_code == 403
    assert "Active again" in client.post(f"{page}resume/", follow=True).content.decode()
    form = {"name": "Other", "address": receiver.url + "/other", "kinds": ["agreements.executed"]}
    assert "Other" in client.post(f"{page}change/", form, follow=True).content.decode()
    assert client.post(f"{page}change/", {**form, "address": "https://10.0.0.1/"}).status_code == 200
    rotated = client.post(f"{page}secret/", {"old": "signs"})
    assert rotated.context["secret"] in rotated.content.decode() and "24 hours" in rotated.content.decode()
    with rls.context(organisations=(world.aurora.pk,)):
        assert Endpoint.objects.get().kinds == ["agreements.executed"]
    client.post(f"{page}test/")
    assert client.get(f"{page}remove/").status_code == 200
    client.post(f"{page}remove/")
    deliver()
    assert receiver.got == [] and client.get(page).status_code == 404
    with acting(world.person("aurora", "administrator")):
        assert Event.objects.filter(verb="webhooks.removed").count() == 1
        assert not Secret.objects.exists()


def test_other_administrators_are_told_of_a_new_one_and_there_is_a_limit(world: World, receiver: Receiver) -> None:
    other = world.person("aurora", "drafter")
    with acting(world.person("aurora", "administrator")) as by:
        membership = other.memberships.get(organisation=world.aurora)
        accounts.change_roles(membership=membership, roles=["drafter", "administrator"], by=by)
        for number in range(policies.MOST):
            actions.add(organisation=world.aurora, name=f"No {number}", address=receiver.url, kinds=KINDS, by=by)
    deliver()
    with acting(other):
        assert Notice.objects.filter(user=other, kind="webhooks.added").count() == policies.MOST
    text = june(world).get(LIST).content.decode()
    assert "has 10 webhooks already" in text and f"{LIST}new/" not in text
    assert june(world).post(f"{LIST}new/", {}).status_code == 403


def call(client: Client, method: str, path: str, token: str) -> tuple[int, dict]:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    answer = client.generic(method, path, "{}" if method == "POST" else "", "application/json", headers=headers)
    return answer.status_code, answer.json()


def test_an_administrators_program_watches_pauses_and_sends_again(world: World, receiver: Receiver) -> None:
    row, secret = add(world, receiver)
    tokens = {}
    for name, role in (("aurora", "administrator"), ("aurora", "drafter"), ("basalt", "administrator")):
        home = world.organisations[name]
        with acting(world.person(name, role)) as by:
            tokens[name, role] = accounts.issue_token(organisation=home, name="x", scope="write", days=30, by=by)[1]
    mine, client = tokens["aurora", "administrator"], Client()
    status, listed = call(client, "GET", API, mine)
    assert status == 200 and [one["id"] for one in listed["results"]] == [str(row.pk)] and secret not in str(listed)
    status, made = call(client, "POST", f"{API}{row.pk}/test/", mine)
    assert (status, made["kind"], made["status"]) == (201, "webhooks.test", "waiting")
    deliver()
    status, full = call(client, "GET", f"{API}deliveries/{made['id']}/", mine)
    assert (full["status"], full["attempts"][0]["code"], full["webhook_id"]) == ("delivered", 204, receiver.ids[0])
    status, log = call(client, "GET", f"{API}{row.pk}/deliveries/?status=delivered", mine)
    assert [one["webhook_id"] for one in log["results"]] == receiver.ids
    assert call(client, "GET", f"{API}{row.pk}/deliveries/?status=x", mine)[0] == 400
    assert call(client, "POST", f"{API}deliveries/{made['id']}/again/", mine)[1]["status"] == "waiting"
    assert call(client, "POST", f"{API}{row.pk}/again/", mine)[0] == 403  # nothing was given up
    with acting(world.person("aurora", "administrator")):
        Delivery.objects.update(status="failed")
    assert call(client, "POST", f"{API}{row.pk}/again/", mine)[1] == {"messages": 1}
    assert call(client, "POST", f"{API}{row.pk}/pause/", mine)[1]["status"] == "paused"
    assert call(client, "POST", f"{API}{row.pk}/pause/", mine)[0] == 403
    assert call(client, "POST", f"{API}{row.pk}/resume/", mine)[1]["status"] == "active"
    assert call(client, "POST", API, mine)[0] == 405  # a page only, like changing the address and the secret
    foreign, drafter = tokens["basalt", "administrator"], tokens["aurora", "drafter"]
    for path in (f"{row.pk}/", f"{row.pk}/deliveries/", f"deliveries/{made['id']}/"):
        assert call(client, "GET", API + path, foreign)[0] == 404
        assert call(client, "GET", API + path, drafter)[0] == 403
    assert call(client, "GET", API, foreign)[1]["results"] == []
    assert call(client, "POST", f"{API}{row.pk}/remove/", mine)[0] == 200
    assert call(client, "GET", f"{API}{row.pk}/", mine)[0] == 404
