"""What the router knows of a batch of requests: read at once, locked, and kept up to date while it places them.

Read without locks it is what a page shows of a decision that nobody has made yet.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from agreements import queries as agreements
from agreements.models import TestingAgreement
from core.days import in_days
from core.decisions import Conflict
from early_access import queries as early_access
from early_access.models import EarlyAccessRequest, RequestedDomain
from evaluations.models import (
    ConflictOfInterest,
    EvaluationAssignment,
    RoutingAttempt,
    RoutingExclusion,
    RoutingRule,
    RoutingRuleSet,
)
from evaluations.queries.places import Places, Turns
from evaluations.rules.places import Days
from evaluations.rules.routing import Candidate, Capability, Rule, Wanted
from evaluations.workflow import RECUSED, TAKEN_BACK, UNANSWERED

ENDED = ("declined", "stopped", "lapsed", "taken_back", "recused")
TOLD_APART = {
    ("declined", UNANSWERED): "lapsed",
    ("stopped", TAKEN_BACK): "taken_back",
    ("stopped", RECUSED): "recused",
}  # by the reason that stands there
USUAL_WINDOW = timedelta(days=29)  # after today, for a request without agreed dates


class Facts:
    """The rows of a batch stay locked, and so do the capabilities: two batches cannot take one last place.

    A request that was routed before keeps the version of the rules of its newest pass, unless `newest_rules` is asked for.
    `lock`: False for a page, which places nobody.
    """

    def __init__(self, rows: Sequence[EarlyAccessRequest], *, newest_rules: bool = False, lock: bool = True) -> None:
        self.lock = lock
        keys = [row.pk for row in rows]
        self.consented = early_access.consented_of(keys)
        self.domains: dict[UUID, list[RequestedDomain]] = defaultdict(list)
        for domain in RequestedDomain.objects.filter(request__in=keys):
            self.domains[domain.request_id].append(domain)
        self.held: dict[UUID, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
        held = EvaluationAssignment.objects.filter(request__in=keys).values_list(
            "request_id", "agency_id", "status", "ended_reason"
        )
        for request, agency, status, reason in held:
            self.held[request][agency].add(TOLD_APART.get((status, reason), status))
        newest = (
            RoutingAttempt.objects.filter(request__in=keys).order_by("request_id", "-number").distinct("request_id")
        )
        passes = list(newest.values_list("request_id", "number", "rule_set_id"))
        self.attempts: dict[UUID, int] = {request: number for request, number, _ in passes}
        kept = {} if newest_rules else {request: rule_set for request, _, rule_set in passes}
        self._read_rules(rows, kept)
        self.holds = early_access.holds_of(keys)
        self._read_agencies(rows)

    def _read_rules(self, rows: Sequence[EarlyAccessRequest], kept: Mapping[UUID, UUID]) -> None:
        """The version for each request: that of its newest pass, else the highest that its router's agency or everybody
        has published."""
        routers = {row.intake_agency_id for row in rows}
        published = RoutingRuleSet.objects.filter(Q(router=None) | Q(router__in=routers), status="published")
        newest = list(published.order_by("router_id", "-number").distinct("router_id"))
        self.versions: dict[UUID, UUID] = {}
        for row in rows:
            mine = [one for one in newest if one.router_id in (None, row.intake_agency_id)]
            if not mine and row.pk not in kept:
                raise Conflict("There are no routing rules yet: a routing officer publishes the first version.")
            self.versions[row.pk] = kept.get(row.pk) or max(mine, key=lambda one: one.number or 0).pk
        self.rules: dict[UUID, list[Rule]] = rules_of(self.versions.values())

    def rules_for(self, row: EarlyAccessRequest) -> list[Rule]:
        """The rules of the version that this request is routed by."""
        return self.rules[self.versions[row.pk]]

    def _read_agencies(self, rows: Sequence[EarlyAccessRequest]) -> None:
        agencies = {agency.pk: agency for listed in self.consented.values() for agency in listed}
        self.days = {row.pk: _days_of(row) for row in rows}
        self.turns = Turns(agencies)
        meant = [*self.days.values(), *(one.days for agency in agencies for one in self.turns.at(agency))]
        whole = Days(min(days.first for days in meant), max(days.last for days in meant))
        self.places = Places(agencies, whole, lock=self.lock)
        developers = {row.developer_id for row in rows}
        self.agreements: dict[tuple[UUID, UUID], TestingAgreement] = agreements.in_force_among(
            developers, agencies.values(), at=timezone.now()
        )
        self.fact_check_days: dict[UUID, int] = agreements.obligations(self.agreements.values(), "fact_check_days")
        self.publication_review_days: dict[UUID, int] = agreements.obligations(
            self.agreements.values(), "publication_review_days"
        )
        self.incident_notice_hours: dict[UUID, int] = agreements.obligations(
            self.agreements.values(), "incident_notice_hours"
        )
        self.max_testers: dict[UUID, int] = agreements.obligations(self.agreements.values(), "max_testers")
        self.domains_allowed: dict[UUID, set[str]] = agreements.allowed_domains(self.agreements.values())
        recused = ConflictOfInterest.objects.filter(agency__in=agencies, person=None, ended_at=None)
        self.recused = set(recused.filter(developer__in=developers).values_list("developer_id", "agency_id"))
        kept_out = RoutingExclusion.objects.filter(developer__in=developers, lifted_at=None).order_by("until")
        self.kept_out = list(kept_out.filter(router__in={row.intake_agency_id for row in rows}))

    def wanted(self, row: EarlyAccessRequest) -> Wanted:
        """The request's domains, and the deepest access that it offers."""
        listed = self.domains[row.pk]
        level = max((d.access_level for d in listed), default=1)
        return Wanted(tuple(d.domain for d in listed), level, str(row.developer_id), self.days[row.pk].first)

    def open_agencies(self, row: EarlyAccessRequest) -> list[Organisation]:
        """Agencies consented to that do not hold the request: one that holds it keeps its assignment."""
        return [a for a in self.consented[row.pk] if not self.held[row.pk][a.pk].difference(ENDED)]

    def in_turn(self, agency: Organisation, rows: Iterable[EarlyAccessRequest]) -> Iterator[EarlyAccessRequest]:
        """Requests at an agency in the order in which they are placed: again and again the one whose developer holds the fewest
        places there on the days of its window, among equals the one that was made first. What is taken meanwhile counts."""
        waiting: dict[UUID, deque[EarlyAccessRequest]] = defaultdict(deque)
        for row in sorted(rows, key=lambda row: (row.created_at, row.pk)):
            waiting[row.developer_id].append(row)
        line = [self._in_line(agency, each[0]) for each in waiting.values()]
        heapq.heapify(line)
        while line:
            _, _, developer = heapq.heappop(line)
            yield waiting[developer].popleft()
            if waiting[developer]:
                heapq.heappush(line, self._in_line(agency, waiting[developer][0]))

    def _in_line(self, agency: Organisation, row: EarlyAccessRequest) -> tuple[tuple[int, Any], UUID, UUID]:
        share = self.places.share(agency.pk, row.developer_id, self.days[row.pk])
        return (share, row.created_at), row.pk, row.developer_id

    def candidate(self, row: EarlyAccessRequest, agency: Organisation, *, by_person: bool = False) -> Candidate:
        """The agency as the rules judge it now. A person may ask one again that did not answer or was taken back, and may
        give a free place to a request whose turn it is not."""
        held = self.held[row.pk][agency.pk]
        forgiven = {"lapsed", "taken_back"} if by_person else set()
        return Candidate(
            slug=str(agency.slug),
            label=label(agency),
            capabilities=self._capabilities(row, agency, in_turn=not by_person),
            agreement_in_force=(row.developer_id, agency.pk) in self.agreements,
            allowed=self._allowed(row, agency),
            declined_before="declined" in held,
            excluded=self._excluded(row, agency, held - forgiven),
            recused=(row.developer_id, agency.pk) in self.recused,
            kept_out_until=self._kept_out(row, agency),
        )

    def fresh(self, row: EarlyAccessRequest, agency: Organisation) -> Candidate:
        """The agency as if nothing had been routed yet and every place were free: what rules alone would do. Days without
        any place, recusals and exclusions hold, since they outlast what is taken today."""
        return Candidate(
            slug=str(agency.slug),
            label=label(agency),
            capabilities=self._capabilities(row, agency, free=True),
            agreement_in_force=(row.developer_id, agency.pk) in self.agreements,
            allowed=self._allowed(row, agency),
            excluded=self.holds.get((row.pk, agency.pk), ""),
            recused=(row.developer_id, agency.pk) in self.recused,
            kept_out_until=self._kept_out(row, agency),
        )

    def _capabilities(
        self, row: EarlyAccessRequest, agency: Organisation, *, free: bool = False, in_turn: bool = False
    ) -> tuple[Capability, ...]:
        asked = {domain.domain for domain in self.domains[row.pk]}
        return tuple(
            self._capability(row, agency, c.domain, c.highest_access_level, free=free, in_turn=in_turn)
            for c in self.places.capabilities[agency.pk]
            if c.domain in asked
        )

    def _capability(
        self, row: EarlyAccessRequest, agency: Organisation, domain: str, level: int, *, free: bool, in_turn: bool
    ) -> Capability:
        days = self.days[row.pk]
        tight = self.places.on(agency.pk, domain, days, free=free)
        ahead = 0
        if in_turn and tight.free > 0 and self.turns.at(agency.pk):
            place = self._in_line(agency, row)[0]
            ahead = self.turns.ahead(self.places, agency.pk, domain, days, place=place, but=self.days)
        return Capability(domain, level, tight.places, tight.taken, in_days(tight.first, tight.last), ahead)

    def _kept_out(self, row: EarlyAccessRequest, agency: Organisation) -> Any:
        """Until when a routing officer keeps the agency out of this request, the longest; None when nobody does."""
        days = [
            one.until
            for one in self.kept_out
            if (one.router_id, one.agency_id, one.developer_id) == (row.intake_agency_id, agency.pk, row.developer_id)
            and one.request_id in (None, row.pk)
            and self.days[row.pk].first <= one.until
        ]
        return max(days, default=None)

    def _excluded(self, row: EarlyAccessRequest, agency: Organisation, held: set[str]) -> str:
        if "stopped" in held:
            return "its test of this request was stopped"
        if "recused" in held:
            return "stepped back from this request before"
        if "taken_back" in held:
            return "a routing officer took this request back from it"
        if "lapsed" in held:
            return "did not answer this request in time before"
        return self.holds.get((row.pk, agency.pk), "")

    def take(self, row: EarlyAccessRequest, agency: Organisation, domains: Sequence[str]) -> None:
        """A place is taken, for the rest of the batch too."""
        self.held[row.pk][agency.pk].add("proposed")
        self.places.take(agency.pk, row.developer_id, domains, self.days[row.pk])

    def placed(self, row: EarlyAccessRequest) -> int:
        """How many agencies hold the request."""
        return sum(1 for states in self.held[row.pk].values() if states.difference(ENDED))

    def agreed(self, values: Mapping[UUID, int], row: EarlyAccessRequest, agency: Organisation) -> int | None:
        """What the agreement says, of values by agreement. Kept on the assignment, since people of a component do not read
        their parent's agreements."""
        agreement = self.agreements.get((row.developer_id, agency.pk))
        return values.get(agreement.pk) if agreement else None

    def _allowed(self, row: EarlyAccessRequest, agency: Organisation) -> frozenset[str] | None:
        agreement = self.agreements.get((row.developer_id, agency.pk))
        found = self.domains_allowed.get(agreement.pk) if agreement else None
        return None if found is None else frozenset(found)


def rules_of(rule_sets: Iterable[UUID]) -> dict[UUID, list[Rule]]:
    """The rules of these versions, each with an entry."""
    found: dict[UUID, list[Rule]] = {key: [] for key in rule_sets}
    for r in RoutingRule.objects.filter(rule_set__in=list(found)).select_related("agency"):
        developer = str(r.developer_id or "")
        found[r.rule_set_id].append(
            Rule(r.number, r.domain, str(r.agency.slug), r.highest_access_level, r.excludes, developer, r.until)
        )
    return found


def _days_of(row: EarlyAccessRequest) -> Days:
    """The days of the request's window; without one, the thirty from today."""
    window = getattr(row, "window", None)
    if window is not None:
        return Days(window.starts_on, window.ends_on)
    today = timezone.now().date()
    return Days(today, today + USUAL_WINDOW)


def label(agency: Organisation) -> str:
    """ "Defense/NSA" from the slug: short, and stable in the record."""
    names = {"nsa": "NSA", "cdao": "CDAO", "caisi": "CAISI", "bis": "BIS", "cisa": "CISA"}
    top, _, part = str(agency.slug).partition("-")
    return f"{top.capitalize()}/{names.get(part, part.upper())}" if part else top.capitalize()
