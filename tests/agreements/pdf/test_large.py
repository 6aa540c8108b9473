"""Large files: two hundred places for signatures, and an agreement of five hundred pages."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from agreements import documents
from agreements.pdf import signing
from agreements.pdf.certificates import Identity, make_leaf, make_root
from agreements.pdf.render import render_agreement, signature_boxes
from agreements.pdf.verify import EXECUTED, NOT_EXECUTED, verify
from tests.agreements.pdf.test_pdf import AT, DATA, text_of

SENTENCE = "The parties agree on this, and on nothing else; each of them may leave at any time. "
CLAUSE = [SENTENCE * 11] * 53  # near the longest clause that is taken, 50,000 characters


@pytest.fixture(scope="module")
def root() -> Identity:
    return make_root(at=datetime.now(UTC))


def sealed(root: Identity, data: dict[str, object]) -> tuple[bytes, list[str]]:
    boxes = signature_boxes(data, frozen_at=AT)
    assert not documents.misplaced(boxes)
    seal = make_leaf(root, name="Seal", organisation="Concord", at=datetime.now(UTC))
    names = {box.field: f"Signature {box.field}" for box in boxes}
    return signing.prepare(render_agreement(data, frozen_at=AT), boxes, names=names, seal=seal), [*names]


def test_two_hundred_signatories_each_have_a_field_and_a_place(root: Identity) -> None:
    signers = [{**DATA["signers"][0], "field": f"signatory_{n}", "name": f"Person {n}"} for n in range(1, 201)]
    pdf, planned = sealed(root, {**DATA, "signers": signers})
    assert planned == [f"signatory_{n}" for n in range(1, 201)]
    person = make_leaf(root, name="Person", organisation="Aurora", at=datetime.now(UTC))
    for field in ("signatory_200", "signatory_1", "signatory_100"):  # the order is the plan's, not the file's
        pdf = signing.sign(pdf, field=field, identity=person, name=f"{field} signs", meaning="Binds the Agency")
    verdict = verify(pdf, trust_roots=[root.certificate], planned=planned)
    assert (verdict.outcome, verdict.problems) == (
        NOT_EXECUTED, ("Genuine, not executed: 197 of 200 signatures are missing.",),
    )  # fmt: skip
    assert verdict.signers == ("signatory_1", "signatory_100", "signatory_200")
    joined = " ".join(text_of(pdf))
    assert all(f"signatory_{n} signs" in joined for n in (1, 100, 200))
    assert all(f"Person {n}," in joined for n in (1, 57, 200))


def test_five_hundred_pages_are_set_signed_and_judged_in_seconds(root: Identity) -> None:
    clauses = [{"number": str(n), "heading": f"Clause {n}", "paragraphs": CLAUSE} for n in range(1, 49)]
    start = time.process_time()
    pdf, planned = sealed(root, {**DATA, "clauses": clauses})
    person = make_leaf(root, name="Person", organisation="Aurora", at=datetime.now(UTC))
    for field in planned:
        pdf = signing.sign(pdf, field=field, identity=person, name="Person", meaning="Binds the Agency")
    assert verify(pdf, trust_roots=[root.certificate], planned=planned).outcome == EXECUTED
    spent = time.process_time() - start
    pages = text_of(pdf)
    assert len(pages) > 500
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert "Clause 48" in " ".join(pages[-15:])
    assert spent < 30, spent  # 5 s on a quiet machine
