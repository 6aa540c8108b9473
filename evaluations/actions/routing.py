"""Routing: rule × capability × capacity × consent, one assignment per agency, each decision stored in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agencies.reference import queue
from audit import actions as audit
from core.decisions import Conflict
from early_access.models import EarlyAccessRequest
from evaluations import notices, policies
from evaluations.actions.facts import Facts
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingDecision
from evaluations.rules.routing import Placement, decide
from jobs import actions as jobs

BATCH = 100  # requests of one job
DAYS_TO_ANSWER = 3
ROUTABLE = ("scheduled", "window_open")


@dataclass(frozen=True)
class Pass:
    """What the router decided over one request, not stored yet."""

    attempt: RoutingAttempt
    decisions: tuple[RoutingDecision, ...]
    assignments: tuple[EvaluationAssignment, ...]


def route(*, request: EarlyAccessRequest, cause: str) -> RoutingAttempt | None:
    """One pass over a request; None when it is not waiting for routing any more (withdrawn meanwhile)."""
    return next(iter(route_all(requests=[request.pk], cause=cause)), None)


@transaction.atomic
def route_all(*, requests: Sequence[UUID], cause: str) -> list[RoutingAttempt]:
    """One pass over each of these requests that waits for routing, oldest first; as many statements as for one.

    What one of them takes is taken for the next. An agency that already holds a request keeps its assignment; one that
    declined or was stopped is left out.
    """
    locked = EarlyAccessRequest.objects.select_for_update(of=("self",)).filter(pk__in=requests).order_by("pk")
    if len(locked) != len(set(map(str, requests))):
        raise EarlyAccessRequest.DoesNotExist("The router does not see every request of this job.")
    rows = sorted((row for row in locked if row.status in ROUTABLE), key=lambda row: (row.created_at, row.pk))
    if not rows:
        return []
    facts = Facts(rows)
    passes = [_pass(facts, row, cause) for row in rows]
    _store(passes)
    for done in passes:
        if not done.attempt.placed:
            notices.nobody(done.attempt)
    return [done.attempt for done in passes]


def _pass(facts: Facts, row: EarlyAccessRequest, cause: str) -> Pass:
    if row.intake_agency_id is None:
        raise Conflict("Nobody took this request in: it has to be submitted first.")
    attempt = RoutingAttempt(
        request=row, developer_id=row.developer_id, router_id=row.intake_agency_id, rule_set=facts.rule_set,
        cause=cause, number=facts.attempts.get(row.pk, 0) + 1,
    )  # fmt: skip
    decisions, assignments, wanted = [], [], facts.wanted(row)
    for agency in facts.open_agencies(row):
        placement = decide(wanted, facts.rules, facts.candidate(row, agency))
        decisions.append(_decision(attempt, agency, placement))
        if placement.placed:
            assignments.append(_assignment(facts, attempt, agency, placement, wanted.access_level))
            facts.take(row, agency, placement.domains)
    attempt.placed = facts.placed(row)
    return Pass(attempt, tuple(decisions), tuple(assignments))


def _decision(attempt: RoutingAttempt, agency: Organisation, placement: Placement) -> RoutingDecision:
    return RoutingDecision(
        attempt=attempt, router_id=attempt.router_id, agency=agency, placed=placement.placed,
        rule_number=placement.rule_number, sentence=placement.sentence[:400],
    )  # fmt: skip


def _assignment(
    facts: Facts, attempt: RoutingAttempt, agency: Organisation, placement: Placement, level: int
) -> EvaluationAssignment:
    return EvaluationAssignment(
        request=attempt.request, developer_id=attempt.developer_id, agency=agency, domains=list(placement.domains),
        access_level=level, attempt=attempt, answer_due_at=timezone.now() + timedelta(days=DAYS_TO_ANSWER),
        fact_check_days=facts.agreed(facts.fact_check_days, attempt.request, agency),
        publication_review_days=facts.agreed(facts.publication_review_days, attempt.request, agency),
        incident_notice_hours=facts.agreed(facts.incident_notice_hours, attempt.request, agency),
        max_testers=facts.agreed(facts.max_testers, attempt.request, agency),
    )  # fmt: skip


def _store(passes: Sequence[Pass]) -> None:
    """Each table in one statement. A newer attempt answers the older empty ones."""
    attempts = [done.attempt for done in passes]
    made = [assignment for done in passes for assignment in done.assignments]
    RoutingAttempt.objects.bulk_create(attempts)
    RoutingDecision.objects.bulk_create([decision for done in passes for decision in done.decisions])
    EvaluationAssignment.objects.bulk_create(made)
    older = RoutingAttempt.objects.filter(request__in=[a.request_id for a in attempts], resolved_at=None)
    older.exclude(pk__in=[a.pk for a in attempts]).update(resolved_at=timezone.now())
    audit.record_all(
        [audit.Entry("evaluations.proposed", row, (row.developer_id, row.agency_id)) for row in made]
        + [audit.Entry("evaluations.routed", a.request, (a.router_id,), {"attempt": a.number}) for a in attempts]
    )
    jobs.enqueue_all(order for row in made for order in _orders(row))


def _orders(row: EvaluationAssignment) -> tuple[jobs.Order, ...]:
    """The hand-over to the agency's worker, and the clocks of its answer."""
    see, payload = (row.developer_id, row.agency_id), {"assignment": str(row.pk)}
    reminder = row.answer_due_at - timedelta(days=1)
    return (
        jobs.Order(
            "evaluations.receive", f"evaluations.receive:{row.pk}:1", (row.agency_id,), payload, queue(row.agency)
        ),
        jobs.Order("evaluations.remind_of_answer", f"evaluations.remind:{row.pk}:1", see, payload, not_before=reminder),
        jobs.Order("evaluations.lapse", f"evaluations.lapse:{row.pk}:1", see, payload, not_before=row.answer_due_at),
    )


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


@transaction.atomic
def route_all_again(*, attempts: Sequence[RoutingAttempt], by: User) -> int:
    """The same for all of these whose requests still wait, a hundred requests to a job; how many."""
    for attempt in attempts:
        policies.may_route(by, attempt.router).require()
    waiting = [attempt for attempt in attempts if policies.may_route_again(by, attempt)]
    jobs.enqueue_all(_again(waiting[first : first + BATCH]) for first in range(0, len(waiting), BATCH))
    audit.record_all([audit.Entry("evaluations.asked_again", a, (a.router_id,)) for a in waiting], by=by)
    return len(waiting)


def _again(batch: Sequence[RoutingAttempt]) -> jobs.Order:
    """One job for up to a hundred; asked for twice it is still one."""
    named = sha256("".join(sorted(str(attempt.pk) for attempt in batch)).encode()).hexdigest()
    return jobs.Order(
        "evaluations.route", f"evaluations.route:all:{named}", tuple({attempt.developer_id for attempt in batch}),
        {"requests": [str(attempt.request_id) for attempt in batch], "cause": "A routing officer asked for all"},
    )  # fmt: skip
