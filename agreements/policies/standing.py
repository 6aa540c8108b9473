"""Who ends, suspends, downloads an agreement or lets others read it, and why not."""

from __future__ import annotations

from accounts import grants
from accounts.models import User
from accounts.seats import seats_of
from agreements.models import TestingAgreement
from agreements.policies.base import DRAFTING, SPEAKING, WHO_DRAFTS, acts_for, holds, move, not_executed
from agreements.policies.leaving import others_stay
from agreements.workflow import AGREEMENT
from core.decisions import ALLOWED, Decision, first_refusal, refuse


def may_withdraw(user: User, agreement: TestingAgreement) -> Decision:
    """End it before it binds: every party, one step, until the last signature is made."""
    who = "A policy lead, counsel or signatory of a party can."
    return first_refusal(
        AGREEMENT.may(agreement.status, "withdraw"), not_executed(agreement), holds(user, agreement, SPEAKING, who)
    )


def may_suspend(user: User, agreement: TestingAgreement) -> Decision:
    """Suspend an agreement in force."""
    return move(user, agreement, "suspend", DRAFTING, WHO_DRAFTS)


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
    elif others_stay(user, agreement) and not acts_for_developer(user, agreement):
        given = refuse(
            "Other agencies are parties: your agency leaves, and they go on.", "Leave the agreement instead."
        )
    return first_refusal(move(user, agreement, "terminate", SPEAKING, "A policy lead or counsel can."), given)


def acts_for_developer(user: User, agreement: TestingAgreement) -> bool:
    """Whether this person speaks for the developer."""
    return seats_of(user).holds(agreement.developer_id, *SPEAKING)


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
