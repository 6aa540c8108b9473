"""Says what a file is: executed, genuine but not executed, or not genuine, with a sentence for each reason."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asn1crypto import crl as asn1crl
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec, ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from agreements.pdf.evidence import authority_in
from agreements.pdf.signing import SEAL, certificate, has_timestamp

EXECUTED, NOT_EXECUTED, NOT_GENUINE = "executed", "genuine_not_executed", "not_genuine"


@dataclass(frozen=True)
class Verdict:
    """The answer; `problems` are sentences, `authorities` the delegation that each signature names under itself, by field."""

    outcome: str
    problems: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    authorities: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_executed(self) -> bool:
        """Whether every planned signature is there and nothing else changed."""
        return self.outcome == EXECUTED


@dataclass(frozen=True)
class Cards:
    """What signatures that were made elsewhere are held to: by field, the SHA-256 of the one certificate (DER) that may have
    signed there; the roots (PEM) to which it leads, which are believed for nothing else; present revocation lists (DER)."""

    certificates: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


def verify(
    pdf: bytes, *, trust_roots: Collection[bytes], planned: Collection[str], stamped: bool = False,
    crls: Collection[bytes] = (), stamp_roots: Collection[bytes] | None = None, cards: Cards | None = None,
    at: datetime | None = None,
) -> Verdict:  # fmt: skip
    """The verdict over a file at an instant (now), given the roots (PEM) of seals and persons, those of time-stamps (the same
    unless given), and the fields that the plan names; `cards` says which of them were signed elsewhere. A root of time-stamps
    is believed for nothing else: its authority may issue certificates in anybody's name.

    `stamped` when the plan promises time-stamps: then every signature must carry one (one made elsewhere: lie under one), an
    executed file must end with a document time-stamp, and trust rests on what the file itself keeps (PAdES B-LTA, ETSI EN
    319 102-1, §5.6.3), so that it outlives its certificates. Only for the newest time-stamp, whose authority may have been
    revoked since, is a present revocation list (`crls`, DER) needed.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = {s.field_name: s for s in reader.embedded_regular_signatures}
        stamps = reader.embedded_timestamp_signatures
        empty = {name for name, value, _ in enumerate_sig_fields(reader) if value is None}
    except (PdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Verdict(NOT_GENUINE, (f"The file cannot be read as a signed PDF ({type(error).__name__}).",))
    newest = max((stamp.signed_revision for stamp in stamps), default=-1)
    roots = [certificate(r) for r in trust_roots]
    stamping = roots if stamp_roots is None else [certificate(r) for r in stamp_roots]
    judge = Judge(roots, stamping, tuple(crls), at or datetime.now(UTC), stamped, newest, cards or Cards())
    problems = _seal_problems(signatures.get(SEAL)) + [
        f"There is a signature that the plan does not name: {f}." for f in sorted(set(signatures) - {*planned, SEAL})
    ]
    # a field without a signature changes nothing that is signed, so the reader's analysis lets it pass
    problems += [
        f"There is an empty place for a signature that the plan does not name: {f}."
        for f in sorted(empty - {*planned, SEAL})
    ]
    problems += [p for field, signature in signatures.items() for p in judge.problems(field, signature)]
    problems += [p for stamp in stamps for p in judge.stamp_problems(stamp)]
    if problems:
        return Verdict(NOT_GENUINE, tuple(problems))
    return _completeness(planned, signatures, stamps if stamped else None)


def _seal_problems(seal: EmbeddedPdfSignature | None) -> list[str]:
    if seal is None:
        return ["The file does not carry Concord's seal."]
    if seal.docmdp_level is not MDPPerm.FILL_FORMS:
        return ["Concord's seal does not protect this file as it protects what Concord seals."]
    return []


def _completeness(
    planned: Collection[str],
    signatures: Mapping[str, EmbeddedPdfSignature],
    stamps: Collection[EmbeddedPdfSignature] | None,
) -> Verdict:
    """The verdict over a genuine file; `stamps` is None where the plan promises no time-stamps."""
    present = tuple(f for f in planned if f in signatures)
    named = {f: authority_in(signatures[f].signer_info) for f in present}
    if missing := len(planned) - len(present):
        sentence = f"Genuine, not executed: {missing} of {len(planned)} signatures are missing."
        return Verdict(NOT_EXECUTED, (sentence,), present, named)
    newest = max(s.signed_revision for s in signatures.values())
    if stamps is not None and not any(stamp.signed_revision > newest for stamp in stamps):
        return Verdict(NOT_EXECUTED, ("Genuine, not executed: the document time-stamp is missing.",), present, named)
    return Verdict(EXECUTED, (), present, named)


@dataclass(frozen=True)
class Judge:
    """What one verdict rests on. `newest`: the revision that the newest document time-stamp signs (-1: there is none); of
    what lies under it the file's own evidence decides trust."""

    roots: list[asn1.Certificate]
    stamp_roots: list[asn1.Certificate]
    crls: tuple[bytes, ...]
    at: datetime
    stamped: bool
    newest: int
    cards: Cards = Cards()

    def problems(self, field: str, signature: EmbeddedPdfSignature) -> list[str]:
        """What is wrong with one signature, in sentences."""
        kept, card = signature.signed_revision < self.newest, self.cards.certificates.get(field)
        if self.stamped and not (kept if card else has_timestamp(signature)):
            return [f"The signature in {field} carries no time-stamp."]
        roots = [certificate(root) for root in self.cards.roots] if card else self.roots
        try:
            if card and signature.signer_cert.sha256.hex() != card:
                return [f"The signature in {field} was made with another certificate than the one on record for it."]
            status = validate_pdf_signature(signature, self._context(roots), self._context(self.stamp_roots))
            if not (self.stamped and kept):
                trusted = self._holds_now(status)
            else:
                trusted = self._held_when_stamped(signature, roots) if card else self._held_when_made(signature)
        except (SignatureValidationError, PdfError, ValueError) as error:
            return [f"The signature in {field} cannot be checked ({type(error).__name__})."]
        found = []
        if not (status.intact and status.valid):
            found.append(f"The bytes that {field} signed were changed.")
        if not trusted:
            found.append(f"The certificate of {field} was not issued for this deployment, or did not hold when used.")
        if not _only_filled(status.modification_level) or not status.docmdp_ok:
            found.append(f"The document was changed after {field} was signed.")
        return found

    def stamp_problems(self, stamp: EmbeddedPdfSignature) -> list[str]:
        """A document time-stamp reads valid over a file that was changed later: coverage and changes are read apart."""
        try:
            status = validate_pdf_timestamp(stamp, self._context(self.stamp_roots))
        except (SignatureValidationError, PdfError, ValueError) as error:
            return [f"The document time-stamp cannot be checked ({type(error).__name__})."]
        if not (status.intact and status.valid):
            return ["The bytes under the document time-stamp were changed."]
        # An expired authority is judged with the signatures that its stamp protects, not alone.
        if not status.trusted and status.trust_problem_indic is not AdESIndeterminate.OUT_OF_BOUNDS_NO_POE:
            return ["The document time-stamp was not made by an authority that this deployment trusts."]
        return (
            [] if _only_filled(status.modification_level) else ["The document was changed after it was time-stamped."]
        )

    def _context(self, roots: list[asn1.Certificate]) -> ValidationContext:
        return ValidationContext(
            trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=self.at,
        )  # fmt: skip

    def spec(self) -> PdfSignatureValidationSpec:
        """Nothing is fetched; an unknown state of revocation refuses."""
        return PdfSignatureValidationSpec(
            SignatureValidationSpec(
                cert_validation_policy=_policy(self.roots),
                ts_cert_validation_policy=_policy(self.stamp_roots),
                revinfo_gathering_policy=RevocationInfoGatheringSpec(
                    online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
                ),
                local_knowledge=LocalKnowledge(
                    known_crls=[CRLContainer(asn1crl.CertificateList.load(der)) for der in self.crls]
                ),
            )
        )

    def _holds_now(self, status: PdfSignatureStatus) -> bool:
        stamp = status.timestamp_validity
        return bool(status.bottom_line and (not self.stamped or (stamp and stamp.valid and stamp.trusted)))

    def _held_when_made(self, signature: EmbeddedPdfSignature) -> bool:
        """By the certificates, revocation lists and time-stamps that the file keeps; nothing is fetched."""
        timing = ValidationTimingInfo(self.at, self.at, point_in_time_validation=False)
        found = asyncio.run(ades_lta_validation(signature, self.spec(), timing_info=timing))
        return bool(found.ades_subindic is AdESPassed.OK)

    def _held_when_stamped(self, signature: EmbeddedPdfSignature, roots: list[asn1.Certificate]) -> bool:
        """Whether a signature made elsewhere held when the first document time-stamp over it was made.

        pyHanko's validation insists on a time-stamp in the signature (“signature constraints failure”); the standard does not:
        any proof that the signature existed counts, and a document time-stamp is one (ETSI EN 319 102-1, 5.6.2.3 and 5.6.3;
        EN 319 142-1, table 1, B-T). So pyHanko judges the chain of time-stamps, and the certificate is judged at the time
        that it proves, with the revocation lists that the same time-stamp covers.
        """
        timing = ValidationTimingInfo(self.at, self.at, point_in_time_validation=False)
        found = asyncio.run(ades_lta_validation(signature, self.spec(), timing_info=timing))
        proven = found.oldest_evidence_record_timestamp  # None unless the whole chain of document time-stamps holds
        if proven is None:
            return False
        reader = signature.reader
        revisions = [stamp.signed_revision for stamp in reader.embedded_timestamp_signatures]
        first = min(revision for revision in revisions if revision > signature.signed_revision)
        evidence = DocumentSecurityStore.read_dss(reader.get_historical_resolver(first))
        context = evidence.as_validation_context(
            {
                "trust_roots": roots, "allow_fetching": False, "revocation_mode": "require", "moment": proven,
                "best_signature_time": proven,
            }
        )  # fmt: skip
        status = validate_pdf_signature(signature, context, self._context(self.stamp_roots), skip_diff=True)
        held = bool(status.intact and status.valid and status.trusted)
        return held and not _revoked_by(signature.signer_cert, proven, self.cards.crls)


def _policy(roots: list[asn1.Certificate]) -> CertValidationPolicySpec:
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(roots), revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO)
    )


def _only_filled(level: ModificationLevel | None) -> bool:
    return level is not None and level <= ModificationLevel.FORM_FILLING


def _revoked_by(who: asn1.Certificate, moment: datetime, lists: Collection[bytes]) -> bool:
    """Whether a present list says that a certificate was revoked at or before a moment: known only afterwards, it counts."""
    for der in lists:
        found = asn1crl.CertificateList.load(der)
        if found.issuer != who.issuer:
            continue
        for entry in found["tbs_cert_list"]["revoked_certificates"]:
            if entry["user_certificate"].native == who.serial_number and entry["revocation_date"].native <= moment:
                return True
    return False
