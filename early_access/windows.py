"""All access windows of whoever is looking, and the same as a drawing without script: an agency reads those of the requests
that it reads, a developer its own. Blocked time and extensions stand in them as each side's policies let them be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.queries import names_of
from accounts.seats import seats_of
from agreements.axis import HEIGHT, LEFT, ROW, TOP, Axis, cut, drawing
from core.templatetags.concord import when
from developers.models import FrontierModel
from early_access.models import AccessWindow, BlockedTime, EarlyAccessRequest, WindowExtension
from early_access.rules import blocked as rules
from early_access.rules import dates
from early_access.workflow import EARLY_ACCESS_REQUEST, OPEN

MOST = 100
KEPT = timedelta(days=90)  # a window that closed longer ago stands on the page of its request
WITH_WINDOW = (*OPEN[1:], "closed", "withdrawn")
AHEAD = ("submitted", "acknowledged", "needs_information", "accepted")
HATCH = SafeString(
    '<defs><pattern id="c-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="c-hatch__ground" width="5" height="5"/><line class="c-hatch__line" y2="5"/></pattern></defs>'
)


@dataclass(frozen=True)
class Row:
    """One window. `whose` is the developer for an agency, the model for a developer; `was_until` the last day that was
    agreed first where an extension stands; `closed_at` when it closed; `blocked` the periods that the reader may read of."""

    reference: str
    whose: str
    status: str
    starts_on: date
    ends_on: date
    was_until: date | None
    closed_at: datetime | None
    longer_by_consent: bool
    blocked: tuple[rules.Period, ...]
    blocked_time: timedelta

    @property
    def url(self) -> str:
        """The request's page."""
        return reverse("early_access:request", args=[self.reference])

    @property
    def kind(self) -> str:
        """ "proposed" until both sides agreed on its dates, "over" once it closed or cannot open, else "agreed"."""
        if self.closed_at is not None or self.status not in (*AHEAD, "scheduled", "window_open"):
            return "over"
        return "proposed" if self.status in AHEAD else "agreed"

    @property
    def words(self) -> str:
        """What the drawing says of it when it is pointed at."""
        state = EARLY_ACCESS_REQUEST.label(self.status)
        return f"{self.reference} {self.whose}, {state}: {when(self.starts_on)} to {when(self.ends_on)}"

    @property
    def days(self) -> int:
        """Calendar days, both ends included."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def blocked_words(self) -> str:
        """How much time was blocked; "" for none."""
        return rules.in_words(self.blocked_time) if self.blocked else ""

    @property
    def closed_early(self) -> bool:
        """Whether it closed before its last day was over."""
        return self.closed_at is not None and self.closed_at < dates.closes_at(self.ends_on)


def read(user: User) -> list[Row]:
    """The person's windows by their first day, those that are over last; the same few queries for any number."""
    columns = ("reference", "status", "developer", "model")
    found = EarlyAccessRequest.objects.newest_for(user, columns=columns, size=MOST, only={"status": WITH_WINDOW})
    requests, now = {row["id"]: row for row in found}, timezone.now()
    windows = AccessWindow.objects.filter(request__in=requests)
    kept = {w.request_id: w for w in windows if not _long_over(w, requests[w.request_id]["status"], now)}
    named = _names(user, [requests[pk] for pk in kept])
    first, blocked = _agreed_first(kept), _blocked(user, kept, now)
    rows = [_row(window, requests[pk], named, first.get(pk), blocked.get(pk, ()), now) for pk, window in kept.items()]
    return sorted(rows, key=lambda row: (row.kind == "over", row.starts_on, row.reference))


def _long_over(window: AccessWindow, status: str, now: datetime) -> bool:
    if status in ("closed", "withdrawn") and window.opened_at is None:
        return True  # it never opened and never will
    return dates.closes_at(window.ends_on) < now - KEPT


