"""What can be asked of a run that is started here, and when its budget is used up. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.decisions import Problem
from evaluations.runner.base import Suite

MOST_PARALLEL, MOST_TOKENS, MOST_MINUTES = 64, 10_000_000_000, 7 * 24 * 60
MOST_LIVE = 4  # runs of one assignment at the same time
MOST_PRICE, MOST_USD = Decimal("999999"), Decimal("9999999999")


@dataclass(frozen=True)
class Offered:
    """What can be chosen for an assignment: suites, variants, domains, and what the request declares of its endpoint."""

    suites: dict[str, Suite]
    variants: Collection[str]
    domains: Collection[str]
    tools: bool
    concurrency: int


def problems_of(typed: dict[str, Any], offered: Offered) -> list[Problem]:
    """Everything that is wrong with what was asked for, each at its field."""
    found = []
    suite = offered.suites.get(typed["suite"])
    if suite is None:
        found.append(Problem("suite", "Choose one of the suites of your agency’s runner."))
    elif suite.tools and not offered.tools:
        found.append(
            Problem("suite", "The request declares no tool calls, which this suite needs. Choose another one.")
        )
    if typed["domain"] not in offered.domains:
        found.append(Problem("domain", "Choose one of the assignment’s domains."))
    if typed["variant"] not in offered.variants:
        found.append(Problem("variant", "Choose one of the variants that the developer offers."))
    return found + _limits(typed, offered) + _money(typed)


def _limits(typed: dict[str, Any], offered: Offered) -> list[Problem]:
    found = []
    most = min(MOST_PARALLEL, offered.concurrency or MOST_PARALLEL)
    if not 1 <= typed["parallel"] <= most:
        said = "the request allows no more" if offered.concurrency else "no run makes more"
        found.append(Problem("parallel", f"Between 1 and {most} calls at the same time: {said}."))
    for name, low, high, words in (
        ("budget_tokens", 1_000, MOST_TOKENS, "tokens"), ("budget_minutes", 1, MOST_MINUTES, "minutes"),
    ):  # fmt: skip
        if not low <= typed[name] <= high:
            found.append(Problem(name, f"Between {low:,} and {high:,} {words}."))
    return found


def _money(typed: dict[str, Any]) -> list[Problem]:
    price, most = typed["price_per_million"], typed["budget_usd"]
    found = []
    if most is not None and price is None:
        found.append(Problem("price_per_million", "Give the price of a million tokens: the cost is counted with it."))
    if price is not None and not 0 <= price <= MOST_PRICE:
        found.append(Problem("price_per_million", f"Between 0 and {MOST_PRICE:,} dollars."))
    if most is not None and not 0 < most <= MOST_USD:
        found.append(Problem("budget_usd", "More than 0 dollars; leave it empty for no limit."))
    return found


@dataclass(frozen=True)
class Budget:
    """The limits of a whole run, over all its starts. `price` is in dollars for a million tokens."""

    tokens: int
    seconds: int
    price: Decimal | None = None
    usd: Decimal | None = None

    def exhausted(self, tokens: int, seconds: float) -> str:
        """The sentence that ends a run whose budget is used up; "" while something is left."""
        if tokens >= self.tokens:
            return f"The budget of {self.tokens:,} tokens was used up."
        if seconds >= self.seconds:
            return f"The {self.seconds // 60:,} minutes of the budget were used up."
        if self.usd is not None and self.price is not None and self.price * tokens / 1_000_000 >= self.usd:
            return f"The budget of {self.usd:,} dollars was used up."
        return ""
