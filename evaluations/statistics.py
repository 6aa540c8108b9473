"""Intervals of estimates: pure functions, standard library only (evaluations.md §6).

Proportions are in 0..1. No estimate without n, interval and method; zero successes still have an interval.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

Z95 = 1.959964
SMALL = 30
RESAMPLES = 2000
SAME = 1e-9


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval, the number of items, and how the interval was made."""

    value: float
    low: float
    high: float
    n: int
    method: str


def wilson(successes: float, n: int, z: float = Z95) -> Estimate:
    """Wilson's score interval (1927) for one attempt per item. ValueError unless 0 ≤ successes ≤ n and n ≥ 1."""
    if n < 1 or not 0 <= successes <= n:
        raise ValueError("wilson needs 0 <= successes <= n and n >= 1")
    p = successes / n
    d = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / d
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Estimate(p, low, high, n, "wilson")


def clustered(items: Sequence[tuple[float, int]], *, seed: str) -> Estimate:
    """Several attempts per item: the mean of item means, never items × attempts as if independent.

    `items` are (successes, attempts). One attempt each is Wilson's. From 30 items the interval is the normal one on
    item means; below, a bootstrap over items, seeded so that the same run gives the same interval. Item means that are
    all the same have no spread to resample: then Wilson's over items, never an interval of no width.
    """
    if not items or any(attempts < 1 for _, attempts in items):
        raise ValueError("clustered needs items with at least one attempt each")
    means = [successes / attempts for successes, attempts in items]
    if all(m in (0.0, 1.0) for m in means):
        return wilson(int(sum(means)), len(means))  # repetitions never disagreed: they add no information
    n, mean = len(means), sum(means) / len(means)
    if max(means) - min(means) < SAME:
        return wilson(mean * n, n)
    if n < SMALL:
        return _bootstrap(means, mean, seed)
    error = math.sqrt(sum((m - mean) ** 2 for m in means) / (n - 1) / n)
    return Estimate(mean, max(0.0, mean - Z95 * error), min(1.0, mean + Z95 * error), n, "clustered")


def _bootstrap(means: Sequence[float], mean: float, seed: str) -> Estimate:
    source, n = random.Random(seed), len(means)  # noqa: S311  # resampling, not secrecy
    drawn = sorted(sum(source.choices(means, k=n)) / n for _ in range(RESAMPLES))
    low, high = drawn[round(RESAMPLES * 0.025)], drawn[round(RESAMPLES * 0.975) - 1]
    return Estimate(mean, min(low, mean), max(high, mean), n, "bootstrap")


def pass_at_k(attempts: int, correct: int, k: int) -> float:
    """Unbiased pass@k of one item: 1 − C(n−c, k) / C(n, k). ValueError unless 1 ≤ k ≤ n."""
    if not 1 <= k <= attempts or not 0 <= correct <= attempts:
        raise ValueError("pass_at_k needs 1 <= k <= attempts and 0 <= correct <= attempts")
    return 1.0 - math.comb(attempts - correct, k) / math.comb(attempts, k)


def difference(first: Estimate, second: Estimate) -> tuple[float, float, float]:
    """(difference, low, high) of two independent proportions, by Newcombe's method 10 (1998) on their intervals."""
    gap = first.value - second.value
    low = gap - math.hypot(first.value - first.low, second.high - second.value)
    high = gap + math.hypot(first.high - first.value, second.value - second.low)
    return gap, max(-1.0, low), min(1.0, high)


def paired(pairs: Sequence[tuple[float, float]], *, seed: str) -> tuple[float, float, float]:
    """(difference, low, high) of two runs over the same items: `pairs` are both item means, each in 0..1.

    What an item is hard for, it is hard for in both runs: the interval is that of the item differences, narrower than
    Newcombe's wherever the runs agree. From 30 items it is the normal one; below, a bootstrap over items. Differences that
    are all the same have no spread: then Newcombe's of the two as if they were independent, never an interval of no width.
    """
    if not pairs:
        raise ValueError("paired needs at least one item")
    gaps = [first - second for first, second in pairs]
    n, mean = len(gaps), sum(gaps) / len(gaps)
    if max(gaps) - min(gaps) < SAME:
        return difference(wilson(sum(a for a, _ in pairs), n), wilson(sum(b for _, b in pairs), n))
    if n < SMALL:
        found = _bootstrap(gaps, mean, seed)
        return mean, max(-1.0, found.low), min(1.0, found.high)
    error = math.sqrt(sum((g - mean) ** 2 for g in gaps) / (n - 1) / n)
    return mean, max(-1.0, mean - Z95 * error), min(1.0, mean + Z95 * error)
