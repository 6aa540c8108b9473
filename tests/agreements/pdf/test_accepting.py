"""What came back from elsewhere: taken only when exactly the expected signature was added, by the enrolled card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from agreements.pdf import accepting, limited, signing
from agreements.pdf.accepting import Asked, UploadRefused, judge
from agreements.pdf.certificates import Identity, make_leaf, make_root
from agreements.pdf.render import render_agreement, signature_boxes
from agreements.pdf.verify import EXECUTED, verify
from tests.agreements import elsewhere
from tests.agreements.pdf.test_pdf import AT, DATA, another_root


@pytest.fixture(scope="module")
def root() -> Identity:
    return make_root(at=datetime.now(UTC))


@pytest.fixture(scope="module")
def sealed(root: Identity) -> bytes:
    pdf, boxes = render_agreement(DATA, frozen_at=AT), signature_boxes(DATA, frozen_at=AT)
    seal = make_leaf(root, name="Seal", organisation="Concord", at=datetime.now(UTC))
    return signing.prepare(pdf, boxes, names={"s1": "Maren", "s2": "Edmund"}, seal=seal)


@pytest.fixture(scope="module")
def issued(root: Identity, sealed: bytes) -> bytes:
    """What the second signatory downloads: the first one has signed."""
    person = make_leaf(root, name="Maren Vale", organisation="Aurora", at=datetime.now(UTC))
    return signing.sign(sealed, field="s1", identity=person, name="Maren Vale", meaning="Binds the Developer")


@pytest.fixture(scope="module")
def card() -> Identity:
    return elsewhere.card("Edmund Cole")


def asked(card: Identity, **kwargs: object) -> Asked:
    values = {
        "field": "s2", "enrolled": (elsewhere.fingerprint(card),), "roots": (elsewhere.authority().certificate,),
        "crls": (elsewhere.revocations(),), "at": datetime.now(UTC),
    } | kwargs  # fmt: skip
    return Asked(**values)


@pytest.mark.parametrize("subfilter", accepting.SUBFILTERS)
def test_the_expected_signature_is_taken_in_the_child(
    issued: bytes, root: Identity, card: Identity, subfilter: str
) -> None:
    kind = next(s for s in signing.SigSeedSubFilter if s.value == subfilter)
    uploaded = elsewhere.sign(issued, "s2", card, subfilter=kind)
    found = limited.accepted(issued, uploaded, asked(card))
    assert (found.certificate_sha256, found.pades) == (elsewhere.fingerprint(card), subfilter == "/ETSI.CAdES.detached")
    roots = [root.certificate, elsewhere.authority().certificate]
    assert verify(uploaded, trust_roots=roots, planned=["s1", "s2"]).outcome == EXECUTED
    assert verify(uploaded, trust_roots=[root.certificate], planned=["s1", "s2"]).outcome != EXECUTED


CORPUS: dict[str, tuple[Callable[[bytes, Identity, Identity], bytes], str]] = {
    "unsigned": (lambda pdf, card, _: pdf, "without your signature"),
    "nothing": (lambda pdf, card, _: b"", "is cut off"),
    "truncated": (lambda pdf, card, _: pdf[:5000], "is cut off"),
    "cut in the signature": (lambda pdf, card, _: elsewhere.sign(pdf, "s2", card)[:-3000], "cannot be read|still empty"),
    "another file": (lambda pdf, card, _: b"%PDF-1.7 no" + pdf, "does not begin with the bytes"),
    "rewritten": (lambda pdf, card, _: elsewhere.rewritten(elsewhere.sign(pdf, "s2", card)), "does not begin with the bytes"),
    "too large": (
        lambda pdf, card, _: elsewhere.sign(pdf, "s2", card) + b"%" * accepting.MOST_ADDED, "more than 2 MB larger"
    ),
    "page before": (lambda pdf, card, _: elsewhere.sign(elsewhere.with_page(pdf), "s2", card), "Something else than"),
    "note before": (lambda pdf, card, _: elsewhere.sign(elsewhere.with_note(pdf), "s2", card), "Something else than"),
    "mode before": (lambda pdf, card, _: elsewhere.sign(elsewhere.with_mode(pdf), "s2", card), "Something else than"),
    "page after": (lambda pdf, card, _: elsewhere.with_page(elsewhere.sign(pdf, "s2", card)), "Something else than"),
    "junk after": (lambda pdf, card, _: elsewhere.sign(pdf, "s2", card) + b"\n% more\n", "after your signature"),
    "extra field": (lambda pdf, card, _: elsewhere.sign(elsewhere.with_field(pdf), "s2", card), "field was added"),
    "extra field signed": (
        lambda pdf, card, _: elsewhere.sign(elsewhere.sign(pdf, "s2", card), "mine", card, existing=False),
        "field was added",
    ),
    "only a note": (lambda pdf, card, _: elsewhere.with_note(pdf), "is still empty"),
    "another card": (lambda pdf, card, other: elsewhere.sign(pdf, "s2", other), "with another certificate .*Eve"),
    "locked": (lambda pdf, card, _: elsewhere.locking(pdf, "s2", card), "Something else than|locks the document"),
    "flipped": (lambda pdf, card, _: elsewhere.flipped(elsewhere.sign(pdf, "s2", card)), "."),
}  # fmt: skip


@pytest.mark.parametrize("name", CORPUS)
def test_everything_else_is_refused_in_a_sentence(issued: bytes, card: Identity, name: str) -> None:
    make, words = CORPUS[name]
    uploaded = make(issued, card, elsewhere.card("Eve"))
    with pytest.raises(UploadRefused, match=words) as caught:
        judge(issued, uploaded, asked(card))
    assert str(caught.value).endswith((".",)) and "Nothing was changed" in str(caught.value)


def test_a_signature_in_the_place_of_somebody_else_is_refused(sealed: bytes, card: Identity) -> None:
    with pytest.raises(UploadRefused, match=r"in another place than yours \(s1\)"):
        judge(sealed, elsewhere.sign(sealed, "s1", card), asked(card))
    both = elsewhere.sign(elsewhere.sign(sealed, "s1", card), "s2", card)
    with pytest.raises(UploadRefused, match=r"in another place than yours \(s1\)"):
        judge(sealed, both, asked(card))


def test_a_file_of_another_agreement_is_refused(issued: bytes, sealed: bytes, card: Identity) -> None:
    with pytest.raises(UploadRefused, match="does not begin with the bytes"):
        judge(issued, elsewhere.sign(sealed, "s2", card), asked(card))


def test_a_card_that_cannot_be_relied_on_is_refused(issued: bytes, card: Identity) -> None:
    uploaded = elsewhere.sign(issued, "s2", card)
    for change, words in (
        ({"crls": (elsewhere.revocations(card),)}, "was revoked"),
        ({"crls": ()}, "nothing current says"),
        ({"roots": (another_root(elsewhere.authority()).certificate,)}, "does not lead to a root"),
        ({"at": datetime.now(UTC) + timedelta(days=9)}, "nothing current says"),  # the list is older than its week
    ):
        with pytest.raises(UploadRefused, match=words):
            judge(issued, uploaded, asked(card, **change))


def test_the_child_that_takes_too_long_is_a_sentence(issued: bytes, card: Identity) -> None:
    with pytest.raises(UploadRefused, match="too much time or memory"):
        limited.accepted(issued, issued + b"x", asked(card), seconds=0.01)
