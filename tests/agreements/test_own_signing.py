"""Signatures made on a card, outside Concord: the whole way, turns with the file, and everything that is not taken."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest
from asn1crypto import crl as asn1crl
from django.utils import timezone

from agreements import actions, files, keys, own_keys, queries
from agreements.models import CompletionCertificate, SigningTurn
from agreements.pdf.certificates import Identity, make_crl, make_root
from agreements.pdf.verify import verify
from core.decisions import Conflict, Invalid, Refused
from tests.agreements import cards, elsewhere
from tests.agreements import factories as make
from tests.agreements.pdf.test_accepting import CORPUS
from tests.agreements.test_signing_faults import everything
from tests.transparency.test_check_copy import sent
from tests.world import World, client_for


def test_the_first_signs_on_a_card_and_the_last_here(
    world: World, trust: Path, authority: object, tmp_path: Path
) -> None:
    _, card = cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    signed = cards.sign(world, agreement, "aurora", card)
    assert (signed.level, signed.certificate_sha256) == ("B-LTA", elsewhere.fingerprint(card))
    assert make.sign(world, agreement, "treasury").level == "B-LTA"
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert row.status == "in_force"
        content, _ = queries.executed_pdf(row)
        roots, crls, _ = keys.trust(timezone.now())
        planned = [entry.field_name for entry in row.plan]
        known = own_keys.cards(row, timezone.now())
        assert verify(content, trust_roots=roots, crls=crls, planned=planned, stamped=True, cards=known).is_executed
        assert not verify(content, trust_roots=roots, crls=crls, planned=planned, stamped=True).is_executed
        assert SigningTurn.objects.get().ending == "signed"
        said = CompletionCertificate.objects.get().content["signatures"]
        assert "own certificate, such as a card's" in said[0]["tier"] and "a key that Concord keeps" in said[1]["tier"]
        assert said[0]["authority_id"] == "" and said[1]["authority_id"].startswith("urn:concord:authority:")
    others_agree(content, tmp_path)


def others_agree(pdf: bytes, folder: Path) -> None:
    """poppler finds three valid signatures (document time-stamps it only lists); qpdf finds no fault in the file."""
    if shutil.which("qpdf") is None or shutil.which("pdfsig") is None:
        pytest.skip("qpdf or pdfsig is not installed (apt-packages.txt)")
    path = folder / "executed.pdf"
    path.write_bytes(pdf)
    seen = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert seen.count("Signature is Valid.") == 3 and seen.count("Field Name: Timestamp-") == 2, seen
    assert "invalid" not in seen.lower()
    assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0


def test_the_last_signs_on_a_card_after_somebody_here(world: World, trust: Path, authority: object) -> None:
    other = make_root(at=timezone.now(), called="Another authority of cards")
    (trust / "other.pem").write_bytes(other.certificate)
    (trust / "other.crl").write_bytes(make_crl(other, at=timezone.now()))
    _, card = cards.enrol(world, "treasury")
    agreement = make.awaiting(world, ("treasury",))
    assert make.sign(world, agreement, "aurora").level == "B-LT"
    last = cards.sign(world, agreement, "treasury", card)
    assert (last.level, last.file_after.role) == ("B-LTA", "executed")
    with pikepdf.open(io.BytesIO(files.read(last.file_after.sha256))) as document:
        lists = [asn1crl.CertificateList.load(one.read_bytes()) for one in document.Root.DSS.CRLs]
    assert len(lists) == 2  # Concord's and the card's, not every list that lies in the folder
    assert not any("Another authority" in one.issuer.human_friendly for one in lists)
    with make.acting(world.person("treasury", "counsel")) as by:
        assert make.seen(agreement, by).status == "in_force"


@pytest.mark.parametrize("kind", ["PADES", "ADOBE_PKCS7_DETACHED"])
def test_without_an_authority_the_level_says_what_the_program_made(world: World, trust: Path, kind: str) -> None:
    _, card = cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    signed = cards.sign(world, agreement, "aurora", card, subfilter=elsewhere.SigSeedSubFilter[kind])
    assert signed.level == {"PADES": "B-B"}.get(kind, "PKCS#7")
    done = make.sign(world, agreement, "treasury")
    assert done.file_after.role == "executed"


def test_a_copy_that_keeps_every_rule_and_was_never_issued_is_told_apart(world: World, trust: Path) -> None:
    """The check of an uploaded copy knows which card signed."""
    _, card = cards.enrol(world, "treasury")
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")
    issued = cards.take(world, agreement, "treasury")
    field = cards.field_of(world, agreement, "treasury")
    cards.bring(world, agreement, "treasury", elsewhere.sign(issued, field, card))
    client = client_for(world.person("aurora", "counsel"))
    again = elsewhere.sign(issued, field, card)
    assert "Its signatures hold, but Concord never issued these bytes" in sent(client, agreement, again)[1]
    other = elsewhere.sign(issued, field, elsewhere.card("Eve"))
    assert "another certificate than the one on record" in sent(client, agreement, other)[1]


def test_nothing_but_the_expected_signature_is_taken(world: World, trust: Path) -> None:
    """Every file of the corpus is answered in a sentence, at its field, and leaves everything as it was."""
    agreement, card, issued = cards.ready(world)
    before, field = everything(world, agreement), cards.field_of(world, agreement, "treasury")
    other = elsewhere.card("Eve")
    for name, (tamper, words) in CORPUS.items():
        made = tamper(issued, card, other) if name == "unsigned" else named(tamper, field)(issued, card, other)
        with pytest.raises(Invalid, match=words) as caught:
            cards.bring(world, agreement, "treasury", made)
        assert [p.field for p in caught.value.problems] == ["upload"], name
        assert everything(world, agreement) == before, name
    with make.acting(world.person("treasury", "signatory")):
        assert SigningTurn.objects.get().ended_at is None  # a wrong file costs no turn
    assert cards.bring(world, agreement, "treasury", elsewhere.sign(issued, field, card)).file_after.role == "executed"


def named(tamper: Callable[..., bytes], field: str) -> Callable[..., bytes]:
    """The corpus signs the field s2; here it has another name."""

    def made(pdf: bytes, card: Identity, other: Identity) -> bytes:
        with pytest.MonkeyPatch.context() as patch:
            signs, locks = elsewhere.sign, elsewhere.locking
            patch.setattr(elsewhere, "sign", lambda p, f, *a, **k: signs(p, field if f == "s2" else f, *a, **k))
            patch.setattr(elsewhere, "locking", lambda p, f, *a, **k: locks(p, field if f == "s2" else f, *a, **k))
            return tamper(pdf, card, other)

    return made


def test_the_place_of_another_signatory_is_not_signed(world: World, trust: Path) -> None:
    _, card = cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    issued = cards.take(world, agreement, "aurora")
    theirs = cards.field_of(world, agreement, "treasury")
    with pytest.raises(Invalid, match="made in another place than yours"):
        cards.bring(world, agreement, "aurora", elsewhere.sign(issued, theirs, card))


def test_what_happens_between_download_and_upload_counts(world: World, trust: Path) -> None:
    """A revoked delegation, a revoked card, a retired certificate, a role taken away: each refuses, and nothing is written."""
    agreement, card, issued = cards.ready(world)
    upload = elsewhere.sign(issued, cards.field_of(world, agreement, "treasury"), card)
    before = everything(world, agreement)
    cards.revoke(trust, card)
    with pytest.raises(Conflict, match=r"cannot be relied on.*revoked.*choose to sign here"):
        cards.bring(world, agreement, "treasury", upload)
    cards.revoke(trust)
    (trust / "cards.crl").rename(trust / "cards.gone")
    with pytest.raises(Conflict, match="cannot be relied on"):
        cards.bring(world, agreement, "treasury", upload)
    (trust / "cards.gone").rename(trust / "cards.crl")
    with pytest.raises(Refused, match="confirmed too long ago"):
        cards.bring(world, agreement, "treasury", upload, stepped_up_at=timezone.now() - timedelta(minutes=6))
    with pytest.raises(Conflict, match="The file changed since"):
        cards.bring(world, agreement, "treasury", upload, shown_sha256="0" * 64)
    with pytest.raises(Invalid, match="Type your name"):
        cards.bring(world, agreement, "treasury", upload, typed_name="Somebody else")
    with pytest.raises(Invalid, match="Tick the box"):
        cards.bring(world, agreement, "treasury", upload, agreed=False)
    assert everything(world, agreement) == before
    delegation = make.authority(world, "treasury")
    with make.acting(world.person("treasury", "administrator")) as by:
        actions.revoke_authority(authority=delegation, by=by, reason="Has left the post.")
    with pytest.raises(Refused, match="revoked"):
        cards.bring(world, agreement, "treasury", upload)
    assert everything(world, agreement) == before


def test_a_certificate_that_was_replaced_meanwhile_does_not_sign(world: World, trust: Path) -> None:
    agreement, card, issued = cards.ready(world)
    field = cards.field_of(world, agreement, "treasury")
    _, newer = cards.enrol(world, "treasury", elsewhere.card("Newer"))
    with pytest.raises(Invalid, match="another certificate"):
        cards.bring(world, agreement, "treasury", elsewhere.sign(issued, field, card))
    assert cards.bring(world, agreement, "treasury", elsewhere.sign(issued, field, newer)).level == "B-B"


def test_a_retired_certificate_does_not_sign_and_one_can_sign_here_instead(world: World, trust: Path) -> None:
    agreement, card, issued = cards.ready(world)
    upload = elsewhere.sign(issued, cards.field_of(world, agreement, "treasury"), card)
    with make.acting(world.person("treasury", "signatory")) as by:
        actions.retire_certificate(certificate=own_keys.enrolled(by, world.organisations["treasury"]), by=by)
    with pytest.raises(Conflict, match="No certificate is enrolled for you any more"):
        cards.bring(world, agreement, "treasury", upload)
    with pytest.raises(Refused, match="You sign on a card"):
        make.sign(world, agreement, "treasury")
    with make.acting(world.person("treasury", "signatory")) as by:
        row = make.seen(agreement, by)
        mine = next(entry for entry in row.plan if entry.person_id == by.pk)
        actions.choose_way(agreement=row, signatory=mine, tier="held", by=by)
        assert SigningTurn.objects.get().ending == "closed"
        with pytest.raises(Conflict, match="signs that way already"):
            actions.choose_way(agreement=make.seen(agreement, by), signatory=mine, tier="held", by=by)
        with pytest.raises(Refused, match="has enrolled no certificate"):
            actions.choose_way(agreement=make.seen(agreement, by), signatory=mine, tier="own", by=by)
    assert make.sign(world, agreement, "treasury").file_after.role == "executed"


def test_the_way_of_a_signatory_is_their_own_organisation_s_to_choose(world: World, trust: Path) -> None:
    cards.enrol(world, "treasury")
    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        theirs = next(entry for entry in row.plan if entry.organisation_id == world.organisations["treasury"].pk)
        with pytest.raises(Refused, match=r"Only .* names who signs for it"):
            actions.choose_way(agreement=row, signatory=theirs, tier="held", by=by)
    make.sign(world, agreement, "aurora")
    with make.acting(world.person("treasury", "counsel")) as by:
        row = make.seen(agreement, by)
        actions.choose_way(agreement=row, signatory=theirs, tier="held", by=by)
        done = next(entry for entry in row.plan if entry.organisation_id == world.aurora.pk)
        with pytest.raises(Refused):
            actions.choose_way(agreement=row, signatory=done, tier="own", by=by)


def test_who_signs_on_a_card_is_chosen_when_it_is_opened(world: World, trust: Path) -> None:
    cards.enrol(world, "aurora")
    for slug in ("aurora", "treasury"):
        make.authority(world, slug)
    agreement = make.in_clearance(world, ("treasury",))
    make.concur(world, agreement, "treasury")
    home, other = world.aurora, world.organisations["treasury"]
    with make.acting(world.person("aurora", "drafter")) as by:
        with pytest.raises(Invalid, match="has enrolled no certificate to sign with"):
            actions.open_for_signature(agreement=make.seen(agreement, by), by=by, cards=[other.pk])
        with pytest.raises(Invalid, match="Choose among the parties"):
            actions.open_for_signature(agreement=make.seen(agreement, by), by=by, cards=[uuid4()])
        opened = actions.open_for_signature(agreement=make.seen(agreement, by), by=by, cards=[])
        assert {row.tier for row in opened.plan} == {"held"}
    with make.acting(world.person("aurora", "signatory")) as by:
        row = make.seen(agreement, by)
        mine = next(entry for entry in row.plan if entry.organisation_id == home.pk)
        actions.choose_way(agreement=row, signatory=mine, tier="own", by=by)
        assert actions.take_file(agreement=make.seen(agreement, by), by=by).signatory_id == mine.pk


def test_a_card_signature_stands_after_its_certificate_was_revoked(
    world: World,
    trust: Path,
    authority: object,
) -> None:
    """What was proven by a time-stamp before holds; the next signature is made over it."""
    _, card = cards.enrol(world, "aurora")
    agreement = make.awaiting(world, ("treasury",))
    cards.sign(world, agreement, "aurora", card)
    later = elsewhere.revocations(card, since=timezone.now() + timedelta(seconds=1))
    (trust / "cards.crl").write_bytes(later)
    assert make.sign(world, agreement, "treasury").file_after.role == "executed"
