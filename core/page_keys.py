"""Seal something to a key that one page, or one program, made for this once: what lies between the two cannot read it.

ECDH on P-256 with a fresh key on the sealing side, HKDF-SHA256, AES-256-GCM: what WebCrypto of a browser knows, and what
FIPS 140 allows. The purpose is bound into key and ciphertext; both public keys are bound into the key. The same in the
page is `static/js/opening.js`. See docs/decisions/0063.
"""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.envelope import NONCE, SealBroken

CURVE, PUBLIC = ec.SECP256R1(), 65  # an uncompressed point: 4, x, y
NAME = "concord page key v1"


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key for one opening, as a program makes it; a page makes its own in the browser."""
    return ec.generate_private_key(CURVE)


def public_of(private: ec.EllipticCurvePrivateKey) -> str:
    """The public key as text: base64url of the uncompressed point (65 bytes), without padding."""
    return text(_point(private.public_key()))


def is_public(public: str) -> bool:
    """Whether a text is a public key on P-256."""
    try:
        _public(public)
    except ValueError:
        return False
    return True


def seal(public: str, purpose: str, plaintext: bytes) -> bytes:
    """Public key of this sealing, nonce, ciphertext. ValueError when `public` is no key on P-256."""
    mine, theirs = new_key(), _public(public)
    own, nonce = _point(mine.public_key()), secrets.token_bytes(NONCE)
    cipher = AESGCM(_derived(mine, theirs, own + _point(theirs), purpose))
    return own + nonce + cipher.encrypt(nonce, plaintext, purpose.encode())


def open_sealed(private: ec.EllipticCurvePrivateKey, purpose: str, sealed: bytes) -> bytes:
    """The plaintext, for a program that sent its own key. SealBroken when key, purpose or bytes do not fit."""
    raw = bytes(sealed)
    own, nonce, ciphertext = raw[:PUBLIC], raw[PUBLIC : PUBLIC + NONCE], raw[PUBLIC + NONCE :]
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, own)
        salt = own + _point(private.public_key())
        return AESGCM(_derived(private, theirs, salt, purpose)).decrypt(nonce, ciphertext, purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken("This was sealed to another key, or changed since.") from error


def text(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _derived(
    private: ec.EllipticCurvePrivateKey, public: ec.EllipticCurvePublicKey, salt: bytes, purpose: str
) -> bytes:
    shared = private.exchange(ec.ECDH(), public)
    return HKDF(hashes.SHA256(), 32, salt, f"{NAME}|{purpose}".encode()).derive(shared)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _public(public: str) -> ec.EllipticCurvePublicKey:
    try:
        raw = base64.b64decode(public + "=" * (-len(public) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if len(raw) != PUBLIC:
        raise ValueError(f"a public key has {PUBLIC} bytes")
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)
