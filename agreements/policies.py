"""Who may do what with an agreement, and why not: one function per verb."""

from __future__ import annotations

from uuid import UUID

from accounts import grants
from accounts.models import Organisation, User
from accounts.queries import holders
from accounts.seats import seats_of
from agreements.models import (
    AgreementParty,
    ClauseDraft,
    ClauseSuggestion,
    Concurrence,
    Signatory,
    SignatureAuthority,
    TestingAgreement,
)
from agreements.rules import amendable, concurring, turns
from agreements.rules.deviations import APPROVERS, named
from agreements.workflow import AGREEMENT, SUGGESTION
from core.decisions import ALLOWED, Decision, first_refusal, refuse

DRAFTING = ("drafter", "counsel")
SPEAKING = ("drafter", "counsel", "signatory")
WHO_DRAFTS = "A policy lead or counsel of a party can."
WHO_REASSIGNS = "The signatory, or a policy lead, counsel or administrator of the signatory's organisation can."


def acts_for(user: User, agreement: TestingAgreement, *roles: str) -> list[Organisation]:
    """The parties for which this person holds one of the roles, in signing order."""
    seats = seats_of(user)
    return [row.organisation for row in agreement.party_rows if seats.holds(row.organisation_id, *roles)]


def agencies_of(user: User, agreement: TestingAgreement) -> list[Organisation]:
    """The agencies that are parties and for which this person is counsel."""
    return [o for o in acts_for(user, agreement, "counsel") if o.is_agency]


def _holds(user: User, agreement: TestingAgreement, roles: tuple[str, ...], who: str) -> Decision:
    if acts_for(user, agreement, *roles):
        return ALLOWED
    return refuse("Your role in this agreement does not include this step.", who)


def _move(user: User, agreement: TestingAgreement, verb: str, roles: tuple[str, ...], who: str) -> Decision:
    return first_refusal(AGREEMENT.may(agreement.status, verb), _alive(agreement), _holds(user, agreement, roles, who))


def may_start(user: User) -> Decision:
    """Start an agreement for one of the organisations in which the person drafts."""
    if seats_of(user).with_role(*DRAFTING):
        return ALLOWED
    return refuse("Starting an agreement is for policy leads and counsel.", "Ask one of them in your organisation.")


def may_amend(user: User, agreement: TestingAgreement) -> Decision:
    """Draft an amendment of an agreement that binds: either side."""
    return first_refusal(amendable.amends(agreement), _holds(user, agreement, DRAFTING, WHO_DRAFTS))


def may_renew(user: User, agreement: TestingAgreement) -> Decision:
    """Draft an amendment that makes the term longer, unless notice was given."""
    return first_refusal(may_amend(user, agreement), amendable.renews(agreement))


def _alive(agreement: TestingAgreement) -> Decision:
    """An amendment goes on only while the agreement that it amends binds."""
    if agreement.amends_id is None:
        return ALLOWED
    rows = TestingAgreement.objects.filter(pk=agreement.amends_id)
    return amendable.goes_on(rows.values_list("status", flat=True).first())


def may_edit(user: User, agreement: TestingAgreement) -> Decision:
    """Work on the draft, or on a next version while it is negotiated."""
    if not (alive := _alive(agreement)):
        return alive
    if agreement.status not in ("draft", "in_negotiation"):
        words = f"The text cannot be changed while the state is “{AGREEMENT.label(agreement.status)}”."
        return refuse(words, "Return it with comments first; that reopens the negotiation.")
    return _holds(user, agreement, DRAFTING, WHO_DRAFTS)


def may_send(user: User, agreement: TestingAgreement) -> Decision:
    """Send the draft to the other parties."""
    return _move(user, agreement, "send", DRAFTING, WHO_DRAFTS)


def may_comment(user: User, agreement: TestingAgreement) -> Decision:
    """Comment on a clause."""
    if agreement.status not in ("in_negotiation", "in_clearance"):
        return refuse("Comments are made while an agreement is in negotiation or in clearance.")
    return _holds(user, agreement, DRAFTING, WHO_DRAFTS)


def may_suggest(user: User, agreement: TestingAgreement) -> Decision:
    """Suggest other words for a clause."""
    if agreement.status not in ("in_negotiation", "in_clearance"):
        return refuse("Suggestions are made while an agreement is in negotiation or in clearance.")
    return _holds(user, agreement, DRAFTING, WHO_DRAFTS)


def may_accept(user: User, suggestion: ClauseSuggestion) -> Decision:
    """Take it into the own draft: the other side, while the text can change."""
    return first_refusal(
        SUGGESTION.may(suggestion.status, "accept"), may_edit(user, suggestion.agreement), _other_side(user, suggestion)
    )


def may_decline(user: User, suggestion: ClauseSuggestion) -> Decision:
    """Answer that it is not taken: the other side."""
    agreement = suggestion.agreement
    return first_refusal(
        SUGGESTION.may(suggestion.status, "decline"), may_suggest(user, agreement), _other_side(user, suggestion)
    )


