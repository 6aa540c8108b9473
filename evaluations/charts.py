"""Plots as SVG text without styles or script: classes only, and every number stands in the table beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluations.statistics import SMALL

WIDTH, LEFT, RIGHT, ROW, TOP = 480, 12, 468, 46, 8
LONGEST = 52


@dataclass(frozen=True)
class Axis:
    """From where to where values are drawn, and which of them are written below."""

    low: float
    high: float
    ticks: tuple[float, ...]
    unit: str

    def x(self, value: float) -> float:
        """Where a value lies; what lies outside is drawn at the end."""
        share = (value - self.low) / (self.high - self.low)
        return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share)), 1)

    def words(self, value: float) -> str:
        """A tick, with a minus sign that is no hyphen."""
        return f"{round(value * 100)}{self.unit}".replace("-", "−")


SHARES = Axis(0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0), " %")
POINTS = Axis(-1.0, 1.0, (-1.0, -0.5, 0.0, 0.5, 1.0), "")  # the title says what they are


@dataclass(frozen=True)
class Bar:
    """One estimate, drawn as a point with its interval; a baseline is drawn hollow, fewer than 30 items grey."""

    label: str
    value: float
    low: float | None
    high: float | None
    n: int | None
    baseline: bool = False

    @property
    def classes(self) -> str:
        """How it is drawn; the words of the label and the table say the same."""
        kind = "c-plot__row c-plot__row--baseline" if self.baseline else "c-plot__row"
        return f"{kind} c-plot__row--small" if self.n is None or self.n < SMALL else kind

    @property
    def words(self) -> str:
        """The label with its figures."""
        name = self.label if len(self.label) <= LONGEST else f"{self.label[: LONGEST - 1]}…"
        return f"{name}, n = {'unknown' if self.n is None else self.n}"


def forest(title: str, bars: list[Bar], axis: Axis = SHARES) -> SafeString:
    """Estimates, or differences of two (`POINTS`), with their intervals, one row each; "" without any."""
    if not bars:
        return SafeString("")
    bottom = TOP + ROW * len(bars)
    return format_html(
        '<svg class="c-plot" viewBox="0 0 {} {}" role="img" aria-label="{}"><g class="c-plot__grid">{}</g>{}</svg>',
        WIDTH, bottom + 26, f"{title}. The same numbers stand in the table.",
        format_html_join("", '<line x1="{0}" y1="{1}" x2="{0}" y2="{2}"/><text x="{0}" y="{3}">{4}</text>',
                         ((axis.x(t), TOP, bottom, bottom + 18, axis.words(t)) for t in axis.ticks)),
        format_html_join("", "{}", ((_row(bar, TOP + ROW * i, axis),) for i, bar in enumerate(bars))),
    )  # fmt: skip


def _row(bar: Bar, y: int, axis: Axis) -> SafeString:
    middle, low, high = y + 32, bar.low, bar.high
    interval = (
        format_html('<line x1="{}" y1="{}" x2="{}" y2="{}"/>', axis.x(low), middle, axis.x(high), middle)
        if low is not None and high is not None
        else ""
    )
    return format_html(
        '<g class="{}"><text x="{}" y="{}">{}</text>{}<circle cx="{}" cy="{}" r="5"/></g>',
        bar.classes, LEFT, y + 16, bar.words, interval, axis.x(bar.value), middle,
    )  # fmt: skip
