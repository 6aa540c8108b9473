"""Tiers as bars, attempts at a range as ladders of steps, success against tokens, and what was claimed beside what was measured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluations.charts.axis import (
    LEFT,
    RIGHT,
    ROW,
    SHARES,
    TOP,
    Axis,
    counted,
    cut,
    frame,
    interval,
    joined,
    labelled,
    point,
    svg,
    tone,
)
from evaluations.charts.forest import Bar

BAR, STEP_ROW, CELLS, CURVE = 12, 34, 60, 200


def tiers(title: str, bars: Sequence[Bar]) -> SafeString:
    """One bar per tier from zero, with its interval as a line through its end; "" without any."""
    if not bars:
        return SafeString("")
    return frame(title, SHARES, ROW * len(bars), joined(tier(bar, TOP + ROW * i) for i, bar in enumerate(bars)))


def tier(bar: Bar, y: int) -> SafeString:
    """One bar from zero with its interval."""
    top = y + 39
    return format_html(
        '<g class="{}">{}<rect x="{}" y="{}" width="{}" height="{}"/><g class="c-plot__through">{}</g></g>',
        tone("c-plot__tier", bar.n), labelled(bar.label, y, counted(bar.n)), LEFT, top,
        round(SHARES.x(bar.value) - LEFT, 1), BAR, interval(bar.low, bar.high, top + BAR // 2, SHARES),
    )  # fmt: skip


@dataclass(frozen=True)
class Ladder:
    """One attempt: how many of the range's steps it reached."""

    label: str
    reached: int
    total: int


def ladder(title: str, attempts: Sequence[Ladder]) -> SafeString:
    """A row per attempt with its steps as cells, up to 60 of them, else as one bar; a dashed line at the mean."""
    if not attempts:
        return SafeString("")
    height = STEP_ROW * len(attempts)
    mean = sum(one.reached / one.total for one in attempts) / len(attempts)
    at, bottom = SHARES.x(mean), TOP + height
    rows = joined(_attempt(one, TOP + STEP_ROW * i) for i, one in enumerate(attempts))
    line = format_html('<g class="c-plot__now"><line x1="{0}" y1="{1}" x2="{0}" y2="{2}"/></g>', at, TOP, bottom)
    return frame(title, _steps(attempts[0].total), height, format_html("{}{}", rows, line))


def _steps(total: int) -> Axis:
    """Written in steps, drawn as shares of them."""
    return _InSteps(
        0.0, 1.0, tuple(dict.fromkeys(round(total * q) / total for q in (0, 0.25, 0.5, 0.75, 1))), "", total
    )


@dataclass(frozen=True)
class _InSteps(Axis):
    total: int = 1

    def words(self, value: float) -> str:
        """A number of steps."""
        return str(round(value * self.total))


def _attempt(one: Ladder, y: int) -> SafeString:
    top, width = y + 18, RIGHT - LEFT
    if one.total <= CELLS:
        each = width / one.total
        cells = [(round(LEFT + each * n, 1), round(max(each - 1.5, 1), 1), n < one.reached) for n in range(one.total)]
    else:
        done = round(width * one.reached / one.total, 1)
        cells = [(LEFT, done, True), (LEFT + done, round(width - done, 1), False)]
    drawn = format_html_join(
        "", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (("c-plot__cell" if reached else "c-plot__cell c-plot__cell--open", x, top, wide, BAR) for x, wide, reached in cells if wide),
    )  # fmt: skip
    return format_html('<g><text x="{}" y="{}">{}</text>{}</g>', LEFT, y + 13, cut(one.label), drawn)


@dataclass(frozen=True)
class Budget:
    """The share that was solved within so many tokens, with its interval."""

    tokens: int
    share: float
    low: float
    high: float


def curve(title: str, budgets: Sequence[Budget]) -> SafeString:
    """Success against tokens on a logarithmic axis: a step line with the interval at each budget. "" below two budgets."""
    if len(budgets) < 2:
        return SafeString("")
    first, last = math.log10(budgets[0].tokens), math.log10(budgets[-1].tokens)
    left, span = LEFT + 34, RIGHT - LEFT - 46

    def x(tokens: int) -> float:
        return round(left + span * ((math.log10(tokens) - first) / (last - first)), 1)

    def y(share: float) -> float:
        return round(TOP + 6 + CURVE * (1 - share), 1)

    path = f"M{x(budgets[0].tokens)} {y(0)}" + "".join(f"H{x(b.tokens)}V{y(b.share)}" for b in budgets)
    whiskers = joined(
        format_html('<line x1="{0}" y1="{1}" x2="{0}" y2="{2}"/><line x1="{4}" y1="{1}" x2="{5}" y2="{1}"/>'
                    '<line x1="{4}" y1="{2}" x2="{5}" y2="{2}"/><circle cx="{0}" cy="{3}" r="4"/>',
                    x(b.tokens), y(b.low), y(b.high), y(b.share), x(b.tokens) - 5, x(b.tokens) + 5) for b in budgets
    )  # fmt: skip
    grid = format_html_join(
        "", '<line x1="{0}" y1="{2}" x2="{1}" y2="{2}"/><text x="{3}" y="{4}">{5}</text>',
        ((left, RIGHT, y(t), LEFT, y(t) + 4, SHARES.words(t)) for t in SHARES.ticks),
    )  # fmt: skip
    shown = [budgets[0], *budgets[1:-1][len(budgets) // 2 - 1 : len(budgets) // 2], budgets[-1]]
    below = format_html_join(
        "", '<text x="{}" y="{}">{}</text>', ((x(b.tokens), y(0) + 20, short(b.tokens)) for b in shown)
    )
    return svg(title, TOP + CURVE + 36, format_html(
        '<g class="c-plot__levels">{}</g><g class="c-plot__grid">{}</g><g class="c-plot__curve"><path d="{}"/>{}</g>',
        grid, below, path, whiskers,
    ))  # fmt: skip


def short(tokens: int) -> str:
    """12,400 → "12.4 k"."""
    for size, unit in ((1_000_000, " M"), (1_000, " k")):
        if tokens >= size:
            return f"{tokens / size:.3g}{unit}"
    return str(tokens)


@dataclass(frozen=True)
class Pair:
    """A figure that was claimed, and what was measured with its interval."""

    label: str
    claimed: float
    measured: float
    low: float
    high: float
    n: int
    claimed_n: int | None = None


def pairs(title: str, rows: Sequence[Pair]) -> SafeString:
    """Claimed hollow, measured full, joined by a dashed line where they lie apart; "" without any."""
    if not rows:
        return SafeString("")
    return frame(title, SHARES, ROW * len(rows), joined(_pair(row, TOP + ROW * i) for i, row in enumerate(rows)))


def _pair(row: Pair, y: int) -> SafeString:
    middle, claimed, measured = y + 46, SHARES.x(row.claimed), SHARES.x(row.measured)
    return format_html(
        '<g class="{}">{}{}{}</g><g class="c-plot__row c-plot__row--baseline">'
        '<line class="c-plot__gap" x1="{}" y1="{}" x2="{}" y2="{}"/>{}</g>',
        tone("c-plot__row", row.n), labelled(row.label, y, f"Measured: {counted(row.n)}. Claimed: {counted(row.claimed_n)}"),
        interval(row.low, row.high, middle, SHARES), point(measured, middle, row.n),
        measured, middle, claimed, middle, point(claimed, middle, row.claimed_n),
    )  # fmt: skip
