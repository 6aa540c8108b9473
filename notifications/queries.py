"""Reads of notices and of what people wish to be mailed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from accounts.models import User
from notifications.kinds import KINDS, NoticeKind
from notifications.models import CalendarFeed, MailPreference, Notice

How = MailPreference.How


def newest(user: User, size: int) -> list[Notice]:
    """A person's newest notices."""
    return list(Notice.objects.filter(user=user).order_by("-created_at", "-id")[:size])


def wishes(people: Iterable[User], kind: str) -> dict[UUID, str]:
    """How these people want notices of that kind, where they said so."""
    found = MailPreference.objects.filter(user__in=list(people), kind=kind)
    return dict(found.values_list("user_id", "how"))


def preferences(user: User) -> list[dict[str, Any]]:
    """The kinds that this person may receive, by label, each with how they want it and what they can choose."""
    said = dict(MailPreference.objects.filter(user=user).values_list("kind", "how"))
    rows = []
    for kind in sorted(KINDS.values(), key=lambda one: one.label):
        if user.is_staff or not kind.name.startswith("jobs."):
            can = choices(kind)
            how = said.get(kind.name, can[0])
            rows.append(
                {
                    "kind": kind.name,
                    "label": kind.label,
                    "choices": [(value, label, value == how) for value, label in How.choices if value in can],
                }
            )
    return [row for row in rows if len(row["choices"]) > 1]


def choices(kind: NoticeKind) -> list[str]:
    """The ways in which people may have notices of a kind; the first is how they come unless somebody says otherwise."""
    can = [How.MAIL.value] if kind.mailed else []
    return [*can, How.PAGE.value, *([How.OFF.value] if kind.optional else [])]


def feed_of(user: User) -> CalendarFeed | None:
    """The person's calendar feed, if they have one."""
    return CalendarFeed.objects.filter(user=user).first()


def feed_behind(token_hash: str) -> CalendarFeed | None:
    """The feed whose address hashes to this, for whoever holds the address (`rls.holding`)."""
    return CalendarFeed.objects.select_related("user").filter(token_hash=token_hash).first()
