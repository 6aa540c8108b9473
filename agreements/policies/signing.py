"""Who opens for signature, signs, declines, is named instead, and reads or concurs with delegations; why not."""

from __future__ import annotations

from uuid import UUID

from accounts.models import Organisation, User
from accounts.queries import holders
from accounts.seats import seats_of
from agreements import devices
from agreements.models import Concurrence, OwnCertificate, Signatory, SignatureAuthority, TestingAgreement, Tier
from agreements.policies.base import DRAFTING, WHO_DRAFTS, WHO_REASSIGNS, alive, move, not_executed
from agreements.rules import turns
from agreements.workflow import AGREEMENT
from core.decisions import ALLOWED, Decision, first_refusal, refuse


def may_open_for_signature(user: User, agreement: TestingAgreement) -> Decision:
    """Close the text and invite the signatories; the pre-checks come on top (queries.readiness)."""
    return move(user, agreement, "open_for_signature", DRAFTING, WHO_DRAFTS)


def may_sign(user: User, agreement: TestingAgreement) -> Decision:
    """Sign now: state, turn, and duties apart."""
    return first_refusal(
        AGREEMENT.may(agreement.status, "sign"),
        alive(agreement),
        turns.may_take_turn(agreement.plan, user),
        duties_apart(user, agreement),
        turns.file_is_free(agreement.file_turn, user),
    )


WAYS = {
    Tier.HELD: (
        "You sign here, with the key that Concord keeps for you.",
        "To sign with your own key instead, choose that on the page where you sign.",
    ),
    Tier.OWN: (
        "You sign on a card, with your own certificate.",
        "Take the file, sign it with your card, and upload it; or choose to sign here.",
    ),
    Tier.DEVICE: (
        "You sign with your own key in the signing device.",
        "Have it sign on its own page; or choose to sign here.",
    ),
}


def _by(user: User, agreement: TestingAgreement, tier: Tier) -> Decision:
    """Whether this person signs that way."""
    row = turns.mine(agreement.plan, user)
    return ALLOWED if row is None or row.tier == tier else refuse(*WAYS[Tier(row.tier)])


def may_sign_elsewhere(user: User, agreement: TestingAgreement) -> Decision:
    """Take the file, sign it outside Concord and bring it back: as `may_sign`, for whoever signs on a card."""
    return first_refusal(may_sign(user, agreement), _by(user, agreement, Tier.OWN))


def may_sign_here(user: User, agreement: TestingAgreement) -> Decision:
    """As `may_sign`, for whose key Concord keeps."""
    return first_refusal(may_sign(user, agreement), _by(user, agreement, Tier.HELD))


def may_sign_by_device(user: User, agreement: TestingAgreement) -> Decision:
    """As `may_sign`, for whose key lies in the installation's signing device."""
    there = ALLOWED
    if devices.configured() is None:
        there = refuse("This installation has no signing device any more.", "Choose to sign here.")
    return first_refusal(may_sign(user, agreement), _by(user, agreement, Tier.DEVICE), there)


def may_hold_file(user: User, agreement: TestingAgreement) -> Decision:
    """Have the file that is being signed on a card: whoever took it, while the turn lasts."""
    return _holds(user, agreement, Tier.OWN) or refuse(
        "You do not hold the file now: it was signed or given back, or its 24 hours are over.", "Take it again to sign."
    )


def may_stop_device(user: User, agreement: TestingAgreement) -> Decision:
    """Finish or stop what one's signing device was asked for: whoever asked, while that lasts."""
    return _holds(user, agreement, Tier.DEVICE) or refuse(
        "Your signing device is not asked for anything now: that was finished or stopped, failed, or its 15 minutes are over.",
        "Have it sign again.",
    )


def _holds(user: User, agreement: TestingAgreement, tier: Tier) -> Decision | None:
    turn = agreement.file_turn if agreement.status == "awaiting_signature" else None
    mine = turn is not None and turn.signatory.person_id == user.pk and turn.signatory.tier == tier
    return ALLOWED if mine else None


def may_read_certificate(user: User, row: OwnCertificate) -> Decision:
    """Its organisation's own people, and oversight."""
    seats = seats_of(user)
    if seats.holds(row.organisation_id) or seats.is_auditor:
        return ALLOWED
    return refuse("Enrolled certificates are read in their own organisation.")


