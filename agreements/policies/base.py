"""Who acts for which party, and what more than one verb asks."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agreements.models import AgreementParty, TestingAgreement
from agreements.rules import amendable
from agreements.workflow import AGREEMENT
from core.decisions import ALLOWED, Decision, first_refusal, refuse

DRAFTING = ("drafter", "counsel")
SPEAKING = ("drafter", "counsel", "signatory")
WHO_DRAFTS = "A policy lead or counsel of a party can."
WHO_REASSIGNS = "The signatory, or a policy lead, counsel or administrator of the signatory's organisation can."


def acts_for(user: User, agreement: TestingAgreement, *roles: str) -> list[Organisation]:
    """The parties for which this person holds one of the roles, in signing order; without roles any seat will do. A
    party that has left does nothing any more, but reads."""
    seats = seats_of(user)
    return [
        row.organisation
        for row in agreement.party_rows
        if seats.holds(row.organisation_id, *roles) and not (roles and row.left_at)
    ]


def agencies_of(user: User, agreement: TestingAgreement) -> list[Organisation]:
    """The agencies that are parties and for which this person is counsel."""
    return [o for o in acts_for(user, agreement, "counsel") if o.is_agency]


def side_of(user: User, agreement: TestingAgreement) -> Organisation | None:
    """The organisation whose working draft and internal comments this person sees: the first party they sit in."""
    return next(iter(acts_for(user, agreement, *DRAFTING)), None) or next(iter(acts_for(user, agreement)), None)


def is_developer_side(organisation: Organisation, agreement: TestingAgreement) -> bool:
    """Whether the organisation is the agreement's developer."""
    role = next((r.role for r in agreement.party_rows if r.organisation_id == organisation.pk), "")
    return role == AgreementParty.Role.DEVELOPER


def holds(user: User, agreement: TestingAgreement, roles: tuple[str, ...], who: str) -> Decision:
    if acts_for(user, agreement, *roles):
        return ALLOWED
    return refuse("Your role in this agreement does not include this step.", who)


def move(user: User, agreement: TestingAgreement, verb: str, roles: tuple[str, ...], who: str) -> Decision:
    return first_refusal(AGREEMENT.may(agreement.status, verb), alive(agreement), holds(user, agreement, roles, who))


def alive(agreement: TestingAgreement) -> Decision:
    """An amendment goes on only while the agreement that it amends binds."""
    if agreement.amends_id is None:
        return ALLOWED
    rows = TestingAgreement.objects.filter(pk=agreement.amends_id)
    return amendable.goes_on(rows.values_list("status", flat=True).first())


def at_agency(user: User, agreement: TestingAgreement) -> bool:
    return any(o.is_agency for o in acts_for(user, agreement, *DRAFTING))


def not_executed(agreement: TestingAgreement) -> Decision:
    if agreement.fully_executed_at is None:
        return ALLOWED
    return refuse("All parties have signed, so this step is closed.", "Give notice of termination once it is in force.")
