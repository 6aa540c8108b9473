"""What the router knows of a batch of requests: read at once, locked, and kept up to date while it places them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from accounts.models import Organisation
from agencies.models import TestingCapability
from agreements import queries as agreements
from agreements.models import TestingAgreement
from core.decisions import Conflict
from early_access import queries as early_access
from early_access.models import EarlyAccessRequest, RequestedDomain
from evaluations import queries
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingRule, RoutingRuleSet
from evaluations.rules.routing import Candidate, Capability, Rule, Wanted
from evaluations.workflow import UNANSWERED

ENDED = ("declined", "stopped")


class Facts:
    """The rows of a batch stay locked, and so do the capabilities: two batches cannot take one last place."""

    def __init__(self, rows: Sequence[EarlyAccessRequest]) -> None:
        keys = [row.pk for row in rows]
        found = RoutingRuleSet.objects.order_by("-number").first()
        if found is None:
            raise Conflict("There are no routing rules yet: a routing officer publishes the first version.")
        self.rule_set = found
        rules = RoutingRule.objects.filter(rule_set=found).select_related("agency")
        self.rules = [Rule(r.number, r.domain, str(r.agency.slug), r.highest_access_level) for r in rules]
        self.consented = early_access.consented_of(keys)
        self.domains: dict[UUID, list[RequestedDomain]] = defaultdict(list)
        for domain in RequestedDomain.objects.filter(request__in=keys):
            self.domains[domain.request_id].append(domain)
        self.held: dict[UUID, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.unanswered: set[tuple[UUID, UUID]] = set()
        held = EvaluationAssignment.objects.filter(request__in=keys).values_list(
            "request_id", "agency_id", "status", "ended_reason"
        )
        for request, agency, status, reason in held:
            self.held[request][agency].add(status)
            if status == "declined" and reason == UNANSWERED:
                self.unanswered.add((request, agency))
        numbers = RoutingAttempt.objects.filter(request__in=keys).values_list("request_id").annotate(last=Max("number"))
        self.attempts: dict[UUID, int] = dict(numbers)
        self.holds = early_access.holds_of(keys)
        self._read_agencies(rows)

    def _read_agencies(self, rows: Sequence[EarlyAccessRequest]) -> None:
        agencies = {agency.pk: agency for listed in self.consented.values() for agency in listed}
        self.capabilities: dict[UUID, list[TestingCapability]] = defaultdict(list)
        held = TestingCapability.objects.select_for_update().filter(agency__in=agencies, is_active=True).order_by("id")
        for capability in held:
            self.capabilities[capability.agency_id].append(capability)
        self.taken = queries.places_taken(agencies.values())
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

    def candidate(self, row: EarlyAccessRequest, agency: Organisation) -> Candidate:
        """The agency as the rules judge it now."""
        held = self.held[row.pk][agency.pk]
        return Candidate(
            slug=str(agency.slug),
            label=label(agency),
            capabilities=tuple(
                Capability(
                    c.domain, c.highest_access_level, c.parallel_capacity, self.taken.get((agency.pk, c.domain), 0)
                )
                for c in self.capabilities[agency.pk]
            ),
            agreement_in_force=(row.developer_id, agency.pk) in self.agreements,
            allowed=self._allowed(row, agency),
            declined_before="declined" in held and (row.pk, agency.pk) not in self.unanswered,
            excluded=self._excluded(row, agency),
        )

    def _excluded(self, row: EarlyAccessRequest, agency: Organisation) -> str:
        if "stopped" in self.held[row.pk][agency.pk]:
            return "its test of this request was stopped"
        if (row.pk, agency.pk) in self.unanswered:
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


def label(agency: Organisation) -> str:
    """ "Defense/NSA" from the slug: short, and stable in the record."""
    names = {"nsa": "NSA", "cdao": "CDAO", "caisi": "CAISI", "bis": "BIS", "cisa": "CISA"}
    top, _, part = str(agency.slug).partition("-")
    return f"{top.capitalize()}/{names.get(part, part.upper())}" if part else top.capitalize()
