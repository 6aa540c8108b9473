"""Places of a month as SVG text: a row for each domain, a cell for each day. Classes only; the table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluations.rules.places import Days, Stretch

LEFT, CELL, HEIGHT, ROW, TOP = 4, 15, 20, 46, 4


def level(one: Stretch) -> str:
    """How full a day is, in a word."""
    if one.free < 0:
        return "over"
    if one.places == 0:
        return "closed"
    if one.free == 0:
        return "full"
    return "some" if one.taken else "free"


def heat(title: str, days: Days, rows: Sequence[tuple[str, Sequence[Stretch]]]) -> SafeString:
    """The drawing; "" without any row."""
    if not rows:
        return SafeString("")
    many, bottom = (days.last - days.first).days + 1, TOP + ROW * len(rows)
    ticks = (((LEFT + CELL * n + CELL / 2), bottom + 14, n + 1) for n in range(0, many, 7))
    return format_html(
        '<svg class="c-plot c-heat" viewBox="0 0 {} {}" role="img" aria-label="{}">{}<g class="c-heat__axis">{}</g></svg>',
        LEFT * 2 + CELL * 31, bottom + 22, f"{title}. The same numbers stand in the table.",
        format_html_join("", "{}", ((_row(label, found, days, TOP + ROW * n),) for n, (label, found) in enumerate(rows))),
        format_html_join("", '<text x="{}" y="{}">{}</text>', ticks),
    )  # fmt: skip


def _row(label: str, found: Sequence[Stretch], days: Days, y: int) -> SafeString:
    cells = (
        (level(one), LEFT + CELL * ((one.first - days.first).days + n), y + 18, CELL - 2, HEIGHT)
        for one in found
        for n in range((one.last - one.first).days + 1)
    )
    return format_html(
        '<text x="{}" y="{}">{}</text>{}', LEFT, y + 12, label,
        format_html_join("", '<rect class="c-heat__{}" x="{}" y="{}" width="{}" height="{}"/>', cells),
    )  # fmt: skip
