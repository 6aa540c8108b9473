"""Reads about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import ApiToken, Invitation, Membership, Organisation, User
from accounts.roles import GUEST


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of organisations: one query for a page of rows, none for an empty page."""
    wanted = set(ids)
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Live members by name."""
    return (
        Membership.objects.filter(organisation=organisation, ended_at__isnull=True, user__is_active=True)
        .select_related("user")
        .order_by(Lower("user__name"))
    )


def people_page(
    organisation: Organisation, *, role: str = "", after: tuple[str, UUID] | None = None, size: int = 50
) -> list[Membership]:
    """The next live members by name, one more than asked for when there are others; `after` is the last one shown."""
    rows = people_of(organisation).annotate(by_name=Lower("user__name")).order_by("by_name", "id")
    if role:
        rows = rows.filter(roles__contains=[role])
    if after:
        name, key = after
        rows = rows.filter(Q(by_name__gt=name) | Q(by_name=name, pk__gt=key))
    return list(rows[: size + 1])


def waiting_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that nobody took up or took back, newest first; those that ran out lately stay, to be sent again."""
    rows = Invitation.objects.filter(organisation=organisation, accepted_at__isnull=True, revoked_at__isnull=True)
    lately = timezone.now() - timedelta(days=30)
    return rows.filter(expires_at__gt=lately).select_related("invited_by").order_by("-created_at")


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
