"""Sealed values open in their own place, for their own recipient, and nowhere else (R38)."""

import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from core.envelope import FileKeys, Place, SealBroken, open_sealed, seal

PLACE = Place(uuid.uuid4(), "api_key", uuid.uuid4(), 1)
SECRET = b"sim-abc-123"


@pytest.fixture
def keys(tmp_path: Path) -> FileKeys:
    return FileKeys(tmp_path / "keys")


def test_each_recipient_opens_with_its_own_wrap(keys: FileKeys) -> None:
    sealed = seal(keys, PLACE, SECRET, ["treasury", "defense-nsa"])
    assert set(sealed.wraps) == {"treasury", "defense-nsa"}
    for recipient, (key_id, wrapped) in sealed.wraps.items():
        assert open_sealed(keys, PLACE, sealed.ciphertext, recipient, key_id, wrapped) == SECRET
    assert SECRET not in sealed.ciphertext


def test_anothers_wrap_does_not_open(keys: FileKeys) -> None:
    sealed = seal(keys, PLACE, SECRET, ["treasury", "commerce"])
    key_id, wrapped = sealed.wraps["commerce"]
    with pytest.raises(SealBroken):
        open_sealed(keys, PLACE, sealed.ciphertext, "treasury", key_id, wrapped)
    with pytest.raises(SealBroken):
        open_sealed(keys, PLACE, sealed.ciphertext, "treasury", sealed.wraps["treasury"][0], wrapped)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, secret=uuid.uuid4()),
        replace(PLACE, field="other"),
        replace(PLACE, organisation=uuid.uuid4()),
        replace(PLACE, version=2),
    ],
)
def test_a_moved_ciphertext_does_not_open(keys: FileKeys, elsewhere: Place) -> None:
    sealed = seal(keys, PLACE, SECRET, ["treasury"])
    with pytest.raises(SealBroken):
        open_sealed(keys, elsewhere, sealed.ciphertext, "treasury", *sealed.wraps["treasury"])


def test_a_cut_or_plain_value_does_not_open(keys: FileKeys) -> None:
    sealed = seal(keys, PLACE, SECRET, ["treasury"])
    for bad in (sealed.ciphertext[:-1], SECRET + bytes(40), sealed.ciphertext[:12] + bytes(len(SECRET) + 16)):
        with pytest.raises(SealBroken):
            open_sealed(keys, PLACE, bad, "treasury", *sealed.wraps["treasury"])


def test_key_files_are_private(keys: FileKeys) -> None:
    seal(keys, PLACE, SECRET, ["treasury"])
    assert (keys.folder / "kek-treasury").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in keys.folder.iterdir()] == ["kek-treasury"]
