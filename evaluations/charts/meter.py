"""How complete a report is, as a row of marks for each group of criteria: full, half, empty, or crossed out."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from evaluations.charts.axis import LEFT, joined, svg

EACH, HIGH, LINE = 40, 16, 62


def meter(title: str, groups: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]) -> SafeString:
    """Groups as (name, counts in words, [(number of the criterion, its state)]). States as in rules/stream.py."""
    if not groups:
        return SafeString("")
    rows = joined(_group(name, words, marks, 6 + LINE * i) for i, (name, words, marks) in enumerate(groups))
    return svg(title, 6 + LINE * len(groups), format_html('<g class="c-plot__meter">{}</g>', rows))


def _group(name: str, words: str, marks: Sequence[tuple[str, str]], y: int) -> SafeString:
    drawn = joined(_mark(number, state, LEFT + EACH * i, y + 21) for i, (number, state) in enumerate(marks))
    return format_html(
        '<text x="{}" y="{}">{}<tspan class="c-plot__n" dx="6">{}</tspan></text>{}', LEFT, y + 13, name, words, drawn
    )


def _mark(number: str, state: str, x: int, y: int) -> SafeString:
    wide = EACH - 8
    inside = SafeString("")
    if state in ("complete", "partial"):
        inside = format_html(
            '<rect class="c-plot__done" x="{}" y="{}" width="{}" height="{}"/>', x, y, wide if state == "complete" else wide / 2, HIGH
        )  # fmt: skip
    elif state == "not_applicable":
        inside = format_html('<line x1="{}" y1="{}" x2="{}" y2="{}"/>', x, y + HIGH, x + wide, y)
    return format_html(
        '<rect class="c-plot__cell--open" x="{0}" y="{1}" width="{2}" height="{3}"/>{4}<text class="c-plot__n" x="{0}" y="{5}">{6}</text>',
        x, y, wide, HIGH, inside, y + HIGH + 14, number,
    )  # fmt: skip
