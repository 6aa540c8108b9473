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
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.ades import ades_lta_validation
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


def verify(
    pdf: bytes, *, trust_roots: Collection[bytes], planned: Collection[str], stamped: bool = False,
    crls: Collection[bytes] = (), at: datetime | None = None,
) -> Verdict:  # fmt: skip
    """The verdict over a file at an instant (now), given the roots (PEM) and the fields that the plan names.

    `stamped` when the plan promises time-stamps: then every signature must carry one, an executed file must end with a
    document time-stamp, and trust rests on what the file itself keeps (PAdES B-LTA, ETSI EN 319 102-1, §5.6.3), so that
    it outlives its certificates. Only for the newest time-stamp, whose authority may have been revoked since, is a
    present revocation list (`crls`, DER) needed.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = {s.field_name: s for s in reader.embedded_regular_signatures}
        stamps = reader.embedded_timestamp_signatures
    except (PdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Verdict(NOT_GENUINE, (f"The file cannot be read as a signed PDF ({type(error).__name__}).",))
    judge = Judge([certificate(r) for r in trust_roots], tuple(crls), at or datetime.now(UTC), stamped, bool(stamps))
    problems = _seal_problems(signatures.get(SEAL)) + [
        f"There is a signature that the plan does not name: {f}." for f in sorted(set(signatures) - {*planned, SEAL})
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
    """What one verdict rests on. `kept`: the file has document time-stamps, so that its own evidence decides trust."""

    roots: list[asn1.Certificate]
    crls: tuple[bytes, ...]
    at: datetime
    stamped: bool
    kept: bool

    def problems(self, field: str, signature: EmbeddedPdfSignature) -> list[str]:
        """What is wrong with one signature, in sentences."""
        if self.stamped and not has_timestamp(signature):
            return [f"The signature in {field} carries no time-stamp."]
        try:
            status = validate_pdf_signature(signature, self._context())
            trusted = self._held_when_made(signature) if self.stamped and self.kept else self._holds_now(status)
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
            status = validate_pdf_timestamp(stamp, self._context())
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

    def _context(self) -> ValidationContext:
        return ValidationContext(
            trust_roots=self.roots, allow_fetching=False, revocation_mode="soft-fail", moment=self.at,
        )  # fmt: skip

    def spec(self) -> PdfSignatureValidationSpec:
        """Nothing is fetched; an unknown state of revocation refuses."""
        return PdfSignatureValidationSpec(
            SignatureValidationSpec(
                cert_validation_policy=CertValidationPolicySpec(
                    trust_manager=SimpleTrustManager.build(self.roots),
                    revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
                ),
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


def _only_filled(level: ModificationLevel | None) -> bool:
    return level is not None and level <= ModificationLevel.FORM_FILLING