def _row(
    window: AccessWindow, request: dict[str, Any], named: dict[UUID, str], was_until: date | None,
    blocked: Sequence[rules.Period], now: datetime,
) -> Row:  # fmt: skip
    start, end = dates.opens_at(window.starts_on), min(window.closed_at or now, dates.closes_at(window.ends_on))
    return Row(
        request["reference"], named[window.request_id], request["status"], window.starts_on, window.ends_on, was_until,
        window.closed_at, window.longer_by_consent, tuple(blocked), rules.total(blocked, start, end),
    )  # fmt: skip


def _names(user: User, requests: Sequence[dict[str, Any]]) -> dict[UUID, str]:
    """Request id → the developer's name, or for its own people the model's codename."""
    seats = seats_of(user)
    developers = names_of(row["developer"] for row in requests)
    models = FrontierModel.objects.filter(pk__in=[row["model"] for row in requests if seats.holds(row["developer"])])
    codenames = dict(models.values_list("pk", "codename"))
    return {row["id"]: codenames.get(row["model"]) or developers.get(row["developer"], "") for row in requests}


def _agreed_first(requests: Iterable[UUID]) -> dict[UUID, date]:
    """Request id → the last day before the first extension that stands."""
    rows = WindowExtension.objects.filter(request__in=list(requests), status="stands").order_by("-was_until")
    return dict(rows.values_list("request", "was_until"))  # the earliest is written last


def _blocked(user: User, requests: Iterable[UUID], now: datetime) -> dict[UUID, list[rules.Period]]:
    found: dict[UUID, list[rules.Period]] = defaultdict(list)
    rows = BlockedTime.objects.visible_to(user).filter(request__in=list(requests), struck_at__isnull=True)
    for request, began, ended in rows.order_by("began_at").values_list("request", "began_at", "ended_at"):
        found[request].append((began, ended or now))
    return found


def chart(rows: Sequence[Row], today: date) -> SafeString:
    """A bar per window on one axis, today as a line; "" without any. Filled: agreed. Dashed: proposed. Hollow: over, or not
    used since it closed early. Hatched: blocked. What an extension added is ruled off and paler. The table holds the same."""
    if not rows:
        return SafeString("")
    first = min([row.starts_on for row in rows] + [today]) - timedelta(days=3)
    last = max([row.ends_on for row in rows] + [today]) + timedelta(days=4)
    axis = Axis(first, last)
    label = "Access windows over time. The same days stand in the table."
    bars = [_bar(row, axis, TOP + ROW * i) for i, row in enumerate(rows)]
    return drawing(axis, today, label=label, bars=bars, defs=HATCH)


def _bar(row: Row, axis: Axis, y: int) -> SafeString:
    begin, end = axis.x(row.starts_on), axis.x(row.ends_on + timedelta(days=1))
    pieces = [_piece(begin, end, y, row.kind)]
    if row.closed_early and row.closed_at is not None:
        pieces.append(_piece(begin, axis.at(row.closed_at), y, "used"))
    if row.was_until:
        pieces.append(_piece(axis.x(row.was_until + timedelta(days=1)), end, y, "longer"))
    pieces += [
        _piece(axis.at(a), axis.at(b), y, "blocked", SafeString(' fill="url(#c-hatch)"')) for a, b in row.blocked
    ]
    return format_html(
        '<g><title>{}</title><text x="{}" y="{}">{}</text>{}</g>',
        row.words, LEFT, y + 16, cut(f"{row.reference} {row.whose}"),
        format_html_join("", "{}", ((piece,) for piece in pieces)),
    )  # fmt: skip


def _piece(begin: float, end: float, y: int, kind: str, fill: str = "") -> SafeString:
    return format_html(
        '<rect class="c-window c-window--{}" x="{}" y="{}" width="{}" height="{}"{}/>',
        kind, begin, y + 24, max(round(end - begin, 1), 2), HEIGHT, fill,
    )  # fmt: skip
