"""What came out of a signature, before it is believed: read with pikepdf, so that the library that wrote it is not asked
whether it did."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from asn1crypto import cms


class SigningFailed(Exception):
    """The file does not come out as planned; nothing may be kept of it."""


def check_signed(before: bytes, after: bytes, field: str) -> None:
    """The old bytes are a prefix, and exactly this field is newly signed."""
    if not after.startswith(before):
        raise SigningFailed("The signature did not only append to the file.")
    with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(after)) as new:
        newly = set(_signatures(new)) - set(_signatures(old))
    if newly != {field}:
        raise SigningFailed(f"Signed were {sorted(newly)}, expected {field}.")


def check_level(pdf: bytes, field: str, level: str) -> None:
    """pyHanko signs without a word when it has no time-stamper, so that the level is read from what came out: B-LT is a
    time-stamp over the signature and revocation lists in the file, B-LTA a document time-stamp behind it too."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        signature = _signatures(document)[field]
        reached = {"B-B"}
        if _is_time_stamped(bytes(signature.Contents)) and _has_revocation_lists(document):
            reached.add("B-LT")
            if any(_covers(stamp) > _covers(signature) for stamp in _time_stamps(document)):
                reached.add("B-LTA")
    if level not in reached:
        raise SigningFailed(f"The signature in {field} did not reach the level {level}.")


def check_kept(pdf: bytes, field: str) -> None:
    """A signature that was made elsewhere is followed by revocation lists and a document time-stamp over it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        covered = _covers(_signatures(document)[field])
        if not _has_revocation_lists(document) or not any(_covers(stamp) > covered for stamp in _time_stamps(document)):
            raise SigningFailed(f"The signature in {field} is not followed by what proves it later.")


def _filled(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Top-level signature fields with a value; the files made here have no others."""
    for field in document.Root.AcroForm.Fields:
        if field.get("/FT") == "/Sig" and "/V" in field:
            yield str(field.T), field.V


def _signatures(document: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return {name: value for name, value in _filled(document) if value.get("/Type") != "/DocTimeStamp"}


def _time_stamps(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [value for _, value in _filled(document) if value.get("/Type") == "/DocTimeStamp"]


def _covers(value: pikepdf.Object) -> int:
    """How many bytes from the beginning of the file a signature is about (ISO 32000-2, 12.8.1)."""
    *_, start, length = (int(number) for number in value.ByteRange)
    return start + length


def _has_revocation_lists(document: pikepdf.Pdf) -> bool:
    """Whether the document security store (ETSI EN 319 142-1, 5.4.2) holds any."""
    return "/DSS" in document.Root and "/CRLs" in document.Root.DSS and len(document.Root.DSS.CRLs) > 0


def _is_time_stamped(contents: bytes) -> bool:
    """Whether the signature carries a time-stamp token over itself (RFC 3161, appendix A)."""
    signed = cms.ContentInfo.load(contents)["content"]  # zeros stand behind it
    unsigned = signed["signer_infos"][0]["unsigned_attrs"]
    return any(attribute["type"].native == "signature_time_stamp_token" for attribute in unsigned)
