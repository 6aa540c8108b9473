"""Keys of pages, against the same in another implementation; and where an agency's own host keeps sealed files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core import page_keys, storage
from core.envelope import SealBroken

PURPOSE = "opening=1|credential=2|field=access_key|by=3"


def test_what_is_sealed_opens_by_the_written_rule_alone() -> None:
    """As a program in another language would do it from the API's words: nothing of ours but the seal."""
    mine = page_keys.new_key()
    sealed = page_keys.seal(page_keys.public_of(mine), PURPOSE, b"sk-1")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sealed[:65])
    numbers = mine.public_key().public_numbers()
    own = b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")
    info = f"concord page key v1|{PURPOSE}".encode()
    key = HKDF(hashes.SHA256(), 32, sealed[:65] + own, info).derive(mine.exchange(ec.ECDH(), theirs))
    assert AESGCM(key).decrypt(sealed[65:77], sealed[77:], PURPOSE.encode()) == b"sk-1"
    assert page_keys.open_sealed(mine, PURPOSE, sealed) == b"sk-1"
    for raw in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"", sealed[:65], bytes(65) + sealed[65:]):
        with pytest.raises(SealBroken):
            page_keys.open_sealed(mine, PURPOSE, raw)
    assert page_keys.seal(page_keys.public_of(mine), PURPOSE, b"sk-1") != sealed, "a fresh key and nonce each time"


@pytest.mark.parametrize("text", ["", "AAAA", "*" * 87, page_keys.text(b"\x04" + bytes(64)), page_keys.text(bytes(33))])
def test_what_is_no_point_on_the_curve_is_no_key(text: str) -> None:
    assert not page_keys.is_public(text)
    with pytest.raises(ValueError, match=r"."):
        page_keys.seal(text, PURPOSE, b"sk-1")


def test_a_host_writes_its_own_sealed_files_apart_and_reads_the_sites(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.OWN_SEALED_DIR = tmp_path / "site", None
    of_the_site = storage.put_sealed([b"uploaded"])
    settings.OWN_SEALED_DIR = tmp_path / "own"
    of_its_own = storage.put_sealed([b"made ", b"here"])
    assert [p.name for p in (tmp_path / "own").rglob("*") if p.is_file()] == [of_its_own]
    assert not list((tmp_path / "site").rglob(of_its_own))
    for name, content in ((of_the_site, b"uploaded"), (of_its_own, b"made here")):
        with storage.open_sealed(name) as file:
            assert file.read() == content
    with pytest.raises(storage.FileDamaged):
        storage.open_sealed("0" * 64)
