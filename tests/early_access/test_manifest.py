"""Signed manifests: what model-signing itself made is read, and what anybody changed, forged or stuffed is refused in words."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.confined import Unreadable
from early_access.formats import manifest, signers
from early_access.formats.signers import ManifestRefused

HERE = Path(__file__).parent / "manifests"
NOW, YEAR = datetime(2027, 1, 1, tzinfo=UTC), timedelta(days=365)
KEY = ec.generate_private_key(ec.SECP256R1())
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def kept(name: str) -> bytes:
    return (HERE / name).read_bytes()


def files(count: int = 3) -> list[dict[str, str]]:
    return [
        {"name": f"model-{n:05}.safetensors", "algorithm": "sha256", "digest": hashlib.sha256(b"%d" % n).hexdigest()}
        for n in range(count)
    ]


def statement(resources: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    root = hashlib.sha256(b"".join(bytes.fromhex(r["digest"]) for r in resources if len(r["digest"]) == 64)).hexdigest()
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "heron", "digest": {"sha256": root}}],
        "predicateType": "https://model_signing/signature/v1.0",
        "predicate": {"resources": resources, "serialization": {"method": "files"}},
    } | changes


def signed(said: dict[str, Any], key: ec.EllipticCurvePrivateKey = KEY, **material: Any) -> bytes:
    payload = json.dumps(said).encode()
    pae = b"DSSEv1 %d %b %d %b" % (len(manifest.TYPE), manifest.TYPE.encode(), len(payload), payload)
    algorithm = signers.HASHES[key.curve.name]()
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    hint = {"publicKey": {"hint": hashlib.sha256(pem).hexdigest()}, "tlogEntries": []}
    envelope = {
        "payload": base64.b64encode(payload).decode(), "payloadType": manifest.TYPE,
        "signatures": [{"sig": base64.b64encode(key.sign(pae, ec.ECDSA(algorithm))).decode(), "keyid": ""}],
    }  # fmt: skip
    return json.dumps({"verificationMaterial": hint | material, "dsseEnvelope": envelope}).encode()


@pytest.mark.parametrize(
    ("bundle", "trusted"),
    [("key.sig.json", "signer.pub.pem"), ("certificate.sig.json", "ca.pem"), ("certificate.sig.json", "leaf.pem")],
)
def test_what_model_signing_made_is_read(bundle: str, trusted: str) -> None:
    found = manifest.read_confined(kept(bundle), kept(trusted))
    assert manifest.sums(found["files"]) == kept("SHA256SUMS")
    assert (found["subject"], len(found["files"]), found["pickled"]) == ("heron-rc1", 5, [])
    assert found["root"] == manifest.root_of([digest for _, digest in found["files"]])


@pytest.mark.parametrize(
    ("bundle", "trusted", "words"),
    [
        ("key.sig.json", "ca.pem", "signed with a key, and a certificate is registered"),
        ("certificate.sig.json", "signer.pub.pem", "signed with a certificate, and a public key is registered"),
    ],
)
def test_the_other_kind_of_signer_is_named(bundle: str, trusted: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        manifest.read_confined(kept(bundle), kept(trusted))


def root(name: str, key: ec.EllipticCurvePrivateKey = KEY) -> bytes:
    """A self-signed authority of that name."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 7, NOW - YEAR, NOW + YEAR)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def test_a_certificate_that_leads_elsewhere_or_is_over_is_refused() -> None:
    bundle = kept("certificate.sig.json")
    for name in ("Another CA", "Aurora test CA"):  # also one that took the name
        with pytest.raises(ManifestRefused, match="does not lead to the registered"):
            manifest.read(bundle, root(name), NOW)
    with pytest.raises(ManifestRefused, match="not valid now"):
        manifest.read(bundle, kept("ca.pem"), NOW + 200 * YEAR)
    chain = json.loads(bundle)["verificationMaterial"]["x509CertificateChain"]["certificates"]
    authority = {
        "rawBytes": base64.b64encode(x509.load_pem_x509_certificate(root("CA")).public_bytes(Encoding.DER)).decode()
    }
    forged = signed(statement(files()), x509CertificateChain={"certificates": [*chain, authority]})
    with pytest.raises(ManifestRefused, match="does not lead"):
        manifest.read(forged, kept("ca.pem"), NOW)
    as_leaf = signed(statement(files()), x509CertificateChain={"certificates": [authority]})
    with pytest.raises(ManifestRefused, match="not meant for signing code"):
        manifest.read(as_leaf, root("CA"), NOW)


