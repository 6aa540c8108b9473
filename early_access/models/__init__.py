"""Rows of the room: the request and what it says, access to the model, and the ways out."""

from early_access.models.access import AccessHold, AccessSpecification, AccessWindow
from early_access.models.answers import HeldAnswer
from early_access.models.blocked import BlockedTime
from early_access.models.claims import ClaimedResult
from early_access.models.documents import RequestDocument
from early_access.models.exits import DONE, PARTS, ListedFinding, ReleaseNotice, ReturnItem, Withdrawal
from early_access.models.extension import WindowExtension
from early_access.models.inquiry import Designation, DesignationInquiry
from early_access.models.keys import (
    EVERY_VARIANT,
    AccessCredential,
    CredentialOpening,
    CredentialWrap,
    RevocationProof,
    VariantConsent,
)
from early_access.models.partner import VETTING, TrustedPartner, TrustedPartnerNomination
from early_access.models.pins import PinnedState
from early_access.models.request import (
    MARKED,
    AgencyConsent,
    ConfidentialityMarking,
    Contact,
    EarlyAccessRequest,
    RequestAudience,
    RequestedDomain,
    RequestSection,
    RequestStatement,
    RequestVariant,
)
from early_access.models.sections import SectionTask
from early_access.models.weights import DestructionCertificate, WeightsManifest, WeightsReceipt, WeightsSigner

__all__ = [
    "DONE",
    "EVERY_VARIANT",
    "MARKED",
    "PARTS",
    "VETTING",
    "AccessCredential",
    "AccessHold",
    "AccessSpecification",
    "AccessWindow",
    "AgencyConsent",
    "BlockedTime",
    "ClaimedResult",
    "ConfidentialityMarking",
    "Contact",
    "CredentialOpening",
    "CredentialWrap",
    "Designation",
    "DesignationInquiry",
    "DestructionCertificate",
    "EarlyAccessRequest",
    "HeldAnswer",
    "ListedFinding",
    "PinnedState",
    "ReleaseNotice",
    "RequestAudience",
    "RequestDocument",
    "RequestSection",
    "RequestStatement",
    "RequestVariant",
    "RequestedDomain",
    "ReturnItem",
    "RevocationProof",
    "SectionTask",
    "TrustedPartner",
    "TrustedPartnerNomination",
    "VariantConsent",
    "WeightsManifest",
    "WeightsReceipt",
    "WeightsSigner",
    "WindowExtension",
    "Withdrawal",
]
