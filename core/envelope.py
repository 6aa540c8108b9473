"""Envelope encryption: a fresh data key per secret version, wrapped once per recipient (security.md §9).

AES-256-GCM with a 96-bit random nonce; the associated data binds secret id, field, organisation and version, so a
ciphertext moved to another row, organisation or field does not open. Data keys are wrapped with AES-KW (RFC 3394) by
a `KeyProvider`. No plaintext leaves this module except as the return value of `open_sealed`.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from core.decisions import Conflict

if TYPE_CHECKING:
    from core.key_pairs import RegisteredKeys

logger = logging.getLogger("concord.alarm")
NONCE = 12


class SealBroken(Exception):
    """The ciphertext does not belong to this row, was changed, or the key is not the one it was sealed with."""


class KeyHeldElsewhere(Conflict):
    """This host may seal for the recipient and not open: the recipient keeps its key on hosts of its own."""

    def __init__(self) -> None:
        super().__init__("This can be opened on the agency's own hosts only: they alone hold its key.")


class KeyMissing(Conflict):
    """No key that is fit is installed for the recipient. What is wrong with it goes to the log, not to people."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            "Nothing was saved: this site has no key yet to seal it for one of the agencies. Tell its administrators; "
            "they install the agency's public key. Then try again."
        )
        logger.critical("a key is missing or unfit: %s", detail)


@dataclass(frozen=True)
class Place:
    """Where a secret lives; all of it is bound into the seal."""

    secret: UUID
    field: str
    organisation: UUID
    version: int

    @property
    def associated_data(self) -> bytes:
        """The bytes that AES-GCM authenticates beside the ciphertext."""
        return f"v1|secret|{self.secret}|{self.field}|org={self.organisation}|ver={self.version}".encode()


@dataclass(frozen=True)
class Sealed:
    """A sealed value: nonce and ciphertext, and (key id, wrapped data key) per recipient."""

    ciphertext: bytes
    wraps: Mapping[str, tuple[str, bytes]]


class KeyProvider(Protocol):
    """Wraps and unwraps data keys for a recipient; the embedded default keeps key files, production key pairs."""

    def wrap(self, recipient: str, data_key: bytes) -> tuple[str, bytes]:
        """(key id, wrapped key)."""
        ...

    def unwrap(self, recipient: str, key_id: str, wrapped: bytes) -> bytes:
        """The data key; SealBroken when the key id or the bytes do not fit."""
        ...

    def opens(self, recipient: str, key_id: str) -> bool:
        """Whether this host has the key that a wrap for the recipient needs, by the wrap's key id."""
        ...


class FileKeys:
    """One 256-bit key file per recipient, mode 0600, in a 0700 folder: for development and the demo.

    AES-KW is symmetric: whoever can wrap can unwrap. Production refuses it; `core.key_pairs` separates the two rights.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _key(self, recipient: str) -> bytes:
        if not recipient.replace("-", "").isalnum():
            raise ValueError(f"not a recipient's name: {recipient!r}")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"kek-{recipient}"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            fresh = self.folder / f".kek-{recipient}-{secrets.token_hex(8)}"
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(fresh, path)  # fails when another process made it first: then theirs is the key
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
            return path.read_bytes()

    def wrap(self, recipient: str, data_key: bytes) -> tuple[str, bytes]:
        """See KeyProvider."""
        return f"file:{recipient}:1", aes_key_wrap(self._key(recipient), data_key)

    def unwrap(self, recipient: str, key_id: str, wrapped: bytes) -> bytes:
        """See KeyProvider."""
        if key_id != f"file:{recipient}:1":
            raise SealBroken("The secret was sealed with a key that is not in use any more.")
        try:
            return aes_key_unwrap(self._key(recipient), bytes(wrapped))
        except InvalidUnwrap as error:
            raise SealBroken("The wrapped key was changed or belongs to another recipient.") from error

    def opens(self, recipient: str, key_id: str) -> bool:
        """See KeyProvider: with these keys every host opens."""
        return key_id == f"file:{recipient}:1"


def seal(provider: KeyProvider, place: Place, plaintext: bytes, recipients: Iterable[str]) -> Sealed:
    """Seal a value for recipients (their slugs). Every call uses a new data key and nonce."""
    data_key, nonce = AESGCM.generate_key(256), secrets.token_bytes(NONCE)
    ciphertext = nonce + AESGCM(data_key).encrypt(nonce, plaintext, place.associated_data)
    return Sealed(ciphertext, {r: provider.wrap(r, data_key) for r in recipients})


def open_sealed(
    provider: KeyProvider, place: Place, ciphertext: bytes, recipient: str, key_id: str, wrapped: bytes
) -> bytes:
    """The plaintext, for one recipient. SealBroken when anything does not fit; callers raise an alarm on it."""
    data_key, raw = provider.unwrap(recipient, key_id, wrapped), bytes(ciphertext)
    try:
        return AESGCM(data_key).decrypt(raw[:NONCE], raw[NONCE:], place.associated_data)
    except InvalidTag as error:
        raise SealBroken("The sealed value was changed or moved to another place.") from error


def installed() -> KeyProvider:
    """The keys that are installed on this host (settings.KEY_PROVIDER)."""
    from django.conf import settings

    from core.key_pairs import KeyPairs

    if settings.KEY_PROVIDER == "pairs":
        return KeyPairs(Path(settings.PUBLIC_KEY_DIR), settings.PRIVATE_KEY_DIR)
    return FileKeys(Path(settings.KEY_DIR))


def provider() -> RegisteredKeys:
    """The same, but for recipients that registered a public key of their own: for them it is sealed to that one."""
    from django.conf import settings

    from core import ports
    from core.key_pairs import RegisteredKeys

    return RegisteredKeys(installed(), ports.registered_key, settings.PRIVATE_KEY_DIR)
