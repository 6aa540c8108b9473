"""What is drawn of one run beside its estimates: tiers, steps of ranges, success against tokens. Pure functions.

A slice with the name of a tier is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from evaluations.statistics import wilson

TIERS = ("novice", "apprentice", "practitioner", "expert")
MOST_BUDGETS = 8
LEAST_ITEMS = 5


def by_tier(results: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Title (metric and scorer) → the results of its tiers, from novice to expert."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for result in results:
        if result["slice"].lower() in TIERS:
            found[result["name"].rpartition(", ")[0]].append(result)
    return {title: sorted(rows, key=lambda r: TIERS.index(r["slice"].lower())) for title, rows in found.items()}


def by_range(attempts: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Range → its attempts in their order."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in attempts:
        found[one["range"]].append(one)
    return {name: sorted(rows, key=lambda r: r["attempt"]) for name, rows in found.items()}


def budgets(items: Iterable[Mapping[str, Any]], scorer: str) -> list[dict[str, Any]]:
    """The share solved within so many tokens per item, at up to eight budgets between the cheapest and the dearest item.

    Only of runs with one attempt per item, each right or wrong with its tokens known: else no budget can be told, and none
    is. All items stay in n, also those that were never solved.
    """
    known = [(one.get("tokens", 0), one["scores"].get(scorer)) for one in items]
    scored = [(tokens, score) for tokens, score in known if score]
    if len(scored) < LEAST_ITEMS or any(
        tokens < 1 or score[1] != 1 or score[0] not in (0, 1) for tokens, score in scored
    ):
        return []
    spent = sorted({tokens for tokens, _ in scored})
    steps = min(MOST_BUDGETS, len(spent))
    chosen = sorted({spent[round(k * (len(spent) - 1) / max(1, steps - 1))] for k in range(steps)})
    found = []
    for budget in chosen:
        solved = sum(1 for tokens, score in scored if score[0] == 1 and tokens <= budget)
        estimate = wilson(solved, len(scored))
        found.append({
            "tokens": budget, "solved": solved, "share": estimate.value, "low": estimate.low, "high": estimate.high,
            "n": len(scored),
        })  # fmt: skip
    return found
