"""A card and a PDF program on somebody's own machine: pyHanko on its own, with a certificate authority of the tests."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pytest
from asn1crypto import keys as asn1keys
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.pdf import certificates
from agreements.pdf.certificates import Identity, make_crl, make_leaf, make_root
from agreements.pdf.signing import certificate


def now() -> datetime:
    return datetime.now(UTC)


@cache
def authority() -> Identity:
    """The root that cards of the tests lead to; with a key of its own, where the suite's few keys take turns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(certificates, "_key", lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048))
        return make_root(at=now() - timedelta(days=30))


def card(name: str, *, issuer: Identity | None = None, at: datetime | None = None) -> Identity:
    """A person's card."""
    return make_leaf(issuer or authority(), name=name, organisation="Cards", at=at or now())


@contextmanager
def trusted() -> Iterator[Path]:
    """The installation trusts the authority of the tests; the folder with its root and its list."""
    before = settings.CARD_TRUST_DIR
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "root.pem").write_bytes(authority().certificate)
        (folder / "cards.crl").write_bytes(revocations())
        settings.CARD_TRUST_DIR = name
        yield folder
    settings.CARD_TRUST_DIR = before


@contextmanager
def with_device() -> Iterator[None]:
    """The installation has a signing device, which signs nothing."""
    before = settings.SIGNING_DEVICE
    settings.SIGNING_DEVICE = ("command", ("/bin/false",))
    yield
    settings.SIGNING_DEVICE = before


def revocations(*cards: Identity, since: datetime | None = None) -> bytes:
    """The authority's current list (DER), with some of its cards revoked (an hour ago)."""
    revoked = since or now() - timedelta(hours=1)
    serials = [x509.load_pem_x509_certificate(one.certificate).serial_number for one in cards]
    return make_crl(authority(), at=now(), revoked=[(serial, revoked) for serial in serials])


def fingerprint(identity: Identity) -> str:
    return certificate(identity.certificate).sha256.hex()


def signer(identity: Identity) -> SimpleSigner:
    key = serialization.load_pem_private_key(identity.key, None)
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register(certificate(identity.issuer))
    return SimpleSigner(certificate(identity.certificate), asn1keys.PrivateKeyInfo.load(plain), store)


def sign(
    pdf: bytes,
    field: str,
    identity: Identity,
    *,
    existing: bool = True,
    subfilter: Any = SigSeedSubFilter.PADES,
    **meta: Any,
) -> bytes:
    """What the program saves after the card has signed."""
    described = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=subfilter, **meta)
    made = PdfSigner(described, signer=signer(identity))
    out = made.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=existing)
    result: bytes = out.getvalue()
    return result


def rewritten(pdf: bytes) -> bytes:
    """As a program saves a file that it writes anew."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out)
    return out.getvalue()


def _edited(pdf: bytes, edit: Any) -> bytes:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    edit(writer)
    writer.write(out)
    return out.getvalue()


def with_page(pdf: bytes) -> bytes:
    box = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 612, 792)])
    page = {generic.pdf_name("/Type"): generic.pdf_name("/Page"), generic.pdf_name("/MediaBox"): box}
    return _edited(pdf, lambda writer: writer.insert_page(generic.DictionaryObject(page)))


def with_note(pdf: bytes) -> bytes:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        note = {
            "/Type": generic.pdf_name("/Annot"), "/Subtype": generic.pdf_name("/FreeText"),
            "/Rect": generic.ArrayObject([generic.NumberObject(n) for n in (10, 10, 200, 40)]),
            "/Contents": generic.pdf_string("Except on Sundays."),
        }  # fmt: skip
        added = writer.add_object(generic.DictionaryObject({generic.pdf_name(k): v for k, v in note.items()}))
        page["/Annots"].append(added)
        writer.update_container(page["/Annots"])
        writer.update_container(page)

    return _edited(pdf, edit)


def with_field(pdf: bytes) -> bytes:
    return _edited(pdf, lambda writer: append_signature_field(writer, SigFieldSpec("mine_too")))


def with_mode(pdf: bytes) -> bytes:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/PageMode"] = generic.pdf_name("/UseAttachments")
        writer.update_root()

    return _edited(pdf, edit)


def locking(pdf: bytes, field: str, identity: Identity) -> bytes:
    """With “lock document after signing”: the field gets a lock dictionary, and the signature a reference to it."""

    def edit(writer: IncrementalPdfFileWriter) -> None:
        for found in writer.root["/AcroForm"]["/Fields"]:
            row = found.get_object()
            if row["/T"] == field:
                row["/Lock"] = FieldMDPSpec(FieldMDPAction.ALL).as_pdf_object()
                row["/Lock"]["/Type"] = generic.pdf_name("/SigFieldLock")
                writer.update_container(row)

    return sign(_edited(pdf, edit), field, identity)


def flipped(pdf: bytes) -> bytes:
    at = len(pdf) - 200
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def _stream(writer: IncrementalPdfFileWriter, data: bytes, **entries: Any) -> generic.IndirectObject:
    described = {generic.pdf_name(f"/{name}"): value for name, value in entries.items()}
    return writer.add_object(generic.StreamObject(described, stream_data=data))


def with_other_words(pdf: bytes) -> bytes:
    """Its first page shows something else."""

    def edit(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page["/Contents"] = _stream(writer, b"0 0 612 792 re f")
        writer.update_container(page)

    return _edited(pdf, edit)


def with_other_look(pdf: bytes, field: str) -> bytes:
    """In the place of a signature something else is drawn."""

    def edit(writer: IncrementalPdfFileWriter) -> None:
        for found in writer.root["/AcroForm"]["/Fields"]:
            row = found.get_object()
            if row["/T"] == field:
                box = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 330, 70)])
                kind = {"Type": generic.pdf_name("/XObject"), "Subtype": generic.pdf_name("/Form"), "BBox": box}
                row["/AP"]["/N"] = _stream(writer, b"0 0 330 70 re f", **kind)
                writer.update_container(row["/AP"])
                writer.update_container(row)

    return _edited(pdf, edit)


def with_other_attachment(pdf: bytes) -> bytes:
    """The terms that travel along as data are others."""

    def edit(writer: IncrementalPdfFileWriter) -> None:
        file = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
        file["/EF"]["/F"] = _stream(writer, b"{}", Type=generic.pdf_name("/EmbeddedFile"))
        writer.update_container(file["/EF"])
        writer.update_container(file)

    return _edited(pdf, edit)
