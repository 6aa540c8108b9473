"""What every plot shares: the frame with its grid, and where a value lies. SVG text without styles or script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluations.statistics import SMALL

WIDTH, LEFT, RIGHT, ROW, TOP = 480, 12, 468, 60, 8
LONGEST = 58
FEW = f"fewer than {SMALL}"


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


def frame(title: str, axis: Axis, height: int, drawn: SafeString) -> SafeString:
    """A plot of that height (without its ticks) over the grid of an axis; its title is what a screen reader says."""
    bottom = TOP + height
    ticks = ((axis.x(t), TOP, bottom, bottom + 18, axis.words(t)) for t in axis.ticks)
    grid = format_html_join("", '<line x1="{0}" y1="{1}" x2="{0}" y2="{2}"/><text x="{0}" y="{3}">{4}</text>', ticks)
    return svg(title, bottom + 26, format_html('<g class="c-plot__grid">{}</g>{}', grid, drawn))


def svg(title: str, height: int, drawn: SafeString) -> SafeString:
    """The element itself."""
    return format_html(
        '<svg class="c-plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH, height, f"{title}. The same numbers stand in the table.", drawn,
    )  # fmt: skip


def cut(label: str, longest: int = LONGEST) -> str:
    """A label that fits above its row. What is too long loses its middle: rows of one run differ at their ends."""
    if len(label) <= longest:
        return label
    head = (longest - 1) // 2
    return f"{label[:head].rstrip()}…{label[head + 1 - longest :].lstrip()}"


def tone(name: str, n: int | None) -> str:
    """The class of a row, grey where fewer than 30 items (or an unknown number) were counted."""
    return f"{name} c-plot__row--small" if few(n) else name


def few(n: int | None) -> bool:
    """Whether an estimate stands on fewer than 30 items, or on an unknown number."""
    return n is None or n < SMALL


def counted(n: int | None) -> str:
    """n in words, with what is drawn by another shape: "n = 12, fewer than 30"."""
    if n is None:
        return "n not known"
    return f"n = {n}, {FEW}" if few(n) else f"n = {n}"


def labelled(label: str, y: int, below: str) -> SafeString:
    """A row's label, and under it what it stands on: n is never cut off with the label."""
    return format_html(
        '<text x="{0}" y="{1}">{2}</text><text class="c-plot__n" x="{0}" y="{3}">{4}</text>',
        LEFT, y + 14, cut(label), y + 31, below,
    )  # fmt: skip


def point(x: float, y: float, n: int | None) -> SafeString:
    """A dot; a lozenge where fewer than 30 items were counted, so that it is told without colour."""
    if few(n):
        return format_html('<path class="c-plot__few" d="M{} {}l7 7l-7 7l-7-7z"/>', x, y - 7)
    return format_html('<circle cx="{}" cy="{}" r="5"/>', x, y)


def interval(low: float | None, high: float | None, y: float, axis: Axis) -> SafeString:
    """A line from end to end of an interval; nothing where it is not known."""
    if low is None or high is None:
        return SafeString("")
    return format_html('<line x1="{}" y1="{}" x2="{}" y2="{}"/>', axis.x(low), y, axis.x(high), y)


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Drawn one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))
