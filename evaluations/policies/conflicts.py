"""Who takes no part in tests of a developer, and who may say so; each answer is a Decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, refuse
from evaluations.models import ConflictOfInterest, EvaluationAssignment

OFFICIALS = ("counsel",)  # an agency's ethics officials sit with its counsel
WHO = "Counsel of the agency can."
STANDS = "A conflict of interest with this developer is recorded for you, so you take no part in its tests."


def conflicts_of(user: User) -> frozenset[UUID]:
    """The developers with which this person has a conflict, remembered on the instance for the request."""
    if not seats_of(user).is_agency:
        return frozenset()
    known: frozenset[UUID] | None = getattr(user, "_conflicts", None)
    if known is None:
        rows = ConflictOfInterest.objects.filter(person=user, ended_at=None)
        known = frozenset(rows.values_list("developer_id", flat=True))
        user._conflicts = known  # type: ignore[attr-defined]  # the memory of this function
    return known


def forget_conflicts(user: User) -> None:
    """Ask anew: before a decision under a lock, and after a conflict was written."""
    if hasattr(user, "_conflicts"):
        del user._conflicts


def conflicted(developer: UUID) -> QuerySet[ConflictOfInterest, Any]:
    """Ids of the people who have a conflict with a developer, as far as the context sees them, as a subquery."""
    rows = ConflictOfInterest.objects.filter(developer=developer, ended_at=None, person__isnull=False)
    return rows.values("person")


def no_conflict(user: User, developer: UUID) -> Decision:
    """Whether the person may take part in tests of a developer at all."""
    return (
        refuse(STANDS, "Your agency's counsel can end it when it no longer holds.")
        if developer in conflicts_of(user)
        else ALLOWED
    )


def may_see(user: User, assignment: EvaluationAssignment) -> Decision:
    """Open the page of an assignment that is visible to one's side."""
    return no_conflict(user, assignment.developer_id)


def may_declare(user: User, agency: Organisation) -> Decision:
    """Declare a conflict of one's own, at an agency that one works for."""
    if agency.is_agency and seats_of(user).holds(agency.pk):
        return ALLOWED
    return refuse("A conflict of interest is declared at one's own agency.")


def may_record(user: User, agency: Organisation) -> Decision:
    """Record one for somebody else, or recuse the whole agency."""
    if agency.is_agency and seats_of(user).holds(agency.pk, *OFFICIALS):
        return ALLOWED
    return refuse("Only the agency's counsel records a conflict for somebody else or recuses the agency.", WHO)


def may_read_conflict(user: User, conflict: ConflictOfInterest) -> Decision:
    """Read why: the person, and the agency's counsel."""
    if conflict.person_id == user.pk or seats_of(user).holds(conflict.agency_id, *OFFICIALS):
        return ALLOWED
    return refuse("Only the person and the agency's counsel read a conflict of interest.")


def may_end_conflict(user: User, conflict: ConflictOfInterest) -> Decision:
    """Say that it no longer holds: counsel, never the person it is about."""
    if conflict.ended_at is not None:
        return refuse("This conflict has ended.")
    if not seats_of(user).holds(conflict.agency_id, *OFFICIALS):
        return refuse("Only the agency's counsel ends a conflict of interest.", WHO)
    if conflict.person_id == user.pk:
        return refuse("Nobody ends a conflict of their own.", "Another counsel of the agency can.")
    return ALLOWED
