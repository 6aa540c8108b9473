"""What differs from allauth's defaults: nobody signs up without an invitation, agency people take passkeys only, and a
changed password or factor ends the person's other sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as of_request
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.seats import seats_of
from core import ports

FACTOR_MAILS = ("mfa/email/", "account/email/password_")


class Adapter(DefaultAccountAdapter):
    """Accounts are made by invitation or with a developer organisation, never by a bare sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: see accounts.views.accept and developers.views.register."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Record who signed in."""
        ports.record("accounts.signed_in", user, by=user)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """allauth calls this on every change of password or factor: the moment to end other sessions (R20)."""
        super().send_notification_mail(template_prefix, user, context, email)
        if template_prefix.startswith(FACTOR_MAILS):
            request = of_request.request
            end_sessions(user, keep=request.session.session_key if request else None)


class FactorAdapter(DefaultMFAAdapter):
    """Agency people sign in phishing-resistantly: no time-based codes for them (R14)."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last passkey of an agency person stays."""
        if not seats_of(authenticator.user).is_agency or authenticator.type != Authenticator.Type.WEBAUTHN:
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type=Authenticator.Type.WEBAUTHN)
        return bool(others.exclude(pk=authenticator.pk).exists())


def end_sessions(user: User, keep: str | None = None) -> None:
    """Sign a person out everywhere but in the session that is kept."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep or ""):
        session.end()