def may_take_back(user: User, suggestion: ClauseSuggestion) -> Decision:
    """Take it back: whoever drafts in the organisation that made it."""
    table = SUGGESTION.may(suggestion.status, "take_back")
    side = side_of(user, suggestion.agreement)
    if not table or (side is not None and side.pk == suggestion.organisation_id):
        return first_refusal(table, _holds(user, suggestion.agreement, DRAFTING, WHO_DRAFTS))
    return refuse("Only the organisation that made a suggestion takes it back.")


def _other_side(user: User, suggestion: ClauseSuggestion) -> Decision:
    """The developer answers agencies; an agency answers the developer."""
    side = side_of(user, suggestion.agreement)
    theirs = suggestion.organisation_id == suggestion.agreement.developer_id
    if side is not None and is_developer_side(side, suggestion.agreement) != theirs:
        return ALLOWED
    who = "an agency" if theirs else "the developer"
    return refuse("A suggestion is answered by the other side.", f"Whoever drafts for {who} can.")


def deciding_agencies(user: User, agreement: TestingAgreement, *roles: str) -> list[Organisation]:
    """The agencies that are parties and for which this person holds a role that decides on deviations."""
    return [o for o in acts_for(user, agreement, *(roles or APPROVERS)) if o.is_agency]


def may_decide_deviation(user: User, agreement: TestingAgreement, role: str = "") -> Decision:
    """Decide, for an agency, on words that are in no approved text: whoever has the role that the clause names (or
    any that a clause can name), until the agreement is opened for signature."""
    if agreement.status not in ("in_negotiation", "in_clearance"):
        return refuse("Deviations are decided while an agreement is in negotiation or in clearance.")
    if deciding_agencies(user, agreement, *([role] if role else [])):
        return ALLOWED
    who = named(role) if role else "approver"
    return refuse("A deviation from approved text is decided by each agency.", f"Its {who} can.")


def may_return_with_comments(user: User, agreement: TestingAgreement) -> Decision:
    """Ask for changes."""
    sealed = ALLOWED
    if agreement.status == "in_clearance" and agreement.concurrence_blind and _at_agency(user, agreement):
        sealed = refuse(
            "Answers are sealed until all are in, and a return would be read at once.",
            "Concur, or refuse with the clause and the reason: it opens with the others.",
        )
    return first_refusal(_move(user, agreement, "return_with_comments", DRAFTING, WHO_DRAFTS), sealed)


def may_propose_version(user: User, agreement: TestingAgreement) -> Decision:
    """Freeze the working draft as the next version."""
    return _move(user, agreement, "propose_version", DRAFTING, WHO_DRAFTS)


def may_open_clearance(user: User, agreement: TestingAgreement) -> Decision:
    """Ask every agency for its concurrence with the current version."""
    return _move(user, agreement, "open_clearance", DRAFTING, WHO_DRAFTS)


def may_concur(user: User, agreement: TestingAgreement) -> Decision:
    """Give an agency's verdict on the current version."""
    table = first_refusal(AGREEMENT.may(agreement.status, "concur"), _alive(agreement))
    if not table:
        return table
    if not (mine := agencies_of(user, agreement)):
        return refuse("Only counsel of an agency gives its concurrence.", "Counsel of each agency that is a party can.")
    return _turn(agreement, mine)


def _turn(agreement: TestingAgreement, mine: list[Organisation]) -> Decision:
    """Where the agencies concur one after the other: it is one of theirs, or one of theirs has answered."""
    if agreement.concurrence_order != concurring.SEQUENCE:
        return ALLOWED
    rows = Concurrence.objects.filter(version=agreement.current_id, verdict=Concurrence.Verdict.CONCUR)
    done = set(rows.values_list("agency", flat=True))
    first = next((a for a in agreement.agencies if a.pk not in done), None)
    if first is None or first in mine or any(a.pk in done for a in mine):
        return ALLOWED
    return refuse(
        f"The agencies concur one after the other, in signing order, and {first.name} is asked now.",
        "Your counsel is told when it is your agency's turn.",
    )


def _at_agency(user: User, agreement: TestingAgreement) -> bool:
    return any(o.is_agency for o in acts_for(user, agreement, *DRAFTING))


def may_set_ways(user: User, agreement: TestingAgreement) -> Decision:
    """Say in which way the agencies concur: an agency, before they are asked."""
    if agreement.status not in ("draft", "in_negotiation"):
        words = f"The way of concurring cannot be changed while the state is “{AGREEMENT.label(agreement.status)}”."
        return refuse(words, "It can while the agreement is negotiated.")
    if _at_agency(user, agreement):
        return ALLOWED
    return refuse("The agencies say in which way they concur.", "A policy lead or counsel of an agency can.")


def may_refuse_concurrence(user: User, agreement: TestingAgreement) -> Decision:
    """Refuse it: the same person, in the same state."""
    return may_concur(user, agreement)


def may_open_for_signature(user: User, agreement: TestingAgreement) -> Decision:
    """Close the text and invite the signatories; the pre-checks come on top (queries.readiness)."""
    return _move(user, agreement, "open_for_signature", DRAFTING, WHO_DRAFTS)


