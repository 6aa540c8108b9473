"""Look-up of people and organisations for administrators."""

from __future__ import annotations

from django.contrib import admin

from accounts.models import Invitation, Membership, Organisation, User
from core.admin import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Find a person."""

    list_display = ("name", "email", "post", "is_active", "is_staff", "last_login")
    search_fields = ("name", "email")
    exclude = ("password",)


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
