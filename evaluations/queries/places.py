"""The places of agencies on days: how many there are and are taken, how many each developer holds, and whose turn it is.

A place is held on the days of the request's window, and after testing until the report is due. Shares are by agency: a
developer's share is the number of places that its requests hold there on some day of the window in question. Where places are
short, the request whose developer has the smaller share comes first; among equals, the one that was made first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateField, F, Func, Q, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from agencies.models import TestingCapability
from agencies.queries import periods_on
from evaluations.models import EvaluationAssignment, PlaceTurn
from evaluations.rules.places import EVER, FOREVER, Days, Stretch, stretches, tightest
from evaluations.workflow import AFTER_TESTING, OCCUPIES_A_PLACE, ROUTABLE

Spans = dict[tuple[date, date], int]  # (first, last) → how many places
Place = tuple[int, datetime]  # in the line: the developer's share, when the request was made


@dataclass(frozen=True)
class Waiting:
    """An open turn."""

    request: UUID
    developer: UUID
    domains: frozenset[str]
    days: Days
    asked_at: datetime


class Places:
    """Read at once for some agencies and days; kept up to date while places are taken. Locked, two batches cannot take one
    last place."""

    def __init__(self, agencies: Iterable[UUID], days: Days, *, lock: bool = False) -> None:
        keys = list(agencies)
        self.capabilities: dict[UUID, list[TestingCapability]] = defaultdict(list)
        self._usual: dict[tuple[UUID, str], int] = {}
        rows = TestingCapability.objects.filter(agency__in=keys, is_active=True).order_by("id")
        for row in rows.select_for_update() if lock else rows:
            self.capabilities[row.agency_id].append(row)
            self._usual[row.agency_id, row.domain] = row.parallel_capacity
        self._periods = {
            key: [(row.starts_on, row.ends_on, row.places) for row in found]
            for key, found in periods_on(keys, days.first, days.last).items()
        }
        self._held: dict[tuple[UUID, str], Spans] = defaultdict(dict)
        self._by_developer: dict[tuple[UUID, UUID], Spans] = defaultdict(dict)
        for agency, developer, domain, first, last, many in _held_by(keys):
            self.take(agency, developer, [domain], Days(first or EVER, last or FOREVER), many)

    def take(self, agency: UUID, developer: UUID, domains: Sequence[str], days: Days, many: int = 1) -> None:
        """Places are taken on these days."""
        span, theirs = (days.first, days.last), self._by_developer[agency, developer]
        theirs[span] = theirs.get(span, 0) + many * len(domains)
        for domain in domains:
            held = self._held[agency, domain]
            held[span] = held.get(span, 0) + many

    def share(self, agency: UUID, developer: UUID, days: Days) -> int:
        """How many places the developer's requests hold at the agency on some of these days."""
        return sum(
            n for (first, last), n in self._by_developer.get((agency, developer), {}).items() if days.meet(first, last)
        )

    def on(self, agency: UUID, domain: str, days: Days, *, free: bool = False) -> Stretch:
        """The tightest of these days; `free`: as if nothing were taken."""
        return tightest(days, *self._of(agency, domain, free=free))

    def through(self, agency: UUID, domain: str, days: Days) -> list[Stretch]:
        """All of these days, cut where anything changes."""
        return stretches(days, *self._of(agency, domain))

    def _of(self, agency: UUID, domain: str, *, free: bool = False) -> tuple[int, Any, Any]:
        held = {} if free else self._held.get((agency, domain), {})
        spans = [(first, last, many) for (first, last), many in held.items()]
        return self._usual.get((agency, domain), 0), self._periods.get((agency, domain), ()), spans


def _held_by(agencies: Sequence[UUID]) -> Iterable[tuple[UUID, UUID, str, date | None, date | None, int]]:
    """(agency, developer, domain, first day, last day, how many) of what occupies a place. Runs where the agency's rows are
    seen."""
    today = timezone.now().date()
    last = Case(
        When(status__in=AFTER_TESTING, then=Coalesce(Cast("report_due_at", DateField()), F("tests_until"))),
        default=F("tests_until"),
    )
    rows = EvaluationAssignment.objects.filter(agency__in=agencies, status__in=OCCUPIES_A_PLACE)
    each = rows.values_list(
        "agency", "developer", Func(F("domains"), function="unnest"), "tests_from", last, Q(status__in=AFTER_TESTING)
    ).annotate(taken=Count("pk"))
    for agency, developer, domain, first, until, writing, many in each:
        yield agency, developer, domain, first, max(until, today) if writing and until else until, many


class Turns:
    """Who waits at some agencies, beside a batch of requests that is being placed."""

    def __init__(self, agencies: Iterable[UUID]) -> None:
        self._at: dict[UUID, list[Waiting]] = defaultdict(list)
        rows = PlaceTurn.objects.filter(agency__in=list(agencies), ended_at=None, request__status__in=ROUTABLE)
        for row in rows.filter(tests_until__gte=timezone.now().date()).order_by("asked_at", "request_id"):
            days = Days(row.tests_from, row.tests_until)
            one = Waiting(row.request_id, row.developer_id, frozenset(row.domains), days, row.asked_at)
            self._at[row.agency_id].append(one)

    def at(self, agency: UUID) -> list[Waiting]:
        """Those who wait there, the oldest request first."""
        return self._at.get(agency, [])

    def ahead(
        self, places: Places, agency: UUID, domain: str, days: Days, *, place: Place, but: Mapping[UUID, Any]
    ) -> int:  # fmt: skip
        """How many requests that wait for the same days come before this place in the line and could be placed now. A request
        that could not is nobody's obstacle. `but`: requests of the same batch, which is in order already."""
        return sum(
            1
            for one in self.at(agency)
            if one.request not in but
            and domain in one.domains
            and days.meet(one.days.first, one.days.last)
            and (places.share(agency, one.developer, one.days), one.asked_at) < place
            and places.on(agency, domain, one.days).free > 0
        )

    def placeable(self, places: Places, agency: UUID) -> list[Waiting]:
        """Those for whom a place is free in some domain."""
        return [
            one
            for one in self.at(agency)
            if any(places.on(agency, domain, one.days).free > 0 for domain in one.domains)
        ]
