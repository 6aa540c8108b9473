"""Who leaves an agreement that others go on with, who stays after all, who takes a notice back, who replaces it all."""

from __future__ import annotations

from accounts.models import User
from agreements.models import AgreementParty, TestingAgreement
from agreements.policies.base import DRAFTING, SPEAKING, WHO_DRAFTS, acts_for, alive, holds
from agreements.workflow import AGREEMENT, BINDING
from core.decisions import ALLOWED, Decision, first_refusal, refuse

WHO = "A policy lead, counsel or signatory of the agency can."


def _mine(user: User, agreement: TestingAgreement) -> list[AgreementParty]:
    """The agencies for which this person speaks."""
    own = {o.pk for o in acts_for(user, agreement, *SPEAKING)}
    return [r for r in agreement.party_rows if r.organisation_id in own and r.role == AgreementParty.Role.AGENCY]


def leaving_party(user: User, agreement: TestingAgreement) -> AgreementParty:
    """The agency that would leave. Call after may_leave."""
    return next(row for row in _mine(user, agreement) if row.leaving_since is None)


def staying_party(user: User, agreement: TestingAgreement) -> AgreementParty:
    """The agency whose notice would be taken back. Call after may_stay."""
    return next(row for row in _mine(user, agreement) if row.leaving_since is not None)


def others_stay(user: User, agreement: TestingAgreement) -> bool:
    """Whether agencies that this person does not speak for go on with it."""
    own = {row.pk for row in _mine(user, agreement)}
    agencies = [row for row in agreement.party_rows if row.role == AgreementParty.Role.AGENCY and not row.leaving_since]
    return any(row.pk not in own for row in agencies)


def may_leave(user: User, agreement: TestingAgreement) -> Decision:
    """Give notice that one's agency leaves, while other agencies go on."""
    return first_refusal(
        _binds(agreement), alive(agreement), holds(user, agreement, SPEAKING, WHO), _can_leave(user, agreement)
    )


def _binds(agreement: TestingAgreement) -> Decision:
    if agreement.status in BINDING:
        return ALLOWED
    return refuse(f"An agency leaves an agreement in force; this one is “{AGREEMENT.label(agreement.status)}”.")


def _can_leave(user: User, agreement: TestingAgreement) -> Decision:
    mine = _mine(user, agreement)
    if not mine:
        return refuse("Only an agency leaves while others go on.", "The developer gives notice of termination instead.")
    if agreement.notice_given_at is not None:
        return refuse(f"Notice was given; the agreement ends for all on {agreement.terminates_on}.")
    if all(row.leaving_since for row in mine):
        return refuse(f"{mine[0].organisation.name} leaves on {mine[0].leaves_on}: notice was given already.")
    if not others_stay(user, agreement):
        return refuse("No other agency would stay.", "Give notice of termination instead.")
    return ALLOWED


def may_stay(user: User, agreement: TestingAgreement) -> Decision:
    """Take back the notice that one's agency leaves, before its day."""
    if any(row.leaving_since for row in _mine(user, agreement)):  # a party that has left speaks for nobody here
        return _binds(agreement)
    return refuse("Your agency has given no notice that it could take back.")


def may_replace_agreement(user: User, agreement: TestingAgreement) -> Decision:
    """Begin a new agreement that is to replace this one: who drafts for one of its parties."""
    return first_refusal(_binds(agreement), alive(agreement), holds(user, agreement, DRAFTING, WHO_DRAFTS))


def may_take_back_notice(user: User, agreement: TestingAgreement) -> Decision:
    """Take back a notice of termination before its day: the organisation that gave it."""
    if agreement.notice_given_at is None or agreement.status not in BINDING:
        return refuse("No notice of termination runs.")
    if any(o.pk == agreement.notice_given_by_id for o in acts_for(user, agreement, *SPEAKING)):
        return ALLOWED
    return refuse("Only the organisation that gave the notice can take it back.")
