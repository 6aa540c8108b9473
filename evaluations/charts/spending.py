"""What a solved task cost: tokens as bars with their interval, dollars in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from evaluations.charts.axis import LEFT, ROW, TOP, Axis, counted, frame, interval, joined, labelled, tone
from evaluations.charts.steps import BAR, short


@dataclass(frozen=True)
class Spent:
    """Tokens of a run for each task that it solved. `each` is None where none was solved; `high` where it has no bound."""

    label: str
    n: int
    solved: int
    each: float | None
    low: float | None
    high: float | None
    dollars: str = ""

    @property
    def words(self) -> str:
        """What stands under the label."""
        found = (
            "none solved"
            if self.each is None
            else f"{short(round(self.each)) if self.each >= 1000 else f'{self.each:.1f}'} tokens"
        )
        return ", ".join(filter(None, (found, self.dollars, f"{self.solved} solved, {counted(self.n)}")))


@dataclass(frozen=True)
class _InTokens(Axis):
    def words(self, value: float) -> str:
        """A number of tokens."""
        return short(round(value))


def spending(title: str, rows: Sequence[Spent]) -> SafeString:
    """A bar for each run from zero; "" without any. A bound of an interval that lies beyond the axis ends at its end."""
    ends = [row.each for row in rows if row.each]
    if not rows or not ends:
        return SafeString("")
    most = _round_up(max(ends) * 1.25)
    axis = _InTokens(0.0, most, tuple(most * quarter / 4 for quarter in range(5)), "")
    drawn = joined(_row(row, TOP + ROW * i, axis) for i, row in enumerate(rows))
    return frame(title, axis, ROW * len(rows), drawn)


def _row(row: Spent, y: int, axis: _InTokens) -> SafeString:
    top = y + 39
    bar = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}"/><g class="c-plot__through">{}</g>',
        LEFT, top, round(axis.x(row.each) - LEFT, 1), BAR,
        interval(row.low, axis.high if row.high is None else row.high, top + BAR // 2, axis),
    ) if row.each is not None else SafeString("")  # fmt: skip
    return format_html('<g class="{}">{}{}</g>', tone("c-plot__tier", row.n), labelled(row.label, y, row.words), bar)


def _round_up(value: float) -> float:
    """The next of 1, 2, 4, 6, 8, 10 times a power of ten."""
    power = 10 ** math.floor(math.log10(value))
    return float(next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value))
