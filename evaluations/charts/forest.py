"""Estimates with their intervals, one below the other, beside what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluations.charts.axis import LEFT, ROW, SHARES, TOP, Axis, cut, frame, tone


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
        return tone("c-plot__row c-plot__row--baseline" if self.baseline else "c-plot__row", self.n)

    @property
    def words(self) -> str:
        """The label with its figures."""
        return f"{cut(self.label)}, n = {'unknown' if self.n is None else self.n}"


def forest(title: str, bars: list[Bar], axis: Axis = SHARES) -> SafeString:
    """Estimates, or differences of two (`POINTS`), with their intervals, one row each; "" without any."""
    if not bars:
        return SafeString("")
    rows = format_html_join("", "{}", ((_row(bar, TOP + ROW * i, axis),) for i, bar in enumerate(bars)))
    return frame(title, axis, ROW * len(bars), rows)


def _row(bar: Bar, y: int, axis: Axis) -> SafeString:
    middle = y + 32
    return format_html(
        '<g class="{}"><text x="{}" y="{}">{}</text>{}<circle cx="{}" cy="{}" r="5"/></g>',
        bar.classes, LEFT, y + 16, bar.words, interval(bar.low, bar.high, middle, axis), axis.x(bar.value), middle,
    )  # fmt: skip


def interval(low: float | None, high: float | None, y: int, axis: Axis) -> SafeString:
    """A line from end to end of an interval; nothing where it is not known."""
    if low is None or high is None:
        return SafeString("")
    return format_html('<line x1="{}" y1="{}" x2="{}" y2="{}"/>', axis.x(low), y, axis.x(high), y)
