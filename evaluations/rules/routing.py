"""Which rule, if any, brings a request to an agency: pure decisions with their sentences. Nothing here reads or writes.

Precedence, first to last: what stands outside the rules (agreement, recusal, exclusion by a routing officer, how the request
ended here before); then, for each domain, the first rule by number that is about this agency; then abilities; then places; then
whose turn it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agencies.domains import RiskDomain
from core.days import in_days


@dataclass(frozen=True)
class Wanted:
    """What a request asks for: its domains and the access level it offers, whose it is, and when testing would begin."""

    domains: tuple[str, ...]
    access_level: int
    developer: str = ""
    begins: date = date.min


@dataclass(frozen=True)
class Rule:
    """One routing rule of the version in force. One that `excludes` keeps the agency out of tests that begin until that day,
    of one developer or of all."""

    number: int
    domain: str
    agency: str
    highest_access_level: int
    excludes: bool = False
    developer: str = ""
    until: date | None = None

    def shuts(self, wanted: Wanted) -> bool:
        """Whether it keeps its agency out of this request."""
        lasts = self.until is None or wanted.begins <= self.until
        return self.excludes and lasts and self.developer in ("", wanted.developer)


@dataclass(frozen=True)
class Capability:
    """What an agency can test in a domain, how many of its places are taken on the tightest of the days (`days` in words), and
    how many requests whose turn comes first could take one."""

    domain: str
    highest_access_level: int
    capacity: int
    taken: int
    days: str = ""
    ahead: int = 0

    @property
    def is_short(self) -> bool:
        """Whether no place is left for this request."""
        return self.taken + self.ahead >= self.capacity


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
    recused: bool = False
    kept_out_until: date | None = None


@dataclass(frozen=True)
class Placement:
    """The decision for one agency. `domains` is empty when it was not placed; `short` are the domains in which nothing but a
    place was missing, so that the request waits for its turn; `passed`: a place is free, and another request comes first."""

    slug: str
    rule_number: int | None
    domains: tuple[str, ...]
    sentence: str
    short: tuple[str, ...] = ()
    passed: bool = False

    @property
    def placed(self) -> bool:
        """Whether the agency gets an assignment."""
        return bool(self.domains)


def decide(wanted: Wanted, rules: Sequence[Rule], candidate: Candidate) -> Placement:
    """The decision for one agency: rule × capability × capacity, in the order of the rules' numbers.

    For each domain the first rule about this agency decides, whether it brings the request or keeps the agency out. The first
    rule that places the agency names the assignment; further domains that fit join it. Without any, the sentence says what
    stood in the way of the nearest one.
    """
    early = _standing_obstacle(candidate)
    if early:
        return Placement(candidate.slug, None, (), f"{candidate.label}: {early}")
    found: list[tuple[Rule, str]] = []
    obstacles: list[str] = []
    short: list[str] = []
    passed = False
    for rule, shut_by in _deciding(wanted, rules, candidate):
        if rule.excludes:
            obstacles.append(_kept_out(rule, shut_by))
            continue
        obstacle = _obstacle(wanted, rule, candidate) or _no_place(rule, candidate)
        if obstacle:
            obstacles.append(f"rule {rule.number}, {_label(rule.domain)}: {obstacle}")
            if not _obstacle(wanted, rule, candidate):
                short.append(rule.domain)
                passed = passed or _is_passed(rule, candidate)
        else:
            before = f" (before rule {shut_by.number}, which would keep it out)" if shut_by else ""
            found.append((rule, f"rule {rule.number}{before}, {_facts(wanted, rule, candidate)}"))
    if found:
        domains = tuple(dict.fromkeys(rule.domain for rule, _ in found))
        sentence = f"{candidate.label}: {'; '.join(words for _, words in found)}"
        return Placement(candidate.slug, found[0][0].number, domains, sentence)
    why = "; ".join(obstacles) or f"no rule brings {_labels(wanted.domains)} to this agency"
    return Placement(candidate.slug, None, (), f"{candidate.label}: {why}", tuple(short), passed)


def _deciding(wanted: Wanted, rules: Sequence[Rule], candidate: Candidate) -> list[tuple[Rule, Rule | None]]:
    """For each domain the rule that decides, and the next one of the other kind, which it comes before; by number."""
    first: dict[str, Rule] = {}
    other: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda r: r.number):
        if rule.agency != candidate.slug or rule.domain not in wanted.domains:
            continue
        if rule.excludes and not rule.shuts(wanted):
            continue
        known = first.setdefault(rule.domain, rule)
        if known.excludes != rule.excludes:
            other.setdefault(rule.domain, rule)
    return [(rule, other.get(domain)) for domain, rule in first.items()]


def _kept_out(rule: Rule, before: Rule | None) -> str:
    until = f" until {in_days(rule.until, rule.until)}" if rule.until else ""
    whom = " for this developer" if rule.developer else ""
    comes = f", before rule {before.number}, which would bring it" if before else ""
    return f"rule {rule.number} keeps it out of {_label(rule.domain)}{whom}{until}{comes}"


def chosen(wanted: Wanted, candidate: Candidate) -> Placement:
    """The decision for an agency that a routing officer chose: as `decide`, with the person in the place of the rules.

    Agreement, exclusions, capability and capacity bind the person as they bind the router.
    """
    early = _standing_obstacle(candidate)
    if early:
        return Placement(candidate.slug, None, (), f"{candidate.label}: {early}")
    rules = [Rule(0, domain, candidate.slug, wanted.access_level) for domain in wanted.domains]
    obstacles = {rule.domain: _obstacle(wanted, rule, candidate) or _no_place(rule, candidate) for rule in rules}
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
    if candidate.recused:
        return "recused itself from tests of this developer"
    if candidate.kept_out_until:
        day = in_days(candidate.kept_out_until, candidate.kept_out_until)
        return f"excluded by a routing officer until {day}"
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
    return ""


def _no_place(rule: Rule, candidate: Candidate) -> str:
    """Why no place is left for this request, when everything else fits; empty when one is."""
    capability = _capability(candidate, rule.domain)
    if capability is None or not capability.is_short:
        return ""
    if capability.taken >= capability.capacity:
        return _places(capability)
    return f"{_places(capability)}; places are shared between developers, and another request is next in turn"


def _is_passed(rule: Rule, candidate: Candidate) -> bool:
    capability = _capability(candidate, rule.domain)
    return capability is not None and capability.taken < capability.capacity


def _places(capability: Capability) -> str:
    days = f", {capability.days}" if capability.days else ""
    if capability.capacity == 0:
        return f"no places{days.replace(', ', ' on ', 1)}"
    return f"{capability.taken} of {capability.capacity} places taken{days}"


def _facts(wanted: Wanted, rule: Rule, candidate: Candidate) -> str:
    capability = _capability(candidate, rule.domain)
    assert capability is not None  # _obstacle has refused otherwise
    return f"{_label(rule.domain)}, AL{wanted.access_level}, {_places(capability)}"


def _label(domain: str) -> str:
    return str(RiskDomain(domain).label).lower()


def _labels(domains: Sequence[str]) -> str:
    return " or ".join(_label(d) for d in domains)
