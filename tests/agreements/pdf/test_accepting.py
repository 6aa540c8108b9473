"""What came back from elsewhere: taken only when exactly the expected signature was added, by the enrolled card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agreements.pdf import accepting, limited, signing
from agreements.pdf.accepting import Asked, UploadRefused, judge
from agreements.pdf.certificates import LEAF_DAYS, Identity, make_crl, make_leaf, make_root, make_time_stamp_authority
from agreements.pdf.render import render_agreement, signature_boxes
from agreements.pdf.timestamps import TimeStamping, respond
from agreements.pdf.verify import EXECUTED, NOT_EXECUTED, NOT_GENUINE, Cards, verify
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


@pytest.fixture
def stamped(root: Identity) -> tuple[bytes, TimeStamping, dict[str, Any]]:
    """(a sealed file whose plan promises time-stamps, the authority, what `verify` is told)."""
    now = datetime.now(UTC)
    clock = make_time_stamp_authority(root, at=now)
    roots, crls = (root.certificate,), (make_crl(root, at=now),)
    stamping = TimeStamping(lambda query: respond(query, clock, at=datetime.now(UTC)), roots, crls)
    seal = make_leaf(root, name="Seal", organisation="Concord", at=now)
    pdf, boxes = render_agreement(DATA, frozen_at=AT), signature_boxes(DATA, frozen_at=AT)
    sealed = signing.prepare(pdf, boxes, names={"s1": "Maren", "s2": "Edmund"}, seal=seal, stamping=stamping)
    return sealed, stamping, {"trust_roots": roots, "crls": crls, "planned": ["s1", "s2"], "stamped": True}


def by(**cards: Identity) -> Cards:
    """Which card signed which field, as it is on record."""
    known = {name: elsewhere.fingerprint(card) for name, card in cards.items()}
    return Cards(known, (elsewhere.authority().certificate,), (elsewhere.revocations(),))


def kept(uploaded: bytes, name: str, stamping: TimeStamping, *revoked: Identity) -> bytes:
    lists = (elsewhere.revocations(*revoked),)
    return accepting.kept(uploaded, name, stamping, (elsewhere.authority().certificate,), lists)


def test_an_accepted_file_gains_what_proves_it_later(root: Identity, stamped: Any) -> None:
    """Revocation lists and a document time-stamp behind the card's signature; the plan with time-stamps is then fulfilled."""
    sealed, stamping, said = stamped
    card, other = elsewhere.card("Maren Vale"), elsewhere.card("Edmund Cole")
    uploaded = elsewhere.sign(sealed, "s1", card)
    one, both = by(s1=card), by(s1=card, s2=other)
    assert verify(uploaded, **said, cards=one).problems == ("The signature in s1 carries no time-stamp.",)
    first = kept(uploaded, "s1", stamping)
    assert first.startswith(uploaded)
    found = verify(first, **said, cards=one)
    missing = ("Genuine, not executed: 1 of 2 signatures are missing.",)
    assert (found.outcome, found.problems, found.signers) == (NOT_EXECUTED, missing, ("s1",))
    second = elsewhere.sign(first, "s2", other)  # the second card meets a file that has a time-stamp already
    judge(first, second, asked(other))
    assert verify(kept(second, "s2", stamping), **said, cards=both).outcome == EXECUTED
    held = make_leaf(root, name="Edmund Cole", organisation="Commerce", at=datetime.now(UTC))
    mixed = signing.sign(first, field="s2", identity=held, name="Edmund", meaning="Binds", stamping=stamping, last=True)
    assert verify(mixed, **said, cards=one).outcome == EXECUTED


def test_a_card_is_believed_in_its_own_field_only(root: Identity, stamped: Any) -> None:
    """Whoever has a card of the same authority makes no seal, and signs for nobody else."""
    sealed, stamping, said = stamped
    card, other = elsewhere.card("Maren Vale"), elsewhere.card("Eve")
    first = kept(elsewhere.sign(sealed, "s1", other), "s1", stamping)
    found = verify(first, **said, cards=by(s1=card))
    words = "The signature in s1 was made with another certificate than the one on record for it."
    assert (found.outcome, found.problems) == (NOT_GENUINE, (words,))
    strange = ("The certificate of s1 was not issued for this deployment, or did not hold when used.",)
    assert verify(elsewhere.sign(sealed, "s1", card), **{**said, "stamped": False}).problems == strange
    pdf, boxes = render_agreement(DATA, frozen_at=AT), signature_boxes(DATA, frozen_at=AT)
    names = {"s1": "Maren", "s2": "Edmund"}
    forged = signing.prepare(pdf, boxes, names=names, seal=card)  # a seal made with a card, and both signatures with it
    for name in names:
        forged = elsewhere.sign(forged, name, card)
    cards = by(s1=card, s2=card)
    assert verify(forged, **{**said, "stamped": False}, cards=cards).problems == (
        "The certificate of seal was not issued for this deployment, or did not hold when used.",
    )


def test_a_card_that_expires_tomorrow_is_proven_the_day_after(root: Identity, stamped: Any) -> None:
    """Trust rests on what the document time-stamp covers, at the time that it proves; without it nothing holds."""
    sealed, stamping, said = stamped
    ends = elsewhere.card("Maren Vale", at=datetime.now(UTC) - timedelta(days=LEAF_DAYS - 1))
    held = make_leaf(root, name="Edmund Cole", organisation="Commerce", at=datetime.now(UTC))
    signs = {"field": "s2", "identity": held, "name": "Edmund", "meaning": "Binds", "stamping": stamping, "last": True}
    bare = elsewhere.sign(sealed, "s1", ends)
    later, cards = datetime.now(UTC) + timedelta(days=2), by(s1=ends)
    assert verify(signing.sign(kept(bare, "s1", stamping), **signs), **said, cards=cards, at=later).is_executed
    found = verify(
        signing.sign(bare, **signs), **said, cards=cards, at=later
    )  # no list of the card's authority is kept
    strange = ("The certificate of s1 was not issued for this deployment, or did not hold when used.",)
    assert (found.outcome, found.problems) == (NOT_GENUINE, strange)


def test_a_revoked_card_gets_no_proof_and_is_believed_by_nobody(stamped: Any) -> None:
    sealed, stamping, said = stamped
    card = elsewhere.card("Maren Vale")
    uploaded = elsewhere.sign(sealed, "s1", card)
    with pytest.raises(signing.SigningFailed, match="could not be added"):
        kept(uploaded, "s1", stamping, card)
    first = kept(uploaded, "s1", stamping)  # the list of that hour named no card
    cards, tomorrow = by(s1=card), datetime.now(UTC) + timedelta(days=1)
    assert verify(first, **said, cards=cards).outcome == NOT_EXECUTED
    before = replace(cards, crls=(elsewhere.revocations(card),))
    assert verify(first, **said, cards=before).outcome == NOT_GENUINE  # said later: revoked before it signed
    after = replace(cards, crls=(elsewhere.revocations(card, since=tomorrow),))
    assert verify(first, **said, cards=after).outcome == NOT_EXECUTED
