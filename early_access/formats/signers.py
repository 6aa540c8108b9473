"""Whose signature a manifest must carry: a public key, or a certificate that the signing certificate leads to."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

KEY, CERTIFICATE = "key", "certificate"
LARGEST = 16 * 1024
MOST_CERTIFICATES = 8
# model-signing pairs each curve with its hash; nothing else is in the format.
HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "secp256r1": hashes.SHA256, "secp384r1": hashes.SHA384, "secp521r1": hashes.SHA512
}  # fmt: skip


class ManifestRefused(Exception):
    """The message is a sentence that says what to do."""


@dataclass(frozen=True)
class Signer:
    """A registered key or certificate. `fingerprint`: SHA-256 of the key's or certificate's DER, in hex."""

    kind: str
    fingerprint: str
    key: ec.EllipticCurvePublicKey | None = None
    certificate: x509.Certificate | None = None


def read(pem: bytes) -> Signer:
    """The signer in a PEM text. Raises ManifestRefused."""
    if len(pem) > LARGEST:
        raise ManifestRefused("This is longer than one public key or certificate. Give one of them, as PEM.")
    if b"PRIVATE KEY" in pem:
        raise ManifestRefused("This is a private key: keep it to yourselves. Give the public key or the certificate.")
    try:
        if b"BEGIN CERTIFICATE" in pem:
            certificate = x509.load_pem_x509_certificate(pem)
            digest = certificate.fingerprint(hashes.SHA256()).hex()
            return Signer(CERTIFICATE, digest, certificate=certificate)
        key = load_pem_public_key(pem)
    except ValueError as error:
        raise ManifestRefused("This is no PEM public key or certificate. Copy it from BEGIN to END.") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name not in HASHES:
        raise ManifestRefused("Give an elliptic-curve key (P-256, P-384 or P-521): model signing knows no other.")
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Signer(KEY, hashlib.sha256(der).hexdigest(), key=key)


def signing_key(material: dict[str, Any], trusted: Signer, at: datetime) -> ec.EllipticCurvePublicKey:
    """The key that a bundle must be signed with: the registered one, or that of a code-signing certificate that leads to
    the registered certificate. What the bundle brings is a claim until then."""
    if material.get("tlogEntries") or "certificate" in material:
        raise ManifestRefused(
            "This manifest was signed through the public Sigstore log, where everybody reads of it. Sign it with a key or a"
            " certificate of your own."
        )
    chain = material.get("x509CertificateChain")
    if trusted.key is not None:
        if chain is not None:
            raise ManifestRefused(
                "This manifest is signed with a certificate, and a public key is registered. Register that."
            )
        pem = trusted.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        hint = (material.get("publicKey") or {}).get("hint")
        if hint and hint != hashlib.sha256(pem).hexdigest():
            raise ManifestRefused(
                "This manifest names another key than the registered one. Register that key, or sign again."
            )
        return trusted.key
    if chain is None:
        raise ManifestRefused("This manifest is signed with a key, and a certificate is registered. Register the key.")
    return _leads_to(chain["certificates"], trusted, at)


def _leads_to(sent: list[dict[str, str]], trusted: Signer, at: datetime) -> ec.EllipticCurvePublicKey:
    assert trusted.certificate is not None
    if not 1 <= len(sent) <= MOST_CERTIFICATES:
        raise ManifestRefused(f"A manifest brings one to {MOST_CERTIFICATES} certificates. Sign it again.")
    chain = [x509.load_der_x509_certificate(base64.b64decode(one["rawBytes"], validate=True)) for one in sent]
    leaf = chain[0]
    path = [leaf]
    if leaf != trusted.certificate:
        path = [*(one for one in chain if one != trusted.certificate), trusted.certificate]
    for child, issuer in pairwise(path):
        try:
            child.verify_directly_issued_by(issuer)
            basic = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound) as error:
            raise ManifestRefused("The signing certificate does not lead to the registered certificate.") from error
        if not basic.ca:
            raise ManifestRefused("A certificate in between may issue no others, so it leads nowhere.")
    if not all(one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in path):
        raise ManifestRefused("A certificate of the signature is not valid now. Sign again with one that is.")
    return _code_signing(leaf)


def _code_signing(leaf: x509.Certificate) -> ec.EllipticCurvePublicKey:
    try:
        purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        purposes = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.TIME_STAMPING])
    if x509.oid.ExtendedKeyUsageOID.CODE_SIGNING not in purposes:
        raise ManifestRefused("The signing certificate is not meant for signing code. Use one that is.")
    key = leaf.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name not in HASHES:
        raise ManifestRefused("The signing certificate holds no P-256, P-384 or P-521 key. Use one that does.")
    return key