Change = Callable[[list[dict[str, Any]]], dict[str, Any]]
BAD: dict[str, tuple[Change, str]] = {
    "climbs out": (lambda f: statement([*f, f[0] | {"name": "a/../../etc/passwd"}]), "outside its folder"),
    "absolute": (lambda f: statement([f[0] | {"name": "/etc/passwd"}, *f]), "outside its folder"),
    "the folder above": (lambda f: statement([*f, f[0] | {"name": ".."}]), "outside its folder"),
    "a character that is deleted": (lambda f: statement([f[0] | {"name": "a\x7fb"}]), "shown safely"),
    "a line break": (lambda f: statement([f[0] | {"name": "a\nb"}]), "shown safely"),
    "reads backwards": (lambda f: statement([f[0] | {"name": "a\u202egpj.exe"}]), "shown safely"),
    "half a character": (lambda f: statement([f[0] | {"name": "a\ud800"}]), "shown safely"),
    "a drive": (lambda f: statement([f[0] | {"name": "C:\\x"}]), "shown safely"),
    "no name": (lambda f: statement([f[0] | {"name": ""}]), "shown safely"),
    "twice": (lambda f: statement([*f, f[0]]), "listed twice"),
    "another algorithm": (lambda f: statement([f[0] | {"algorithm": "blake2b"}]), "needs a SHA-256"),
    "short digest": (lambda f: statement([f[0] | {"digest": "ab"}]), "no SHA-256"),
    "no digest": (lambda f: statement(f) | {"predicate": {}}, "no signed"),
    "nothing": (lambda f: statement([]), "lists 1 to"),
    "pieces": (lambda f: statement(f, predicate={"resources": f, "serialization": {"method": "shards"}}), "pieces of files"),
    "another root": (lambda f: statement(f, subject=[{"name": "x", "digest": {"sha256": "ab" * 32}}]), "do not come to"),
    "another statement": (lambda f: statement(f, predicateType="https://slsa.dev/provenance/v1"), "no signed manifest"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_signature_does_not_make_it_good(name: str) -> None:
    change, words = BAD[name]
    with pytest.raises(ManifestRefused, match=words):
        manifest.read(signed(change(files())), PEM, NOW)


def test_the_signature_holds_for_these_bytes_and_this_key_only() -> None:
    good = json.loads(signed(statement(files())))
    assert manifest.read(json.dumps(good).encode(), PEM, NOW)["files"][0] == (
        "model-00000.safetensors",
        files()[0]["digest"],
    )
    other = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(ManifestRefused, match="names another key"):
        manifest.read(signed(statement(files()), other), PEM, NOW)
    with pytest.raises(ManifestRefused, match="does not hold"):
        manifest.read(signed(statement(files()), other, publicKey={}), PEM, NOW)
    changed = json.loads(json.dumps(good))
    changed["dsseEnvelope"]["payload"] = base64.b64encode(json.dumps(statement(files(4))).encode()).decode()
    with pytest.raises(ManifestRefused, match="does not hold"):
        manifest.read(json.dumps(changed).encode(), PEM, NOW)
    for broken in ([], [*good["dsseEnvelope"]["signatures"] * 2]):
        good["dsseEnvelope"]["signatures"] = broken
        with pytest.raises(ManifestRefused, match="no signed manifest"):
            manifest.read(json.dumps(good).encode(), PEM, NOW)


def test_a_public_log_is_no_place_for_an_unreleased_model() -> None:
    with pytest.raises(ManifestRefused, match="everybody reads of it"):
        manifest.read(signed(statement(files()), tlogEntries=[{"logIndex": "1"}]), PEM, NOW)


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP521R1()])
def test_the_other_curves_have_their_own_hash(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert manifest.read(signed(statement(files()), key), pem, NOW)["subject"] == "heron"


def test_a_signer_is_one_elliptic_key_or_certificate_and_never_private() -> None:
    private = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    rsa_key = rsa.generate_private_key(65537, 2048).public_key()
    for pem, words in (
        (private, "private key"), (b"hello", "no PEM"), (b"-" * 20_000, "longer"),
        (rsa_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), "elliptic-curve"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no PEM"),
    ):  # fmt: skip
        with pytest.raises(ManifestRefused, match=words):
            signers.read(pem)
    assert signers.read(kept("ca.pem")).kind == "certificate"


def test_bombs_end_in_the_child_with_a_sentence() -> None:
    for bundle, words in (
        (b"[" * 5_000_000, "no signed manifest"), (b"", "no signed manifest"), (b"PK\x03\x04" * 10, "no signed manifest"),
        (b"x" * (manifest.LARGEST + 1), "larger than 32 MiB"),
        (b'{"dsseEnvelope": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}", "no signed manifest"),
    ):  # fmt: skip
        with pytest.raises(Unreadable, match=words):
            manifest.read_confined(bundle, PEM)


def test_formats_that_run_code_are_named_and_many_files_are_read() -> None:
    many = [f | {"name": f"shard/{n}.bin"} for n, f in enumerate(files(2000))]
    found = manifest.read_confined(signed(statement(many)), PEM)
    assert (len(found["files"]), found["pickled"][:2], len(found["pickled"])) == (
        2000,
        ["shard/0.bin", "shard/1.bin"],
        20,
    )


def test_lines_of_sha256sum() -> None:
    assert manifest.listed(f"{'AB' * 32}  ./a b.bin\n\n{'cd' * 32} *c\n") == {"a b.bin": "ab" * 32, "c": "cd" * 32}
    with pytest.raises(ValueError, match="Line 2"):
        manifest.listed(f"{'ab' * 32}  a\nnot one\n")
