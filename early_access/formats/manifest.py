"""Reads a signed manifest of weights: OpenSSF Model Signing v1.0, a Sigstore bundle of a DSSE envelope around an in-toto
statement with one SHA-256 per file. It is verified without the data, against what the developer registered.

`python -B -m early_access.formats.manifest` is the confined child: length and text of the signer's PEM, then the bundle."""

from __future__ import annotations

import binascii
import hashlib
import json
import re
import sys
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec

from core import confined
from early_access.formats import signers
from early_access.formats.signers import HASHES, ManifestRefused

MODULE = "early_access.formats.manifest"
LARGEST, MOST_FILES, LONGEST_NAME = 32 * confined.MIB, 100_000, 1000
TYPE = "application/vnd.in-toto+json"
STATEMENT, PREDICATE = "https://in-toto.io/Statement/v1", "https://model_signing/signature/v1.0"
NOT_ONE = (
    "This is no signed manifest: upload the signature file that model signing 1.0 wrote (a Sigstore bundle, JSON)."
)
TOO_MUCH = "The manifest took too much time or memory to read. One of 100,000 files takes seconds."
PICKLED = (".bin", ".pt", ".pth", ".pkl", ".ckpt", ".pickle")
PICKLED_AMONG = re.compile(r"\.(?:bin|pth?|pkl|ckpt|pickle) ")  # the same, in the text of all names
LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](.+)")


def read_confined(bundle: bytes, pem: bytes) -> dict[str, Any]:
    """What `read` says, found in a confined child. Raises core.confined.Unreadable."""
    if len(bundle) > LARGEST:
        raise confined.Unreadable("The manifest is larger than 32 MiB. Sign folders of fewer files.")
    found: dict[str, Any] = confined.answer_of(MODULE, b"%d\n%b%b" % (len(pem), pem, bundle), too_much=TOO_MUCH)
    return found


def read(bundle: bytes, pem: bytes, at: datetime) -> dict[str, Any]:
    """Root digest, the signed folder's name, the files [[name, digest]], and which of them are of formats that run code when
    they are loaded. Raises ManifestRefused. The statement is looked at only once the signature holds."""
    trusted = signers.read(pem)
    try:
        said = json.loads(bundle)
        envelope = said["dsseEnvelope"]
        (signature,) = envelope["signatures"]
        payload = binascii.a2b_base64(envelope["payload"], strict_mode=True)
        key = signers.signing_key(said["verificationMaterial"], trusted, at)
        _verified(key, binascii.a2b_base64(signature["sig"], strict_mode=True), envelope["payloadType"], payload)
        return _statement(json.loads(payload), plain=_plain(payload))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise ManifestRefused(NOT_ONE) from error


def _verified(key: ec.EllipticCurvePublicKey, signature: bytes, kind: str, payload: bytes) -> None:
    if kind != TYPE:
        raise ManifestRefused(NOT_ONE)
    signed = b"DSSEv1 %d %b %d %b" % (len(TYPE), TYPE.encode(), len(payload), payload)
    try:
        key.verify(signature, signed, ec.ECDSA(HASHES[key.curve.name]()))
    except InvalidSignature as error:
        raise ManifestRefused(
            "The signature does not hold: the manifest was changed, or signed with another key than the registered one."
        ) from error


def _plain(payload: bytes) -> bool:
    """Whether every text of this JSON is of ASCII characters that can be printed, which its bytes tell at once: JSON has control
    characters only behind a backslash."""
    return payload.isascii() and b"\\" not in payload and b"\x7f" not in payload


