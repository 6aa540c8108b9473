"""What the router knows of a batch of requests: read at once, locked, and kept up to date while it places them.

Read without locks it is what a page shows of a decision that nobody has made yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from agencies.models import TestingCapability
from agreements import queries as agreements
from agreements.models import TestingAgreement
from core.decisions import Conflict
from early_access import queries as early_access
from early_access.models import EarlyAccessRequest, RequestedDomain
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingRule, RoutingRuleSet
from evaluations.queries.routing import places_taken
from evaluations.rules.routing import Candidate, Capability, Rule, Wanted
from evaluations.workflow import TAKEN_BACK, UNANSWERED

ENDED = ("declined", "stopped", "lapsed", "taken_back")
TOLD_APART = {
    ("declined", UNANSWERED): "lapsed",
    ("stopped", TAKEN_BACK): "taken_back",
}  # by the reason that stands there


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
        self.capabilities: dict[UUID, list[TestingCapability]] = defaultdict(list)
        held = TestingCapability.objects.filter(agency__in=agencies, is_active=True).order_by("id")
        if self.lock:
            held = held.select_for_update()
        for capability in held:
            self.capabilities[capability.agency_id].append(capability)
        self.taken = places_taken(agencies.values())
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

    def wanted(self, row: EarlyAccessRequest) -> Wanted:
        """The request's domains, and the deepest access that it offers."""
        listed = self.domains[row.pk]
        return Wanted(tuple(d.domain for d in listed), max((d.access_level for d in listed), default=1))

    def open_agencies(self, row: EarlyAccessRequest) -> list[Organisation]:
        """Agencies consented to that do not hold the request: one that holds it keeps its assignment."""
        return [a for a in self.consented[row.pk] if not self.held[row.pk][a.pk].difference(ENDED)]

    def candidate(self, row: EarlyAccessRequest, agency: Organisation, *, by_person: bool = False) -> Candidate:
        """The agency as the rules judge it now. A person may ask one again that did not answer or was taken back."""
        held = self.held[row.pk][agency.pk]
        forgiven = {"lapsed", "taken_back"} if by_person else set()
        return Candidate(
            slug=str(agency.slug),
            label=label(agency),
            capabilities=self._capabilities(agency),
            agreement_in_force=(row.developer_id, agency.pk) in self.agreements,
            allowed=self._allowed(row, agency),
            declined_before="declined" in held,
            excluded=self._excluded(row, agency, held - forgiven),
        )

    def fresh(self, row: EarlyAccessRequest, agency: Organisation) -> Candidate:
        """The agency as if nothing had been routed yet and every place were free: what rules alone would do."""
        return Candidate(
            slug=str(agency.slug),
            label=label(agency),
            capabilities=self._capabilities(agency, free=True),
            agreement_in_force=(row.developer_id, agency.pk) in self.agreements,
            allowed=self._allowed(row, agency),
            excluded=self.holds.get((row.pk, agency.pk), ""),
        )

    def _capabilities(self, agency: Organisation, *, free: bool = False) -> tuple[Capability, ...]:
        taken = {} if free else self.taken
        return tuple(
            Capability(c.domain, c.highest_access_level, c.parallel_capacity, taken.get((agency.pk, c.domain), 0))
            for c in self.capabilities[agency.pk]
        )

    def _excluded(self, row: EarlyAccessRequest, agency: Organisation, held: set[str]) -> str:
        if "stopped" in held:
            return "its test of this request was stopped"
        if "taken_back" in held:
            return "a routing officer took this request back from it"
        if "lapsed" in held:
            return "did not answer this request in time before"
        return self.holds.get((row.pk, agency.pk), "")

    def take(self, row: EarlyAccessRequest, agency: Organisation, domains: Sequence[str]) -> None:
        """A place is taken, for the rest of the batch too."""
        self.held[row.pk][agency.pk].add("proposed")
        for domain in domains:
            self.taken[agency.pk, domain] = self.taken.get((agency.pk, domain), 0) + 1

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
        found[r.rule_set_id].append(Rule(r.number, r.domain, str(r.agency.slug), r.highest_access_level))
    return found


def label(agency: Organisation) -> str:
    """ "Defense/NSA" from the slug: short, and stable in the record."""
    names = {"nsa": "NSA", "cdao": "CDAO", "caisi": "CAISI", "bis": "BIS", "cisa": "CISA"}
    top, _, part = str(agency.slug).partition("-")
    return f"{top.capitalize()}/{names.get(part, part.upper())}" if part else top.capitalize()
