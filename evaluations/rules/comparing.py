"""What an estimate is compared with, and how far it lies from it: pure functions over what two runs measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from evaluations.statistics import Estimate, difference, paired

# What may differ between two runs of one suite, and its name in a sentence.
CONDITIONS = {
    "suite_version": "suite version", "harness": "harness", "sandbox_kind": "sandbox", "epochs": "attempts per item",
    "limits": "limits", "configuration_sha256": "configuration",
}  # fmt: skip
BASE = "production"  # other variants are compared with this one
TITLES = {"checkpoint": "Earlier test", "variant": "Other variant"}


@dataclass(frozen=True)
class Measured:
    """One estimate of one run, with what is needed to set it beside another. `means`: item → mean, where they are known."""

    run: str
    assignment: str
    title: str
    suite: str
    scorer: str
    variant: str
    variant_label: str
    checkpoint: str
    estimate: Estimate
    at: datetime | None
    where: str = ""  # who tested, where that is not the same for all
    conditions: Mapping[str, object] = field(default_factory=dict)
    means: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """Two estimates of one suite and scorer, and their difference in 0..1 with its 95 % interval."""

    kind: str
    this: Measured
    other: Measured
    gap: float
    low: float
    high: float
    n: int
    method: str
    differs: tuple[str, ...]

    @property
    def may_be_none(self) -> bool:
        """Whether the interval holds zero."""
        return self.low <= 0 <= self.high


def compared(here: Iterable[Measured], elsewhere: Iterable[Measured]) -> list[Comparison]:
    """Each estimate of this test beside the last one of each earlier test, and each variant beside production."""
    mine, theirs = list(here), list(elsewhere)
    found = [Comparison("variant", one, base, *_gap(one, base)) for one in mine for base in _bases(one, mine)]
    for one in mine:
        found += [Comparison("checkpoint", one, other, *_gap(one, other)) for other in _earlier(one, theirs)]
    return found


def _bases(one: Measured, others: list[Measured]) -> Iterator[Measured]:
    if one.variant != BASE:
        known = [o for o in others if _same_test(one, o) and o.variant == BASE and o.checkpoint == one.checkpoint]
        yield from known[:1]


def _earlier(one: Measured, others: list[Measured]) -> Iterator[Measured]:
    """The newest of each other assignment: a repeated run there stands for nothing more."""
    seen = set()
    for other in sorted(others, key=_when, reverse=True):
        if not (_same_test(one, other) and other.variant == one.variant) or other.assignment in seen:
            continue
        if _when(other) <= _when(one):
            seen.add(other.assignment)
            yield other


def _same_test(one: Measured, other: Measured) -> bool:
    """The same suite, metric, scorer and slice: never attack success beside refusal, or one tier beside another."""
    return bool(one.suite) and (one.suite, one.title) == (other.suite, other.title)


def _when(one: Measured) -> float:
    return one.at.timestamp() if one.at else 0.0


def _gap(this: Measured, other: Measured) -> tuple[float, float, float, int, str, tuple[str, ...]]:
    """By item where both runs had exactly the same ones: else as two independent samples."""
    differs = tuple(
        words for name, words in CONDITIONS.items() if this.conditions.get(name) != other.conditions.get(name)
    )
    if this.means and this.means.keys() == other.means.keys():
        pairs = [(this.means[item], other.means[item]) for item in sorted(this.means)]
        return *paired(pairs, seed=f"{this.run}:{other.run}"), len(pairs), "the same items, paired", differs
    smaller = min(this.estimate.n, other.estimate.n)
    return *difference(this.estimate, other.estimate), smaller, "Newcombe, as independent samples", differs
