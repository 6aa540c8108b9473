"""Seal something to a key that one person's browser holds, so that the database in between keeps nothing that it can read.

X25519 with a fresh key on the sealing side, HKDF-SHA256, AES-256-GCM; the purpose is bound into key and ciphertext. The
private key lives in a cookie for one path and is never stored here.
"""

from __future__ import annotations

import base64
import secrets
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.envelope import SealBroken

NONCE, PUBLIC = 12, 32
LARGEST = 64 * 1024 * 1024


def new_key() -> str:
    """A private key as text for a cookie or a header."""
    return _text(X25519PrivateKey.generate().private_bytes_raw())


def public_of(private: str) -> str:
    """The public key as text; ValueError when the private one is none."""
    return _text(_private(private).public_key().public_bytes_raw())


def seal(public: str, purpose: str, plaintext: bytes) -> bytes:
    """Sealed and packed: public key of this sealing, nonce, ciphertext."""
    mine, nonce = X25519PrivateKey.generate(), secrets.token_bytes(NONCE)
    own = mine.public_key().public_bytes_raw()
    shared = mine.exchange(X25519PublicKey.from_public_bytes(_bytes(public)))
    cipher = AESGCM(_derived(shared, own + _bytes(public), purpose))
    return own + nonce + cipher.encrypt(nonce, zlib.compress(plaintext), purpose.encode())


def open_sealed(private: str, purpose: str, sealed: bytes) -> bytes:
    """The plaintext. SealBroken when key, purpose or bytes do not fit."""
    raw, key = bytes(sealed), _private(private)
    own, nonce, ciphertext = raw[:PUBLIC], raw[PUBLIC : PUBLIC + NONCE], raw[PUBLIC + NONCE :]
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(own))
        cipher = AESGCM(_derived(shared, own + key.public_key().public_bytes_raw(), purpose))
        packed = cipher.decrypt(nonce, ciphertext, purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken("This was sealed to another key, or changed since.") from error
    return zlib.decompressobj().decompress(packed, LARGEST)


def _derived(shared: bytes, salt: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, f"concord handover v1|{purpose}".encode()).derive(shared)


def _private(text: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_bytes(text))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