def may_sign(user: User, agreement: TestingAgreement) -> Decision:
    """Sign now: state, turn, and duties apart."""
    return first_refusal(
        AGREEMENT.may(agreement.status, "sign"),
        _alive(agreement),
        turns.may_take_turn(agreement.plan, user),
        duties_apart(user, agreement),
    )


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
        return first_refusal(AGREEMENT.may(agreement.status, "reassign"), _not_executed(agreement))
    return refuse("There is nobody whom you could replace as a signatory.", WHO_REASSIGNS)


def may_replace(user: User, agreement: TestingAgreement, row: Signatory) -> Decision:
    """Name somebody else for this signatory: their own organisation, or they themselves, before they have signed."""
    table = first_refusal(AGREEMENT.may(agreement.status, "reassign"), _not_executed(agreement))
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
    return first_refusal(AGREEMENT.may(agreement.status, "decline_to_sign"), _not_executed(agreement), named)


def may_withdraw(user: User, agreement: TestingAgreement) -> Decision:
    """End it before it binds: every party, one step, until the last signature is made."""
    who = "A policy lead, counsel or signatory of a party can."
    return first_refusal(
        AGREEMENT.may(agreement.status, "withdraw"), _not_executed(agreement), _holds(user, agreement, SPEAKING, who)
    )


def _not_executed(agreement: TestingAgreement) -> Decision:
    if agreement.fully_executed_at is None:
        return ALLOWED
    return refuse("All parties have signed, so this step is closed.", "Give notice of termination once it is in force.")


def may_suspend(user: User, agreement: TestingAgreement) -> Decision:
    """Suspend an agreement in force."""
    return _move(user, agreement, "suspend", DRAFTING, WHO_DRAFTS)


def may_resume(user: User, agreement: TestingAgreement) -> Decision:
    """Resume: the organisation that suspended it."""
    table = AGREEMENT.may(agreement.status, "resume")
    if not table or any(o.pk == agreement.suspended_by_id for o in acts_for(user, agreement, *DRAFTING)):
        return table
    return refuse("Only the organisation that suspended the agreement can resume it.")


def may_terminate(user: User, agreement: TestingAgreement) -> Decision:
    """Give notice of termination."""
    given = ALLOWED
    if agreement.notice_given_at is not None:
        given = refuse(f"Notice was already given; the agreement ends on {agreement.terminates_on}.")
    return first_refusal(_move(user, agreement, "terminate", SPEAKING, "A policy lead or counsel can."), given)


def may_download(user: User, agreement: TestingAgreement) -> Decision:
    """Download the executed PDF: parties, their outside counsel with access, and oversight, once all have signed."""
    if agreement.fully_executed_at is None:
        return refuse("There is no executed copy yet: not everybody has signed.", "It can be downloaded afterwards.")
    if seats_of(user).is_auditor or acts_for(user, agreement) or grants.granted(user, agreement):
        return ALLOWED
    return refuse("Only the parties can download the executed copy.")


def decides_publicity(user: User, agreement: TestingAgreement) -> bool:
    """Whether this person decides who else may check the executed copy (transparency.may_publish says when)."""
    return seats_of(user).holds(agreement.developer_id, "counsel", "signatory")


def sees_access(user: User, agreement: TestingAgreement) -> bool:
    """Whether this person sees which outside counsel read it: the developer's own people only."""
    return seats_of(user).holds(agreement.developer_id)


def may_give_access(user: User, agreement: TestingAgreement) -> Decision:
    """Let the developer's outside counsel read this agreement, or take that back."""
    if seats_of(user).holds(agreement.developer_id, "administrator", "counsel"):
        return ALLOWED
    return refuse(
        "Only the developer's administrator or counsel gives its outside counsel access.",
        "They can, on the agreement's page.",
    )


def side_of(user: User, agreement: TestingAgreement) -> Organisation | None:
    """The organisation whose working draft and internal comments this person sees: the first party they sit in."""
    return next(iter(acts_for(user, agreement, *DRAFTING)), None) or next(iter(acts_for(user, agreement)), None)


def is_developer_side(organisation: Organisation, agreement: TestingAgreement) -> bool:
    """Whether the organisation is the agreement's developer."""
    role = next((r.role for r in agreement.party_rows if r.organisation_id == organisation.pk), "")
    return role == AgreementParty.Role.DEVELOPER


def may_edit_library(user: User) -> Decision:
    """Draft the next version of a library clause: counsel of any agency."""
    if any(o.is_agency for o in seats_of(user).with_role("counsel")):
        return ALLOWED
    return refuse("The clause library is edited by counsel of the agencies.", "Counsel of an agency can.")


def may_publish_clause(user: User, draft: ClauseDraft) -> Decision:
    """Publish it: another counsel than the one who edited it last, once asked, since it enters every later agreement."""
    first = may_edit_library(user)
    if not first:
        return first
    if draft.asked_at is None:
        return refuse("Nobody was asked to read this draft yet.", "Whoever edits it asks for a second reader.")
    if draft.edited_by_id == user.pk:
        return refuse("You edited this draft last, so somebody else publishes it.", "Counsel of any agency can.")
    return ALLOWED


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
