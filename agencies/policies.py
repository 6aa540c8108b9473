"""Who reads and keeps an agency's places, and says who keeps its key; each answer is a Decision."""

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


def may_read_custody(user: User, agency: Organisation) -> Decision:
    """Read who keeps an agency's key: its own people."""
    if seats_of(user).holds(agency.pk):
        return ALLOWED
    return refuse("Who keeps an agency's key is its own people's to read.")


def may_set_custody(user: User, agency: Organisation) -> Decision:
    """Say who keeps the key of an agency: its administrators."""
    if seats_of(user).holds(agency.pk, "administrator"):
        return ALLOWED
    return refuse("Only the agency's own administrators say who keeps its key.", f"Those of {agency.name} can.")
