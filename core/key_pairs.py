"""A key provider with a key pair per recipient: who seals needs the public key only, who opens needs the private one.

So custody is where the private key lies. An agency that holds its own keys gives its public key to the installation and
keeps the private one on its worker's host: the web host can seal for it and cannot open (docs/decisions/0012).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from core.envelope import KeyHeldElsewhere, KeyMissing, KeyProvider, SealBroken

BITS, LEAST_BITS = 4096, 3072
KIND = "rsa:"  # how the id of a pair begins


class KeyPairs:
    """RSA-OAEP with SHA-256; the label binds a wrap to its recipient. `private` is empty on a host that opens nothing.

    A recipient "defense-nsa" without a pair of its own uses that of "defense": both work through one worker. After a
    change of keys the old private key stays beside the new one, as `<recipient>.<anything>.pem`, until nothing is
    sealed to it any more.
    """

    def __init__(self, public: Path, private: Path | None = None) -> None:
        self.public, self.private = public, private

    def wrap(self, recipient: str, data_key: bytes) -> tuple[str, bytes]:
        """See KeyProvider. KeyMissing when no fit public key is installed."""
        key = self.public_key(recipient)
        return key_id(key), key.encrypt(data_key, _oaep(recipient))

    def unwrap(self, recipient: str, key_id: str, wrapped: bytes) -> bytes:
        """See KeyProvider. KeyHeldElsewhere when this host has no private key of the recipient at all."""
        held = dict(self._held(recipient))
        if not held:
            raise KeyHeldElsewhere
        if key_id not in held:
            raise SealBroken("The secret was sealed with a key that is not in use any more.")
        try:
            return held[key_id].decrypt(bytes(wrapped), _oaep(recipient))
        except ValueError as error:
            raise SealBroken("The wrapped key was changed or belongs to another recipient.") from error

    def opens(self, recipient: str, key_id: str) -> bool:
        """See KeyProvider."""
        return key_id in dict(self._held(recipient))

    def public_key(self, recipient: str) -> rsa.RSAPublicKey:
        """The installed public key; KeyMissing when there is none, or none that is fit."""
        for name in names(recipient):
            try:
                raw = (self.public / f"{name}.pem").read_bytes()
            except FileNotFoundError:
                continue
            try:
                return read_public(raw)
            except ValueError as error:
                raise KeyMissing(f"{self.public / name}.pem: {error}") from error
        raise KeyMissing(f"No public key of {recipient} is installed in {self.public}.")

    def _private_files(self, recipient: str) -> Iterator[Path]:
        if self.private is not None:
            for name in names(recipient):
                yield from sorted([*self.private.glob(f"{name}.pem"), *self.private.glob(f"{name}.*.pem")])

    def _held(self, recipient: str) -> Iterator[tuple[str, rsa.RSAPrivateKey]]:
        for path in self._private_files(recipient):
            if path.stat().st_mode & 0o077:
                raise KeyMissing(f"{path} can be read by other accounts: chmod 600 it.")
            key = serialization.load_pem_private_key(path.read_bytes(), None)
            if isinstance(key, rsa.RSAPrivateKey):
                yield key_id(key.public_key()), key


class RegisteredKeys:
    """The installed keys, but for a recipient that registered a public key: it keeps the private one on hosts of its own, and
    is sealed to with the registered one. What was sealed before opens wherever its key lies, as its key id says."""

    def __init__(self, base: KeyProvider, registered: Callable[[str], str], private: Path | None) -> None:
        self.base, self.registered = base, registered
        self.held = KeyPairs(Path(os.devnull), private)

    def wrap(self, recipient: str, data_key: bytes) -> tuple[str, bytes]:
        """See KeyProvider."""
        pem = self.registered(recipient)
        if not pem:
            return self.base.wrap(recipient, data_key)
        try:
            key = read_public(pem.encode())
        except ValueError as error:
            raise KeyMissing(f"the registered key of {recipient}: {error}") from error
        return key_id(key), key.encrypt(data_key, _oaep(recipient))

    def unwrap(self, recipient: str, key_id: str, wrapped: bytes) -> bytes:
        """See KeyProvider."""
        keys = self.held if key_id.startswith(KIND) else self.base
        return keys.unwrap(recipient, key_id, wrapped)

    def opens(self, recipient: str, key_id: str) -> bool:
        """See KeyProvider."""
        return (self.held if key_id.startswith(KIND) else self.base).opens(recipient, key_id)


def read_public(raw: bytes) -> rsa.RSAPublicKey:
    """A public key in PEM that is fit to seal to; ValueError with what is wrong with it."""
    try:
        key = serialization.load_pem_public_key(raw)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError("This is not a public key in PEM.") from error
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < LEAST_BITS:
        raise ValueError(f"This is not an RSA key of at least {LEAST_BITS} bits.")
    return key


def names(recipient: str) -> tuple[str, ...]:
    """The names under which a recipient's key may lie: its own, then the one it works through."""
    if not recipient.replace("-", "").isalnum():
        raise ValueError(f"not a recipient's name: {recipient!r}")
    return tuple(dict.fromkeys((recipient, recipient.partition("-")[0])))


def key_id(key: rsa.RSAPublicKey) -> str:
    """ "rsa:" and the beginning of the SHA-256 of the public key."""
    raw = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(raw)
    return f"{KIND}{digest.finalize().hex()[:32]}"


def pem_of(key: rsa.RSAPublicKey) -> str:
    """A public key as PEM."""
    raw = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return raw.decode()


def public_of(private: Path) -> str:
    """The public key, as PEM, of a private one that lies here."""
    key = serialization.load_pem_private_key(private.read_bytes(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"{private} is not an RSA key.")
    return pem_of(key.public_key())


def make(private: Path, recipient: str) -> bytes:
    """Make a pair: the private key into the folder (0600, never over an existing one), the public one as PEM."""
    path = private / f"{names(recipient)[0]}.pem"
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    fresh = private / f".{path.name}-{secrets.token_hex(8)}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # fails when there is one: FileExistsError
    finally:
        fresh.unlink()
    return pem_of(key.public_key()).encode()


def _oaep(recipient: str) -> padding.OAEP:
    return padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label=recipient.encode())
