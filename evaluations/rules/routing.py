"""Which rule, if any, brings a request to an agency: pure decisions with their sentences. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agencies.domains import RiskDomain


@dataclass(frozen=True)
class Wanted:
    """What a request asks for: its domains and the access level it offers."""

    domains: tuple[str, ...]
    access_level: int


@dataclass(frozen=True)
class Rule:
    """One routing rule of the version in force."""

    number: int
    domain: str
    agency: str
    highest_access_level: int


@dataclass(frozen=True)
class Capability:
    """What an agency can test in a domain, and how many of its places are taken."""

    domain: str
    highest_access_level: int
    capacity: int
    taken: int


@dataclass(frozen=True)
class Candidate:
    """One agency that the developer consented to. `allowed` are the domains that its agreement names; None: all."""

    slug: str
    label: str
    capabilities: tuple[Capability, ...]
    agreement_in_force: bool = True
    allowed: frozenset[str] | None = None
    declined_before: bool = False
    excluded: str = ""


@dataclass(frozen=True)
class Placement:
    """The decision for one agency. `domains` is empty when it was not placed."""

    slug: str
    rule_number: int | None
    domains: tuple[str, ...]
    sentence: str

    @property
    def placed(self) -> bool:
        """Whether the agency gets an assignment."""
        return bool(self.domains)


def decide(wanted: Wanted, rules: Sequence[Rule], candidate: Candidate) -> Placement:
    """The decision for one agency: rule × capability × capacity, in the order of the rules' numbers.

    The first rule that places the agency names the assignment; further domains that fit join it. Without any, the
    sentence says what stood in the way of the nearest one.
    """
    early = _standing_obstacle(candidate)
    if early:
        return Placement(candidate.slug, None, (), f"{candidate.label}: {early}")
    found: list[tuple[int, str, str]] = []
    obstacles: list[str] = []
    for rule in sorted(rules, key=lambda r: r.number):
        if rule.agency != candidate.slug or rule.domain not in wanted.domains:
            continue
        obstacle = _obstacle(wanted, rule, candidate)
        if obstacle:
            obstacles.append(f"rule {rule.number}, {_label(rule.domain)}: {obstacle}")
        else:
            found.append((rule.number, rule.domain, _fit(wanted, rule, candidate)))
    if found:
        domains = tuple(dict.fromkeys(domain for _, domain, _ in found))
        return Placement(candidate.slug, found[0][0], domains, f"{candidate.label}: {'; '.join(f[2] for f in found)}")
    why = "; ".join(obstacles) or f"no rule brings {_labels(wanted.domains)} to this agency"
    return Placement(candidate.slug, None, (), f"{candidate.label}: {why}")


def chosen(wanted: Wanted, candidate: Candidate) -> Placement:
    """The decision for an agency that a routing officer chose: as `decide`, with the person in the place of the rules.

    Agreement, exclusions, capability and capacity bind the person as they bind the router.
    """
    early = _standing_obstacle(candidate)
    if early:
        return Placement(candidate.slug, None, (), f"{candidate.label}: {early}")
    rules = [Rule(0, domain, candidate.slug, wanted.access_level) for domain in wanted.domains]
    obstacles = {rule.domain: _obstacle(wanted, rule, candidate) for rule in rules}
    fits = [rule for rule in rules if not obstacles[rule.domain]]
    if fits:
        facts = "; ".join(_facts(wanted, rule, candidate) for rule in fits)
        sentence = f"{candidate.label}: chosen by a routing officer, {facts}"
        return Placement(candidate.slug, None, tuple(rule.domain for rule in fits), sentence)
    why = "; ".join(f"{_label(domain)}: {obstacle}" for domain, obstacle in obstacles.items())
    return Placement(candidate.slug, None, (), f"{candidate.label}: {why or 'the request names no domain'}")


def _standing_obstacle(candidate: Candidate) -> str:
    if not candidate.agreement_in_force:
        return "no agreement with this developer is in force"
    if candidate.declined_before:
        return "declined this request before"
    return candidate.excluded


def _capability(candidate: Candidate, domain: str) -> Capability | None:
    return next((c for c in candidate.capabilities if c.domain == domain), None)


def _obstacle(wanted: Wanted, rule: Rule, candidate: Candidate) -> str:
    """Why this rule cannot place the agency; empty when it can."""
    capability = _capability(candidate, rule.domain)
    if candidate.allowed is not None and rule.domain not in candidate.allowed:
        return "the agreement does not allow tests in this domain"
    if wanted.access_level > rule.highest_access_level:
        return f"covers access up to AL{rule.highest_access_level}, AL{wanted.access_level} is offered"
    if capability is None:
        return "the agency does not test this domain"
    if wanted.access_level > capability.highest_access_level:
        return f"the agency tests up to AL{capability.highest_access_level}, AL{wanted.access_level} is offered"
    if capability.taken >= capability.capacity:
        return f"{capability.taken} of {capability.capacity} places taken"
    return ""


def _fit(wanted: Wanted, rule: Rule, candidate: Candidate) -> str:
    return f"rule {rule.number}, {_facts(wanted, rule, candidate)}"


def _facts(wanted: Wanted, rule: Rule, candidate: Candidate) -> str:
    capability = _capability(candidate, rule.domain)
    assert capability is not None  # _obstacle has refused otherwise
    taken = f"{capability.taken} of {capability.capacity} places taken"
    return f"{_label(rule.domain)}, AL{wanted.access_level}, {taken}"


def _label(domain: str) -> str:
    return str(RiskDomain(domain).label).lower()


def _labels(domains: Sequence[str]) -> str:
    return " or ".join(_label(d) for d in domains)
