"""Who may let strangers check an agreement; each answer is a Decision."""

from __future__ import annotations

from accounts.models import User
from agreements.models import TestingAgreement
from agreements.policies import decides_publicity
from core.decisions import ALLOWED, Decision, refuse


def may_publish(user: User, agreement: TestingAgreement) -> Decision:
    """Let anybody who holds the executed copy have it confirmed, or take that back."""
    if not decides_publicity(user, agreement):
        return refuse(
            "Whether strangers may check this agreement is the developer’s decision.",
            "Its counsel or signatory decides.",
        )
    if agreement.fully_executed_at is None:
        return refuse("There is no executed copy yet: not everybody has signed.")
    return ALLOWED
