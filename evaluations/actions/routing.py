"""Routing: rule × capability × places on the days × consent, one assignment per agency, each decision stored in words."""

from __future__ import annotations

from collections import defaultdict
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
from evaluations.actions import turns
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingDecision
from evaluations.queries.facts import Facts
from evaluations.rules.routing import Placement, decide
from evaluations.workflow import LEFT_OUT, ROUTABLE
from jobs import actions as jobs

BATCH = 100  # requests of one job
DAYS_TO_ANSWER = 3


@dataclass(frozen=True)
class Pass:
    """What the router decided over one request, not stored yet."""

    attempt: RoutingAttempt
    decisions: tuple[RoutingDecision, ...]
    assignments: tuple[EvaluationAssignment, ...]


def route(*, request: EarlyAccessRequest, cause: str, newest_rules: bool = False) -> RoutingAttempt | None:
    """One pass over a request; None when it is not waiting for routing any more (withdrawn meanwhile)."""
    return next(iter(route_all(requests=[request.pk], cause=cause, newest_rules=newest_rules)), None)


@transaction.atomic
def route_all(*, requests: Sequence[UUID], cause: str, newest_rules: bool = False) -> list[RoutingAttempt]:
    """One pass over each of these requests that waits for routing; as many statements as for one.

    Each agency is gone through in turn (`Facts.in_turn`), and what one request takes is taken for the next. An agency that
    already holds a request keeps its assignment; one that declined or was stopped is left out. A request that was routed before
    keeps its version of the rules, unless a routing officer asked for the `newest_rules`.
    """
    locked = EarlyAccessRequest.objects.select_for_update(of=("self",)).select_related("window")
    locked = locked.filter(pk__in=requests).order_by("pk")
    if len(locked) != len(set(map(str, requests))):
        raise EarlyAccessRequest.DoesNotExist("The router does not see every request of this job.")
    rows = sorted((row for row in locked if row.status in ROUTABLE), key=lambda row: (row.created_at, row.pk))
    if not rows:
        return []
    facts = Facts(rows, newest_rules=newest_rules)
    found = _placements(facts, rows)
    passes = [_pass(facts, row, cause, found[row.pk]) for row in rows]
    _supersede([done.attempt for done in passes])
    store(passes)
    turns.note(facts, passes, found)
    for done in passes:
        if not done.attempt.placed:
            notices.nobody(done.attempt)
    return [done.attempt for done in passes]


def _placements(facts: Facts, rows: Sequence[EarlyAccessRequest]) -> dict[UUID, dict[UUID, Placement]]:
    """Request → agency that does not hold it → what is decided there. Places are taken as they are given."""
    asking: dict[UUID, list[EarlyAccessRequest]] = defaultdict(list)
    agencies: dict[UUID, Organisation] = {}
    for row in rows:
        for agency in facts.open_agencies(row):
            agencies[agency.pk] = agency
            asking[agency.pk].append(row)
    wanted = {row.pk: facts.wanted(row) for row in rows}
    found: dict[UUID, dict[UUID, Placement]] = {row.pk: {} for row in rows}
    for agency in agencies.values():
        for row in facts.in_turn(agency, asking[agency.pk]):
            placement = decide(wanted[row.pk], facts.rules_for(row), facts.candidate(row, agency))
            found[row.pk][agency.pk] = placement
            if placement.placed:
                facts.take(row, agency, placement.domains)
    return found


def _pass(facts: Facts, row: EarlyAccessRequest, cause: str, found: dict[UUID, Placement]) -> Pass:
    attempt = begun(facts, row, cause)
    here = [(agency, found[agency.pk]) for agency in facts.consented[row.pk] if agency.pk in found]
    decisions = [decided(facts, attempt, agency, placement) for agency, placement in here]
    assignments = [assigned(facts, attempt, agency, placement) for agency, placement in here if placement.placed]
    attempt.placed = facts.placed(row)
    return Pass(attempt, tuple(decisions), tuple(assignments))


def begun(facts: Facts, row: EarlyAccessRequest, cause: str) -> RoutingAttempt:
    """A pass over a request, not stored and still without decisions."""
    if row.intake_agency_id is None:
        raise Conflict("Nobody took this request in: it has to be submitted first.")
    return RoutingAttempt(
        request=row, developer_id=row.developer_id, router_id=row.intake_agency_id, cause=cause,
        rule_set_id=facts.versions[row.pk], number=facts.attempts.get(row.pk, 0) + 1,
    )  # fmt: skip


def decided(facts: Facts, attempt: RoutingAttempt, agency: Organisation, placement: Placement) -> RoutingDecision:
    """The decision about one agency as the board shows it. Left out once more, an agency that declined or was stopped keeps
    the older row there, which says why."""
    at = timezone.now()
    ended_before = bool(facts.held[attempt.request_id][agency.pk])
    return RoutingDecision(
        attempt=attempt, router_id=attempt.router_id, agency=agency, placed=placement.placed,
        rule_number=placement.rule_number, sentence=placement.sentence[:900], since=at,
        status="proposed" if placement.placed else LEFT_OUT,
        due_at=at + timedelta(days=DAYS_TO_ANSWER) if placement.placed else None,
        superseded_at=at if ended_before and not placement.placed else None,
    )  # fmt: skip


def assigned(
    facts: Facts, attempt: RoutingAttempt, agency: Organisation, placement: Placement
) -> EvaluationAssignment:  # fmt: skip
    """The assignment that a decision makes."""
    row = attempt.request
    days = facts.days[row.pk]
    return EvaluationAssignment(
        request=row, developer_id=attempt.developer_id, agency=agency, domains=list(placement.domains),
        access_level=facts.wanted(row).access_level, attempt=attempt,
        answer_due_at=timezone.now() + timedelta(days=DAYS_TO_ANSWER), tests_from=days.first, tests_until=days.last,
        fact_check_days=facts.agreed(facts.fact_check_days, row, agency),
        publication_review_days=facts.agreed(facts.publication_review_days, row, agency),
        incident_notice_hours=facts.agreed(facts.incident_notice_hours, row, agency),
        max_testers=facts.agreed(facts.max_testers, row, agency),
    )  # fmt: skip


def store(passes: Sequence[Pass]) -> None:
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


def _supersede(attempts: Sequence[RoutingAttempt]) -> None:
    """Whoever was left out before is decided about anew: the new decision stands on the board."""
    again = [a.request_id for a in attempts if a.number > 1]
    if again:
        left_out = RoutingDecision.objects.filter(attempt__request__in=again, status=LEFT_OUT, superseded_at=None)
        left_out.update(superseded_at=timezone.now())


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
        payload={"request": str(attempt.request_id), "cause": "A routing officer asked for it", "newest_rules": True},
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
        {"requests": [str(a.request_id) for a in batch], "cause": "A routing officer asked for all", "newest_rules": True},
    )  # fmt: skip
