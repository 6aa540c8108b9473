"""What differs from allauth's defaults: nobody signs up without an invitation, and agency people take passkeys only."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.seats import seats_of


class Adapter(DefaultAccountAdapter):
    """Accounts are made by invitation or with a developer organisation, never by a bare sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: see accounts.views.accept and developers.views.register."""
        return False


class FactorAdapter(DefaultMFAAdapter):
    """Agency people sign in phishing-resistantly: no time-based codes for them (R14)."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor of an agency person stays."""
        if not seats_of(authenticator.user).is_agency or authenticator.type != Authenticator.Type.WEBAUTHN:
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type=Authenticator.Type.WEBAUTHN)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Codes of an agency person do not count."""
        if types and seats_of(user).is_agency:
            types = [t for t in types if t != Authenticator.Type.TOTP]
        return bool(super().is_mfa_enabled(user, types))
