"""A signature whose key lies elsewhere (an HSM, a remote signing service) and answers later: prepare the file and what is to
be signed, keep both, and finish when the signature comes back. Nothing waits in between, and no key is seen here.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms
from asn1crypto import x509 as asn1
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner, PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.pdf.appearance import Look
from agreements.pdf.evidence import authority_in, signed_attributes
from agreements.pdf.outcome import SigningFailed, check_level, check_signed
from agreements.pdf.render import RenderRefused
from agreements.pdf.signing import certificate, level_of, proven
from agreements.pdf.timestamps import Asking, TimeStamping

RESERVED = 32768  # hexadecimal digits: room for 16 kB of CMS with its time-stamp and chain


@dataclass(frozen=True)
class Prepared:
    """What is kept between the two phases: the file with an empty place of bytes `start` to `end`, the field, when it was
    prepared, and the DER of the signed attributes, over whose SHA-256 the device signs (RSA, PKCS #1 v1.5)."""

    pdf: bytes
    start: int
    end: int
    field: str
    at: datetime
    attributes: bytes

    @property
    def to_sign(self) -> bytes:
        """The SHA-256 that goes to the device."""
        return hashlib.sha256(self.attributes).digest()

    def as_text(self) -> str:
        """To keep it."""
        packed = {
            "pdf": base64.b64encode(self.pdf).decode(), "start": self.start, "end": self.end, "field": self.field,
            "at": self.at.isoformat(), "attributes": base64.b64encode(self.attributes).decode(),
        }  # fmt: skip
        return json.dumps(packed)

    @classmethod
    def from_text(cls, text: str) -> Prepared:
        """`as_text`, the other way."""
        said = json.loads(text)
        pdf, attributes = base64.b64decode(said["pdf"]), base64.b64decode(said["attributes"])
        return cls(pdf, said["start"], said["end"], said["field"], datetime.fromisoformat(said["at"]), attributes)


def _signer(owner: asn1.Certificate, chain: Sequence[bytes], signature: bytes | int) -> ExternalSigner:
    store = SimpleCertificateStore()
    store.register_multiple([certificate(pem) for pem in chain])
    return ExternalSigner(owner, store, signature_value=signature)


def _key(owner: asn1.Certificate) -> rsa.RSAPublicKey:
    """RSA only: with another signer pyHanko raises the catalog's version inside a PDF/A-3."""
    found = load_der_public_key(owner.public_key.dump())
    if not isinstance(found, rsa.RSAPublicKey):
        raise SigningFailed("The certificate's key is not an RSA key.")
    return found


def prepare(
    pdf: bytes, *, field: str, owner: bytes, chain: Sequence[bytes], name: str, meaning: str, at: datetime, stamped: bool,
    authority: str = "",
) -> Prepared:  # fmt: skip
    """The first phase. `owner` is the certificate (PEM) whose key will sign, `chain` those above it; `stamped` says whether a
    time-stamp authority will confirm the time. Raises SigningFailed."""
    who, spec = certificate(owner), signed_attributes(authority)
    signer = _signer(who, chain, _key(who).key_size // 8)
    meta = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=meaning, name=name,
        cades_signed_attr_spec=spec,
    )  # fmt: skip
    look = Look(name=name, meaning=meaning, at=at, stamped=stamped)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))

    async def both() -> tuple[PreparedByteRangeDigest, bytes, bytes]:
        made = PdfSigner(meta, signer=signer, stamp_style=look)
        output = io.BytesIO()
        digest, _, _ = await made.async_digest_doc_for_signing(
            writer, existing_fields_only=True, bytes_reserved=RESERVED, output=output
        )
        settings = PdfCMSSignedAttributes(cades_signed_attrs=spec)
        attributes = await signer.signed_attrs(digest.document_digest, "sha256", attr_settings=settings, use_pades=True)
        return digest, output.getvalue(), attributes.dump()

    try:
        digest, content, attributes = asyncio.run(both())
    except SigningError as error:
        raise SigningFailed(f"pyHanko prepared no signature ({error}).") from error
    except RenderRefused as refused:
        raise SigningFailed(f"The signature cannot be shown. {refused}") from refused
    return Prepared(content, digest.reserved_region_start, digest.reserved_region_end, field, at, attributes)


def answer_problem(owner: bytes, attributes: bytes, signature: bytes) -> str:
    """Why an answer is not the signature that was asked for; "" when it is."""
    try:
        _key(certificate(owner)).verify(signature, attributes, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return "The signature that came back is not one over what was sent, by this certificate."
    return ""


def authority_of(attributes: bytes) -> str:
    """The URN of the delegation that stands in signed attributes (DER); "" where none does."""
    return authority_in(cms.SignerInfo({"signed_attrs": cms.CMSAttributes.load(attributes)}))


def finish(
    before: bytes, prepared: Prepared, signature: bytes, *, owner: bytes, chain: Sequence[bytes],
    stamping: TimeStamping | None = None, last: bool = False,
) -> bytes:  # fmt: skip
    """The second phase: the file with its signature, at the level that one made here would have. `before` is the agreement's
    file as it stands now. Raises SigningFailed when anything is not what was prepared, TimeStampFailed as `signing.sign`."""
    who = certificate(owner)
    digest = _unchanged(before, prepared)
    if against := answer_problem(owner, prepared.attributes, signature):
        raise SigningFailed(against)
    output = io.BytesIO(prepared.pdf)

    async def filled() -> None:
        made = await _signer(who, chain, signature).async_sign_prescribed_attributes(
            "sha256", cms.CMSAttributes.load(prepared.attributes), timestamper=Asking(stamping) if stamping else None
        )
        await PdfTBSDocument.async_finish_signing(
            output, PreparedByteRangeDigest(digest, prepared.start, prepared.end), made
        )

    try:
        asyncio.run(filled())
    except SigningError as error:
        raise SigningFailed(f"The signature was not put into the file ({error}).") from error
    result = output.getvalue()
    if stamping is not None:
        result = proven(result, prepared.field, stamping, stamped=last)
    check_signed(before, result, prepared.field)
    check_level(result, prepared.field, level_of(stamping, last=last))
    return result


def _unchanged(before: bytes, prepared: Prepared) -> bytes:
    """The digest of the prepared file, computed again; what was kept must be what the attributes are about."""
    if not prepared.pdf.startswith(before):
        raise SigningFailed("The file changed since the signature was prepared. It has to be prepared anew.")
    digest = hashlib.sha256(prepared.pdf[: prepared.start] + prepared.pdf[prepared.end :]).digest()
    said = next(
        attribute["values"][0].native for attribute in cms.CMSAttributes.load(prepared.attributes)
        if attribute["type"].native == "message_digest"
    )  # fmt: skip
    if said != digest:
        raise SigningFailed("The prepared file is not the one that the signature is about.")
    return digest
