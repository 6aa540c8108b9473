"""Reads of the public side: what a hash is, as far as this reader may know."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from agreements import keys, own_keys
from agreements.models import CompletionCertificate, IssuedFile, TestingAgreement
from agreements.pdf import checking, verify
from transparency.models import PublishedProof

PUBLISHED, YOURS, UNFINISHED, UNKNOWN = "published", "yours", "unfinished", "unknown"


@dataclass(frozen=True)
class Answer:
    """What Concord says about one SHA-256. `content` is the certificate's JSON where there is one."""

    kind: str
    sha256: str
    is_certificate: bool = False
    content: dict[str, Any] = field(default_factory=dict)
    reference: str = ""


def answer(sha256: str, user: User | AnonymousUser) -> Answer:
    """Published hashes answer to anyone. Unpublished ones answer to the parties only, because a public yes would
    confirm leaked copies; for everybody else they are as unknown as one that never was, by the same queries."""
    proof = PublishedProof.objects.filter(Q(sha256=sha256) | Q(certificate_sha256=sha256)).first()
    if proof is not None:
        return Answer(PUBLISHED, sha256, proof.certificate_sha256 == sha256, proof.content, proof.content["reference"])
    if not isinstance(user, User):
        return Answer(UNKNOWN, sha256)
    return _for_parties(sha256, user)


def _for_parties(sha256: str, user: User) -> Answer:
    mine = CompletionCertificate.objects.visible_to(user).filter(Q(sha256=sha256) | Q(executed__sha256=sha256)).first()
    file = IssuedFile.objects.visible_to(user).filter(sha256=sha256).select_related("agreement").first()
    if mine is not None:
        return Answer(YOURS, sha256, mine.sha256 == sha256, mine.content, mine.content["reference"])
    if file is not None:
        return Answer(UNFINISHED, sha256, reference=file.agreement.reference)
    return Answer(UNKNOWN, sha256)


@dataclass(frozen=True)
class Copy:
    """What an uploaded copy of one agreement is: what its hash says, and, where that is unknown, which rules it breaks."""

    answer: Answer
    problems: list[str] = field(default_factory=list)


def judged(agreement: TestingAgreement, content: bytes, user: User) -> Copy:
    """By its hash first. An unknown one is read in a limited child against the plan of this agreement; a file that keeps
    every rule and is still not ours was never issued here, and that is said. Raises NotJudged."""
    found = _for_parties(hashlib.sha256(content).hexdigest(), user)
    if found.kind != UNKNOWN:
        other = found.reference != agreement.reference
        return Copy(found, [f"It is a file of {found.reference}, another agreement of yours."] if other else [])
    executed = IssuedFile.objects.get(agreement=agreement, role=IssuedFile.Role.EXECUTED, voided_at__isnull=True)
    at = timezone.now()
    known = keys.trust(at)
    outcome, problems = checking.problems(
        content,
        trust_roots=known.roots,
        crls=known.crls,
        stamp_roots=known.stamp_roots,
        planned=[row.field_name for row in agreement.plan],
        stamped=executed.stamped,
        cards=own_keys.cards(agreement, at),
    )
    if outcome != verify.NOT_GENUINE:
        problems = ["Its signatures hold, but Concord never issued these bytes for this agreement."]
    return Copy(found, problems)


def published(agreement: TestingAgreement) -> PublishedProof | None:
    """The standing decision about one agreement."""
    return PublishedProof.objects.filter(agreement=agreement).first()
