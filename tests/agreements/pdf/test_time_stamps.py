"""Time-stamped signatures: the authority's answers, the levels reached, what outlives its certificates, what is refused."""

from __future__ import annotations

import asyncio
import hashlib
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.pdf import signing
from agreements.pdf.certificates import Identity, make_crl, make_leaf, make_root, make_time_stamp_authority
from agreements.pdf.render import render_agreement, signature_boxes
from agreements.pdf.timestamps import Asking, TimeStampFailed, TimeStamping, renewed, respond
from agreements.pdf.verify import EXECUTED, NOT_EXECUTED, NOT_GENUINE, Verdict, verify
from tests.agreements import elsewhere
from tests.agreements.pdf.test_pdf import AT, DATA, _flipped, _rewritten, _with_page, another_root

DIGEST = hashlib.sha256(b"a").digest()


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def root() -> Identity:
    return make_root(at=now())


@pytest.fixture(scope="module")
def authority(root: Identity) -> Identity:
    return make_time_stamp_authority(root, at=now())


@pytest.fixture(scope="module")
def stamping(root: Identity, authority: Identity) -> TimeStamping:
    return TimeStamping(
        lambda query: respond(query, authority, at=now()), (root.certificate,), (make_crl(root, at=now()),)
    )


@pytest.fixture(scope="module")
def sealed(root: Identity, stamping: TimeStamping) -> bytes:
    seal = make_leaf(root, name="Seal", organisation="Concord", at=now())
    pdf, boxes = render_agreement(DATA, frozen_at=AT), signature_boxes(DATA, frozen_at=AT)
    return signing.prepare(pdf, boxes, names={"s1": "Maren", "s2": "Edmund"}, seal=seal, stamping=stamping)


@pytest.fixture(scope="module")
def half(root: Identity, sealed: bytes, stamping: TimeStamping) -> bytes:
    person = make_leaf(root, name="Maren Vale", organisation="Aurora", at=now())
    return signing.sign(sealed, field="s1", identity=person, name="Maren Vale", meaning="Binds", stamping=stamping)


@pytest.fixture(scope="module")
def executed(root: Identity, half: bytes, stamping: TimeStamping) -> bytes:
    person = make_leaf(root, name="Edmund Cole", organisation="Commerce", at=now())
    return signing.sign(
        half, field="s2", identity=person, name="Edmund Cole", meaning="Binds", stamping=stamping, last=True
    )


def judge(pdf: bytes, root: Identity, **kwargs: object) -> Verdict:
    return verify(pdf, trust_roots=[root.certificate], planned=["s1", "s2"], stamped=True, **kwargs)


