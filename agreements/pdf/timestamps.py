"""RFC 3161 time-stamps: the answering side (the embedded authority) and the asking side that pyHanko drives.

No network here: the asking side is handed a function that carries request bytes to the authority and brings its answer.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from asn1crypto import algos, cms, core, tsp
from asn1crypto import pem as armour
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfTimeStamper
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko_certvalidator import ValidationContext

from agreements.pdf.certificates import Identity, open_key

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
# An arc that nobody owns on purpose: RFC 3161 demands a policy, and the embedded authority promises none.
EMBEDDED_POLICY = "2.25.86543208157236094318771"
LONGEST_QUERY = 16 * 1024
DRIFT = timedelta(seconds=5)
DIGESTS = {"sha256": 32, "sha384": 48, "sha512": 64}


class TimeStampFailed(Exception):
    """No time-stamp could be had, or not one to believe; the message is a sentence. Nothing may be signed without it."""


@dataclass(frozen=True)
class TimeStamping:
    """A time-stamp authority as signatures need it.

    `ask` carries the DER of a TimeStampReq and returns the DER of the TimeStampResp, or raises TimeStampFailed. The
    roots (PEM) and revocation lists (DER) cover the authority's chain and the signers'. `policies` are the accepted
    policy identifiers; empty accepts any.
    """

    ask: Callable[[bytes], bytes]
    trust_roots: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    policies: tuple[str, ...] = ()
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


class Answer(core.Sequence):  # type: ignore[misc]  # asn1crypto is not typed
    """TimeStampResp (RFC 3161, §2.4.2); asn1crypto's own demands a token even where the authority refuses."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class Asking(TimeStamper):  # type: ignore[misc]  # pyHanko is not typed here
    """pyHanko's client over our way out. Every answer is checked before it goes into a file."""

    def __init__(self, stamping: TimeStamping) -> None:
        super().__init__()
        self._stamping = stamping

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """The token over one digest. TimeStampFailed when the authority refuses, or its answer is not what was asked."""
        nonce, request = self.request_cms(message_digest, md_algorithm)
        began = self._stamping.clock()
        answer = self._stamping.ask(request.dump())
        try:
            token = _granted(Answer.load(answer))
            info = token["content"]["encap_content_info"]["content"].parsed
            stamped = info["message_imprint"]["hashed_message"].native
            at, policy, echoed = info["gen_time"].native, info["policy"].dotted, info["nonce"].native
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise TimeStampFailed("The time-stamp authority's answer cannot be read.") from error
        if stamped != message_digest or echoed != nonce:
            raise TimeStampFailed("The time-stamp authority stamped something else than was asked.")
        if not began - DRIFT <= at <= self._stamping.clock() + DRIFT:
            raise TimeStampFailed(
                f"The time-stamp authority says {at:%d %b %Y, %H:%M:%S} UTC; this system's clock differs by more than "
                f"{DRIFT.seconds} seconds."
            )
        if self._stamping.policies and policy not in self._stamping.policies:
            raise TimeStampFailed(f"The time-stamp authority stamped under the policy {policy}, which is not accepted.")
        return token


def _granted(answer: Answer) -> cms.ContentInfo:
    status = answer["status"]
    if status["status"].native not in ("granted", "granted_with_mods"):
        words = ", ".join([*(status["status_string"].native or ()), *sorted(status["fail_info"].native or ())])
        raise TimeStampFailed(f"The time-stamp authority refused: {words or status['status'].native}.")
    return answer["time_stamp_token"]


def respond(query: bytes, identity: Identity, *, at: datetime) -> bytes:
    """The embedded authority's answer (DER of a TimeStampResp) to a query, with the given instant (RFC 3161, §2.4).

    A query that cannot be answered gets a rejection that says why; it never raises over what a stranger sends.
    """
    if len(query) > LONGEST_QUERY:
        return _rejection("bad_data_format")
    try:
        request = tsp.TimeStampReq.load(query, strict=True)
        algorithm = str(request["message_imprint"]["hash_algorithm"]["algorithm"].native)
        digest = request["message_imprint"]["hashed_message"].native
        nonce, wants_certificate = request["nonce"].native, bool(request["cert_req"].native)
    except (ValueError, TypeError, KeyError):
        return _rejection("bad_data_format")
    if algorithm not in DIGESTS:
        return _rejection("bad_alg")
    if len(digest) != DIGESTS[algorithm]:
        return _rejection("bad_data_format")
    token = _token(request["message_imprint"], nonce, identity, at, embed=wants_certificate)
    granted = tsp.PKIStatusInfo({"status": "granted"})
    answer: bytes = Answer({"status": granted, "time_stamp_token": token}).dump()
    return answer


def _rejection(why: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {why}})
    answer: bytes = Answer({"status": status}).dump()
    return answer


def _token(
    imprint: tsp.MessageImprint, nonce: int | None, identity: Identity, at: datetime, *, embed: bool
) -> cms.ContentInfo:
    certificate = _certificate(identity.certificate)
    known = {
        "version": "v1", "policy": tsp.ObjectIdentifier(EMBEDDED_POLICY), "message_imprint": imprint,
        "serial_number": secrets.randbits(63), "gen_time": at.astimezone(UTC).replace(microsecond=0),
        "tsa": asn1.GeneralName(name="directory_name", value=certificate.subject),
    }  # fmt: skip
    info = tsp.TSTInfo(known if nonce is None else {**known, "nonce": nonce})
    content = cms.EncapsulatedContentInfo(
        {"content_type": "tst_info", "content": core.ParsableOctetString(info.dump())}
    )
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    signed = cms.SignedData(
        {
            "version": "v3", "digest_algorithms": [sha256], "encap_content_info": content,
            "signer_infos": [_signed(info.dump(), identity, certificate)],
            **({"certificates": [certificate, _certificate(identity.issuer)]} if embed else {}),
        }
    )  # fmt: skip
    return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def _signed(info: bytes, identity: Identity, certificate: asn1.Certificate) -> cms.SignerInfo:
    hasher = hashes.Hash(hashes.SHA256())
    hasher.update(info)
    attributes = cms.CMSAttributes(
        [
            simple_cms_attribute("content_type", "tst_info"),
            simple_cms_attribute("message_digest", hasher.finalize()),
            simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(certificate)),
        ]
    )
    who = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    return cms.SignerInfo(
        {
            "version": "v1", "sid": cms.SignerIdentifier({"issuer_and_serial_number": who}),
            "digest_algorithm": {"algorithm": "sha256"}, "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signed_attrs": attributes, "signature": open_key(identity).sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256()),
        }
    )  # fmt: skip


def _certificate(pem: bytes) -> asn1.Certificate:
    _, _, der = armour.unarmor(pem)
    return asn1.Certificate.load(der)


def renewed(pdf: bytes, stamping: TimeStamping) -> bytes:
    """The file with one more document time-stamp, made before the last one's authority expires; the old bytes are its
    beginning, so that its hash is new. Raises TimeStampFailed."""
    context = ValidationContext(
        trust_roots=[_certificate(r) for r in stamping.trust_roots], crls=list(stamping.crls), allow_fetching=False,
        revocation_mode="require", moment=stamping.clock(),
    )  # fmt: skip
    out = io.BytesIO()
    stamper = PdfTimeStamper(Asking(stamping))
    stamper.update_archival_timestamp_chain(PdfFileReader(io.BytesIO(pdf)), context, in_place=False, output=out)
    return out.getvalue()
