"""Prepares a rendered file for signature and signs it: fields first, a certifying seal, then one append per signature.

Level B-B: without a time-stamp authority only this system states the time, and the file says so in its reason.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from asn1crypto import pem as armour
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, signers
from pyhanko.sign.ades.api import CAdESSignedAttrSpec, GenericCommitment
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.pdf.certificates import Identity
from agreements.pdf.render import Box

SEAL = "seal"


class SigningFailed(Exception):
    """The file does not come out as planned; nothing may be kept of it."""


class OpenedKey(signers.Signer):
    """Signs with an RSA key that pyHanko never sees; in production the key may live in an HSM or KMS."""

    def __init__(self, identity: Identity) -> None:
        key = serialization.load_pem_private_key(identity.key, None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("system keys are RSA")
        self._key = key
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


def prepare(pdf: bytes, boxes: Sequence[Box], *, names: dict[str, str], seal: Identity) -> bytes:
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
    )  # fmt: skip
    sealed = PdfSigner(meta, signer=OpenedKey(seal)).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(_tagged(with_fields.getvalue()))), existing_fields_only=True
    )
    result: bytes = sealed.getvalue()
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


def sign(pdf: bytes, *, field: str, identity: Identity, name: str, meaning: str) -> bytes:
    """One PAdES B-B signature in a prepared field, appended; `meaning` is the text the person agreed to."""
    meta = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=meaning, name=name,
        cades_signed_attr_spec=CAdESSignedAttrSpec(commitment_type=GenericCommitment.PROOF_OF_APPROVAL.asn1),
    )  # fmt: skip
    style = TextStampStyle(
        stamp_text=f"{_latin(name)}\n{_latin(meaning)}\n%(ts)s, as this system states it",
        timestamp_format="%Y-%m-%d %H:%M:%S UTC", border_width=0, background=None,
    )  # fmt: skip
    signer = PdfSigner(meta, signer=OpenedKey(identity), stamp_style=style)
    out = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True)
    result: bytes = out.getvalue()
    check_signed(pdf, result, field)
    return result


def check_signed(before: bytes, after: bytes, field: str) -> None:
    """Our own output, before it is believed: the old bytes are a prefix and exactly this field is newly signed."""
    if not after.startswith(before):
        raise SigningFailed("The signature did not only append to the file.")
    newly = signed_fields(after) - signed_fields(before)
    if newly != {field}:
        raise SigningFailed(f"Signed were {sorted(newly)}, expected {field}.")


def signed_fields(pdf: bytes) -> set[str]:
    """Names of the fields that hold a signature."""
    return {s.field_name for s in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures}


def _latin(text: str) -> str:
    """The stamp's built-in font prints Latin-1; the full name stands in the page and in the certificate."""
    return text.encode("latin-1", "replace").decode("latin-1")
