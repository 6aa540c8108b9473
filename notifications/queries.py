"""Reads of notices and of what people wish to be mailed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from accounts.models import User
from notifications.kinds import KINDS
from notifications.models import MailPreference, Notice


def newest(user: User, size: int) -> list[Notice]:
    """A person's newest notices."""
    return list(Notice.objects.filter(user=user).order_by("-created_at", "-id")[:size])


def unmailed(people: Iterable[User], kind: str) -> set[UUID]:
    """Which of these people do not want notices of that kind by mail."""
    found = MailPreference.objects.filter(user__in=list(people), kind=kind, mailed=False)
    return set(found.values_list("user_id", flat=True))


def preferences(user: User) -> list[dict[str, Any]]:
    """Each kind that can be mailed, by label, and whether this person is mailed it."""
    off = set(MailPreference.objects.filter(user=user, mailed=False).values_list("kind", flat=True))
    rows = [
        {"kind": k.name, "label": k.label, "mailed": k.name not in off}
        for k in KINDS.values()
        if k.mailed and (user.is_staff or not k.name.startswith("jobs."))
    ]
    return sorted(rows, key=lambda row: str(row["label"]))
