"""How many findings were in each state, over time: a strip for each state, as high as there were many."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluations.charts.axis import LEFT, RIGHT, joined, svg

STRIP, HIGH, TOP = 58, 30, 4


def states(title: str, moments: Sequence[str], strips: Sequence[tuple[str, Sequence[int]]]) -> SafeString:
    """Moments in words, oldest first, and for each state its name with a count for each moment; "" without any. All strips
    share one scale: the highest count of any state at any time."""
    if not moments or not strips:
        return SafeString("")
    most = max(max(counts) for _, counts in strips) or 1
    wide = (RIGHT - LEFT) / len(moments)
    drawn = joined(_strip(name, counts, most, wide, TOP + STRIP * i) for i, (name, counts) in enumerate(strips))
    bottom = TOP + STRIP * len(strips)
    ends = {0: moments[0], len(moments) - 1: moments[-1]}
    below = format_html_join("", '<text x="{}" y="{}">{}</text>', (
        (LEFT if at == 0 and len(ends) > 1 else RIGHT, bottom + 16, words) for at, words in ends.items()
    ))  # fmt: skip
    return svg(title, bottom + 24, format_html('<g class="c-plot__grid">{}</g>{}', below, drawn))


def _strip(name: str, counts: Sequence[int], most: int, wide: float, y: int) -> SafeString:
    floor = y + STRIP - 6
    bars = format_html_join("", '<rect class="c-plot__cell" x="{}" y="{}" width="{}" height="{}"/>', (
        (round(LEFT + wide * i, 1), round(floor - HIGH * n / most, 1), round(max(wide - 1, 1), 1), round(HIGH * n / most, 1))
        for i, n in enumerate(counts) if n
    ))  # fmt: skip
    highest = max(counts)
    words = f"{name}: {counts[-1]} now" + (f", {highest} at most" if highest != counts[-1] else "")
    return format_html(
        '<g><line class="c-plot__floor" x1="{}" y1="{}" x2="{}" y2="{}"/>{}<text x="{}" y="{}">{}</text></g>',
        LEFT, floor, RIGHT, floor, bars, LEFT, y + 14, words,
    )  # fmt: skip
