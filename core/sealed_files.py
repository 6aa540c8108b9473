"""Sealed files of any size: AES-256-GCM in segments of 1 MiB, each bound to its place, its number and whether it is last.

A stored file is a line of JSON (who can unwrap the data key), then the segments: nonce, ciphertext, tag. Reordered,
cut off or foreign segments do not open. The data key is fresh for every file.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import storage
from core.envelope import NONCE, KeyProvider, Place, SealBroken

SEGMENT = 1024 * 1024
SEALED_SEGMENT = NONCE + SEGMENT + 16
LONGEST_HEAD = 4096


def store(provider: KeyProvider, place: Place, file: BinaryIO, recipients: Iterable[str]) -> str:
    """Seal a file from its start for recipients (their slugs) and store it; the name under which it is stored."""
    file.seek(0)
    return storage.put_sealed(_sealed(provider, place, file, recipients))


def read(provider: KeyProvider, place: Place, stored_as: str, recipient: str) -> Iterator[bytes]:
    """The plaintext in pieces, for one recipient. SealBroken when anything does not fit: use no piece before the last."""
    with storage.open_sealed(stored_as) as file:
        cipher = AESGCM(_data_key(provider, file.readline(LONGEST_HEAD), recipient))
        number, raw = 0, file.read(SEALED_SEGMENT)
        while True:
            following = file.read(SEALED_SEGMENT)
            try:
                yield cipher.decrypt(raw[:NONCE], raw[NONCE:], _bound(place, number, last=not following))
            except (InvalidTag, ValueError) as error:
                raise SealBroken("The sealed file was changed, cut off or moved to another place.") from error
            if not following:
                return
            number, raw = number + 1, following


def _sealed(provider: KeyProvider, place: Place, file: BinaryIO, recipients: Iterable[str]) -> Iterator[bytes]:
    data_key = AESGCM.generate_key(256)
    wraps = {r: provider.wrap(r, data_key) for r in recipients}
    head = {r: [key_id, base64.b64encode(wrapped).decode()] for r, (key_id, wrapped) in wraps.items()}
    yield json.dumps(head).encode() + b"\n"
    cipher, number, piece = AESGCM(data_key), 0, file.read(SEGMENT)
    while True:
        following = file.read(SEGMENT)
        nonce = secrets.token_bytes(NONCE)
        yield nonce + cipher.encrypt(nonce, piece, _bound(place, number, last=not following))
        if not following:
            return
        number, piece = number + 1, following


def _bound(place: Place, number: int, *, last: bool) -> bytes:
    return place.associated_data + f"|segment={number}|last={int(last)}".encode()


def _data_key(provider: KeyProvider, head: bytes, recipient: str) -> bytes:
    try:
        key_id, wrapped = json.loads(head)[recipient]
        return provider.unwrap(recipient, key_id, base64.b64decode(wrapped))
    except (ValueError, KeyError, TypeError) as error:
        raise SealBroken("The sealed file names no key for this recipient.") from error
