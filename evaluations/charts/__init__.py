"""Plots as SVG text without styles or script: classes only, and every number stands in the table beside it."""

from evaluations.charts.axis import POINTS, SHARES, Axis
from evaluations.charts.forest import Bar, forest
from evaluations.charts.steps import Budget, Ladder, Pair, curve, ladder, pairs, short, tiers
from evaluations.statistics import SMALL

__all__ = [
    "POINTS",
    "SHARES",
    "SMALL",
    "Axis",
    "Bar",
    "Budget",
    "Ladder",
    "Pair",
    "curve",
    "forest",
    "ladder",
    "pairs",
    "short",
    "tiers",
]
