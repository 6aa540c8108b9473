"""An agency's calendar of places: one month, each domain cut into days on which the same number exists and is taken."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agencies.models import CapacityPeriod, TestingCapability
from agencies.queries import periods_on
from evaluations.charts_places import heat
from evaluations.queries.places import Places
from evaluations.rules.places import Days, Stretch

MONTHS_AHEAD = 36


@dataclass(frozen=True)
class Row:
    """One domain in a month."""

    capability: TestingCapability
    stretches: list[Stretch]
    periods: list[CapacityPeriod]


def calendars(user: User) -> list[Organisation]:
    """The agencies of this person that test something, the one looked at first."""
    mine = [seat.organisation for seat in seats_of(user).all if seat.organisation.is_agency]
    testing = set(TestingCapability.objects.filter(agency__in=mine, is_active=True).values_list("agency", flat=True))
    return [one for one in mine if one.pk in testing]


def month_asked(text: str) -> date:
    """The first day of the month of "2026-12"; this month for anything else, or too far away."""
    today = timezone.now().date().replace(day=1)
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today
    return asked if 0 <= _months(today, asked) <= MONTHS_AHEAD else today


def _months(first: date, other: date) -> int:
    return (other.year - first.year) * 12 + other.month - first.month


def _moved(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def calendar_of(agency: Organisation, first: date) -> dict[str, Any]:
    """The month as rows and as a drawing, with the neighbouring months."""
    days = Days(first, first.replace(day=monthrange(first.year, first.month)[1]))
    places, periods = Places([agency.pk], days), periods_on([agency.pk], days.first, days.last)
    rows = [
        Row(one, places.through(agency.pk, one.domain, days), periods.get((agency.pk, one.domain), []))
        for one in sorted(places.capabilities[agency.pk], key=lambda one: one.domain)
    ]
    ahead = _months(timezone.now().date().replace(day=1), first)
    drawn = heat(
        f"{agency.name}, {first:%B %Y}", days, [(r.capability.get_domain_display(), r.stretches) for r in rows]
    )
    return {
        "first": first, "rows": rows, "heat": drawn, "before": _moved(first, -1) if ahead > 0 else None,
        "after": _moved(first, 1) if ahead < MONTHS_AHEAD else None,
    }  # fmt: skip
