"""Who nominates a trusted partner, vets, consents, and gives or takes access. Both sides; nobody for both of them."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from early_access.models import AgencyConsent, EarlyAccessRequest, TrustedPartnerNomination
from early_access.rules.partners import vetted
from early_access.workflow import PARTNER_TERMS, TRUSTED_PARTNER

DEVELOPERS = ("drafter", "security")
AGENCIES = ("intake", "router")
WHO = "The developer's policy or security lead can, and intake and routing officers of the agency."
NOMINABLE = ("accepted", "scheduled", "window_open", "window_closed", "reported", "closed")
DEVELOPER, AGENCY = "developer", "agency"


def nomination_agencies(request: EarlyAccessRequest) -> list[Organisation]:
    """The agencies with which a partner can be chosen: those consented to, and the one that takes the request in."""
    rows = AgencyConsent.objects.filter(request=request, consented=True).select_related("agency")
    found = {row.agency_id: row.agency for row in rows.order_by("agency__name")}
    if request.intake_agency is not None:
        found.setdefault(request.intake_agency.pk, request.intake_agency)
    return list(found.values())


def nominates_for(user: User, request: EarlyAccessRequest) -> list[Organisation]:
    """The agencies of the request for which this person nominates; empty for the developer's people."""
    seats = seats_of(user)
    if seats.holds(request.developer_id):
        return []
    return [agency for agency in nomination_agencies(request) if seats.holds(agency.pk, *AGENCIES)]


def may_nominate(user: User, request: EarlyAccessRequest) -> Decision:
    """Nominate a trusted partner: either side, once the request is accepted."""
    if request.status not in NOMINABLE:
        return refuse("Trusted partners are nominated once the request is accepted for testing.", WHO)
    if seats_of(user).holds(request.developer_id, *DEVELOPERS) or nominates_for(user, request):
        return ALLOWED
    return refuse("Your role in this request does not include this step.", WHO)


def partner_side(user: User, row: TrustedPartnerNomination) -> str:
    """For which side this person acts: "developer", "agency", or "" for neither."""
    seats = seats_of(user)
    if seats.holds(row.developer_id, *DEVELOPERS):
        return DEVELOPER
    return AGENCY if seats.holds(row.agency_id, *AGENCIES) else ""


def _side(user: User, row: TrustedPartnerNomination) -> Decision:
    if partner_side(user, row):
        return ALLOWED
    return refuse("Your role in this nomination does not include this step.", WHO)


def _either(user: User, row: TrustedPartnerNomination, verb: str) -> Decision:
    return first_refusal(TRUSTED_PARTNER.may(row.status, verb), _side(user, row))


def may_begin_vetting(user: User, row: TrustedPartnerNomination) -> Decision:
    """Take up the vetting: the side that did not nominate."""
    if not (known := _either(user, row, "begin_vetting")):
        return known
    if (partner_side(user, row) == DEVELOPER) == (row.nominator_id == row.developer_id):
        return refuse("The side that did not nominate takes up the vetting.", "You can take the nomination back.")
    return ALLOWED


def may_vet(user: User, row: TrustedPartnerNomination) -> Decision:
    """Record what the vetting found: either side, while it goes on."""
    if row.status != "vetting":
        return refuse("The vetting is recorded from the moment it is taken up until both sides have consented.")
    return _side(user, row)


def has_consented(row: TrustedPartnerNomination, side: str) -> bool:
    """Whether that side's consent is recorded."""
    return bool(row.developer_consented_at if side == DEVELOPER else row.agency_consented_at)


def may_consent_to_partner(user: User, row: TrustedPartnerNomination) -> Decision:
    """Consent for one's own side, once, to what was vetted."""
    if not (known := _either(user, row, "consent")):
        return known
    if has_consented(row, partner_side(user, row)):
        return refuse("Your side has consented.", "The other side’s consent is what is missing.")
    return vetted(row.checks)


def may_take_consent_back(user: User, row: TrustedPartnerNomination) -> Decision:
    """Take one's own side's consent back while the other's is missing. Later that revokes what it stood for."""
    if not (known := _either(user, row, "consent")):
        return known
    if has_consented(row, partner_side(user, row)):
        return ALLOWED
    return refuse("Your side has not consented, so there is no consent to take back.")


def may_decline_partner(user: User, row: TrustedPartnerNomination) -> Decision:
    """Record that one's side does not agree, and why."""
    return _either(user, row, "decline")


def may_record_terms(user: User, row: TrustedPartnerNomination) -> Decision:
    """Record that the partner signed, under an agreement in force between the two sides."""
    return _either(user, row, "record_terms")


def may_activate_partner(user: User, row: TrustedPartnerNomination) -> Decision:
    """Record that access is given: the developer, from the day on that was agreed, while the agreement is in force."""
    if not (known := _either(user, row, "activate")):
        return known
    if partner_side(user, row) != DEVELOPER:
        return refuse("The developer gives access to its model.", "Its policy or security lead can.")
    if timezone.now().date() < row.access_from:
        return refuse(f"Access was agreed from {row.access_from} on.", "Until then nothing is due.")
    if row.agreement is not None and row.agreement.status != "in_force":
        return refuse(f"Agreement {row.agreement.reference} is not in force.", "Its page says where it stands.")
    return ALLOWED


def may_suspend_partner(user: User, row: TrustedPartnerNomination) -> Decision:
    """Suspend access: either side, with a reason."""
    return _either(user, row, "suspend")


def may_resume_partner(user: User, row: TrustedPartnerNomination) -> Decision:
    """Let access go on: the side that suspended it."""
    if not (known := _either(user, row, "resume")):
        return known
    if row.suspended_for_id is None:
        return refuse("Access rests with the agreement.", "It goes on when the agreement does.")
    own = row.developer_id if partner_side(user, row) == DEVELOPER else row.agency_id
    return ALLOWED if row.suspended_for_id == own else refuse("The side that suspended access lets it go on.")


def may_revoke_partner(user: User, row: TrustedPartnerNomination) -> Decision:
    """Take one's consent back after both were given: access ends at once."""
    return _either(user, row, "revoke")


def may_end_partner(user: User, row: TrustedPartnerNomination) -> Decision:
    """End it without a reason: the developer at any time; the agency what it nominated itself, before consents."""
    if not (known := _either(user, row, "end")):
        return known
    if partner_side(user, row) == DEVELOPER:
        return ALLOWED
    if row.nominator_id == row.agency_id and row.status in ("nominated", "vetting"):
        return ALLOWED
    instead = (
        "You can take your consent back."
        if row.status not in ("nominated", "vetting")
        else "You can say that you do not agree."
    )
    return refuse("The developer ends it at any time; the agency takes back what it nominated itself.", instead)


def terms_hold(row: TrustedPartnerNomination) -> bool:
    """Whether its state stands on an agreement."""
    return row.status in PARTNER_TERMS and row.agreement_id is not None


def may_see_denials(user: User) -> Decision:
    """Read how many nominations were not agreed, and why: administrators, of what their organisation reads anyway."""
    if seats_of(user).with_role("administrator"):
        return ALLOWED
    return refuse("These counts are for the administrators of an organisation.", "Each nomination has its own page.")
