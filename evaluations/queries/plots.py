"""The plots of runs beside their estimates, each with the numbers of its table: for a page as SVG, for the API as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.templatetags.concord import dollars
from evaluations import charts
from evaluations.rules.safeguards import REFUSAL, by_variant, measure_of
from evaluations.rules.spending import MILLION, per_solved
from evaluations.rules.tiers import budgets, by_range, by_tier
from evaluations.statistics import wilson

MOST_CURVES = 12
FIGURE = ("estimate", "low", "high", "n", "method", "level", "small")
BY_NOTES = "counted in the notes of the run"


@dataclass(frozen=True)
class Drawn:
    """What is drawn of one run. `items` is empty for a developer, who reads nothing by item. `dollars` with `basis`, which
    says what they are counted from; `refused` of how many attempts, where the notes tell it."""

    name: str
    results: list[dict[str, Any]]
    ranges: list[dict[str, Any]]
    items: list[dict[str, Any]] = field(default_factory=list)
    scorers: tuple[str, ...] = ()
    suite: str = ""
    variant: str = ""
    tokens: int = 0
    dollars: Decimal | None = None
    basis: str = ""
    refused: tuple[int, int] | None = None


def cost(tokens: int, noted: Any, price: Decimal | None) -> tuple[Decimal | None, str]:
    """Dollars of a run and what they are counted from: the notes of the run, else the price of a million tokens."""
    if noted is not None:
        return Decimal(noted), "as noted for the run"
    if price is not None:
        return price * tokens / MILLION, f"at ${price:,} for a million tokens"
    return None, ""


def plots(runs: Iterable[Drawn]) -> dict[str, Any]:
    """For a page: each plot with its title, its SVG and the rows of its table."""
    return drawn(plotted(runs))


def drawn(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same from plain data, such as a report's; what it lacks is not drawn."""
    data = defaultdict(list, data)
    return {
        "tiers": [{**one, "plot": charts.tiers(one["title"], [_bar(t) for t in one["rows"]])} for one in data["tiers"]],
        "ranges": [{**one, "plot": charts.ladder(one["title"], _ladders(one))} for one in data["ranges"]],
        "curves": [{**one, "plot": _curve(one)} for one in data["success_against_tokens"]],
        "spending": {"rows": (rows := data["cost_per_solved"]), "plot": _spending(rows)},
        "safeguards": [{**one, "plot": _safeguards(one)} for one in data["safeguards"]],
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
        "cost_per_solved": [row for run in runs for row in _spent(run)],
        "safeguards": _by_suite(runs),
    }  # fmt: skip


def _spent(run: Drawn) -> list[dict[str, Any]]:
    """A row for each estimate that counts solved tasks; what measures safeguards solves none."""
    found = []
    for result in run.results:
        row = None if measure_of(result) else per_solved(result, run.tokens, run.dollars)
        if row is not None:
            found.append({"name": f"{run.name}: {result['name']}", **row, "basis": run.basis, **_words(row)})
    return found


def _words(row: Mapping[str, Any]) -> dict[str, str]:
    """The figures as page and PDF print them."""
    each, low, high = row["tokens_each"], row["low"], row["high"]
    return {
        "tokens_words": "none solved" if each is None else f"{each:,.1f}",
        "interval_words": "–" if each is None else f"{low:,.1f} {'or more' if high is None else f'to {high:,.1f}'}",
        "dollars_words": "" if row["dollars_each"] is None else dollars(row["dollars_each"]),
    }  # fmt: skip


def _by_suite(runs: Sequence[Drawn]) -> list[dict[str, Any]]:
    """Suite → measures of its safeguards → the newest figure of each variant."""
    rows: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for run in runs:
        found = [
            (measure, run.variant, {name: r[name] for name in FIGURE})
            for r in run.results
            if (measure := measure_of(r))
        ]
        if run.refused and not any(measure == REFUSAL for measure, _, _ in found):
            found.append((REFUSAL, run.variant, _refused(*run.refused)))
        rows.setdefault(run.suite, []).extend(found)
    return [
        {
            "title": f"{suite}: safeguards by variant",
            "measures": [
                {"measure": measure, "rows": [{"variant": variant, **figure} for variant, figure in figures]}
                for measure, figures in by_variant(found).items()
            ],
        }
        for suite, found in rows.items()
        if found
    ]


def _refused(refused: int, attempts: int) -> dict[str, Any]:
    share = wilson(refused, attempts)
    return {
        "estimate": share.value, "low": share.low, "high": share.high, "n": attempts, "method": f"Wilson, {BY_NOTES}", "level": 95,
        "small": charts.few(attempts),
    }  # fmt: skip


def _spending(rows: Sequence[Mapping[str, Any]]) -> str:
    return charts.spending("Tokens for each solved task", [_bill(row) for row in rows])


def _bill(row: Mapping[str, Any]) -> charts.Spent:
    return charts.Spent(
        row["name"], row["n"], row["solved"], row["tokens_each"], row["low"], row["high"], row["dollars_words"]
    )  # fmt: skip


def _safeguards(one: Mapping[str, Any]) -> str:
    return charts.safeguards(one["title"], [
        (m["measure"], [charts.Bar(r["variant"], r["estimate"], r["low"], r["high"], r["n"]) for r in m["rows"]])
        for m in one["measures"]
    ])  # fmt: skip


def claimed_plot(claims: list[dict[str, Any]]) -> str:
    """What was claimed beside what was measured."""
    rows = [
        charts.Pair(c["name"], c["claimed"]["estimate"], c["measured"]["estimate"], c["measured"]["low"],
                    c["measured"]["high"], c["measured"]["n"], c["claimed"]["n"]) for c in claims
    ]  # fmt: skip
    return charts.pairs("Claimed and measured", rows)


def _tier(run: Drawn, title: str, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "title": f"{run.name}: {title} by tier",
        "rows": [{"tier": r["slice"].capitalize()} | {name: r[name] for name in FIGURE} for r in rows],
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
