"""Builds of one model in one suite, in the order in which they were measured, with the public models that they were compared
with. Never another developer's build: `measured` holds what its reader may read of this model alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evaluations import charts
from evaluations.rules.comparing import Measured

MOST_BUILDS, MOST_LINES = 8, 4


@dataclass(frozen=True)
class Public:
    """A public model's figure in a suite. When it was released does not stand in the record, so it is a line, not a point."""

    suite: str
    title: str
    variant: str
    name: str
    estimate: float
    n: int | None
    source: str


def over_time(measured: Iterable[Measured], public: Iterable[Public]) -> list[dict[str, Any]]:
    """For each suite, metric and variant in which two builds or more were measured: its rows, lines and plot."""
    found: dict[tuple[str, str, str], dict[str, Measured]] = {}
    for one in sorted((m for m in measured if m.suite and m.at), key=lambda m: (m.at is not None, m.at)):
        found.setdefault((one.suite, one.title, one.variant), {})[one.checkpoint] = one  # the last one of a build
    lines: dict[tuple[str, str, str], dict[str, Public]] = {}
    for line in public:
        lines.setdefault((line.suite, line.title, line.variant), {}).setdefault(line.name, line)
    return [
        _shown(list(builds.values())[-MOST_BUILDS:], list(lines.get(key, {}).values())[:MOST_LINES])
        for key, builds in sorted(found.items())
        if len(builds) > 1
    ]


def _shown(builds: list[Measured], public: list[Public]) -> dict[str, Any]:
    builds = sorted(builds, key=lambda m: (m.at is not None, m.at))
    title = f"{builds[0].suite}, {builds[0].variant_label}: {builds[0].title} by build"
    drawn = [
        charts.Build(m.checkpoint, m.at, m.estimate.value, m.estimate.low, m.estimate.high, m.estimate.n)
        for m in builds if m.at is not None
    ]  # fmt: skip
    return {
        "title": title,
        "rows": [
            {
                "checkpoint": m.checkpoint, "at": m.at, "assignment": m.assignment, "where": m.where, "estimate": m.estimate.value,
                "low": m.estimate.low, "high": m.estimate.high, "n": m.estimate.n, "small": charts.few(m.estimate.n),
            } for m in builds
        ],
        "public": [
            {"letter": charts.letter(i), "name": p.name, "estimate": p.estimate, "n": p.n, "small": charts.few(p.n), "source": p.source}
            for i, p in enumerate(public)
        ],
        "plot": charts.over_time(title, drawn, [p.estimate for p in public]),
    }  # fmt: skip
