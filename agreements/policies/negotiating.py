"""Who comments, suggests and decides on deviations, and why not."""

from __future__ import annotations

from accounts.models import Organisation, User
from agreements.models import ClauseComment, ClauseSuggestion, TestingAgreement
from agreements.policies.base import DRAFTING, WHO_DRAFTS, acts_for, holds, is_developer_side, side_of
from agreements.policies.drafting import may_edit
from agreements.rules.deviations import APPROVERS, named
from agreements.workflow import SUGGESTION
from core.decisions import ALLOWED, Decision, first_refusal, refuse


def may_comment(user: User, agreement: TestingAgreement) -> Decision:
    """Comment on a clause."""
    if agreement.status not in ("in_negotiation", "in_clearance"):
        return refuse("Comments are made while an agreement is in negotiation or in clearance.")
    return holds(user, agreement, DRAFTING, WHO_DRAFTS)


def may_change_comment(user: User, comment: ClauseComment) -> Decision:
    """Change a comment before it is sent: its author."""
    return first_refusal(may_discard_comment(user, comment), may_comment(user, comment.agreement))


def may_discard_comment(user: User, comment: ClauseComment) -> Decision:
    """Throw it away before it is sent: its author, whatever became of the agreement."""
    if not comment.is_kept:
        return refuse("The comment was sent, and what was sent does not change.", "You can reply to it.")
    if comment.author_id != user.pk:
        return refuse("A comment that is not sent belongs to its author.")
    return ALLOWED


def may_resolve_comment(user: User, comment: ClauseComment) -> Decision:
    """Say that a thread is settled: whoever reads it and drafts for a party."""
    settled = refuse("The comment is resolved already.") if comment.resolved_at else ALLOWED
    return first_refusal(_settles(comment), settled, may_comment(user, comment.agreement))


def may_reopen_comment(user: User, comment: ClauseComment) -> Decision:
    """Say that it is not settled after all: the same people."""
    unsettled = ALLOWED if comment.resolved_at else refuse("The comment is not resolved.")
    return first_refusal(_settles(comment), unsettled, may_comment(user, comment.agreement))


def _settles(comment: ClauseComment) -> Decision:
    if comment.is_kept:
        return refuse("The comment was not sent yet.", "Send it, or discard it.")
    if comment.in_reply_to_id is not None:
        return refuse("A reply is settled with the comment that it answers.", "Resolve that one.")
    if comment.deviation_id is not None:
        return refuse("This is the reason of a decision; it stands on record.")
    return ALLOWED


def may_suggest(user: User, agreement: TestingAgreement) -> Decision:
    """Suggest other words for a clause."""
    if agreement.status not in ("in_negotiation", "in_clearance"):
        return refuse("Suggestions are made while an agreement is in negotiation or in clearance.")
    return holds(user, agreement, DRAFTING, WHO_DRAFTS)


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
        return first_refusal(table, holds(user, suggestion.agreement, DRAFTING, WHO_DRAFTS))
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
