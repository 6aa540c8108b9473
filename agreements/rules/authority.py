"""Whether a written delegation lets this person sign this instrument now. One function per question."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.decisions import ALLOWED, Decision, first_refusal, refuse

if TYPE_CHECKING:
    from accounts.models import User
    from agreements.models import SignatureAuthority

WHO = "The organisation's administrator can record a delegation that covers it."


def covers(authority: SignatureAuthority, *, person: User, instrument: str, at: datetime) -> Decision:
    """All checks, the first refusal wins."""
    return first_refusal(
        _held_by(authority, person), _begun(authority, at), _not_ended(authority, at), _not_revoked(authority, at),
        _instrument(authority, instrument),
    )  # fmt: skip


def _held_by(authority: SignatureAuthority, person: User) -> Decision:
    if authority.holder_id == person.pk and person.is_active:
        return ALLOWED
    return refuse(f"{authority} is not held by {person.name}.", WHO)


def _begun(authority: SignatureAuthority, at: datetime) -> Decision:
    return ALLOWED if authority.valid_from <= at else refuse(f"{authority} is not yet in force.", WHO)


def _not_ended(authority: SignatureAuthority, at: datetime) -> Decision:
    if authority.valid_until is None or at < authority.valid_until:
        return ALLOWED
    return refuse(f"{authority} expired on {authority.valid_until:%d %b %Y, %H:%M} UTC.", WHO)


def _not_revoked(authority: SignatureAuthority, at: datetime) -> Decision:
    if authority.revoked_at is None or at < authority.revoked_at:
        return ALLOWED
    return refuse(f"{authority} was revoked on {authority.revoked_at:%d %b %Y, %H:%M} UTC.", WHO)


def _instrument(authority: SignatureAuthority, instrument: str) -> Decision:
    return ALLOWED if instrument in authority.instruments else refuse(f"{authority} does not cover this kind.", WHO)


def frozen(authority: SignatureAuthority) -> dict[str, Any]:
    """The delegation as it stands, to be kept with the signature."""
    return {
        "id": str(authority.pk),
        "organisation": str(authority.organisation_id),
        "number": authority.number,
        "title": authority.title,
        "source": authority.source,
        "holder": str(authority.holder_id),
        "instruments": list(authority.instruments),
        "valid_from": authority.valid_from.isoformat(),
        "valid_until": authority.valid_until.isoformat() if authority.valid_until else None,
    }
