"""Look-up of people and organisations for administrators."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts import actions
from accounts.models import ApiToken, Invitation, Membership, Organisation, User
from core.admin import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Find a person."""

    list_display = ("name", "email", "post", "is_active", "is_staff", "last_login")
    search_fields = ("name", "email")
    exclude = ("password",)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Closing and reopening accounts, through the same action as everywhere."""
        return {
            "close": (UserAdmin.close, "close", "Close the chosen accounts"),
            "reopen": (UserAdmin.reopen, "reopen", "Reopen the chosen accounts"),
        }

    def close(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Access ends at each person's next request."""
        for person in queryset:
            actions.set_active(person=person, active=False, by=request.user)  # type: ignore[arg-type]  # signed in

    def reopen(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Let people in again."""
        for person in queryset:
            actions.set_active(person=person, active=True, by=request.user)  # type: ignore[arg-type]  # signed in


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """Find an organisation."""

    list_display = ("name", "kind", "slug", "parent")
    list_filter = ("kind",)
    search_fields = ("name", "slug")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who sits where, with which roles."""

    list_display = ("user", "organisation", "roles", "ended_at")
    search_fields = ("user__name", "user__email", "organisation__name")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Invitations and what became of them."""

    list_display = ("email", "organisation", "roles", "expires_at", "accepted_at", "revoked_at")
    search_fields = ("email", "organisation__name")
    exclude = ("token_hash",)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Whose tokens exist, never what they are."""

    list_display = ("hint", "name", "user", "organisation", "scope", "expires_at", "last_used_on", "revoked_at")
    search_fields = ("hint", "name", "user__email", "organisation__name")
    exclude = ("token_hash",)


# What the libraries register can be changed there: with an address of one's own on somebody's account, or with their
# factors, an administrator could sign in as them. Here all of it is read, and never a secret of it.
for library in ("django.contrib.auth", "allauth.account", "allauth.mfa", "allauth.usersessions"):
    import_module(f"{library}.admin")
for registered in (EmailAddress, Authenticator, UserSession, Group):
    admin.site.unregister(registered)


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    """Which addresses are proved."""

    list_display = ("email", "user", "verified", "primary")
    search_fields = ("email", "user__name")


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Who has which kind of second factor, since when; never what it is."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__name", "user__email")
    exclude = ("data",)


@admin.register(UserSession)
class UserSessionAdmin(ReadOnlyAdmin):
    """Where people are signed in, without the key of the session."""

    list_display = ("user", "ip", "created_at", "last_seen_at")
    search_fields = ("user__name", "user__email", "ip")
    exclude = ("session_key", "data")
