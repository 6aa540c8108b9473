"""Sign-in of programs: `Authorization: Bearer concord_…`, bound to one organisation, in the row-level context too."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import actions
from accounts.models import ApiToken, User
from accounts.seats import bind
from core import rls

REFUSED = (
    "This token does not open anything. It may be mistyped, expired or revoked; "
    "issue a new one at /organisation/tokens/."
)


class TokenAuthentication(BaseAuthentication):
    """Finds the token by its hash, then continues the transaction as its person, at home in its organisation only."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """(person, token), or None when the call carries no bearer token."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        digest = actions.api_token_hash(text.strip())
        with rls.holding(digest):
            token = ApiToken.objects.select_related("user").filter(token_hash=digest).first()
        if token is None or not token.is_live or not token.user.is_active:
            raise AuthenticationFailed(REFUSED)
        rls.become(token.user.pk, token.organisation_id)
        if not bind(token.user, token.organisation_id).holds(token.organisation_id):
            raise AuthenticationFailed(REFUSED)
        actions.note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="concord"'
