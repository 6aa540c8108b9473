"""The room's rows of the inbox, computed from agreements that are open (or closed of late) for this person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.seats import Seats
from agreements import moves
from agreements.models import TestingAgreement
from agreements.workflow import AGREEMENT, BEFORE_FORCE
from notifications.inbox import CLOSED, WAITING, YOURS, InboxItem

MOST = 50
LATELY = timedelta(days=30)


def source(user: User, seats: Seats) -> Iterable[InboxItem]:
    """Your move, waiting on others, recently closed; bounded."""
    if not seats.all or seats.is_auditor:
        return []
    rows = TestingAgreement.objects.visible_to(user).filter(status__in=BEFORE_FORCE)
    open_rows = list(rows.select_related("current").prefetch_related(*moves.PREFETCH).order_by("-created_at")[:MOST])
    items = [_open(agreement, user) for agreement in open_rows]
    since = timezone.now() - LATELY
    lately = Q(fully_executed_at__gte=since) | Q(status="withdrawn", created_at__gte=since)
    done = TestingAgreement.objects.visible_to(user).filter(lately).exclude(status__in=BEFORE_FORCE)
    items += [
        InboxItem(CLOSED, f"{a.reference} {a.title}", a.get_absolute_url(), AGREEMENT.label(a.status), "Agreement")
        for a in done.order_by("-created_at")[:MOST]
    ]
    return items


def _open(agreement: TestingAgreement, user: User) -> InboxItem:
    mine = moves.is_mine(agreement, user)
    why = moves.heading(agreement, user)
    return InboxItem(YOURS if mine else WAITING, f"{agreement.reference} {agreement.title}",
                     agreement.get_absolute_url(), why, "Agreement")  # fmt: skip