def _statement(said: dict[str, Any], *, plain: bool) -> dict[str, Any]:
    if said["_type"] != STATEMENT or said["predicateType"] != PREDICATE:
        raise ManifestRefused(NOT_ONE)
    predicate, (subject,) = said["predicate"], said["subject"]
    method = predicate.get("serialization", {}).get("method", "files")
    if method != "files":
        raise ManifestRefused("This manifest lists pieces of files. Sign whole files (the method “files”).")
    resources = predicate["resources"]
    if not 1 <= len(resources) <= MOST_FILES:
        raise ManifestRefused(f"A manifest lists 1 to {MOST_FILES:,} files. Sign folders of fewer files.")
    names, digests = list(map(itemgetter("name"), resources)), list(map(itemgetter("digest"), resources))
    if set(map(itemgetter("algorithm"), resources)) != {"sha256"}:
        raise ManifestRefused("Every file needs a SHA-256 digest. Sign again with that algorithm.")
    text = _named(names, plain=plain)
    raw = bytes.fromhex("".join(digests))
    if len(raw) != 32 * len(digests) or set(map(len, digests)) != {64}:
        raise ManifestRefused("A digest in the manifest is no SHA-256. Sign the files again.")
    root = hashlib.sha256(raw).hexdigest()
    if root != subject["digest"]["sha256"]:
        raise ManifestRefused(
            "The files listed do not come to the digest that is signed for them. Sign the files again."
        )
    return {
        "root": root, "subject": str(subject.get("name", ""))[:200], "files": list(zip(names, digests, strict=True)),
        "pickled": _pickled(names, text),
    }  # fmt: skip


def _pickled(names: list[str], text: str) -> list[str]:
    """The first twenty names of formats that run code. Mostly there are none, which the text of all names tells at once."""
    if not PICKLED_AMONG.search(text):
        return []
    return [name for name in names if name.endswith(PICKLED)][:20]


def _named(names: list[str], *, plain: bool) -> str:
    """Names of files below the folder, once each: they are shown to people and handed to programs. All at once, since a long
    list is one text to look at; that text, with a space before and after each name. `plain`: see _plain."""
    text = f" {' '.join(names)} "  # control and direction characters, and lone surrogates, are not printable
    known = set(names)
    shown = plain or (text.isprintable() and "\\" not in text)
    if not shown or max(map(len, names)) > LONGEST_NAME or "" in known:
        raise ManifestRefused(
            "A file in the manifest has a name that cannot be shown safely. Rename it and sign again."
        )
    if ".." in known or ("/" in text and any(name[0] == "/" or ".." in name.split("/") for name in names)):
        raise ManifestRefused("A file in the manifest lies outside its folder. Sign the folder itself.")
    if len(known) != len(names):
        raise ManifestRefused("A file is listed twice in the manifest. Sign the folder again.")
    return text


def sums(files: list[list[str]]) -> bytes:
    """The files as `sha256sum -c` takes them."""
    return "".join(f"{digest}  {name}\n" for name, digest in files).encode()


def listed(text: str) -> dict[str, str]:
    """Name → digest of lines as sha256sum writes them. ValueError with a sentence for a line that is not one."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        matched = LINE.fullmatch(line.strip())
        if matched is None:
            raise ValueError(f"Line {number} is no line of sha256sum (digest, two spaces, name). Mend or remove it.")
        found[matched[2].removeprefix("./")] = matched[1].lower()
    return found


def root_of(digests: list[str]) -> str:
    """The root digest of files in the order of their manifest."""
    return hashlib.sha256(bytes.fromhex("".join(digests))).hexdigest()


def main() -> int:
    """The child: 0 with what the manifest says, 2 with a refusal; both are one JSON object."""
    confined.confine()
    length = int(sys.stdin.buffer.readline(8))
    pem, bundle = sys.stdin.buffer.read(length), sys.stdin.buffer.read()
    try:
        answer, code = read(bundle, pem, datetime.now(UTC)), 0
    except ManifestRefused as refused:
        answer, code = {"refused": str(refused)}, 2
    except MemoryError:
        answer, code = {"refused": TOO_MUCH}, 2
    sys.stdout.write(json.dumps(answer))
    return code


if __name__ == "__main__":
    sys.exit(main())
