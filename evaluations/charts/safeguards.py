"""How the safeguards of each variant held: attack success, refusal and hijacking, one below the other for each suite."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from evaluations.charts.axis import LEFT, ROW, SHARES, TOP, frame, joined
from evaluations.charts.forest import Bar
from evaluations.charts.steps import tier

HEAD = 26


def safeguards(title: str, measures: Sequence[tuple[str, Sequence[Bar]]]) -> SafeString:
    """A heading for each measure with a bar for each variant; the variant stands beside its bar. "" without any."""
    if not measures:
        return SafeString("")
    drawn, y = [], TOP
    for name, bars in measures:
        drawn.append(format_html('<text class="c-plot__head" x="{}" y="{}">{}</text>', LEFT, y + 18, name))
        y += HEAD
        drawn += [tier(bar, y + ROW * i) for i, bar in enumerate(bars)]
        y += ROW * len(bars)
    return frame(title, SHARES, y - TOP, joined(drawn))