def test_openssl_accepts_the_authoritys_answers(root: Identity, authority: Identity, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed (apt-packages.txt)")
    (tmp_path / "root.pem").write_bytes(root.certificate)
    for digest in ("-sha256", "-sha384", "-sha512"):
        (tmp_path / "data").write_bytes(digest.encode())
        query = ["openssl", "ts", "-query", "-data", "data", digest, "-cert", "-out", "query"]
        subprocess.run(query, cwd=tmp_path, check=True, capture_output=True)
        (tmp_path / "answer").write_bytes(respond((tmp_path / "query").read_bytes(), authority, at=now()))
        check = ["openssl", "ts", "-verify", "-in", "answer", "-queryfile", "query", "-CAfile", "root.pem"]
        done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "Verification: OK" in done.stdout, done.stderr


@pytest.mark.parametrize("query", [b"", b"xx", b"\x30\x03\x02\x01\x01", b"\x30" * 20_000])
def test_a_bad_query_is_rejected_and_not_answered(authority: Identity, query: bytes) -> None:
    with pytest.raises(TimeStampFailed, match="refused: bad_data_format"):
        _asked(lambda _: respond(query, authority, at=now()))


def _asked(ask: Callable[[bytes], bytes], **kwargs: object) -> object:
    return asyncio.run(Asking(TimeStamping(ask, (), (), **kwargs)).async_timestamp(DIGEST, "sha256"))


def test_a_good_answer_is_taken(authority: Identity) -> None:
    assert _asked(lambda q: respond(q, authority, at=now())) is not None


def test_answers_that_are_not_believed(authority: Identity) -> None:
    other: list[bytes] = []
    _asked(lambda q: other.append(q) or respond(q, authority, at=now()))
    refusals = [
        (lambda _: b"<html>", {}, "cannot be read"),
        (lambda _: respond(other[0], authority, at=now()), {}, "something else"),  # a replayed answer: its nonce is old
        (lambda q: respond(q, authority, at=now() - timedelta(seconds=30)), {}, "clock differs"),
        (lambda q: respond(q, authority, at=now() + timedelta(seconds=30)), {}, "clock differs"),
        (lambda q: respond(q, authority, at=now()), {"policies": ("1.2.3",)}, "not accepted"),
    ]
    for ask, options, words in refusals:
        with pytest.raises(TimeStampFailed, match=words):
            _asked(ask, **options)


def test_each_stage_is_judged(root: Identity, sealed: bytes, half: bytes, executed: bytes) -> None:
    assert [judge(p, root).outcome for p in (sealed, half, executed)] == [NOT_EXECUTED, NOT_EXECUTED, EXECUTED]
    assert half.startswith(sealed)
    assert executed.startswith(half)


def test_a_stamped_plan_does_not_accept_signatures_without_stamps(root: Identity, sealed: bytes) -> None:
    person = make_leaf(root, name="Maren Vale", organisation="Aurora", at=now())
    bare = signing.sign(sealed, field="s1", identity=person, name="Maren Vale", meaning="Binds")
    verdict = judge(bare, root)
    assert verdict.outcome == NOT_GENUINE
    assert "carries no time-stamp" in verdict.problems[0]


def test_without_the_document_time_stamp_it_is_not_executed(
    root: Identity, half: bytes, stamping: TimeStamping
) -> None:
    person = make_leaf(root, name="Edmund Cole", organisation="Commerce", at=now())
    lesser = signing.sign(half, field="s2", identity=person, name="Edmund Cole", meaning="Binds", stamping=stamping)
    verdict = judge(lesser, root)
    assert (verdict.outcome, verdict.problems) == (
        NOT_EXECUTED, ("Genuine, not executed: the document time-stamp is missing.",),
    )  # fmt: skip


TAMPERED: dict[str, Callable[[bytes], bytes]] = {
    "a byte flipped in the text": _flipped,
    "a byte flipped in the last stamp": elsewhere.flipped,
    "written anew by a program": _rewritten,
    "cut off in the text": lambda pdf: pdf[:2000],
    "a page added": _with_page,
    "a note added": elsewhere.with_note,
    "another way to open it": elsewhere.with_mode,
    "an empty field added": elsewhere.with_field,
    "a field added and signed": lambda pdf: elsewhere.sign(pdf, "mine", elsewhere.card("Eve"), existing=False),
    "other words on a page": elsewhere.with_other_words,
    "another look of a signature": lambda pdf: elsewhere.with_other_look(pdf, "s1"),
    "other terms attached": elsewhere.with_other_attachment,
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_file_is_not_genuine(root: Identity, executed: bytes, name: str) -> None:
    changed = TAMPERED[name](executed)
    assert changed != executed and judge(changed, root).outcome == NOT_GENUINE


def test_a_planned_field_that_a_stranger_signed_is_not_genuine(root: Identity, half: bytes) -> None:
    assert judge(elsewhere.sign(half, "s2", elsewhere.card("Edmund Cole")), root).outcome == NOT_GENUINE


@pytest.mark.parametrize(
    "name", ["a page added", "a note added", "another way to open it", "another look of a signature"]
)
def test_poppler_finds_valid_signatures_in_files_that_ours_refuses(executed: bytes, tmp_path: Path, name: str) -> None:
    """So its word is never a verdict: it says what each signature covers, not what came later."""
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is not installed (apt-packages.txt)")
    (tmp_path / "a.pdf").write_bytes(TAMPERED[name](executed))
    seen = subprocess.run(["pdfsig", "-nocert", "a.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert seen.stdout.count("Signature is Valid") == 3


def test_a_cut_last_signature_is_genuine_but_not_executed(root: Identity, half: bytes, executed: bytes) -> None:
    assert judge(executed[: len(half)], root).outcome == NOT_EXECUTED


def test_a_stamp_of_a_stranger_is_not_believed(root: Identity, executed: bytes) -> None:
    stranger = another_root(root)
    clock = make_time_stamp_authority(stranger, at=now())
    theirs = TimeStamping(
        lambda q: respond(q, clock, at=now()), (stranger.certificate, root.certificate),
        (make_crl(stranger, at=now()), make_crl(root, at=now())),
    )  # fmt: skip
    verdict = judge(renewed(executed, theirs), root)
    assert verdict.outcome == NOT_GENUINE
    assert any("authority that this deployment trusts" in p for p in verdict.problems)


def test_a_renewed_stamp_keeps_the_file(root: Identity, executed: bytes, stamping: TimeStamping) -> None:
    longer = renewed(executed, stamping)
    assert longer.startswith(executed)
    assert judge(longer, root).outcome == EXECUTED


def test_the_verdict_outlives_the_revocation_lists(root: Identity, executed: bytes) -> None:
    later = now() + timedelta(days=700)
    assert judge(executed, root, at=later, crls=[make_crl(root, at=later)]).outcome == EXECUTED


def test_the_file_holds_what_a_verdict_after_its_certificates_needs(executed: bytes, root: Identity) -> None:
    """pyHanko's own simulation of a verdict in three years, with the time-stamps renewed until then."""
    from pyhanko.sign.ades.report import AdESPassed
    from pyhanko.sign.validation.ades import simulate_future_ades_lta_validation

    from agreements.pdf.verify import Judge

    spec = Judge(*[[signing.certificate(root.certificate)]] * 2, (), now(), stamped=True, newest=0).spec()
    reader = PdfFileReader(io.BytesIO(executed))
    for signature in reader.embedded_regular_signatures:
        found = asyncio.run(simulate_future_ades_lta_validation(signature, spec, now() + timedelta(days=1095)))
        assert found.ades_subindic is AdESPassed.OK, signature.field_name


def test_a_certificate_revoked_before_is_not_signed_with(root: Identity, sealed: bytes, stamping: TimeStamping) -> None:
    from cryptography import x509

    person = make_leaf(root, name="Maren Vale", organisation="Aurora", at=now())
    serial = x509.load_pem_x509_certificate(person.certificate).serial_number
    revoked = replace(stamping, crls=(make_crl(root, at=now(), revoked=[(serial, now() - timedelta(hours=1))]),))
    with pytest.raises(signing.SigningFailed, match="made no signature"):
        signing.sign(sealed, field="s1", identity=person, name="Maren Vale", meaning="Binds", stamping=revoked)


def test_without_revocation_lists_nothing_is_signed(root: Identity, sealed: bytes, stamping: TimeStamping) -> None:
    person = make_leaf(root, name="Maren Vale", organisation="Aurora", at=now())
    with pytest.raises(signing.SigningFailed):
        signing.sign(
            sealed, field="s1", identity=person, name="Maren Vale", meaning="Binds", stamping=replace(stamping, crls=())
        )


def test_other_tools_agree_about_the_bytes(executed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(executed)
    if shutil.which("qpdf") is None or shutil.which("pdfsig") is None:
        pytest.skip("qpdf or pdfsig is not installed (apt-packages.txt)")
    assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0
    seen = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert seen.count("Signature is Valid") == 3


def test_openssl_verifies_each_signature_and_token(executed: bytes, root: Identity, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed (apt-packages.txt)")
    (tmp_path / "root.pem").write_bytes(root.certificate)
    for signature in PdfFileReader(io.BytesIO(executed)).embedded_regular_signatures:
        a, b, c, d = (int(n) for n in signature.byte_range)
        (tmp_path / "signed").write_bytes(executed[a : a + b] + executed[c : c + d])
        (tmp_path / "cms").write_bytes(signature.pkcs7_content)
        check = ["openssl", "cms", "-verify", "-inform", "DER", "-in", "cms", "-content", "signed", "-binary",
                 "-CAfile", "root.pem", "-purpose", "any", "-out", "/dev/null"]  # fmt: skip
        done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "successful" in done.stderr, done.stderr
        token = next(a for a in signature.signer_info["unsigned_attrs"] if "time_stamp" in a["type"].native)
        (tmp_path / "token").write_bytes(token["values"][0].dump())
        (tmp_path / "value").write_bytes(signature.signer_info["signature"].native)
        check = ["openssl", "ts", "-verify", "-in", "token", "-token_in", "-data", "value", "-CAfile", "root.pem"]
        done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "Verification: OK" in done.stdout, done.stderr


@pytest.fixture(scope="module")
def beyond(root: Identity) -> tuple[Identity, TimeStamping]:
    """The root of an outside authority, and stamps that lead to it; signers lead to the deployment's own root."""
    outside = make_root(at=now(), called="Root of an outside time-stamp authority")
    authority = make_time_stamp_authority(outside, at=now())
    lists = (make_crl(root, at=now()), make_crl(outside, at=now()))
    stamps = TimeStamping(
        lambda query: respond(query, authority, at=now()), (root.certificate, outside.certificate), lists
    )
    return outside, stamps


def _signed_by(signers: list[Identity], seal: Identity, stamping: TimeStamping | None) -> bytes:
    pdf, boxes = render_agreement(DATA, frozen_at=AT), signature_boxes(DATA, frozen_at=AT)
    made = signing.prepare(pdf, boxes, names={"s1": "Maren", "s2": "Edmund"}, seal=seal, stamping=stamping)
    for number, signer in enumerate(signers, start=1):
        made = signing.sign(
            made, field=f"s{number}", identity=signer, name=f"Signer {number}", meaning="Binds", stamping=stamping,
            last=number == len(signers),
        )  # fmt: skip
    return made


@pytest.mark.parametrize("stamped", [True, False])
@pytest.mark.parametrize("wrong", ["nobody", "seal", "s1", "s2"])
def test_a_root_of_time_stamps_is_believed_for_time_stamps_only(
    root: Identity, beyond: tuple[Identity, TimeStamping], wrong: str, stamped: bool
) -> None:
    """An outside authority that issues a certificate in a signatory's name, or in the seal's, gets nowhere with it."""
    outside, stamping = beyond
    issuers = {"seal": root, "s1": root, "s2": root} | ({wrong: outside} if wrong != "nobody" else {})
    seal, *signers = (make_leaf(issuer, name=name, organisation="x", at=now()) for name, issuer in issuers.items())
    made = _signed_by(signers, seal, stamping if stamped else None)
    known = {"planned": ["s1", "s2"], "stamped": stamped, "crls": stamping.crls}
    roots = [root.certificate, outside.certificate]
    verdict = verify(made, trust_roots=[root.certificate], stamp_roots=roots, **known)
    if wrong == "nobody":
        assert verdict.outcome == EXECUTED
        assert (verify(made, trust_roots=[root.certificate], **known).outcome == EXECUTED) is not stamped
    else:
        assert verdict.outcome == NOT_GENUINE
        assert f"The certificate of {wrong} was not issued for this deployment" in verdict.problems[0]
        assert verify(made, trust_roots=roots, **known).outcome == EXECUTED, "nothing else is wrong with it"
