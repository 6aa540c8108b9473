"""This room's rows of what is due: the end of access windows, return or destroy, and telling of a planned release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.seats import Seats
from agreements import queries as agreements
from early_access import queries
from early_access.models import AccessWindow, EarlyAccessRequest, ReleaseNotice, ReturnItem
from early_access.workflow import OPEN
from notifications.duties import Duty

MOST = 1000  # of each kind; the page shows a hundred at a time


def source(user: User, seats: Seats) -> Iterable[Duty]:
    """Bounded; an auditor has nothing due."""
    if not seats.all or seats.is_auditor:
        return
    yield from _windows(user)
    yield from _returns(user)
    yield from _releases(user)


def _windows(user: User) -> Iterable[Duty]:
    columns = ("reference", "developer")
    found = EarlyAccessRequest.objects.newest_for(user, columns=columns, size=MOST, only={"status": OPEN})
    rows = {row["id"]: row for row in found}
    for window in AccessWindow.objects.filter(request__in=rows, closed_at=None):
        row = rows[window.request_id]
        url = reverse("early_access:request", args=[row["reference"]])
        today = timezone.now().date()
        opens = window.opened_at is None and window.starts_on >= today
        words, day = ("The window opens", window.starts_on) if opens else ("The window closes", window.ends_on)
        yield Duty("Access window", words, row["reference"], url, day, row["developer"])


def _returns(user: User) -> Iterable[Duty]:
    rows = ReturnItem.objects.visible_to(user).filter(outcome="").select_related("request")
    for item in rows.order_by("due_on")[:MOST]:
        url = reverse("early_access:request", args=[item.request.reference])
        words = "Return or destroy, and say which"
        yield Duty(
            "Return or destroy", words, item.request.reference, url, item.due_on, item.developer_id, item.agency_id
        )


def _releases(user: User) -> Iterable[Duty]:
    """Days of notice before a planned release, as the agreements with the agencies of the request name them."""
    rows = list(ReleaseNotice.objects.visible_to(user).filter(status="planned").select_related("request")[:MOST])
    consented = queries.consented_of(row.request_id for row in rows)
    agencies = {agency for listed in consented.values() for agency in listed}
    among = agreements.in_force_among({row.developer_id for row in rows}, agencies, timezone.now())
    days = agreements.obligations(among.values(), "notice_before_release_days")
    for row in rows:
        governing = [among.get((row.developer_id, agency.pk)) for agency in consented[row.request_id]]
        notice = max((days.get(found.pk, 0) for found in governing if found), default=0)
        url = reverse("early_access:request", args=[row.request.reference])
        yield Duty(
            "Release notice", "Tell the agencies of the planned release", row.request.reference, url,
            row.release_on - timedelta(days=notice), row.developer_id, row.developer_id,
        )  # fmt: skip
