"""Who reads posts and their incumbents, and who concurs with an appointment; why not."""

from __future__ import annotations

from accounts.models import User
from accounts.seats import seats_of
from agreements.models import Incumbency, Post
from core.decisions import ALLOWED, Decision, refuse


def may_read_post(user: User, row: Post | Incumbency) -> Decision:
    """Its own people, and oversight."""
    seats = seats_of(user)
    if seats.holds(row.organisation_id) or seats.is_auditor:
        return ALLOWED
    return refuse("Posts and who holds them are read in their own organisation.")


def may_concur_with_incumbency(user: User, row: Incumbency) -> Decision:
    """Counsel of its organisation, who neither recorded it nor holds the post; once, while it can still be used."""
    if row.concurred_at is not None or row.ended_by_id is not None:
        return refuse("Nothing waits here: counsel has concurred, or the appointment was ended.")
    if not seats_of(user).holds(row.organisation_id, "counsel"):
        return refuse("Counsel concurs with an appointment.", "Counsel of the organisation can.")
    if user.pk in (row.person_id, row.recorded_by_id):
        return refuse(
            "You recorded this appointment or hold the post.", "Another counsel of the organisation can concur."
        )
    return ALLOWED
