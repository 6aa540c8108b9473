"""What is in force with whom, until when, and what each agreement obliges; and the same as a drawing without script.

A developer reads its own agreements by agency, an agency those with its developers: one list, by who is looking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.seats import seats_of
from agreements.axis import HEIGHT, LEFT, ROW, TOP, Axis, cut, drawing
from agreements.in_effect import duties_of
from agreements.models import AgreementParty, Instrument, Obligation, TestingAgreement
from agreements.obligations import KINDS
from agreements.workflow import AGREEMENT, BINDING

MOST = 200
COLUMNS = (
    "reference",
    "title",
    "instrument",
    "status",
    "developer",
    "effective_on",
    "expires_on",
    "terminates_on",
    "current",
    "amended",
)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Duty:
    """One thing that an agreement obliges to, in words."""

    label: str
    value: int
    shown: int | str
    options: list[str]
    unit: str
    survives: bool


@dataclass(frozen=True)
class Row:
    """One binding agreement. `ends_on` is the day of a notice given, else of its expiry; None: no end is agreed."""

    reference: str
    title: str
    instrument: str
    status: str
    partners: tuple[str, ...]
    starts_on: date
    ends_on: date | None
    by_notice: bool
    duties: tuple[Duty, ...]

    @property
    def url(self) -> str:
        """Its page."""
        return f"/agreements/{self.reference}/"

    @property
    def words(self) -> str:
        """What stands above its bar; the table names all parties."""
        more = len(self.partners) - 1
        name = f"{self.reference} with {self.partners[0] if self.partners else 'nobody'}"
        name = cut(name)
        return f"{name} and {more} more" if more > 0 else name

    @property
    def while_it_lasts(self) -> list[Duty]:
        """Duties that end with it."""
        return [duty for duty in self.duties if not duty.survives]

    @property
    def after_its_end(self) -> list[Duty]:
        """Duties that outlive it."""
        return [duty for duty in self.duties if duty.survives]


def read(user: User) -> list[Row]:
    """The person's binding agreements by the day they end, those without an end last; four queries for any number."""
    found = TestingAgreement.objects.newest_for(user, columns=COLUMNS, size=MOST, only={"status": BINDING})
    partners, leaving = _partners(user, [row["id"] for row in found])
    found = [row for row in found if leaving.get(row["id"], Leaving()).still_party]
    duties = _duties(found)
    rows = [
        Row(
            row["reference"], row["title"], str(Instrument(row["instrument"]).label), row["status"],
            tuple(partners[row["id"]]), row["effective_on"] or row["created_at"].date(),
            *ends(row, leaving.get(row["id"], Leaving()).on), tuple(duties[row["id"]]),
        )
        for row in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.ends_on or date.max, row.reference))


@dataclass(frozen=True)
class Leaving:
    """Whether the reader's organisations are party to it still, and the last day of their part where all leave."""

    still_party: bool = True
    on: date | None = None


def ends(row: Mapping[str, Any], leaves_on: date | None) -> tuple[date | None, bool]:
    """The day on which it ends for the reader, and whether a notice says so: of termination, or that they leave."""
    noticed = min((day for day in (row["terminates_on"], leaves_on) if day), default=None)
    return noticed or row["expires_on"], noticed is not None


def leavings(user: User, keys: Sequence[UUID]) -> dict[UUID, Leaving]:
    """Agreement id → how the reader's part in it stands; without the agreements to which they are no party."""
    rows = AgreementParty.objects.filter(target__in=keys, organisation__in=seats_of(user).ids)
    found: dict[UUID, list[tuple[Any, date | None]]] = defaultdict(list)
    for target, left, on in rows.values_list("target", "left_at", "leaves_on"):
        found[target].append((left, on))
    return {key: _leaving(parts) for key, parts in found.items()}


def _leaving(parts: Sequence[tuple[Any, date | None]]) -> Leaving:
    days = [on for left, on in parts if left is None]
    return Leaving(bool(days), max((day for day in days if day), default=None) if all(days) else None)


def replaceable(user: User) -> list[TestingAgreement]:
    """Agreements in force that a new one could replace, newest first: those whose parties this person drafts for."""
    rows = TestingAgreement.objects.visible_to(user).filter(status__in=BINDING, amends=None).order_by("-created_at")
    seats = seats_of(user)
    return [
        row
        for row in rows.prefetch_related("parties__organisation")[:MOST]
        if any(not p.left_at and seats.holds(p.organisation_id, "drafter", "counsel") for p in row.party_rows)
    ]


def _partners(user: User, keys: Sequence[UUID]) -> tuple[dict[UUID, list[str]], dict[UUID, Leaving]]:
    """The parties that are not the reader's own organisations, the developer first, without those that left; and how
    the reader's own part stands."""
    own, found = set(seats_of(user).ids), defaultdict(list)
    parts: dict[UUID, list[tuple[Any, date | None]]] = defaultdict(list)
    rows = AgreementParty.objects.filter(target__in=keys).order_by("-role", "organisation__name")
    columns = ("target", "organisation", "organisation__name", "left_at", "leaves_on")
    for target, party, name, left, on in rows.values_list(*columns):
        if party in own:
            parts[target].append((left, on))
        elif left is None:
            found[target].append(name)
    return found, {key: _leaving(rows) for key, rows in parts.items()}


def _duties(found: Sequence[dict[str, Any]]) -> dict[UUID, list[Duty]]:
    """Agreement id → its duties today: as signed, or as its amendments have made them."""
    versions, amended = {row["id"]: row["current"] for row in found}, [row["id"] for row in found if row["amended"]]
    return {key: [_duty(row) for row in rows] for key, rows in duties_of(versions, amended).items()}


def _duty(row: Obligation) -> Duty:
    kind = KINDS[row.kind]
    return Duty(kind.label, row.value, row.shown, row.options, kind.unit, row.survives)


def chart(rows: Sequence[Row], today: date) -> SafeString:
    """A bar per agreement on one axis of time, today as a line; "" without any. A suspended one is hollow, one without
    an end runs to the edge and ends in a point. The table holds the same."""
    if not rows:
        return SafeString("")
    first = min([row.starts_on for row in rows] + [today]) - timedelta(days=14)
    last = max([row.ends_on for row in rows if row.ends_on] + [today + YEAR]) + timedelta(days=14)
    axis = Axis(first, last)
    label = "Agreements in force over time. The same days stand in the table."
    return drawing(axis, today, label=label, bars=[_bar(row, axis, TOP + ROW * i) for i, row in enumerate(rows)])


def _bar(row: Row, axis: Axis, y: int) -> SafeString:
    begin, end, top = axis.x(row.starts_on), axis.x(row.ends_on or axis.last), y + 24
    classes = "c-plot__bar c-plot__bar--suspended" if row.status == "suspended" else "c-plot__bar"
    until = f"until {row.ends_on:%-d %b %Y}" if row.ends_on else "without an end"
    point = "" if row.ends_on else format_html('<path d="M{} {} l9 {} l-9 {} z"/>', end, top, HEIGHT // 2, HEIGHT // 2)
    return format_html(
        '<g class="{}"><title>{}</title><text x="{}" y="{}">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="2"/>{}</g>',
        classes, f"{row.words}, {AGREEMENT.label(row.status)}, {until}", LEFT, y + 16, row.words,
        begin, top, max(round(end - begin, 1), 3), HEIGHT, point,
    )  # fmt: skip
