"""Says what a file is: executed, genuine but not executed, or not genuine, with a sentence for each reason."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from agreements.pdf.signing import SEAL, certificate

EXECUTED, NOT_EXECUTED, NOT_GENUINE = "executed", "genuine_not_executed", "not_genuine"


@dataclass(frozen=True)
class Verdict:
    """The answer; `problems` are sentences."""

    outcome: str
    problems: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()

    @property
    def is_executed(self) -> bool:
        """Whether every planned signature is there and nothing else changed."""
        return self.outcome == EXECUTED


def verify(pdf: bytes, *, trust_roots: Collection[bytes], planned: Collection[str]) -> Verdict:
    """The verdict over a file, given the roots (PEM) and the fields that the plan names."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = {s.field_name: s for s in reader.embedded_regular_signatures}
    except (PdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Verdict(NOT_GENUINE, (f"The file cannot be read as a signed PDF ({type(error).__name__}).",))
    if SEAL not in signatures:
        return Verdict(NOT_GENUINE, ("The file does not carry Concord's seal.",))
    context = ValidationContext(
        trust_roots=[certificate(r) for r in trust_roots], allow_fetching=False, revocation_mode="soft-fail"
    )
    problems = [
        f"There is a signature that the plan does not name: {f}." for f in sorted(set(signatures) - {*planned, SEAL})
    ]
    for field, signature in signatures.items():
        problems += _problems(field, signature, context)
    if problems:
        return Verdict(NOT_GENUINE, tuple(problems))
    present = tuple(f for f in planned if f in signatures)
    missing = len(planned) - len(present)
    if missing:
        return Verdict(
            NOT_EXECUTED, (f"Genuine, not executed: {missing} of {len(planned)} signatures are missing.",), present
        )
    return Verdict(EXECUTED, (), present)


def _problems(field: str, signature: EmbeddedPdfSignature, context: ValidationContext) -> list[str]:
    try:
        status = validate_pdf_signature(signature, context)
    except (SignatureValidationError, PdfError, ValueError) as error:
        return [f"The signature in {field} cannot be checked ({type(error).__name__})."]
    found = []
    if not (status.intact and status.valid):
        found.append(f"The bytes that {field} signed were changed.")
    if not status.trusted:
        found.append(f"The certificate of {field} was not issued for this deployment.")
    level = status.modification_level
    if level is None or level > ModificationLevel.FORM_FILLING:
        found.append(f"The document was changed after {field} was signed.")
    if not status.bottom_line and not found:
        found.append(f"The signature in {field} does not hold.")
    return found
