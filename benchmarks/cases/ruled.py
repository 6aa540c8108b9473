"""E4: one routing decision as agencies really work: twelve of them, forty rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from statistics import median
from uuid import uuid4

from django.utils import timezone

from agencies.domains import RiskDomain
from benchmarks import measure
from benchmarks.measure import Result
from evaluations.rules.routing import Candidate, Capability, Placement, Rule, Wanted, decide

GOALS = ("E4",)
AGENCIES, RULES = 12, 40
MOST_CPU = 5.0  # milliseconds for one request


def rules(slugs: Sequence[str]) -> list[Rule]:
    """Forty rules, each another pair of domain and agency; the first dozen bring cybersecurity to every agency."""
    domains = [RiskDomain.CYBERSECURITY, *(d for d in RiskDomain if d != RiskDomain.CYBERSECURITY)]
    pairs = list(product(domains, slugs))[:RULES]
    return [Rule(number, str(domain), slug, 3) for number, (domain, slug) in enumerate(pairs, start=1)]


def run() -> Iterator[Result]:
    """E4: CPU of deciding about one request at all twelve agencies."""
    slugs = [f"agency-{n}" for n in range(AGENCIES)]
    known = rules(slugs)
    wanted = Wanted(tuple(RiskDomain.values), 1, str(uuid4()), timezone.now().date())
    everywhere = [
        Candidate(slug, slug, tuple(Capability(domain, 3, 5, 2, "", 1) for domain in RiskDomain.values))
        for slug in slugs
    ]

    def one() -> list[Placement]:
        return [decide(wanted, known, candidate) for candidate in everywhere]

    placed = sum(placement.placed for placement in one())
    taken = [seconds * 1000 for seconds in measure.measure({"one": one}, yardsticks=("one",)).samples["one"]]
    wrong = "" if placed == AGENCIES else f"{placed} of {AGENCIES} agencies are placed"
    what = f"one request decided at {AGENCIES} agencies by {RULES} rules: CPU"
    yield Result("E4", what, median(taken), min(taken), max(taken), MOST_CPU, unit="ms", wrong=wrong)
