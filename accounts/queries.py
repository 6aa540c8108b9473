"""Reads about people."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import ApiToken, Membership, Organisation, User
from accounts.roles import GUEST


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Live members by name."""
    return (
        Membership.objects.filter(organisation=organisation, ended_at__isnull=True, user__is_active=True)
        .select_related("user")
        .order_by(Lower("user__name"))
    )


def holders(organisation: Organisation, *roles: str) -> list[User]:
    """Active people with one of these roles in an organisation (any seat when none is named)."""
    rows = people_of(organisation) if roles else people_of(organisation).exclude(roles=[GUEST])
    if roles:
        rows = rows.filter(roles__overlap=list(roles))
    return [row.user for row in rows]


def tokens_of(organisation: Organisation, user: User | None) -> QuerySet[ApiToken]:
    """Tokens that still open something, newest first; of one person or, with None, of everybody here."""
    rows = ApiToken.objects.filter(organisation=organisation, revoked_at__isnull=True, expires_at__gt=timezone.now())
    return (rows if user is None else rows.filter(user=user)).select_related("user").order_by("-created_at")
