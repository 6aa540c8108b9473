"""Who starts, drafts, sends and amends, and why not."""

from __future__ import annotations

from accounts.models import User
from accounts.seats import seats_of
from agreements.models import TestingAgreement
from agreements.policies.base import DRAFTING, WHO_DRAFTS, alive, holds, move
from agreements.rules import amendable
from agreements.workflow import AGREEMENT
from core.decisions import ALLOWED, Decision, first_refusal, refuse


def may_start(user: User) -> Decision:
    """Start an agreement for one of the organisations in which the person drafts."""
    if seats_of(user).with_role(*DRAFTING):
        return ALLOWED
    return refuse("Starting an agreement is for policy leads and counsel.", "Ask one of them in your organisation.")


def may_amend(user: User, agreement: TestingAgreement) -> Decision:
    """Draft an amendment of an agreement that binds: either side."""
    return first_refusal(amendable.amends(agreement), holds(user, agreement, DRAFTING, WHO_DRAFTS))


def may_renew(user: User, agreement: TestingAgreement) -> Decision:
    """Draft an amendment that makes the term longer, unless notice was given."""
    return first_refusal(may_amend(user, agreement), amendable.renews(agreement))


def may_edit(user: User, agreement: TestingAgreement) -> Decision:
    """Work on the draft, or on a next version while it is negotiated."""
    if not (living := alive(agreement)):
        return living
    if agreement.status not in ("draft", "in_negotiation"):
        words = f"The text cannot be changed while the state is “{AGREEMENT.label(agreement.status)}”."
        return refuse(words, "Return it with comments first; that reopens the negotiation.")
    return holds(user, agreement, DRAFTING, WHO_DRAFTS)


def may_be_here(user: User, agreement: TestingAgreement) -> Decision:
    """Be seen by one's own side, and see who of it is there, while words of the agreement are written."""
    if agreement.status not in ("draft", "in_negotiation", "in_clearance"):
        return refuse("Nobody writes at this text any more.")
    return holds(user, agreement, DRAFTING, WHO_DRAFTS)


def may_send(user: User, agreement: TestingAgreement) -> Decision:
    """Send the draft to the other parties."""
    return move(user, agreement, "send", DRAFTING, WHO_DRAFTS)


def may_propose_version(user: User, agreement: TestingAgreement) -> Decision:
    """Freeze the working draft as the next version."""
    return move(user, agreement, "propose_version", DRAFTING, WHO_DRAFTS)
