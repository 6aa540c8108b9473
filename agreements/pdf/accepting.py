"""Judges a file that came back from somewhere else with one more signature: accepted only when nothing else changed.

The judgement over what a stranger sends runs in a child process of its own (`python -m agreements.pdf.accepting`, run by
agreements.pdf.limited) with limits on memory and time.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import pem as armour
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from agreements.pdf.outcome import check_kept
from agreements.pdf.signing import SEAL, certificate, proven
from agreements.pdf.timestamps import TimeStamping
from core import confined

MOST_ADDED = 2 * confined.MIB
SUBFILTERS = ("/ETSI.CAdES.detached", "/adbe.pkcs7.detached")
AGAIN = "Nothing was changed; download the file again, sign only that, and upload what your program saved."


class UploadRefused(Exception):
    """The file is not the issued one with exactly this signature added; the message is a sentence."""


@dataclass(frozen=True)
class Asked:
    """What may have been added: a signature in `field` by one of the `enrolled` certificates (SHA-256 of their DER), which
    lead to one of the roots (PEM), with revocation lists (DER) that are current `at` that instant."""

    field: str
    enrolled: tuple[str, ...]
    roots: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    at: datetime


@dataclass(frozen=True)
class Accepted:
    """The certificate that signed, and whether the signature is a PAdES one (else the older form of ISO 32000-1)."""

    certificate_sha256: str
    pades: bool


def begins_alike(issued: bytes, uploaded: bytes) -> None:
    """What can be said without reading the PDF. Raises UploadRefused."""
    if uploaded == issued:
        raise UploadRefused(f"This is the file as it was downloaded, without your signature. {AGAIN}")
    if len(uploaded) > len(issued) + MOST_ADDED:
        raise UploadRefused(f"The file is more than 2 MB larger than the one that was downloaded. {AGAIN}")
    if len(uploaded) < len(issued) and issued.startswith(uploaded):
        raise UploadRefused(f"The file is cut off: its end is missing. {AGAIN}")
    if not uploaded.startswith(issued):
        raise UploadRefused(
            "The file does not begin with the bytes that were downloaded: it is another file, or the program wrote it anew "
            f"instead of adding a signature (“save as” or “optimise” do that). {AGAIN}"
        )


def judge(issued: bytes, uploaded: bytes, asked: Asked) -> Accepted:
    """Every rule about the file (agreements.md §8.2). Raises UploadRefused with the first that is broken."""
    begins_alike(issued, uploaded)
    try:
        before, after = (PdfFileReader(io.BytesIO(pdf)) for pdf in (issued, uploaded))
        _fields(before, after, asked.field)
        signature = next(s for s in after.embedded_signatures if s.field_name == asked.field)
        _nothing_else(before, after, asked.field)
        _plain(signature)
        _signer(signature, asked)
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UploadRefused(f"The file cannot be read as a signed PDF ({type(error).__name__}). {AGAIN}") from error
    pades = str(signature.sig_object["/SubFilter"]) == SigSeedSubFilter.PADES.value
    return Accepted(signature.signer_cert.sha256.hex(), pades)


def _names(reader: PdfFileReader) -> tuple[set[str], set[str]]:
    """(all signature fields, those with a value)."""
    rows = [(name, value) for name, value, _ in enumerate_sig_fields(reader)]
    return {name for name, _ in rows}, {name for name, value in rows if value is not None}


def _fields(before: PdfFileReader, after: PdfFileReader, field: str) -> None:
    (known, old), (found, new) = _names(before), _names(after)
    if extra := found - known:
        raise UploadRefused(
            f"A signature field was added that the file did not have ({', '.join(sorted(extra))}). {AGAIN}"
        )
    if others := (new - old) - {field}:
        raise UploadRefused(
            f"A signature was made in another place than yours ({', '.join(sorted(others))}): yours is {field}. {AGAIN}"
        )
    if field not in new - old:
        raise UploadRefused(f"The place for your signature, {field}, is still empty. {AGAIN}")


def _nothing_else(before: PdfFileReader, after: PdfFileReader, field: str) -> None:
    """The seal compares what stands there now with what was sealed; one more field may differ than before."""
    filled = [_changed(reader) for reader in (before, after)]
    if filled[1] is None or filled[0] is None or filled[1] - filled[0] != {field}:
        raise UploadRefused(
            "Something else than your signature was added or changed: a page, a note, a form field or another signature. "
            f"{AGAIN}"
        )


def _changed(reader: PdfFileReader) -> set[str] | None:
    seal = next(s for s in reader.embedded_signatures if s.field_name == SEAL)
    seal.compute_integrity_info()
    found = seal.diff_result
    if found is None:  # nothing stands behind the seal
        return set()
    return set(found.changed_form_fields) if isinstance(found, DiffResult) else None


def _plain(signature: EmbeddedPdfSignature) -> None:
    signature.compute_integrity_info()
    if signature.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        raise UploadRefused(
            "Something was added to the file after your signature. Sign as the last step, without adding validation data, and "
            f"upload that. {AGAIN}"
        )
    if "/Reference" in signature.sig_object:
        raise UploadRefused(
            "Your signature locks the document, so that nobody could sign after you. Sign without locking or certifying it. "
            f"{AGAIN}"
        )
    if str(signature.sig_object["/SubFilter"]) not in SUBFILTERS:
        raise UploadRefused(f"Your program made a signature of a kind that is not taken here. Choose PAdES. {AGAIN}")


def _signer(signature: EmbeddedPdfSignature, asked: Asked) -> None:
    who = signature.signer_cert
    if who.sha256.hex() not in asked.enrolled:
        raise UploadRefused(
            f"The signature was made with another certificate ({who.subject.human_friendly}) than the one enrolled for you. "
            f"{AGAIN}"
        )
    status = validate_pdf_signature(signature, _strict(asked.roots, asked.crls, asked.at))
    if not (status.intact and status.valid):
        raise UploadRefused(f"The signature does not fit the file that it is about. {AGAIN}")
    if status.revoked:
        raise UploadRefused("Your certificate was revoked. Your administrator can enrol another one for you.")
    if not status.trusted:
        raise UploadRefused(
            "Your certificate does not lead to a root that this installation trusts for certificates of one's own (your "
            "program must put the whole chain into the signature), has expired, or nothing current says whether it was revoked. "
            "The installation's administrator can see which. Nothing was changed."
        )


def _strict(roots: Collection[bytes], crls: Collection[bytes], at: datetime) -> ValidationContext:
    """Nothing is fetched, and an unknown state of revocation refuses."""
    return ValidationContext(
        trust_roots=[certificate(root) for root in roots], crls=list(crls), allow_fetching=False,
        revocation_mode="require", moment=at,
    )  # fmt: skip


def read_chain(content: bytes) -> list[asn1.Certificate]:
    """The certificates of a PEM or DER file, the owner's first. ValueError when it holds none."""
    if armour.detect(content):
        found = [
            asn1.Certificate.load(der) for kind, _, der in armour.unarmor(content, multiple=True) if "CERT" in kind
        ]
    else:
        found = [asn1.Certificate.load(content, strict=True)]
    for one in found:
        if not one.subject.human_friendly or not one.not_valid_after:  # reads them: asn1crypto parses late
            raise ValueError("no subject, or no end")
    if not found:
        raise ValueError("no certificate")
    return found


