"""Routing: rule × capability × capacity × consent, one assignment per agency, each decision stored in words."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Organisation, User
from agencies.models import TestingCapability
from agencies.reference import queue
from agreements import queries as agreements
from audit import actions as audit
from core.decisions import Conflict
from early_access import queries as early_access
from early_access.models import EarlyAccessRequest, RequestedDomain
from evaluations import notices, policies, queries
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingDecision, RoutingRule, RoutingRuleSet
from evaluations.rules.routing import Candidate, Capability, Placement, Rule, Wanted, decide
from jobs import actions as jobs

DAYS_TO_ANSWER = 3
ROUTABLE = ("scheduled", "window_open")


@transaction.atomic
def route(*, request: EarlyAccessRequest, cause: str) -> RoutingAttempt | None:
    """One pass over a request; None when it is not waiting for routing any more (withdrawn meanwhile).

    The capabilities are locked, so that two requests cannot take an agency's last place at once. An agency that
    already holds the request keeps its assignment; one that declined or was stopped is left out.
    """
    row = EarlyAccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.status not in ROUTABLE:
        return None
    rule_set = RoutingRuleSet.objects.order_by("-number").first()
    if rule_set is None or row.intake_agency is None:
        raise Conflict("There are no routing rules yet: a routing officer publishes the first version.")
    attempt = RoutingAttempt.objects.create(
        request=row, developer_id=row.developer_id, router=row.intake_agency, rule_set=rule_set, cause=cause,
        number=(RoutingAttempt.objects.filter(request=row).aggregate(last=Max("number"))["last"] or 0) + 1,
    )  # fmt: skip
    agencies = [a for a in early_access.consented(row) if not _holds(row, a)]
    for agency, placement in zip(agencies, _placements(row, rule_set, agencies), strict=True):
        _store(attempt, agency, placement)
    attempt.placed = (
        EvaluationAssignment.objects.filter(request=row).exclude(status__in=["declined", "stopped"]).count()
    )
    attempt.save(update_fields=["placed"])
    _leave_the_inbox(attempt)
    if not attempt.placed:
        notices.nobody(attempt)
    audit.record("evaluations.routed", row, parties=[attempt.router_id], detail={"attempt": attempt.number})
    return attempt


def _holds(row: EarlyAccessRequest, agency: Organisation) -> bool:
    rows = EvaluationAssignment.objects.filter(request=row, agency=agency)
    return rows.exclude(status__in=["declined", "stopped"]).exists()


def _placements(row: EarlyAccessRequest, rule_set: RoutingRuleSet, agencies: list[Organisation]) -> list[Placement]:
    wanted_rows = list(RequestedDomain.objects.filter(request=row))
    level = max((d.access_level for d in wanted_rows), default=1)
    wanted = Wanted(tuple(d.domain for d in wanted_rows), level)
    rules = [
        Rule(r.number, r.domain, str(r.agency.slug), r.highest_access_level)
        for r in RoutingRule.objects.filter(rule_set=rule_set).select_related("agency")
    ]
    return [decide(wanted, rules, c) for c in _candidates(row, agencies)]


def _candidates(row: EarlyAccessRequest, agencies: list[Organisation]) -> list[Candidate]:
    held = list(
        TestingCapability.objects.select_for_update().filter(agency__in=agencies, is_active=True).order_by("id")
    )
    taken = queries.places_taken(agencies)
    out = set(EvaluationAssignment.objects.filter(request=row, status="declined").values_list("agency_id", flat=True))
    stopped = set(
        EvaluationAssignment.objects.filter(request=row, status="stopped").values_list("agency_id", flat=True)
    )
    return [
        Candidate(
            slug=str(a.slug),
            label=_label(a),
            capabilities=tuple(
                Capability(c.domain, c.highest_access_level, c.parallel_capacity, taken.get((a.pk, c.domain), 0))
                for c in held
                if c.agency_id == a.pk
            ),
            agreement_in_force=agreements.in_force_between(developer=row.developer, agency=a, at=timezone.now())
            is not None,
            declined_before=a.pk in out,
            excluded="its test of this request was stopped" if a.pk in stopped else "",
        )
        for a in agencies
    ]


def _label(agency: Organisation) -> str:
    """ "Defense/NSA" from the slug: short, and stable in the record."""
    names = {"nsa": "NSA", "cdao": "CDAO", "caisi": "CAISI", "bis": "BIS", "cisa": "CISA"}
    top, _, part = str(agency.slug).partition("-")
    return f"{top.capitalize()}/{names.get(part, part.upper())}" if part else top.capitalize()


def _store(attempt: RoutingAttempt, agency: Organisation, placement: Placement) -> None:
    RoutingDecision.objects.create(
        attempt=attempt, router_id=attempt.router_id, agency=agency, placed=placement.placed,
        rule_number=placement.rule_number, sentence=placement.sentence[:400],
    )  # fmt: skip
    if not placement.placed:
        return
    level = max(d.access_level for d in RequestedDomain.objects.filter(request=attempt.request))
    row = EvaluationAssignment.objects.create(
        request=attempt.request, developer_id=attempt.developer_id, agency=agency, domains=list(placement.domains),
        access_level=level, attempt=attempt, answer_due_at=timezone.now() + timedelta(days=DAYS_TO_ANSWER),
        fact_check_days=_fact_check_days(attempt.request, agency),
    )  # fmt: skip
    audit.record("evaluations.proposed", row, parties=[row.developer_id, row.agency_id])
    jobs.enqueue(
        "evaluations.receive", key=f"evaluations.receive:{row.pk}:1", organisations=[agency.pk],
        payload={"assignment": str(row.pk)}, queue=queue(agency),
    )  # fmt: skip


def _fact_check_days(request: EarlyAccessRequest, agency: Organisation) -> int | None:
    """What the agreement gives the developer to check the facts of a report. Kept on the assignment, since people of a
    component do not read their parent's agreements."""
    agreement = agreements.in_force_between(developer=request.developer, agency=agency, at=timezone.now())
    return agreements.obligation(agreement, "fact_check_days") if agreement else None


def _leave_the_inbox(attempt: RoutingAttempt) -> None:
    """A newer attempt answers the older empty ones."""
    older = RoutingAttempt.objects.filter(request=attempt.request, resolved_at=None).exclude(pk=attempt.pk)
    older.update(resolved_at=timezone.now())


@transaction.atomic
def route_again(*, attempt: RoutingAttempt, by: User) -> None:
    """A routing officer has the router run once more (capacity was freed, a rule was changed).

    A job does it, since it must see every agency's places; the officer's own context does not.
    """
    policies.may_route_again(by, attempt).require()
    jobs.enqueue(
        "evaluations.route", key=f"evaluations.route:{attempt.request_id}:after:{attempt.pk}",
        organisations=[attempt.developer_id],
        payload={"request": str(attempt.request_id), "cause": "A routing officer asked for it"},
    )  # fmt: skip
    audit.record("evaluations.asked_again", attempt, by=by, parties=[attempt.router_id])
