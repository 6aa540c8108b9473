"""A routing officer takes a request back from an agency before it tests, and gives it to another with a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Invalid, Problem
from early_access.models import EarlyAccessRequest
from evaluations import notices, policies, queries
from evaluations.actions import routing, turns
from evaluations.actions.base import held, made, needed
from evaluations.models import PlaceTurn, RoutingDecision
from evaluations.policies import DECIDERS
from evaluations.queries.facts import Facts, label
from evaluations.rules.routing import chosen
from evaluations.workflow import BEFORE_TESTING, TAKEN_BACK
from jobs import actions as jobs

LONGEST_REASON = 2_000
CHOSEN = "A routing officer chose the agency"


@transaction.atomic
def reassign(*, decision: RoutingDecision, agency: Organisation | None, reason: str, by: User) -> None:
    """Take the request of this row of the board back from its agency, if it holds it, and give it to another one.

    `agency` None: the rules decide who gets it, by a job. The reason is read by both agencies and never by the developer.
    Locks request, assignment, capabilities, in this order; the officer sees neither side's rows, the action does.
    """
    words = needed(reason, "reason", "Say why in a few words: the agencies read it.")
    if len(words) > LONGEST_REASON:
        raise Invalid([Problem("reason", f"At most {LONGEST_REASON:,} characters fit here.")])
    policies.may_route(by, decision.router).require()
    row = EarlyAccessRequest.objects.select_for_update(of=("self",)).get(pk=decision.attempt.request_id)
    with queries.as_the_router(row):
        before = held(row, *BEFORE_TESTING, agency=decision.agency)
        policies.forget_conflicts(by)
        now = RoutingDecision.objects.select_related("agency", "router", "attempt__request").get(pk=decision.pk)
        policies.may_reassign(by, now).require()
        for assignment in before:
            assignment.ended_reason, assignment.access_revoked_at = TAKEN_BACK, timezone.now()
            made(assignment, "take_back", by=by, reason=TAKEN_BACK)
            to = [(assignment.agency_id, DECIDERS), (assignment.developer_id, ("drafter", "security"))]
            notices.tell("taken_back", assignment, to, by)
            RoutingDecision.objects.filter(pk=now.pk).update(ended_reason=words)
        if agency is not None:
            _give(row, agency, words, by, but=now.agency if before else None)
        elif before:
            jobs.enqueue(
                "evaluations.route", key=f"evaluations.route:{row.pk}:taken_back:{before[0].pk}",
                organisations=[row.developer_id],
                payload={"request": str(row.pk), "cause": "A routing officer took it back from an agency"},
            )  # fmt: skip
        else:
            raise Invalid(
                [Problem("agency", "Choose an agency: nobody holds this request here, so nothing is taken back.")]
            )
    audit.record("evaluations.reassigned", row, by=by, parties=[now.router_id], reason=words)


def _give(row: EarlyAccessRequest, agency: Organisation, words: str, by: User, but: Organisation | None) -> None:
    """One more pass, which decides about the chosen agency alone."""
    facts = Facts([row])
    if agency == but or agency not in facts.open_agencies(row):
        consents = agency in facts.consented[row.pk]
        why = "holds this request already" if consents else "is not among the agencies that the developer consented to"
        raise Invalid([Problem("agency", f"{label(agency)} {why}: choose another agency.")])
    placement = chosen(facts.wanted(row), facts.candidate(row, agency, by_person=True))
    if not placement.placed:
        raise Invalid([Problem("agency", f"{placement.sentence}. Choose another agency.")])
    attempt = routing.begun(facts, row, CHOSEN)
    older = RoutingDecision.objects.filter(attempt__request=row, agency=agency, superseded_at=None)
    older.update(superseded_at=timezone.now())
    decision = routing.decided(facts, attempt, agency, placement)
    decision.chosen_by, decision.reason = by, words
    facts.take(row, agency, placement.domains)
    assignment = routing.assigned(facts, attempt, agency, placement)
    attempt.placed = facts.placed(row)
    routing.store([routing.Pass(attempt, (decision,), (assignment,))])
    turns.end(PlaceTurn.objects.filter(request=row, agency=agency))
