"""The plots of runs beside their estimates, each with the numbers of its table: for a page as SVG, for the API as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evaluations import charts
from evaluations.rules.tiers import budgets, by_range, by_tier
from evaluations.statistics import wilson

MOST_CURVES = 12


@dataclass(frozen=True)
class Drawn:
    """What is drawn of one run. `items` is empty for a developer, who reads nothing by item."""

    name: str
    results: list[dict[str, Any]]
    ranges: list[dict[str, Any]]
    items: list[dict[str, Any]] = field(default_factory=list)
    scorers: tuple[str, ...] = ()


def plots(runs: Iterable[Drawn]) -> dict[str, Any]:
    """For a page: each plot with its title, its SVG and the rows of its table."""
    data = plotted(runs)
    return {
        "tiers": [{**one, "plot": charts.tiers(one["title"], [_bar(t) for t in one["rows"]])} for one in data["tiers"]],
        "ranges": [{**one, "plot": charts.ladder(one["title"], _ladders(one))} for one in data["ranges"]],
        "curves": [{**one, "plot": _curve(one)} for one in data["success_against_tokens"]],
    }


def plotted(runs: Iterable[Drawn]) -> dict[str, list[dict[str, Any]]]:
    """The same as plain data."""
    runs = list(runs)
    return {
        "tiers": [_tier(run, title, rows) for run in runs for title, rows in by_tier(run.results).items()],
        "ranges": [_range(run, name, rows) for run in runs for name, rows in by_range(run.ranges).items()],
        "success_against_tokens": [
            {"title": f"{run.name}: {scorer or 'solved'} against tokens", "n": found[0]["n"], "rows": found}
            for run in runs for scorer in run.scorers if len(found := budgets(run.items, scorer)) > 1
        ][:MOST_CURVES],
    }  # fmt: skip


def claimed_plot(claims: list[dict[str, Any]]) -> str:
    """What was claimed beside what was measured."""
    rows = [
        charts.Pair(c["name"], c["claimed"]["estimate"], c["measured"]["estimate"], c["measured"]["low"],
                    c["measured"]["high"], c["measured"]["n"]) for c in claims
    ]  # fmt: skip
    return charts.pairs("Claimed and measured", rows)


def _tier(run: Drawn, title: str, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    kept = ("estimate", "low", "high", "n", "method", "level", "small")
    return {
        "title": f"{run.name}: {title} by tier",
        "rows": [{"tier": r["slice"].capitalize()} | {name: r[name] for name in kept} for r in rows],
    }


def _range(run: Drawn, name: str, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    total = rows[0]["steps_total"]
    done = wilson(sum(r["steps_reached"] == total for r in rows), len(rows))
    return {
        "title": f"{run.name}: steps of {name}", "steps_total": total, "attempts": len(rows),
        "completed": sum(r["steps_reached"] == total for r in rows), "low": done.low, "high": done.high,
        "mean": sum(r["steps_reached"] for r in rows) / len(rows),
        "rows": [{"attempt": r["attempt"], "steps_reached": r["steps_reached"], "share": r["steps_reached"] / total} for r in rows],
    }  # fmt: skip


def _bar(row: Mapping[str, Any]) -> charts.Bar:
    return charts.Bar(row["tier"], row["estimate"], row["low"], row["high"], row["n"])


def _ladders(one: Mapping[str, Any]) -> list[charts.Ladder]:
    total = one["steps_total"]
    return [
        charts.Ladder(f"Attempt {r['attempt']}: {r['steps_reached']} of {total}", r["steps_reached"], total)
        for r in one["rows"]
    ]


def _curve(one: Mapping[str, Any]) -> str:
    rows = [charts.Budget(r["tokens"], r["share"], r["low"], r["high"]) for r in one["rows"]]
    return charts.curve(f"{one['title']}, n = {one['n']}", rows)