def chain_problem(
    chain: list[asn1.Certificate], roots: Collection[bytes], crls: Collection[bytes], at: datetime
) -> str:
    """Why the owner's certificate (the first) cannot be signed with at an instant; "" when it can."""
    owner, *others = chain
    usage = owner.key_usage_value
    if owner.ca or usage is None or "non_repudiation" not in usage.native:
        return (
            "This certificate is not made for signatures of a person: its key use lacks non-repudiation. Choose the one that "
            "your card signs documents with."
        )
    if not roots:
        return "This installation trusts no authority for certificates of one's own yet. Its administrator can add the roots."
    if at >= owner.not_valid_after:
        return f"This certificate expired on {owner.not_valid_after:%d %b %Y}. Choose a current one."
    try:
        asyncio.run(CertificateValidator(owner, others, _strict(roots, crls, at)).async_validate_usage(set()))  # type: ignore[no-untyped-call]
    except (PathError, ValidationError) as error:
        return f"This certificate cannot be relied on: {str(error).rstrip('.')}. The installation's administrator keeps the roots."
    return ""


def kept(
    uploaded: bytes, field: str, stamping: TimeStamping, roots: tuple[bytes, ...], crls: tuple[bytes, ...]
) -> bytes:
    """An accepted file with what proves it later behind it: revocation lists, and a document time-stamp over all of it.
    `roots` (PEM) and `crls` (DER) are those of the certificate that signed.

    That is what a B-LTA signature has (ETSI EN 319 142-1, table 1: a document time-stamp proves the time as well as one in
    the signature). Raises TimeStampFailed, or SigningFailed when the file does not come out so.
    """
    trust = replace(stamping, trust_roots=(*stamping.trust_roots, *roots), crls=(*stamping.crls, *crls))
    result = proven(uploaded, field, trust, stamped=True)
    check_kept(result, field)
    return result


def as_text(issued: bytes, uploaded: bytes, asked: Asked) -> bytes:
    """What the child is asked, for its standard input."""
    packed = {
        **asdict(asked), "at": asked.at.isoformat(), "roots": [_packed(r) for r in asked.roots],
        "crls": [_packed(c) for c in asked.crls], "issued": _packed(issued), "uploaded": _packed(uploaded),
    }  # fmt: skip
    return json.dumps(packed).encode()


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode()


def from_text(text: bytes) -> tuple[bytes, bytes, Asked]:
    """`as_text`, the other way."""
    said: Mapping[str, Any] = json.loads(text)
    roots, crls = (tuple(base64.b64decode(x) for x in said[name]) for name in ("roots", "crls"))
    asked = Asked(said["field"], tuple(said["enrolled"]), roots, crls, datetime.fromisoformat(said["at"]))
    return base64.b64decode(said["issued"]), base64.b64decode(said["uploaded"]), asked


def main() -> int:
    """The child: 0 with what was accepted, 2 with a refusal; both are one JSON object."""
    confined.confine()
    try:
        answer, code = asdict(judge(*from_text(sys.stdin.buffer.read()))), 0
    except UploadRefused as refused:
        answer, code = {"refused": str(refused)}, 2
    sys.stdout.write(json.dumps(answer))
    return code


if __name__ == "__main__":
    sys.exit(main())
