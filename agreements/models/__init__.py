"""Models of the agreements room."""

from agreements.models.access import AgreementGrant
from agreements.models.agreement import (
    AgreementClause,
    AgreementParty,
    AgreementVersion,
    Marking,
    Obligation,
    TestingAgreement,
)
from agreements.models.amendment import AmendmentOperation, Consolidation
from agreements.models.components import ConcurrencePart, ConcurrencePlan
from agreements.models.deviation import Deviation
from agreements.models.library import AgreementTemplate, Clause, ClauseAlternative, ClauseDraft, Instrument
from agreements.models.negotiation import ClauseComment, ClauseReview, Concurrence, ConcurrenceAsk
from agreements.models.own_keys import OwnCertificate, RemoteSigning, SigningTurn
from agreements.models.posts import Incumbency, Post
from agreements.models.presence import LibraryPresence, Presence
from agreements.models.proof import CompletionCertificate
from agreements.models.signing import IssuedFile, Signatory, Signature, SignatureAuthority, SigningKey, Tier
from agreements.models.suggestion import ClauseSuggestion

__all__ = [
    "AgreementClause", "AgreementGrant", "AgreementParty", "AgreementTemplate", "AgreementVersion", "AmendmentOperation", "Clause",
    "ClauseAlternative", "ClauseComment", "ClauseDraft", "ClauseReview", "ClauseSuggestion", "CompletionCertificate", "Concurrence",
    "ConcurrenceAsk", "ConcurrencePart", "ConcurrencePlan", "Consolidation", "Deviation", "Incumbency", "Instrument",
    "IssuedFile", "LibraryPresence", "Marking", "Obligation", "OwnCertificate", "Post", "Presence", "RemoteSigning",
    "Signatory", "Signature", "SignatureAuthority", "SigningKey",
    "SigningTurn", "TestingAgreement", "Tier",
]  # fmt: skip
