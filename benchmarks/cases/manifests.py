"""E2: a signed manifest of 2,000 files, against its bare signature and JSON work."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from benchmarks import measure
from benchmarks.measure import Result
from early_access.formats import manifest
from early_access.formats.signers import ManifestRefused
from tests.early_access.test_manifest import files, signed, statement

FILES = 2000


def run() -> Iterator[Result]:
    """The reader's whole work × what no reader can leave out."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    bundle, now = signed(statement(files(FILES)), key), datetime.now(UTC)
    wrong = ""
    if manifest.read(bundle, pem, now)["root"] != _bare(bundle, pem):
        wrong = "the roots differ"
    try:
        manifest.read(bundle.replace(b'"sig": "ME', b'"sig": "MF'), pem, now)
        wrong = "a changed signature was taken"
    except ManifestRefused:
        pass
    cases: dict[str, Any] = {"bare": lambda: _bare(bundle, pem), "read": lambda: manifest.read(bundle, pem, now)}
    rounds = measure.measure(cases, yardsticks=("bare",))
    what = f"a signed manifest of {FILES:,} files, verified × the bare signature and JSON work"
    yield rounds.result("E2", what, "read", "bare", 1.2, wrong=wrong)


def _bare(bundle: bytes, pem: bytes) -> str:
    """As a sketch of the format has it: signature, JSON, root digest; nothing is looked at for sense."""
    envelope = json.loads(bundle)["dsseEnvelope"]
    payload = base64.b64decode(envelope["payload"], validate=True)
    pae = b"DSSEv1 %d %b %d %b" % (len(manifest.TYPE), manifest.TYPE.encode(), len(payload), payload)
    key = load_pem_public_key(pem)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(base64.b64decode(envelope["signatures"][0]["sig"], validate=True), pae, ec.ECDSA(SHA256()))
    resources = json.loads(payload)["predicate"]["resources"]
    return hashlib.sha256(b"".join(bytes.fromhex(r["digest"]) for r in resources)).hexdigest()
