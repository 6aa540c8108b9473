"""Rows of the room: the request and what it says, access to the model, and the ways out."""

from early_access.models.access import AccessHold, AccessSpecification, AccessWindow
from early_access.models.blocked import BlockedTime
from early_access.models.exits import ListedFinding, ReleaseNotice, ReturnItem, Withdrawal
from early_access.models.extension import WindowExtension
from early_access.models.keys import (
    EVERY_VARIANT,
    AccessCredential,
    CredentialOpening,
    CredentialWrap,
    RevocationProof,
    VariantConsent,
)
from early_access.models.pins import PinnedState
from early_access.models.request import (
    AgencyConsent,
    ConfidentialityMarking,
    Contact,
    EarlyAccessRequest,
    RequestAudience,
    RequestedDomain,
    RequestSection,
    RequestVariant,
)
from early_access.models.sections import SectionTask

__all__ = [
    "EVERY_VARIANT",
    "AccessCredential",
    "AccessHold",
    "AccessSpecification",
    "AccessWindow",
    "AgencyConsent",
    "BlockedTime",
    "ConfidentialityMarking",
    "Contact",
    "CredentialOpening",
    "CredentialWrap",
    "EarlyAccessRequest",
    "ListedFinding",
    "PinnedState",
    "ReleaseNotice",
    "RequestAudience",
    "RequestSection",
    "RequestVariant",
    "RequestedDomain",
    "ReturnItem",
    "RevocationProof",
    "SectionTask",
    "VariantConsent",
    "WindowExtension",
    "Withdrawal",
]
