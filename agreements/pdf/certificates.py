"""The embedded certificate authority: a root with its revocation list, a seal, a time-stamp authority, and one RSA-3072
key and certificate per signatory (tier 1).

RSA, because with an EC signer pyHanko raises the catalog's version inside a PDF/A-3. Instants are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
ROOT_YEARS, LEAF_DAYS, CRL_DAYS = 10, 730, 7


@dataclass(frozen=True)
class Identity:
    """A private key with its certificate and the issuer's, as PEM."""

    key: bytes
    certificate: bytes
    issuer: bytes


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def _pem(key: rsa.RSAPrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _usage(*, leaf: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=leaf, content_commitment=leaf, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=not leaf, crl_sign=not leaf, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def make_root(*, at: datetime, called: str = "Concord embedded root") -> Identity:
    """A self-signed root that may only issue leaves."""
    key = _key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=365 * ROOT_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(leaf=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    return Identity(_pem(key), pem, pem)


def open_key(identity: Identity) -> rsa.RSAPrivateKey:
    """The private key. It was made here and kept sealed, so that its numbers are not checked again (0.1 s each time)."""
    key = serialization.load_pem_private_key(identity.key, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("keys of the embedded authority are RSA")
    return key


def _opened(root: Identity) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    return open_key(root), x509.load_pem_x509_certificate(root.certificate)


def _issued(
    root: Identity, subject: x509.Name, purposes: x509.ExtendedKeyUsage, *, at: datetime, strict: bool
) -> Identity:
    """A leaf under the root. `strict` marks the purposes critical, as RFC 3161 demands of a time-stamp authority."""
    (issuer_key, issuer), key = _opened(root), _key()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=LEAF_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(leaf=True), critical=True)
        .add_extension(purposes, critical=strict)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    return Identity(_pem(key), certificate.public_bytes(serialization.Encoding.PEM), root.certificate)


def make_leaf(root: Identity, *, name: str, organisation: str, at: datetime) -> Identity:
    """A signing certificate that names a person (or the seal) "through Concord after verified authentication"."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "through Concord after verified authentication"),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
        ]
    )
    purposes = x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    return _issued(root, subject, purposes, at=at, strict=False)


def make_time_stamp_authority(root: Identity, *, at: datetime) -> Identity:
    """The embedded time-stamp authority's key and certificate: time-stamping is its only purpose (RFC 3161, §2.3)."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Concord embedded time-stamp authority")])
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _issued(root, subject, purposes, at=at, strict=True)


def make_crl(root: Identity, *, at: datetime, revoked: Iterable[tuple[int, datetime]] = ()) -> bytes:
    """The root's revocation list (DER): serial numbers with the instant of their revocation; good for a week."""
    key, issuer = _opened(root)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(at - timedelta(minutes=5))
        .next_update(at + timedelta(days=CRL_DAYS))
        .add_extension(x509.CRLNumber(int(at.timestamp() * 1000)), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for serial, when in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
        )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
