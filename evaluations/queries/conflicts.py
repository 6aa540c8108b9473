"""Reads of conflicts of interest: who reads which, and what a form may name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import Membership, Organisation, User
from accounts.seats import seats_of
from evaluations.models import ConflictOfInterest
from evaluations.policies.conflicts import OFFICIALS

RELATED = ("agency", "developer", "person", "recorded_by", "ended_by")


def readable_conflicts(user: User) -> QuerySet[ConflictOfInterest, Any]:
    """One's own, and for counsel all of their agencies', newest first."""
    seats = seats_of(user)
    if not seats.is_agency:
        return ConflictOfInterest.objects.none()
    rows = ConflictOfInterest.objects.visible_to(user)
    mine = Q(person=user) | Q(agency__in=seats.with_role(*OFFICIALS))
    found: QuerySet[ConflictOfInterest, Any] = rows.filter(mine).select_related(*RELATED)
    return found.order_by("-created_at", "-id")


def conflict_of(user: User, pk: UUID) -> ConflictOfInterest:
    """The one of that id, when this person may read it; else the same 404 as for an id that never was."""
    found = readable_conflicts(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def people_of(agencies: list[Organisation]) -> list[tuple[str, str]]:
    """(id, name and agency) of the people of these agencies, for counsel to choose from."""
    rows = Membership.objects.filter(organisation__in=agencies, ended_at=None, user__is_active=True)
    found = {
        str(row.user_id): f"{row.user.name}, {row.organisation.name}"
        for row in rows.select_related("user", "organisation").order_by("user__name")
    }
    return list(found.items())


def member(user: UUID, agency: Organisation) -> User | None:
    """The person, if they work for the agency or the agency it belongs to."""
    homes = [pk for pk in (agency.pk, agency.parent_id) if pk]
    row = Membership.objects.filter(organisation__in=homes, ended_at=None, user_id=user).select_related("user").first()
    return row.user if row else None
