"""Pages of people and organisations, by subject."""

from accounts.views.looking import find, look_at
from accounts.views.organisation import accept, invite, member, organisation, renew_invitation, revoke_invitation
from accounts.views.profile import end_session, profile
from accounts.views.tokens import issue_token, revoke_token, tokens

__all__ = [
    "accept",
    "end_session",
    "find",
    "invite",
    "issue_token",
    "look_at",
    "member",
    "organisation",
    "profile",
    "renew_invitation",
    "revoke_invitation",
    "revoke_token",
    "tokens",
]
