"""What can be asked of a run that is started here, and when its budget is used up. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from core.decisions import Problem
from evaluations.runner.base import Suite

MOST_PARALLEL, MOST_TOKENS, MOST_MINUTES = 64, 10_000_000_000, 7 * 24 * 60
MOST_LIVE = 4  # runs of one assignment at the same time
USED_UP = (
    "What your agency may spend on this request is used up, or kept for runs under way. Wait for these, or ask the developer for a"
    " larger budget."
)
MOST_PRICE, MOST_USD = Decimal("999999"), Decimal("9999999999")


@dataclass(frozen=True)
class Offered:
    """What can be chosen for an assignment: suites, variants, domains, and what the request declares of its endpoint. `price` and
    `left` in dollars: the developer's price of a million tokens, and what its budget leaves this agency; None: not named."""

    suites: dict[str, Suite]
    variants: Collection[str]
    domains: Collection[str]
    tools: bool
    concurrency: int
    price: Decimal | None = None
    left: Decimal | None = None

    def money(self, price: Decimal | None, most: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
        """(price, most dollars) of a run: what was typed, else what the request says."""
        return self.price if price is None else price, self.left if most is None else most


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
    return found + _limits(typed, offered) + _money(typed, offered)


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


def _money(typed: dict[str, Any], offered: Offered) -> list[Problem]:
    price, most = typed["price_per_million"], typed["budget_usd"]
    found = []
    if offered.price is not None and price != offered.price:
        found.append(
            Problem("price_per_million", f"The request names {offered.price} dollars. Leave this empty, or give that.")
        )
    elif most is not None and price is None:
        found.append(Problem("price_per_million", "Give the price of a million tokens: the cost is counted with it."))
    elif price is not None and not 0 <= price <= MOST_PRICE:
        found.append(Problem("price_per_million", f"Between 0 and {MOST_PRICE:,} dollars."))
    if offered.left is not None and offered.left <= 0:
        found.append(Problem("budget_usd", USED_UP))
    elif most is not None and not 0 < most <= MOST_USD:
        found.append(Problem("budget_usd", "More than 0 dollars; leave it empty for no limit."))
    elif most is not None and offered.left is not None and most > offered.left:
        words = f"The developer’s budget leaves your agency {offered.left} dollars for this request. Give at most that."
        found.append(Problem("budget_usd", words))
    return found


def left_of(budget: Decimal | None, runs: Iterable[tuple[bool, Decimal, Decimal]]) -> Decimal | None:
    """What a request's budget leaves an agency, in dollars and whole cents. `runs`: (under way, most, spent) of each of its runs;
    one that is under way may still spend all of its own."""
    if budget is None:
        return None
    taken = sum((max(most, spent) if under_way else spent for under_way, most, spent in runs), Decimal())
    return (budget - taken).quantize(Decimal("0.01"), ROUND_FLOOR)


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
