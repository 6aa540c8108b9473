"""The pages and the API around cards: enrol, look up, retire; take, download, bring back, give back; and every refusal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agreements import actions
from agreements.models import OwnCertificate, SigningTurn
from agreements.pdf.certificates import LEAF_DAYS, Identity, make_root
from core.decisions import Invalid, Refused
from jobs import testing as jobs
from notifications.models import Notice
from tests.agreements import cards, elsewhere
from tests.agreements import factories as make
from tests.world import World, client_for

API = "/api/v1/"
LIST = "/agreements/certificates/"


def pdf(content: bytes, name: str = "signed.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def without_non_repudiation() -> bytes:
    """As the certificate with which a PIV card signs in."""
    known = elsewhere.card("Maren Vale")
    issuer = x509.load_pem_x509_certificate(elsewhere.authority().certificate)
    key = serialization.load_pem_private_key(elsewhere.authority().key, None)
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.load_pem_x509_certificate(known.certificate).subject)
        .issuer_name(issuer.subject)
        .public_key(x509.load_pem_x509_certificate(known.certificate).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(timezone.now() - timedelta(days=1))
        .not_valid_after(timezone.now() + timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())  # type: ignore[arg-type]  # an RSA key
    )
    return made.public_bytes(serialization.Encoding.PEM)


def der(card: Identity) -> bytes:
    found = x509.load_pem_x509_certificate(card.certificate)
    return found.public_bytes(serialization.Encoding.DER)


REFUSED: dict[str, tuple[Any, str]] = {
    "nothing": (lambda: b"", "This is no certificate"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 200, "This is no certificate"),
    "text": (lambda: b"-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n", "This is no certificate"),
    "a key with it": (lambda: elsewhere.card("Maren").certificate + elsewhere.card("Maren").key, "holds a private key"),
    "too large": (lambda: elsewhere.card("Maren").certificate * 60, "larger than 64 kB"),
    "of the authority itself": (lambda: elsewhere.authority().certificate, "not made for signatures of a person"),
    "to sign in with": (without_non_repudiation, "lacks non-repudiation"),
    "expired": (
        lambda: elsewhere.card("Maren", at=timezone.now() - timedelta(days=LEAF_DAYS + 1)).certificate, "expired on"
    ),
    "of another authority": (
        lambda: elsewhere.card("Maren", issuer=make_root(at=timezone.now(), called="Elsewhere")).certificate,
        "cannot be relied on",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_certificate_to_sign_with_is_refused_in_a_sentence(world: World, trust: Path, name: str) -> None:
    content, words = REFUSED[name]
    with pytest.raises(Invalid, match=words) as caught:
        cards.enrol(world, "aurora", certificate=content())
    assert [p.field for p in caught.value.problems] == ["certificate"]
    with make.acting(world.person("aurora", "signatory")):
        assert not OwnCertificate.objects.exists()


def test_a_revoked_card_is_not_enrolled_and_without_a_root_none_is(world: World, trust: Path, settings: Any) -> None:
    card = elsewhere.card("Maren Vale")
    cards.revoke(trust, card)
    with pytest.raises(Invalid, match="revoked"):
        cards.enrol(world, "aurora", card)
    settings.CARD_TRUST_DIR = ""
    with pytest.raises(Invalid, match="trusts no authority for certificates of one's own yet"):
        cards.enrol(world, "aurora", card)


def test_a_signatory_enrols_their_own_and_a_newer_one_takes_its_place(world: World, trust: Path) -> None:
    with make.acting(world.person("aurora", "drafter")) as by, pytest.raises(Refused, match="Only signatories of"):
        actions.enrol_certificate(
            organisation=world.aurora, certificate=elsewhere.card("x").certificate, by=by, stepped_up_at=timezone.now()
        )
    with pytest.raises(Refused, match="confirmed too long ago"):
        cards.enrol(world, "aurora", stepped_up_at=None)
    first, card = cards.enrol(world, "aurora")
    with pytest.raises(Invalid, match="enrolled already"):
        cards.enrol(world, "aurora", card)
    second, _ = cards.enrol(world, "aurora", certificate=der(elsewhere.card("Maren Vale")))
    jobs.run_due()
    with make.acting(world.person("aurora", "signatory")) as by:
        first.refresh_from_db()
        assert first.retired_at is not None and first.retired_by == by
        assert second.retired_at is None and second.key_use.startswith(
            "digital signature, non repudiation, document signing"
        )
        assert Notice.objects.filter(user=by, kind="agreements.certificate_enrolled").count() == 2
    with make.acting(world.person("aurora", "administrator")) as by:
        assert Notice.objects.filter(user=by, kind="agreements.certificate_enrolled").count() == 2


def test_the_pages_of_certificates(world: World, trust: Path) -> None:
    me = client_for(world.person("aurora", "signatory"))
    assert "Certificates of your organisation’s signatories will stand here" in me.get(LIST).content.decode()
    assert LIST in me.get("/profile/").content.decode() and LIST in me.get("/organisation/").content.decode()
    form = f"{LIST}new/"
    assert "Enrol my certificate" in me.get(form).content.decode()
    wrong = me.post(form, {"certificate": SimpleUploadedFile("c.pem", b"no")})
    assert (wrong.status_code, "This is no certificate" in wrong.content.decode()) == (200, True)
    assert me.post(form, {}).context["form"].errors["certificate"]
    card = elsewhere.card("Maren Vale")
    done = me.post(form, {"certificate": SimpleUploadedFile("c.pem", card.certificate)}, follow=True)
    page = done.content.decode()
    said = ("Common Name: Maren Vale", "Common Name: Concord embedded root", "digital signature, non repudiation")
    for words in (*said, "Can be signed with", elsewhere.fingerprint(card)):
        assert words in page, words
    address = done.redirect_chain[-1][0]
    assert "Maren Vale" in me.get(LIST).content.decode()
    assert client_for(world.person("aurora", "drafter")).get(form).status_code == 403
    assert client_for(world.person("aurora", "drafter")).post(f"{address}retire/").status_code == 403
    for stranger in (("basalt", "drafter"), ("treasury", "counsel")):
        assert client_for(world.person(*stranger)).get(address).status_code == 404
    cards.revoke(trust, card)
    assert "Cannot be signed with" in me.get(address).content.decode()
    administrator = client_for(world.person("aurora", "administrator"))
    retired = administrator.post(f"{address}retire/", follow=True).content.decode()
    assert "Retired" in retired and "Can be signed with" not in retired
    assert me.post(f"{address}retire/").status_code == 403  # once
    stale = client_for(world.person("aurora", "signatory"), stepped_up=False)
    assert "next=" in stale.get(form)["Location"]


def test_a_card_s_way_through_the_pages(world: World, trust: Path) -> None:
    _, card = cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    person = world.person("aurora", "signatory")
    me, other = client_for(person), client_for(world.person("treasury", "signatory"))
    base = agreement.get_absolute_url()
    url = f"{base}sign/card/"
    assert me.get(f"{base}sign/")["Location"] == url
    page = me.get(url).content.decode()
    assert "Take the file to sign it" in page and "Decline to sign" in page and "signs on a card" in page
    assert me.get(f"{url}file.pdf").status_code == 403  # not taken yet
    assert me.post(url, {"upload": pdf(b"%PDF-")}).status_code == 409
    assert me.post(f"{url}take/")["Location"] == url
    page = me.get(url).content.decode()
    assert "You hold the file until" in page and "Download the file" in page and f"{base}decline/" in page
    assert "You hold the file until" in me.get(base).content.decode()
    theirs = other.get(base).content.decode()
    assert f"Being signed by {person.name} for" in theirs and "at the latest" in theirs
    issued = me.get(f"{url}file.pdf")
    assert issued["Content-Type"] == "application/pdf"
    sha256 = me.get(url).context["form"]["shown_sha256"].value()
    values = {"shown_sha256": sha256, "agreed": "on", "typed_name": person.name}
    wrong = me.post(url, {**values, "upload": pdf(issued.content)})
    assert (wrong.status_code, wrong.context["form"].errors["upload"]) == (
        200,
        ["This is the file as it was downloaded, without your signature. Nothing was changed; download the file again, sign "
         "only that, and upload what your program saved."],
    )  # fmt: skip
    assert 'value="on" checked' in wrong.content.decode() or "checked" in wrong.content.decode()
    assert person.name in wrong.content.decode()  # what was typed is kept
    assert me.post(url, values).context["form"].errors["upload"]
    upload = elsewhere.sign(issued.content, cards.field_of(world, agreement, "aurora"), card)
    unmeant = me.post(url, {**values, "agreed": "", "upload": pdf(upload)})
    assert "Tick the box" in unmeant.content.decode()
    stale = client_for(person, stepped_up=False)
    assert "next=" in stale.post(url, {**values, "upload": pdf(upload)})["Location"]
    assert me.post(url, {**values, "upload": pdf(upload)})["Location"] == f"{base}signed/"
    done = me.get(f"{base}signed/").content.decode()
    assert "You have signed" in done and "PAdES B-B" in done
    assert me.get(url)["Location"] == f"{base}signed/"
    assert ", on a card" in me.get(base).content.decode()


def test_giving_back_and_signing_here_instead_by_the_pages(world: World, trust: Path) -> None:
    cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    me, url = client_for(world.person("aurora", "signatory")), f"{agreement.get_absolute_url()}sign/card/"
    me.post(f"{url}take/")
    assert "You gave the file back" in me.post(f"{url}give-back/", follow=True).content.decode()
    assert me.post(f"{url}give-back/").status_code == 403
    me.post(f"{url}take/")
    with make.acting(world.person("aurora", "signatory")) as by:
        mine = make.seen(agreement, by).plan[0]
    way = f"{agreement.get_absolute_url()}signatories/{mine.pk}/way/"
    assert "Choose one of the ways" in me.post(way, {"tier": "x"}, follow=True).content.decode()
    here = me.post(way, {"tier": "held"}, follow=True).content.decode()
    assert "You sign here now" in here and "Sign on a card instead" in here
    assert me.get(url).status_code == 403
    with make.acting(world.person("aurora", "signatory")):
        assert list(SigningTurn.objects.order_by("taken_at").values_list("ending", flat=True)) == ["given_up", "closed"]
    assert "Take the file to sign it" in me.post(way, {"tier": "own"}, follow=True).content.decode()


def test_the_drafter_chooses_who_signs_on_a_card(world: World, trust: Path) -> None:
    cards.enrol(world, "treasury")
    for slug in ("aurora", "treasury"):
        make.authority(world, slug)
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    drafter, url = client_for(world.person("aurora", "drafter")), f"{agreement.get_absolute_url()}open/"
    page = drafter.get(url).content.decode()
    treasury = world.organisations["treasury"].pk
    assert "on a card whose certificate lasts until" in page and f'value="{treasury}" checked' in page
    assert "Common Name" not in page  # the certificate's words stay at home
    here = drafter.post(url, {"chosen": "1", "check": "1"}).content.decode()
    assert "on a card whose certificate lasts until" not in here and "Seal the file and invite" in here
    asked = drafter.post(url, {"chosen": "1", "check": "1", "cards": world.aurora.pk}).content.decode()
    assert "has enrolled no certificate" in asked and "Seal the file and invite" not in asked
    assert drafter.post(url, {"chosen": "1", "cards": world.aurora.pk}).status_code == 409
    assert drafter.post(url, {"chosen": "1", "cards": "x"}).status_code == 404
    assert drafter.post(url, {"chosen": "1"}).status_code == 302
    with make.acting(world.person("aurora", "drafter")) as by:
        assert {row.tier for row in make.seen(agreement, by).plan} == {"held"}


def test_every_step_over_the_api(world: World, trust: Path) -> None:
    person = world.person("treasury", "signatory")
    me, card = client_for(person), elsewhere.card(person.name)

    def call(path: str, data: dict[str, Any] | None = None) -> Any:
        return me.post(f"{API}{path}", data or {}, content_type="application/json")

    enrolled = me.post(f"{API}certificates/", {"certificate": SimpleUploadedFile("c.pem", card.certificate)})
    assert enrolled.status_code == 201, enrolled.content
    assert enrolled.json()["sha256"] == elsewhere.fingerprint(card)
    listed = me.get(f"{API}certificates/").json()["results"]
    assert [row["subject"] for row in listed] == [enrolled.json()["subject"]]
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")
    base = f"agreements/{agreement.reference}/"
    turn = me.get(f"{API}{base}sign/card/turn/").json()
    assert (turn["held"], turn["certificate_sha256"]) == (False, elsewhere.fingerprint(card))
    assert me.get(f"{API}{base}sign/").json()["may_sign"] is False
    assert me.get(f"{API}{base}sign/card/file.pdf").status_code == 403
    taken = call(f"{base}sign/card/turn/").json()
    assert taken["held"] and taken["until"]
    assert call(f"{base}sign/card/turn/back/").status_code == 200
    sha256 = call(f"{base}sign/card/turn/").json()["file_sha256"]
    issued = me.get(f"{API}{base}sign/card/file.pdf").content
    values = {"shown_sha256": sha256, "typed_name": person.name, "agreed": "true"}
    wrong = me.post(f"{API}{base}sign/card/", {**values, "upload": pdf(issued)})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "#/upload")
    upload = elsewhere.sign(issued, turn["field"], card)
    stale = client_for(person, stepped_up=False).post(f"{API}{base}sign/card/", {**values, "upload": pdf(upload)})
    assert stale.status_code == 403 and "confirm" in stale.content.decode().lower()
    done = me.post(f"{API}{base}sign/card/", {**values, "upload": pdf(upload)})
    assert done.status_code == 200, done.content
    assert done.json()["status"] == "in_force"
    assert [row["tier"] for row in done.json()["signatories"]] == ["held", "own"]
    retired = call(f"certificates/{enrolled.json()['id']}/retire/")
    assert retired.json()["retired_at"] is not None
    assert call(f"certificates/{enrolled.json()['id']}/retire/").status_code == 403


def test_over_the_api_one_chooses_where_to_sign(world: World, trust: Path) -> None:
    cards.enrol(world, "aurora")
    for slug in ("aurora", "treasury"):
        make.authority(world, slug)
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    drafter, base = client_for(world.person("aurora", "drafter")), f"{API}agreements/{agreement.reference}/"

    def call(path: str, data: dict[str, Any]) -> Any:
        return drafter.post(f"{base}{path}", data, content_type="application/json")

    wrong = call("open_for_signature/", {"cards": [str(world.organisations["treasury"].pk)]})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "#/cards")
    opened = call("open_for_signature/", {"cards": [str(world.aurora.pk)]}).json()
    assert [row["tier"] for row in opened["signatories"]] == ["own", "held"]
    mine, theirs = (row["id"] for row in opened["signatories"])
    assert call(f"signatories/{theirs}/way/", {"tier": "own"}).status_code == 403
    changed = call(f"signatories/{mine}/way/", {"tier": "held"}).json()
    assert [row["tier"] for row in changed["signatories"]] == ["held", "held"]
    assert call(f"signatories/{mine}/way/", {"tier": "held"}).status_code == 409
    assert call(f"signatories/{mine}/way/", {"tier": "x"}).status_code == 400


def test_a_token_neither_enrols_nor_takes_nor_signs(world: World, trust: Path) -> None:
    from django.test import Client

    from accounts import actions as accounts

    cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "signatory")) as by:
        _, text = accounts.issue_token(organisation=world.aurora, name="Build", scope="write", days=7, by=by)
    base = f"{API}agreements/{agreement.reference}/sign/card/"
    for n, (method, path) in enumerate(
        (("post", f"{API}certificates/"), ("post", f"{base}turn/"), ("get", f"{base}file.pdf"), ("post", base))
    ):
        headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": f"key-{n}"}
        answer = getattr(Client(), method)(path, headers=headers)
        assert answer.status_code == 403, (path, answer.content)
