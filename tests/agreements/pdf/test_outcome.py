"""What a signature made is read again by another library, and only what was planned is believed."""

from __future__ import annotations

import pytest

from agreements.pdf.certificates import Identity, make_leaf, make_root
from agreements.pdf.outcome import SigningFailed, check_level, check_signed
from agreements.pdf.render import render_agreement, signature_boxes
from agreements.pdf.signing import prepare, sign
from tests.agreements.pdf.test_pdf import AT, DATA

NAMES = {"s1": "Maren", "s2": "Edmund"}


@pytest.fixture(scope="module")
def files() -> tuple[bytes, bytes, bytes]:
    """Sealed, signed by the first, signed by both; without time-stamps."""
    root = make_root(at=AT)
    person = make_leaf(root, name="Maren Vale", organisation="Aurora", at=AT)
    boxes = signature_boxes(DATA, frozen_at=AT)
    sealed = prepare(render_agreement(DATA, frozen_at=AT), boxes, names=NAMES, seal=person)
    first = _signed(sealed, "s1", person)
    return sealed, first, _signed(first, "s2", person)


def _signed(pdf: bytes, field: str, identity: Identity) -> bytes:
    return sign(pdf, field=field, identity=identity, name="Maren Vale", meaning="Binds")


def test_exactly_the_planned_field_is_newly_signed(files: tuple[bytes, bytes, bytes]) -> None:
    sealed, first, both = files
    check_signed(sealed, first, "s1")
    check_signed(first, both, "s2")
    for before, after, field, words in (
        (sealed, first, "s2", r"Signed were \['s1'\], expected s2"),
        (sealed, both, "s2", r"Signed were \['s1', 's2'\], expected s2"),
        (first, first, "s1", r"Signed were \[\], expected s1"),
        (first, sealed, "s1", "did not only append"),
        (first, first[:-40] + both[len(first) - 40 :].swapcase(), "s2", "did not only append"),
    ):
        with pytest.raises(SigningFailed, match=words):
            check_signed(before, after, field)


@pytest.mark.parametrize("level", ["B-LT", "B-LTA"])
def test_a_level_that_was_not_reached_is_not_claimed(files: tuple[bytes, bytes, bytes], level: str) -> None:
    check_level(files[1], "s1", "B-B")
    with pytest.raises(SigningFailed, match=f"s1 did not reach the level {level}"):
        check_level(files[1], "s1", level)