def may_enrol(user: User, organisation: Organisation) -> Decision:
    """Enrol a certificate to sign with: whoever signs for the organisation, for themselves."""
    if user in holders(organisation, "signatory"):
        return ALLOWED
    return refuse(
        f"Only signatories of {organisation.name} enrol a certificate, each their own.",
        "Its administrator gives that role.",
    )


def may_retire(user: User, row: OwnCertificate) -> Decision:
    """Retire a certificate: its person, and administrators of its organisation."""
    if row.retired_at is not None:
        return refuse("This certificate was retired already.")
    if row.person_id == user.pk or seats_of(user).holds(row.organisation_id, "administrator"):
        return ALLOWED
    return refuse("Only its person or an administrator of the organisation retires a certificate.")


def may_choose_way(user: User, agreement: TestingAgreement, row: Signatory) -> Decision:
    """Say where this signatory signs: whoever could name somebody else for them."""
    return may_replace(user, agreement, row)


def duties_apart(user: User, agreement: TestingAgreement) -> Decision:
    """An agency's concurrence and its signature are two people's acts."""
    concurred = Concurrence.objects.filter(
        version=agreement.current_id, decided_by=user, verdict=Concurrence.Verdict.CONCUR
    )
    if not concurred.exists():
        return ALLOWED
    return refuse(
        "You gave the agency's concurrence with this text, so somebody else signs it.",
        "Another official with a delegation can be named in your place.",
    )


def may_reassign(user: User, agreement: TestingAgreement) -> Decision:
    """Name another signatory for one's own organisation; of which row, `may_replace` says."""
    if replaceable(user, agreement) or not AGREEMENT.may(agreement.status, "reassign"):
        return first_refusal(AGREEMENT.may(agreement.status, "reassign"), not_executed(agreement))
    return refuse("There is nobody whom you could replace as a signatory.", WHO_REASSIGNS)


def may_replace(user: User, agreement: TestingAgreement, row: Signatory) -> Decision:
    """Name somebody else for this signatory: their own organisation, or they themselves, before they have signed."""
    table = first_refusal(AGREEMENT.may(agreement.status, "reassign"), not_executed(agreement))
    if not table:
        return table
    if turns.has_signed(row):
        return refuse(f"{row.person.name} has signed. A signature that was made stands.")
    if row.person_id == user.pk or seats_of(user).holds(row.organisation_id, *DRAFTING, "administrator"):
        return ALLOWED
    return refuse(f"Only {row.organisation.name} names who signs for it.", WHO_REASSIGNS)


def replaceable(user: User, agreement: TestingAgreement) -> set[UUID]:
    """The signatories for whom this person can name somebody else now."""
    return {row.pk for row in agreement.plan if may_replace(user, agreement, row)}


def may_still_sign_for(user: User, organisation: Organisation) -> Decision:
    """Whether somebody who was named as a signatory still is one there."""
    if user in holders(organisation, "signatory"):
        return ALLOWED
    return refuse(
        f"You are no longer a signatory of {organisation.name}.", "Its administrator can give you the role again."
    )


def may_decline_to_sign(user: User, agreement: TestingAgreement) -> Decision:
    """Decline, with a reason: any signatory who has not signed."""
    row = turns.mine(agreement.plan, user)
    named = ALLOWED if row and not turns.has_signed(row) else refuse("Only a signatory who has not signed can decline.")
    return first_refusal(AGREEMENT.may(agreement.status, "decline_to_sign"), not_executed(agreement), named)


def may_read_authority(user: User, row: SignatureAuthority) -> Decision:
    """Its own people, and oversight."""
    seats = seats_of(user)
    if seats.holds(row.organisation_id) or seats.is_auditor:
        return ALLOWED
    return refuse("A written delegation is read in its own organisation.", "Its administrator can send you a copy.")


def may_concur_with_authority(user: User, row: SignatureAuthority) -> Decision:
    """Counsel of its organisation, who neither recorded it nor holds it; once, while it stands."""
    if row.concurred_at is not None or row.revoked_at is not None:
        return refuse("Nothing waits here: counsel has concurred, or the delegation was revoked.")
    if not seats_of(user).holds(row.organisation_id, "counsel"):
        return refuse("Counsel concurs with a delegation.", "Counsel of the organisation can.")
    if user.pk in (row.holder_id, row.recorded_by_id):
        return refuse("You recorded this delegation or hold it.", "Another counsel of the organisation can concur.")
    return ALLOWED
