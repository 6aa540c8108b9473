"""How many places are left on which days: pure arithmetic over days, first and last included. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
EVER = date.min
FOREVER = date.max


@dataclass(frozen=True)
class Days:
    """A first and a last day."""

    first: date
    last: date

    def meet(self, first: date, last: date) -> bool:
        """Whether a day is in both."""
        return first <= self.last and last >= self.first


@dataclass(frozen=True)
class Stretch:
    """Days in a row on which the same number of places exists and is taken."""

    first: date
    last: date
    places: int
    taken: int

    @property
    def free(self) -> int:
        """Places left; below nought where more is assigned than there is room for."""
        return self.places - self.taken


def stretches(
    days: Days, usual: int, periods: Iterable[tuple[date, date, int]], held: Iterable[tuple[date, date, int]]
) -> list[Stretch]:
    """The days cut where anything changes. `periods`: (first, last, places instead of the usual ones), sharing no day;
    `held`: (first, last, how many places)."""
    places, taken = [p for p in periods if days.meet(p[0], p[1])], [h for h in held if days.meet(h[0], h[1])]
    cuts = {days.first}
    for first, last, _ in (*places, *taken):
        if first > days.first:
            cuts.add(first)
        if last < days.last:
            cuts.add(last + DAY)
    begins = sorted(cuts)
    found: list[Stretch] = []
    for n, first in enumerate(begins):
        last = begins[n + 1] - DAY if n + 1 < len(begins) else days.last
        here = next((p for f, u, p in places if f <= first <= u), usual)
        one = Stretch(first, last, here, sum(many for f, u, many in taken if f <= first <= u))
        if found and (found[-1].places, found[-1].taken) == (one.places, one.taken):
            one = Stretch(found.pop().first, last, one.places, one.taken)
        found.append(one)
    return found


def tightest(
    days: Days, usual: int, periods: Iterable[tuple[date, date, int]], held: Iterable[tuple[date, date, int]]
) -> Stretch:
    """The first stretch with the fewest places left: whatever takes these days needs a place on each of them."""
    return min(stretches(days, usual, periods, held), key=lambda one: one.free)


def overloads(found: Iterable[Stretch]) -> list[Stretch]:
    """Where more is assigned than there is room for."""
    return [one for one in found if one.free < 0]
