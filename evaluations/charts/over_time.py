"""How builds of one model did in one suite over time, with what public models reach as lines across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluations.charts.axis import LEFT, RIGHT, SHARES, TOP, counted, cut, joined, point, svg, tone

HIGH, LABELS, LONGEST = 200, 40, 16


@dataclass(frozen=True)
class Build:
    """One build as it was measured."""

    label: str
    at: datetime
    value: float
    low: float
    high: float
    n: int


def over_time(title: str, builds: Sequence[Build], public: Sequence[float] = ()) -> SafeString:
    """Builds at equal distances in the order in which they were measured, each over its name and n, so that no two labels
    meet; a dashed line for each public model, with its letter (A, B, …) at the right end. "" below two builds."""
    if len(builds) < 2:
        return SafeString("")
    left, right = LEFT + 40, RIGHT - 14 * len(public)
    wide = (right - left) / len(builds)

    def y(share: float) -> float:
        return round(TOP + 8 + HIGH * (1 - share), 1)

    grid = format_html_join(
        "", '<line x1="{0}" y1="{2}" x2="{1}" y2="{2}"/><text x="{3}" y="{4}">{5}</text>',
        ((left, right, y(t), LEFT, y(t) + 4, SHARES.words(t)) for t in SHARES.ticks),
    )  # fmt: skip
    across = format_html_join(
        "", '<line x1="{0}" y1="{2}" x2="{1}" y2="{2}"/><text x="{3}" y="{4}">{5}</text>',
        ((left, right + 14 * i + 2, y(share), right + 14 * (i + 1), y(share) + 4, letter(i)) for i, share in enumerate(public)),
    )  # fmt: skip
    drawn = joined(_build(one, round(left + wide * (i + 0.5), 1), y, i) for i, one in enumerate(builds))
    return svg(title, TOP + HIGH + 8 + LABELS * 2, format_html(
        '<g class="c-plot__levels">{}</g><g class="c-plot__across">{}</g>{}', grid, across, drawn,
    ))  # fmt: skip


def letter(at: int) -> str:
    """0 → "A": how a public model is called beside its line."""
    return chr(ord("A") + at)


def _build(one: Build, x: float, place: Callable[[float], float], at: int) -> SafeString:
    below = TOP + HIGH + 28 + (LABELS if at % 2 else 0)
    return format_html(
        '<g class="{}"><line x1="{}" y1="{}" x2="{}" y2="{}"/>{}<g class="c-plot__axis"><text x="{}" y="{}">{}</text>'
        '<text x="{}" y="{}">{}</text></g></g>',
        tone("c-plot__row", one.n), x, place(one.low), x, place(one.high), point(x, place(one.value), one.n),
        x, below, cut(one.label, LONGEST), x, below + 15, counted(one.n).replace("fewer than ", "< "),
    )  # fmt: skip
