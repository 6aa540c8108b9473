"""Who edits and publishes the clause library, and why not."""

from __future__ import annotations

from accounts.models import User
from accounts.seats import seats_of
from agreements.models import ClauseDraft
from core.decisions import ALLOWED, Decision, refuse


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
