"""The pages and the API around a signing device: enrol, have it asked, look, finish, stop; and who may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import actions as accounts
from agreements.models import OwnCertificate, RemoteSigning, SigningTurn
from tests.agreements import elsewhere
from tests.agreements import factories as make
from tests.agreements import signing_devices as remote
from tests.agreements.signing_devices import Device, device
from tests.world import World, client_for

__all__ = ["device"]
API = "/api/v1/"
ENROL = "/agreements/certificates/new/"


def test_enrolling_names_the_key_and_where_it_lies(world: World, trust: Path, device: Device, settings: Any) -> None:
    me, person = client_for(world.person("treasury", "signatory")), world.person("treasury", "signatory")
    page = me.get(ENROL).content.decode()
    name = f"{person.pk}.{world.organisations['treasury'].pk}"
    assert f"<code>{name}</code>" in page and "In the signing device of this installation" in page
    key = elsewhere.card(person.name)
    sent = {"certificate": SimpleUploadedFile("c.pem", key.certificate)}
    assert me.post(ENROL, sent).context["form"].errors["key_at"]
    sent = {"certificate": SimpleUploadedFile("c.pem", key.certificate), "key_at": "nowhere"}
    assert me.post(ENROL, sent).context["form"].errors["key_at"]
    sent = {"certificate": SimpleUploadedFile("c.pem", key.certificate), "key_at": "device"}
    done = me.post(ENROL, sent, follow=True).content.decode()
    assert "in the signing device, under the name" in done and name in done
    settings.SIGNING_DEVICE = None
    page = me.get(ENROL).content.decode()
    assert name not in page and 'name="key_at"' not in page
    refused = me.post(
        f"{API}certificates/", {"certificate": SimpleUploadedFile("c.pem", key.certificate), "key_at": "device"}
    )
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "#/key_at")
    with make.acting(person):
        assert OwnCertificate.objects.get().key_at == "device"


def test_the_whole_way_by_the_pages(world: World, trust: Path, device: Device) -> None:
    remote.enrol(world, "aurora", device)
    agreement = make.awaiting(world, ("treasury",))
    person = world.person("aurora", "signatory")
    me, base = client_for(person), agreement.get_absolute_url()
    url = f"{base}sign/device/"
    assert me.get(f"{base}sign/")["Location"] == url
    page = me.get(url)
    assert "Have the device sign" in page.content.decode()
    values = {"shown_sha256": page.context["file"].sha256, "typed_name": person.name, "agreed": "on"}
    assert "Type your name" in me.post(url, {**values, "typed_name": "x"}).content.decode()
    stale = client_for(person, stepped_up=False)
    assert "next=" in stale.post(url, values)["Location"]
    assert me.post(url, values)["Location"] == url
    assert me.post(url, values)["Location"] == url  # a double click
    assert "Your signing device is being asked" in me.get(url).content.decode()
    assert me.post(f"{url}finish/").status_code == 409
    theirs = client_for(world.person("treasury", "counsel")).get(base).content.decode()
    assert "with a key in a signing device, since" in theirs and "being signed with a key in a signing device" in theirs
    device.does("exit 1")
    remote.answer()
    failed = me.get(url).content.decode()
    assert "Your signing device did not sign" in failed and "Have the device sign" in failed
    device.does(remote.SIGNS)
    me.post(url, values)
    assert "Stopped" in me.post(f"{url}stop/", follow=True).content.decode()
    assert me.post(f"{url}stop/").status_code == 403
    me.post(url, values)
    remote.answer()
    assert "Put the signature into the file" in me.get(url).content.decode()
    assert "next=" in stale.post(f"{url}finish/")["Location"]
    assert me.get(f"{url}finish/")["Location"] == url
    assert me.post(f"{url}finish/")["Location"] == f"{base}signed/"
    assert me.post(f"{url}finish/")["Location"] == f"{base}signed/"  # pressed twice
    assert me.get(url)["Location"] == f"{base}signed/"
    assert ", with a key in a signing device" in me.get(base).content.decode()
    with make.acting(person):
        assert list(SigningTurn.objects.order_by("taken_at").values_list("ending", flat=True)) == [
            "failed", "given_up", "signed",
        ]  # fmt: skip


def test_only_the_signatory_s_own_side_reads_what_was_asked(world: World, trust: Path, device: Device) -> None:
    remote.enrol(world, "aurora", device)
    agreement = make.awaiting(world, ("treasury",))
    asked = remote.ask(world, agreement, "aurora")
    for who in (("treasury", "signatory"), ("treasury", "counsel"), ("basalt", "signatory"), ("basalt", "drafter")):
        with make.acting(world.person(*who)):
            assert not RemoteSigning.objects.filter(pk=asked.pk).exists(), who
    url = f"{agreement.get_absolute_url()}sign/device/"
    assert client_for(world.person("basalt", "signatory")).get(url).status_code == 404
    for path in (url, f"{url}finish/", f"{url}stop/"):
        assert client_for(world.person("basalt", "signatory")).post(path).status_code == 404
        assert client_for(world.person("treasury", "signatory")).post(path).status_code == 403
        assert client_for(world.person("aurora", "drafter")).post(path).status_code == 403


def test_choosing_the_device_and_here_again(world: World, trust: Path, device: Device) -> None:
    agreement = make.awaiting(world, ("treasury",))
    me, base = client_for(world.person("aurora", "signatory")), agreement.get_absolute_url()
    assert "Sign with the device instead" not in me.get(f"{base}sign/").content.decode()
    remote.enrol(world, "aurora", device)
    assert "Sign with the device instead" in me.get(f"{base}sign/").content.decode()
    with make.acting(world.person("aurora", "signatory")) as by:
        mine = make.seen(agreement, by).plan[0]
    way = f"{base}signatories/{mine.pk}/way/"
    there = me.post(way, {"tier": "device"}, follow=True).content.decode()
    assert "You sign with a key in the signing device now" in there and "Have the device sign" in there
    remote.ask(world, agreement, "aurora")
    assert "You sign here now" in me.post(way, {"tier": "held"}, follow=True).content.decode()
    with make.acting(world.person("aurora", "signatory")):
        assert SigningTurn.objects.get().ending == "closed"


def test_every_step_over_the_api(world: World, trust: Path, device: Device) -> None:
    person = world.person("treasury", "signatory")
    me, key = client_for(person), elsewhere.card(person.name)
    device.keep(world, "treasury", key)
    sent = {"certificate": SimpleUploadedFile("c.pem", key.certificate), "key_at": "device"}
    enrolled = me.post(f"{API}certificates/", sent)
    assert (enrolled.status_code, enrolled.json()["key_at"]) == (201, "device")
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")
    base = f"{API}agreements/{agreement.reference}/sign/device/"

    def call(path: str = "", data: dict[str, Any] | None = None, client: Any = me) -> Any:
        return client.post(f"{base}{path}", data or {}, content_type="application/json")

    first = me.get(base).json()
    assert (first["state"], first["certificate_sha256"]) == ("not_asked", elsewhere.fingerprint(key))
    values = {"shown_sha256": first["file_sha256"], "typed_name": person.name, "agreed": True}
    assert call(data={**values, "agreed": False}).status_code == 400
    assert call(data={**values, "extra": 1}).status_code == 400
    assert call(data=values, client=client_for(person, stepped_up=False)).status_code == 403
    asked = call(data=values)
    assert (asked.status_code, asked.json()["state"]) == (202, "asked")
    assert call("finish/").status_code == 409
    assert call("stop/").status_code == 200
    device.does("exit 1")
    call(data=values)
    remote.answer()
    failed = me.get(base).json()
    assert failed["state"] == "failed" and "down" in failed["failure"] and failed["until"] is None
    device.does(remote.SIGNS)
    call(data=values)
    remote.answer()
    assert me.get(base).json()["state"] == "answered"
    assert call("finish/", client=client_for(person, stepped_up=False)).status_code == 403
    done = call("finish/")
    assert (done.status_code, done.json()["status"]) == (200, "in_force")
    assert [row["tier"] for row in done.json()["signatories"]] == ["held", "device"]


def test_a_token_has_no_device_asked(world: World, trust: Path, device: Device) -> None:
    remote.enrol(world, "aurora", device)
    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "signatory")) as by:
        _, text = accounts.issue_token(organisation=world.aurora, name="Build", scope="write", days=7, by=by)
    base = f"{API}agreements/{agreement.reference}/sign/device/"
    for path in (base, f"{base}finish/"):
        headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": f"key-{path}"}
        answer = Client().post(path, headers=headers)
        assert answer.status_code == 403 and "A token does not sign" in answer.content.decode()
