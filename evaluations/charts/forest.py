"""Estimates with their intervals, one below the other, beside what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from evaluations.charts.axis import ROW, SHARES, TOP, Axis, counted, frame, interval, joined, labelled, point, tone


@dataclass(frozen=True)
class Bar:
    """One estimate, drawn as a point with its interval; a baseline is drawn hollow, fewer than 30 items as a grey lozenge."""

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


def forest(title: str, bars: list[Bar], axis: Axis = SHARES) -> SafeString:
    """Estimates, or differences of two (`POINTS`), with their intervals, one row each; "" without any."""
    if not bars:
        return SafeString("")
    rows = joined(_row(bar, TOP + ROW * i, axis) for i, bar in enumerate(bars))
    return frame(title, axis, ROW * len(bars), rows)


def _row(bar: Bar, y: int, axis: Axis) -> SafeString:
    middle = y + 46
    return format_html(
        '<g class="{}">{}{}{}</g>',
        bar.classes, labelled(bar.label, y, counted(bar.n)), interval(bar.low, bar.high, middle, axis),
        point(axis.x(bar.value), middle, bar.n),
    )  # fmt: skip
