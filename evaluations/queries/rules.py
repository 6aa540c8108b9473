"""Reads of the routing rules: who reads which version, what is in force, and what a draft would have done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.days import in_days
from early_access.models import EarlyAccessRequest
from evaluations.models import RoutingAttempt, RoutingRuleSet
from evaluations.queries.facts import Facts, label, rules_of
from evaluations.queries.routing import as_the_router
from evaluations.rules.routing import decide

MOST = 200  # requests of a dry run


def readable_rules(user: User) -> QuerySet[RoutingRuleSet]:
    """Published versions for everybody at an agency, and the drafts of the agencies for which this person routes."""
    seats = seats_of(user)
    if not (seats.is_agency or seats.is_auditor):
        return RoutingRuleSet.objects.none()
    mine = Q(status="draft", router__in=seats.with_role("router"))
    rows = RoutingRuleSet.objects.filter(Q(status="published") | mine)
    return rows.select_related("router", "published_by", "edited_by")


def rule_set_of(user: User, pk: UUID) -> RoutingRuleSet:
    """The version, when this person may read it; else the same 404 as for an id that never was."""
    found = readable_rules(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def in_force(router: Organisation | None) -> RoutingRuleSet | None:
    """By what an agency's routing runs now: the highest version that it or everybody has published."""
    rows = RoutingRuleSet.objects.filter(Q(router=None) | Q(router=router), status="published")
    return rows.select_related("router", "published_by").order_by("-number").first()


def draft_of(router: Organisation) -> RoutingRuleSet | None:
    """The draft of the next version, which there is one of at most."""
    rows = RoutingRuleSet.objects.filter(router=router, status="draft")
    return rows.select_related("router", "edited_by").first()


def changes(rule_set: RoutingRuleSet, before: RoutingRuleSet | None) -> list[str]:
    """What a version changes, rule by rule in words: new, changed, gone, and where the order decides otherwise."""
    old = _by_pair(before) if before else {}
    new = _by_pair(rule_set)
    found = [f"New: {rule.words}" for pair, rule in new.items() if pair not in old]
    found += [
        f"Changed: {rule.words} instead of {old[pair].tail}"
        for pair, rule in new.items() if pair in old and old[pair].tail != rule.tail
    ]  # fmt: skip
    found += [f"Gone: {rule.words}" for pair, rule in old.items() if pair not in new]
    return found + _reordered(old, new)


@dataclass(frozen=True)
class _Said:
    """A rule in words, what may change of it, and its place in the order."""

    head: str
    tail: str
    number: int
    excludes: bool

    @property
    def words(self) -> str:
        return f"{self.head}, {self.tail}"


Pair = tuple[str, UUID, bool, UUID | None]


def _by_pair(rule_set: RoutingRuleSet) -> dict[Pair, _Said]:
    found = {}
    for r in rule_set.rules.select_related("agency", "developer"):
        domain, whom = r.get_domain_display(), f" for {r.developer.name}" if r.developer else ""
        head = f"{r.agency.name} kept out of {domain}{whom}" if r.excludes else f"{domain} to {r.agency.name}"
        tail = f"until {in_days(r.until, r.until)}" if r.until else f"up to AL{r.highest_access_level}"
        found[r.domain, r.agency_id, r.excludes, r.developer_id] = _Said(head, tail, r.number, r.excludes)
    return found


def _reordered(old: dict[Pair, _Said], new: dict[Pair, _Said]) -> list[str]:
    """Where a rule that brings and one that keeps out, both in both versions, decide in the other order now."""
    found = []
    for pair, shut in new.items():
        brings = (pair[0], pair[1], False, None)
        if not shut.excludes or brings not in new or pair not in old or brings not in old:
            continue
        was, now = old[pair].number < old[brings].number, shut.number < new[brings].number
        if was != now:
            found.append(f"Order: {shut.head} now comes {'before' if now else 'after'} the rule that brings it there")
    return found


@dataclass
class Difference:
    """One request that the two versions treat differently; sentences name the agency."""

    request: EarlyAccessRequest
    gained: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    nobody: bool = False


@dataclass
class DryRun:
    """A draft beside the version in force, over the same requests. `agencies`: [{label, before, after}]."""

    against: RoutingRuleSet | None
    requests: int = 0
    differences: list[Difference] = field(default_factory=list)
    agencies: list[dict[str, Any]] = field(default_factory=list)
    nobody_before: int = 0
    nobody_after: int = 0

    @property
    def unchanged(self) -> int:
        """Requests that both versions treat alike."""
        return self.requests - len(self.differences)


def dry_run(rule_set: RoutingRuleSet, user: User) -> DryRun:
    """What a draft would have done to the newest requests that its agency routed, beside the version in force.

    Both are run over today's agreements, consents and abilities as if nothing had been routed and every place were free:
    places pass, rules stay. So do days without any place, recusals, and exclusions by a routing officer. Only requests that
    this person sees are among them. Nothing is written or locked.
    """
    found = DryRun(against=in_force(rule_set.router))
    first = RoutingAttempt.objects.visible_to(user).filter(router=rule_set.router_id, number=1)
    keys = list(first.order_by("-created_at", "-id").values_list("request_id", flat=True)[:MOST])
    seen = EarlyAccessRequest.objects.visible_to(user).filter(pk__in=keys, intake_agency=rule_set.router_id)
    rows = sorted(seen.select_related("developer", "window"), key=lambda row: keys.index(row.pk))
    if not rows or found.against is None:
        return found
    with transaction.atomic(), as_the_router(*rows):
        facts = Facts(rows, newest_rules=True, lock=False)
        _compare(found, facts, rows, rule_set.pk)
    return found


def _compare(found: DryRun, facts: Facts, rows: Iterable[EarlyAccessRequest], draft: UUID) -> None:
    new = rules_of([draft])[draft]
    counts: dict[str, list[int]] = {}
    for row in rows:
        wanted, one = facts.wanted(row), Difference(row)
        before_any = after_any = False
        for agency in facts.consented[row.pk]:
            candidate = facts.fresh(row, agency)
            before, after = decide(wanted, facts.rules_for(row), candidate), decide(wanted, new, candidate)
            count = counts.setdefault(label(agency), [0, 0])
            count[0] += before.placed
            count[1] += after.placed
            before_any, after_any = before_any or before.placed, after_any or after.placed
            if after.placed and not before.placed:
                one.gained.append(after.sentence)
            elif before.placed and not after.placed:
                one.lost.append(after.sentence)
            elif set(before.domains) != set(after.domains):
                one.moved.append(after.sentence)
        one.nobody = before_any and not after_any
        found.requests += 1
        found.nobody_before += not before_any
        found.nobody_after += not after_any
        if one.gained or one.lost or one.moved:
            found.differences.append(one)
    found.agencies = [{"label": name, "before": b, "after": a} for name, (b, a) in sorted(counts.items())]
