"""The weights route: signer, manifest, what arrived at each agency, and its certificate of destruction."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from core.decisions import Conflict, Invalid, Refused
from early_access import actions, changes, weights
from early_access.models import (
    DestructionCertificate,
    EarlyAccessRequest,
    ReturnItem,
    WeightsManifest,
    WeightsReceipt,
)
from early_access.rules import weights as rules
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access.test_keys import told
from tests.world import World, client_for

HERE = Path(__file__).parent / "manifests"
CAISI, TREASURY = make.AGENCIES
PEM, BUNDLE = (HERE / "signer.pub.pem").read_text(), (HERE / "key.sig.json").read_bytes()
SUMS = (HERE / "SHA256SUMS").read_text()
ROOT = "d4296ab5eccc89509a7e149db96b48718acfa0b57e4020f0e08f9b1780df60bf"
WHERE = "Vault 3 of the Aurora enclave, shelf heron-rc1"


def opened(world: World) -> EarlyAccessRequest:
    """By weights, with its manifest, while the window is open."""
    access = {"method": "weights_by_agency_channel", "base_url": "", "dialect": "", "model_name": ""}
    request = make.draft(world, access=access)
    with acting(world.person("aurora", "security")) as by:
        actions.register_signer(request=request, pem=PEM, by=by)
        actions.register_manifest(request=request, bundle=BUNDLE, location=WHERE, by=by)
    with acting(world.person("aurora", "drafter")) as by:
        actions.submit(request=request, by=by)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        actions.accept(request=request, by=by)
        actions.confirm_schedule(request=request, by=by)
    from jobs.testing import run_due

    run_due(kinds=("early_access.open_window",))
    return make.seen(world, request)


def confirm(world: World, request: EarlyAccessRequest, agency: str = CAISI, **said: Any) -> WeightsReceipt:
    with acting(world.person(agency, "evaluator")) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        return actions.confirm_weights(request=row, agency=world.agency(agency), by=by, **{"root_sha256": ROOT} | said)


def picture(request: EarlyAccessRequest, by: User) -> changes.Picture:
    found = changes.picture(EarlyAccessRequest.objects.get(pk=request.pk), by)
    assert found is not None
    return found


def test_a_manifest_is_taken_when_its_signature_leads_to_the_registered_signer(world: World) -> None:
    request = make.draft(world, access={"method": "weights_by_agency_channel"})
    with acting(world.person("aurora", "security")) as by:
        with pytest.raises(Invalid, match="Register the signer"):
            actions.register_manifest(request=request, bundle=BUNDLE, location=WHERE, by=by)
        with pytest.raises(Invalid, match="private key"):
            actions.register_signer(request=request, pem="-----BEGIN PRIVATE KEY-----", by=by)
        actions.register_signer(request=request, pem=(HERE / "ca.pem").read_text(), by=by)
        with pytest.raises(Invalid, match="a certificate is registered"):
            actions.register_manifest(request=request, bundle=BUNDLE, location=WHERE, by=by)
        assert actions.register_signer(request=request, pem=PEM, by=by) == actions.register_signer(
            request=request, pem=PEM, by=by
        )
        first = actions.register_manifest(request=request, bundle=BUNDLE, location=WHERE, by=by)
        assert actions.register_manifest(request=request, bundle=BUNDLE, location=WHERE, by=by) == first
        assert (first.root_sha256, first.file_count, first.version) == (ROOT, 5, 1)
        assert list(weights.files(first)) == [line[66:] for line in SUMS.splitlines()]
        second = actions.register_manifest(request=request, bundle=BUNDLE, location="Shelf 2", by=by)
        assert second.version == 2
        with pytest.raises(DatabaseError), transaction.atomic():
            WeightsManifest.objects.filter(pk=first.pk).update(root_sha256="0" * 64)
    with acting(world.person("aurora", "signatory")) as by, pytest.raises(Refused):
        actions.register_signer(request=request, pem=PEM, by=by)
    with acting(world.person("basalt", "security")):
        assert not WeightsManifest.objects.exists()
    with acting(world.person(CAISI, "evaluator")):
        assert not WeightsManifest.objects.exists(), "a draft is the developer's"


@pytest.mark.parametrize(
    "location",
    ["", "https://u:p@store.example/x", "https://s3.example/x?X-Amz-Signature=ab", "s3://b/k?token=1", "a\nb"],
)
def test_a_location_opens_nothing_by_itself(location: str) -> None:
    assert rules.location_problems(location)


def test_a_plain_pointer_is_a_location() -> None:
    assert rules.location_problems("s3://aurora-heron/rc1/ (eu-1); ask Rafael Ito") == []


def test_what_arrived_is_put_in_the_order_of_the_manifest() -> None:
    assert rules.in_order({"b": "1", "a": "2", "c": "3"}, {"z": "9", "a": "5", "b": "1", "d": "7"}) == [
        "1",
        "5",
        "7",
        "9",
    ]


def test_what_arrived_is_compared_file_by_file_and_told_to_its_two_sides(world: World) -> None:
    request = opened(world)
    with pytest.raises(Invalid, match="64 characters"):
        confirm(world, request, root_sha256="abc")
    with pytest.raises(Invalid, match="Line 1"):
        confirm(world, request, listing="what is this")
    with pytest.raises(Invalid, match="this digest is another"):
        confirm(world, request, root_sha256="0" * 64, listing=SUMS)
    lines = SUMS.splitlines()
    changed = "\n".join(["f" * 64 + lines[0][64:], *lines[2:], f"{'a' * 64}  extra.bin"])
    with pytest.raises(Invalid, match="the files that you list are others"):
        confirm(world, request, listing=changed)
    with pytest.raises(Conflict, match="version 1 was registered"):
        confirm(world, request, version=7)
    differs = confirm(world, request, root_sha256="0" * 64, listing=changed)
    assert not differs.matches
    assert [(d["name"], d["what"]) for d in differs.differences] == [
        ("config.json", "different"), ("extra.bin", "added"), ("model-00001-of-00003.safetensors", "missing"),
    ]  # fmt: skip
    assert told(world, "weights_differ", "aurora", "security") == 1
    computed = confirm(world, request, root_sha256="", listing=changed)
    assert not computed.matches and computed.root_sha256 not in ("", ROOT)
    assert confirm(world, request, root_sha256="", listing=SUMS, statement="By list.").root_sha256 == ROOT
    good = confirm(world, request, root_sha256=ROOT.upper(), listing=SUMS, signer_confirmed=True, version=1)
    assert good.matches and good.signer_confirmed
    assert confirm(world, request, root_sha256=ROOT, listing=SUMS, signer_confirmed=True) == good, "the second press"
    with acting(world.person("aurora", "security")) as by:
        assert [r.matches for r in weights.receipts(request, by)] == [True, True, False, False]
    with acting(world.person(TREASURY, "evaluator")) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        assert weights.receipts(row, by) == [], "another agency's"
        with pytest.raises(Refused, match="of an agency that tests"):
            actions.confirm_weights(request=row, agency=world.agency(CAISI), root_sha256=ROOT, by=by)
    with acting(world.person(CAISI, "evaluator")), pytest.raises(DatabaseError), transaction.atomic():
        WeightsReceipt.objects.filter(pk=differs.pk).update(matches=True)


def test_whoever_received_weights_certifies_their_destruction(world: World) -> None:
    request = opened(world)
    confirm(world, request)
    with acting(world.person("aurora", "drafter")) as by:
        actions.close_early(request=make.seen(world, request), by=by)
    with pytest.raises(Refused, match="while the window is open"):
        confirm(world, request)
    today = timezone.now().date()
    with acting(world.person(CAISI, "evaluator")) as by:
        item = ReturnItem.objects.select_related("request").get(request=request)
        assert (item.agency, item.kept_until) == (world.agency(CAISI), None), "asked of whoever received them, at once"

        def answer(outcome: str, **said: Any) -> ReturnItem:
            return actions.answer_return(item=item, outcome=outcome, statement="Discs 4 and 5.", by=by, **said)

        with pytest.raises(Invalid, match="Say that they were returned or destroyed"):
            answer("nothing_held")
        with pytest.raises(Invalid) as refused:
            answer("destroyed", destroyed_on=today + timedelta(days=1))
        assert [p.field for p in refused.value.problems] == ["method", "destroyed_on"]
        answer("destroyed", destroyed_on=today, method="cryptographic")
        made = DestructionCertificate.objects.get(item=item)
        said = json.loads(made.text)
        assert (said["root_sha256"], said["destroyed_on"], said["certified_by"]) == (ROOT, str(today), by.name)
        assert made.sha256 == sha256(made.text.encode()).hexdigest()
        client = client_for(by)
    url = f"/requests/{request.reference}/"
    download, by_api = f"{url}return/{item.pk}/certificate/", f"/api/v1{url}return-items/{item.pk}/certificate/"
    for person, status in (
        (world.person("aurora", "security"), 200), (world.person(TREASURY, "evaluator"), 404),
        (world.person("basalt", "security"), 404),
    ):  # fmt: skip
        assert client_for(person).get(download).status_code == status
        assert client_for(person).get(by_api).status_code == status
    assert client.get(download).content == client.get(by_api).content == made.text.encode()
    assert made.sha256 in client.get(url).content.decode()


def test_testing_begins_with_the_weights_that_were_signed_for(world: World) -> None:
    request = opened(world)
    confirm(world, request, root_sha256="0" * 64)
    with acting(world.person(CAISI, "evaluator")) as by:
        assert picture(request, by).began == {}, "others than those that were signed for"
    confirm(world, request)
    with acting(world.person("aurora", "security")) as by:
        assert list(picture(request, by).began) == [world.agency(CAISI).name]
        assert picture(request, by).weights is None
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        actions.announce_change(request=row, sentence="Served in another way.", variants=["production"],
                                access={"context_length": 64000}, by=by)  # fmt: skip
        actions.register_manifest(request=row, bundle=BUNDLE, location="Shelf 2", by=by)
    for who, begun in (("aurora", [world.agency(CAISI).name]), (CAISI, [world.agency(CAISI).name]), (TREASURY, [])):
        with acting(world.person(who, "evaluator" if who != "aurora" else "security")) as by:
            found = picture(request, by)
            assert [change.begun for change in found.changes] == [begun], who
            assert (found.weights.begun if found.weights else []) == begun, "not whether another agency has begun"
            page = client_for(by).get(f"/requests/{request.reference}/").content.decode()
            told = client_for(by).get(f"/api/v1/requests/{request.reference}/changes/").json()["weights"]
        assert ("Other weights registered since testing began" in page) == bool(begun)
        assert (told["version"] if told else None) == (2 if begun else None)


def test_where_no_weights_were_received_nothing_more_is_asked(world: World) -> None:
    request = opened(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=make.seen(world, request), by=by)
    with acting(world.person(TREASURY, "evaluator")) as by:
        item = ReturnItem.objects.get(request=request, agency=world.agency(TREASURY))
        page = client_for(by).get(f"/requests/{request.reference}/return/{item.pk}/").content.decode()
        assert "Day of the destruction" not in page
        actions.answer_return(item=item, outcome="nothing_held", statement="Nothing came.", by=by)
        assert not DestructionCertificate.objects.exists()


def test_pages_and_api(world: World) -> None:
    request = make.draft(world, access={"method": "weights_by_agency_channel"})
    url, security = f"/requests/{request.reference}/", client_for(world.person("aurora", "security"))
    assert "None registered yet" in security.get(url).content.decode()
    assert "no PEM" in security.post(f"{url}weights/signer/", {"pem": "hello"}).content.decode()
    assert security.post(f"{url}weights/signer/", {"pem": PEM}).status_code == 302

    def upload(content: bytes, location: str = WHERE) -> Any:
        file = SimpleUploadedFile("heron.sig", content)
        return security.post(f"{url}weights/manifest/", {"location": location, "bundle": file})

    broken = upload(BUNDLE.replace(b"MEU", b"MEV")).content.decode()
    assert "id_bundle" in broken and WHERE in broken, "nothing typed is lost"
    assert "opens the weights by itself" in upload(BUNDLE, "https://a:b@c.example/").content.decode()
    assert upload(BUNDLE).status_code == 302
    page = security.get(url).content.decode()
    assert ROOT in page and "model-00003-of-00003.safetensors" in page
    assert security.get(f"{url}weights/manifest/1/bundle/").content == BUNDLE
    assert security.get(f"{url}weights/manifest/1/sums/").content.decode() == SUMS
    assert security.get(f"{url}weights/manifest/2/sums/").status_code == 404
    api = f"/api/v1{url}weights/manifests/"
    assert security.get(f"{api}1/bundle/").content == BUNDLE
    assert security.get(f"{api}1/sums/").content.decode() == SUMS
    assert security.get(f"{api}2/bundle/").status_code == 404
    rival = client_for(world.person("basalt", "security"))
    for path in ("weights/signer/", "weights/manifest/", "weights/manifest/1/bundle/", f"weights/receipt/{CAISI}/"):
        assert rival.get(f"{url}{path}").status_code == 404
    assert {rival.get(f"{api}1/{name}/").status_code for name in ("bundle", "sums")} == {404}
    other = make.draft(world)
    assert security.get(f"/requests/{other.reference}/weights/signer/").status_code == 404, "reached by a key"

    shown = opened(world)
    url = f"/requests/{shown.reference}/"
    evaluator = client_for(world.person(CAISI, "evaluator"))
    assert "Confirm what arrived" in evaluator.get(url).content.decode()
    assert ROOT in evaluator.get(f"{url}weights/receipt/{CAISI}/").content.decode()
    assert evaluator.get(f"{url}weights/receipt/{TREASURY}/").status_code == 403
    answer = evaluator.post(f"{url}weights/receipt/{CAISI}/", {"version": 1, "root_sha256": "zz"})
    assert "64 characters" in answer.content.decode()
    assert evaluator.post(f"{url}weights/receipt/{CAISI}/", {"version": 1, "root_sha256": "0" * 64}).status_code == 302
    assert "Differs" in security.get(url).content.decode()
    api = f"/api/v1{url}weights/"
    assert evaluator.get(f"{api}manifests/").json()["results"][0]["root_sha256"] == ROOT
    assert security.get(f"{api}receipts/").json()["results"][0]["matches"] is False
    assert security.get(f"{api}signers/").json()["results"][0]["kind"] == "key"
    assert rival.get(f"{api}receipts/").status_code == 404


def test_what_was_kept_of_a_test_is_answered_part_by_part_and_certified(world: World) -> None:
    request = make.submitted(world)
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=request, by=by)
    with acting(world.person(TREASURY, "evaluator")) as by:
        item = ReturnItem.objects.get(request=request, agency=world.agency(TREASURY))
        with pytest.raises(Invalid) as refused:
            actions.answer_return(
                item=item, outcome="nothing_held", statement="No.", parts={"logs": "destroyed"}, by=by
            )
        assert [p.field for p in refused.value.problems] == ["part_logs"]
        client, place = client_for(by), f"/requests/{request.reference}/"
        sent = {"outcome": "destroyed", "statement": "Overwritten.", "part_copies": "kept", "part_logs": ""}
        assert client.post(f"{place}return/{item.pk}/", sent).status_code == 302
        made = DestructionCertificate.objects.get(item=item)
        said = json.loads(made.text)
        assert (made.manifest, said["outcome"], said["statement"]) == (None, "Destroyed", "Overwritten.")
        assert said["parts"] == {"Copies in mail, notes and backups": "Kept: a law asks for it"}
        page = client.get(place).content.decode()
        assert "Copies in mail, notes and backups: kept: a law asks for it" in page
        assert client.get(f"{place}return/{item.pk}/certificate/").content == made.text.encode()
    developer = client_for(world.person("aurora", "security")).get(place).content.decode()
    assert "Download the certificate" in developer and made.sha256 in developer
