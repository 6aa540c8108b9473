"""Who reads and keeps an agency's places; each answer is a Decision."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, refuse


def may_read_capacity(user: User, agency: Organisation) -> Decision:
    """Read an agency's calendar of places: its own people."""
    if seats_of(user).holds(agency.pk):
        return ALLOWED
    return refuse("An agency's places are its own people's to read.")


def may_keep_capacity(user: User, agency: Organisation) -> Decision:
    """Say how many places an agency has: its routing officers, who answer for its capacity."""
    if seats_of(user).holds(agency.pk, "router"):
        return ALLOWED
    return refuse("Only the agency's own routing officers say how many places it has.", f"Those of {agency.name} can.")
