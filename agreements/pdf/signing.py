"""Prepares a rendered file for signature and signs it: fields first, a certifying seal, then one append per signature.

With a time-stamp authority each signature is PAdES B-LT and the last one B-LTA: its document time-stamp protects all
before it. Without one every signature is B-B: only this system states the time, and the stamp says so.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pikepdf
from asn1crypto import pem as armour
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, signers
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import EmbeddedPdfSignature, add_validation_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.pdf.appearance import Look
from agreements.pdf.certificates import Identity, open_key
from agreements.pdf.evidence import signed_attributes
from agreements.pdf.outcome import SigningFailed, check_level, check_signed
from agreements.pdf.render import Box, RenderRefused
from agreements.pdf.timestamps import Asking, TimeStamping

SEAL = "seal"


class OpenedKey(signers.Signer):
    """Signs with an RSA key that pyHanko never sees; in production the key may live in an HSM or KMS."""

    def __init__(self, identity: Identity) -> None:
        self._key = open_key(identity)
        store = SimpleCertificateStore()
        store.register(certificate(identity.issuer))
        super().__init__(signing_cert=certificate(identity.certificate), cert_registry=store)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """PKCS #1 v1.5 over SHA-256."""
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def certificate(pem: bytes) -> asn1.Certificate:
    """A certificate as pyHanko reads it."""
    _, _, der = armour.unarmor(pem)
    return asn1.Certificate.load(der)


def prepare(
    pdf: bytes, boxes: Sequence[Box], *, names: dict[str, str], seal: Identity, stamping: TimeStamping | None = None
) -> bytes:
    """All signature fields, tagged for accessibility, then a certifying seal that allows form filling only (DocMDP
    P=2): without it an outsider could add a signed field of their own. The file is not rewritten after this."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for box in boxes:
        spec = SigFieldSpec(box.field, on_page=box.page, box=box.corners, readable_field_name=names[box.field])
        append_signature_field(writer, spec)
    append_signature_field(writer, SigFieldSpec(SEAL, readable_field_name="Seal of Concord"))
    with_fields = io.BytesIO()
    writer.write(with_fields)
    meta = PdfSignatureMetadata(
        field_name=SEAL, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS, reason="Prepared for signature; not an executed document",
        cades_signed_attr_spec=CAdESSignedAttrSpec(), **_validation(stamping),
    )  # fmt: skip
    return _appended(_tagged(with_fields.getvalue()), PdfSigner(meta, signer=OpenedKey(seal), **_timestamper(stamping)))


def certify(pdf: bytes, *, seal: Identity, reason: str, stamping: TimeStamping | None = None) -> bytes:
    """A finished file under Concord's certifying seal, which allows no change at all (DocMDP P=1); B-LTA with a time-stamp
    authority."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec(SEAL, readable_field_name="Seal of Concord"))
    with_field = io.BytesIO()
    writer.write(with_field)
    meta = PdfSignatureMetadata(
        field_name=SEAL, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True, reason=reason,
        docmdp_permissions=MDPPerm.NO_CHANGES, cades_signed_attr_spec=CAdESSignedAttrSpec(),
        use_pades_lta=stamping is not None, **_validation(stamping),
    )  # fmt: skip
    result = _appended(with_field.getvalue(), PdfSigner(meta, signer=OpenedKey(seal), **_timestamper(stamping)))
    check_level(result, SEAL, level_of(stamping, last=True))
    return result


def _validation(stamping: TimeStamping | None) -> dict[str, Any]:
    if stamping is None:
        return {}
    return {"embed_validation_info": True, "validation_context": context(stamping)}


def _timestamper(stamping: TimeStamping | None) -> dict[str, Any]:
    return {"timestamper": Asking(stamping)} if stamping else {}


def _appended(pdf: bytes, signer: PdfSigner) -> bytes:
    try:
        out = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True)
    except (PathError, ValidationError, SigningError) as error:
        raise SigningFailed(f"pyHanko made no signature ({error}).") from error
    except RenderRefused as refused:
        raise SigningFailed(f"The signature cannot be shown. {refused}") from refused
    result: bytes = out.getvalue()
    return result


