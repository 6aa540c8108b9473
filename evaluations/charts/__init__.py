"""Plots as SVG text without styles or script: classes only, and every number stands in the table beside it."""

from evaluations.charts.axis import FEW, POINTS, SHARES, Axis, few
from evaluations.charts.forest import Bar, forest
from evaluations.charts.meter import meter
from evaluations.charts.over_time import Build, letter, over_time
from evaluations.charts.safeguards import safeguards
from evaluations.charts.spending import Spent, spending
from evaluations.charts.states import states
from evaluations.charts.steps import Budget, Ladder, Pair, curve, ladder, pairs, short, tiers
from evaluations.statistics import SMALL

__all__ = [
    "FEW",
    "POINTS",
    "SHARES",
    "SMALL",
    "Axis",
    "Bar",
    "Budget",
    "Build",
    "Ladder",
    "Pair",
    "Spent",
    "curve",
    "few",
    "forest",
    "ladder",
    "letter",
    "meter",
    "over_time",
    "pairs",
    "safeguards",
    "short",
    "spending",
    "states",
    "tiers",
]
