"""A key that lies elsewhere signs in two phases; the device is the openssl program, in a process of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agreements.pdf import signing, two_phase
from agreements.pdf.certificates import Identity, make_crl, make_leaf, make_root, make_time_stamp_authority
from agreements.pdf.render import render_agreement, signature_boxes
from agreements.pdf.timestamps import TimeStampFailed, TimeStamping, respond
from agreements.pdf.two_phase import Prepared
from agreements.pdf.verify import EXECUTED, NOT_EXECUTED, verify
from tests.agreements.pdf.test_pdf import AT, DATA

URN = "urn:concord:authority:4f0c"
Device = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def root() -> Identity:
    return make_root(at=datetime.now(UTC))


@pytest.fixture(scope="module")
def owner(root: Identity) -> Identity:
    return make_leaf(root, name="Maren Vale", organisation="Aurora", at=datetime.now(UTC))


@pytest.fixture(scope="module")
def stamping(root: Identity) -> TimeStamping:
    now = datetime.now(UTC)
    clock = make_time_stamp_authority(root, at=now)
    return TimeStamping(
        lambda query: respond(query, clock, at=datetime.now(UTC)), (root.certificate,), (make_crl(root, at=now),)
    )


@pytest.fixture
def device(owner: Identity, tmp_path: Path) -> Device:
    """Signs a SHA-256 with the key that only it has."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed (apt-packages.txt)")
    key = tmp_path / "key.pem"
    key.write_bytes(owner.key)

    def signs(digest: bytes) -> bytes:
        command = ["openssl", "pkeyutl", "-sign", "-inkey", str(key), "-pkeyopt", "digest:sha256"]
        return subprocess.run(command, input=digest, capture_output=True, check=True).stdout

    return signs


def sealed(root: Identity, stamping: TimeStamping | None) -> bytes:
    pdf, boxes = render_agreement(DATA, frozen_at=AT), signature_boxes(DATA, frozen_at=AT)
    seal = make_leaf(root, name="Seal", organisation="Concord", at=datetime.now(UTC))
    return signing.prepare(pdf, boxes, names={"s1": "Maren", "s2": "Edmund"}, seal=seal, stamping=stamping)


def prepared(pdf: bytes, owner: Identity, field: str = "s1", *, stamped: bool = False) -> Prepared:
    return two_phase.prepare(
        pdf, field=field, owner=owner.certificate, chain=[owner.issuer], name="Maren Vale", meaning="Binds the Developer",
        at=datetime.now(UTC), stamped=stamped, authority=URN,
    )  # fmt: skip


def finished(pdf: bytes, kept: Prepared, signature: bytes, owner: Identity, **kwargs: Any) -> bytes:
    return two_phase.finish(pdf, kept, signature, owner=owner.certificate, chain=[owner.issuer], **kwargs)


@pytest.mark.parametrize("with_stamps", [False, True])
def test_two_phases_make_what_one_would_have_made(
    root: Identity, owner: Identity, stamping: TimeStamping, device: Device, with_stamps: bool
) -> None:
    stamps = stamping if with_stamps else None
    said = {"trust_roots": [root.certificate], "planned": ["s1", "s2"], "stamped": with_stamps, "crls": stamping.crls}
    before = sealed(root, stamps)
    text = prepared(
        before, owner, stamped=with_stamps
    ).as_text()  # kept in between, by another process for all it matters
    kept = Prepared.from_text(text)
    first = finished(before, kept, device(kept.to_sign), owner, stamping=stamps)
    found = verify(first, **said)
    assert (found.outcome, found.signers, dict(found.authorities)) == (NOT_EXECUTED, ("s1",), {"s1": URN})
    again = prepared(first, owner, "s2", stamped=with_stamps)
    done = finished(first, again, device(again.to_sign), owner, stamping=stamps, last=True)
    assert done.startswith(first) and verify(done, **said).outcome == EXECUTED
    other = make_leaf(root, name="Edmund Cole", organisation="Commerce", at=datetime.now(UTC))
    mixed = signing.sign(first, field="s2", identity=other, name="Edmund", meaning="Binds", stamping=stamps, last=True)
    assert verify(mixed, **said).outcome == EXECUTED


def test_what_comes_back_must_be_about_what_was_sent(root: Identity, owner: Identity, device: Device) -> None:
    before = sealed(root, None)
    kept, other = prepared(before, owner), prepared(before, owner, "s2")
    signature = device(kept.to_sign)
    wrong = "not one over what was sent"
    for answer in (device(other.to_sign), signature[:-1] + bytes([signature[-1] ^ 1]), b"", b"0" * len(signature)):
        with pytest.raises(signing.SigningFailed, match=wrong):
            finished(before, kept, answer, owner)
    stranger = make_leaf(root, name="Eve", organisation="Elsewhere", at=datetime.now(UTC))
    if stranger.key != owner.key:
        with pytest.raises(signing.SigningFailed, match=wrong):
            finished(before, kept, signature, stranger)
    changed = bytearray(kept.pdf)
    changed[len(before) + 40] ^= 1
    with pytest.raises(signing.SigningFailed, match="not the one that the signature is about"):
        finished(before, replace(kept, pdf=bytes(changed)), signature, owner)
    with pytest.raises(signing.SigningFailed, match="not the one that the signature is about"):
        finished(before, replace(kept, start=kept.start - 1), signature, owner)
    meanwhile = finished(before, other, device(other.to_sign), owner)  # somebody of the same step was quicker
    with pytest.raises(signing.SigningFailed, match="changed since the signature was prepared"):
        finished(meanwhile, kept, signature, owner)
    once = finished(before, kept, signature, owner)
    assert verify(once, trust_roots=[root.certificate], planned=["s1", "s2"]).outcome == NOT_EXECUTED
    twice = finished(once, again := prepared(once, owner, "s2"), device(again.to_sign), owner)
    assert verify(twice, trust_roots=[root.certificate], planned=["s1", "s2"]).is_executed


def test_without_its_time_stamp_nothing_comes_out(
    root: Identity, owner: Identity, stamping: TimeStamping, device: Device
) -> None:
    before = sealed(root, stamping)
    kept = prepared(before, owner, stamped=True)

    def silent(query: bytes) -> bytes:
        raise TimeStampFailed("The time-stamp authority does not answer.")

    with pytest.raises(TimeStampFailed):
        finished(before, kept, device(kept.to_sign), owner, stamping=replace(stamping, ask=silent))
    assert finished(before, kept, device(kept.to_sign), owner, stamping=stamping).startswith(before)  # the next try