def _tagged(pdf: bytes) -> bytes:
    """Each widget as a Form element of the structure tree, so that screen readers meet it (PDF/UA)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        tree = pikepdf.NumberTree(root.ParentTree)
        key = int(root.get("/ParentTreeNextKey", max(tree.keys(), default=-1) + 1))
        parent = root.K[0] if isinstance(root.K, pikepdf.Array) else root.K
        for page in document.pages:
            widgets = [a for a in page.get("/Annots", []) if a.get("/Subtype") == "/Widget"]
            for widget in widgets:
                reference = pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=widget, Pg=page.obj)
                name = str(widget.get("/TU", widget.get("/T", "Signature")))
                form = document.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.StructElem, S=pikepdf.Name.Form, P=parent, K=reference, Alt=name
                    )
                )
                children = parent.K if isinstance(parent.K, pikepdf.Array) else pikepdf.Array([parent.K])
                children.append(form)
                parent.K = children
                widget.StructParent = key
                tree[key] = form
                key += 1
            if widgets:
                page.Tabs = pikepdf.Name.S
        root.ParentTreeNextKey = key
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def sign(
    pdf: bytes, *, field: str, identity: Identity, name: str, meaning: str, stamping: TimeStamping | None = None,
    last: bool = False, authority: str = "",
) -> bytes:  # fmt: skip
    """One PAdES signature in a prepared field, appended; `meaning` is the text the person agreed to, `authority` the URN
    of the delegation (agreements.pdf.evidence), which is signed with it.

    `last` adds the document time-stamp (B-LTA). Raises TimeStampFailed when the authority does not answer as it must,
    SigningFailed when the file does not come out as planned; then nothing of it may be kept.
    """
    meta = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=meaning, name=name,
        cades_signed_attr_spec=signed_attributes(authority),
        use_pades_lta=last and stamping is not None, **_validation(stamping),
    )  # fmt: skip
    look = Look(name=name, meaning=meaning, at=datetime.now(UTC), stamped=stamping is not None)
    signer = PdfSigner(meta, signer=OpenedKey(identity), stamp_style=look, **_timestamper(stamping))
    result = _appended(pdf, signer)
    check_signed(pdf, result, field)
    check_level(result, field, level_of(stamping, last=last))
    return result


def proven(pdf: bytes, field: str, trust: TimeStamping, *, stamped: bool) -> bytes:
    """A file with what proves the signature in a field later behind it: certificates and revocation lists, and with `stamped`
    a document time-stamp over all of it. Raises TimeStampFailed, or SigningFailed when that cannot be had."""
    signature = next(s for s in PdfFileReader(io.BytesIO(pdf)).embedded_signatures if s.field_name == field)
    output = io.BytesIO()
    try:
        add_validation_info(signature, context(trust), output=output)
        if stamped:
            writer, output = IncrementalPdfFileWriter(output), io.BytesIO()
            PdfTimeStamper(Asking(trust)).timestamp_pdf(writer, "sha256", context(trust), output=output)
    except (PathError, ValidationError, SignatureValidationError) as error:
        raise SigningFailed(f"What proves the signature later could not be added ({error}).") from error
    result = output.getvalue()
    if not result.startswith(pdf):
        raise SigningFailed("What proves the signature did not only append to the file.")
    return result


def level_of(stamping: TimeStamping | None, *, last: bool) -> str:
    """The PAdES baseline level (ETSI EN 319 142-1) that a signature gets."""
    if stamping is None:
        return "B-B"
    return "B-LTA" if last else "B-LT"


def context(stamping: TimeStamping) -> ValidationContext:
    """What is trusted while validation data is gathered: nothing is fetched, and an unknown revocation state refuses."""
    return ValidationContext(
        trust_roots=[certificate(r) for r in stamping.trust_roots], crls=list(stamping.crls), allow_fetching=False,
        revocation_mode="require",
    )  # fmt: skip


def has_timestamp(signature: EmbeddedPdfSignature) -> bool:
    """Whether a signature carries a time-stamp token over itself."""
    unsigned = signature.signer_info["unsigned_attrs"]
    return any(a["type"].native == "signature_time_stamp_token" for a in unsigned)
