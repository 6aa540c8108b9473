"""One axis of time for drawings of bars without script: agreements in force, access windows. It knows nothing of either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, LEFT, RIGHT, ROW, TOP, HEIGHT = 480, 12, 468, 44, 8, 12
EDGE, LONGEST = 24, 46
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Axis:
    """Days to the width of the drawing."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands; what lies outside stands at the edge."""
        return self.at(_midnight(day))

    def at(self, moment: datetime) -> float:
        """Where an instant stands, within its day."""
        share = (moment - _midnight(self.first)) / max(_midnight(self.last) - _midnight(self.first), A_DAY)
        return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share)), 1)

    def under(self, day: date) -> float:
        """Where the middle of the day's word stands, which stays inside the drawing."""
        return min(max(self.x(day), EDGE), WIDTH - EDGE)

    def ticks(self) -> list[tuple[date, str]]:
        """First days of quarters, of years where there are many, of months or weeks where there are few: at most eight."""
        span = (self.last - self.first).days
        if span <= 70:
            weeks = [self.first + timedelta(days=n) for n in range(span + 1)]
            return [(day, f"{day.day} {day:%b}") for day in _thinned([day for day in weeks if day.weekday() == 0], 5)]
        months = [1] if span > 730 else [1, 4, 7, 10] if span > 300 else list(range(1, 13))
        days = [date(y, m, 1) for y in range(self.first.year, self.last.year + 1) for m in months]
        kept = _thinned([day for day in days if self.first <= day <= self.last], 8 if span > 300 else 5)
        return [(day, f"{day:%Y}" if months == [1] else f"{day:%b %Y}") for day in kept]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _thinned(days: list[date], most: int) -> list[date]:
    return days[:: 1 + (len(days) - 1) // most] if days else []


def drawing(axis: Axis, today: date, *, label: str, bars: Sequence[SafeString], defs: str = "") -> SafeString:
    """Bars under one another over the axis, today as a line. `label` is what a screen reader says; a table holds the rest.
    `defs` are patterns that the bars name."""
    bottom, now = TOP + ROW * len(bars), axis.x(today)
    return format_html(
        '<svg class="c-plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}<g class="c-plot__axis">{}</g>'
        '<g class="c-plot__now"><line x1="{}" y1="{}" x2="{}" y2="{}"/><text x="{}" y="{}">today</text></g>{}</svg>',
        WIDTH, bottom + 40, label, defs,
        format_html_join("", '<line x1="{0}" y1="{1}" x2="{0}" y2="{2}"/><text x="{3}" y="{4}">{5}</text>',
                         ((axis.x(day), TOP, bottom, axis.under(day), bottom + 18, words) for day, words in axis.ticks())),
        now, TOP, now, bottom + 22, axis.under(today), bottom + 34,
        format_html_join("", "{}", ((bar,) for bar in bars)),
    )  # fmt: skip


def cut(words: str) -> str:
    """What stands above a bar, no longer than the drawing is wide."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
