"""Who may read the routing board and run the router again; each answer is a Decision."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, first_refusal, refuse
from evaluations.models import PlaceOverload, RoutingAttempt, RoutingDecision, RoutingExclusion, RoutingRuleSet
from evaluations.policies.conflicts import no_conflict
from evaluations.workflow import ASSIGNMENT, BEFORE_TESTING, ROUTABLE, RULE_SET

STEP_UP = timedelta(minutes=5)


def may_route(user: User, router: Organisation) -> Decision:
    """See the routing board, and deal with requests that nobody can take."""
    if seats_of(user).holds(router.pk, "router"):
        return ALLOWED
    return refuse("This takes a routing officer.", f"Routing officers of {router.name} can.")


def may_route_again(user: User, attempt: RoutingAttempt) -> Decision:
    """Run the router once more over a request."""
    return first_refusal(
        may_route(user, attempt.router), no_conflict(user, attempt.developer_id), _waits(attempt)
    )  # fmt: skip


def _waits(attempt: RoutingAttempt) -> Decision:
    if attempt.request.status not in ROUTABLE:
        return refuse("The request is not waiting for routing any more.")
    return ALLOWED


def may_reassign(user: User, decision: RoutingDecision) -> Decision:
    """Take a request back from an agency before it tests, or give one that nobody took to an agency of one's choice."""
    if not (allowed := may_route(user, decision.router)):
        return allowed
    if not (free := no_conflict(user, decision.attempt.developer_id)):
        return free
    if decision.superseded_at is not None:
        return refuse("A newer decision about this agency stands on the board.")
    if decision.holds and decision.status not in BEFORE_TESTING:
        label = ASSIGNMENT.label(decision.status).lower()
        return refuse(
            f"The test has begun ({label}), so the router does not take it back.",
            "The developer can stop it, and the agency can end it without a report.",
        )
    return _waits(decision.attempt)


def may_exclude(user: User, router: Organisation, developer: Organisation | None = None) -> Decision:
    """Keep an agency out of requests that this router routes; without a developer: of any."""
    allowed = may_route(user, router)
    return no_conflict(user, developer.pk) if allowed and developer else allowed


def may_lift(user: User, exclusion: RoutingExclusion) -> Decision:
    """Let an excluded agency in again."""
    if exclusion.lifted_at is not None:
        return refuse("This exclusion is lifted already.")
    return first_refusal(may_route(user, exclusion.router), no_conflict(user, exclusion.developer_id))


def may_relieve(user: User, overload: PlaceOverload) -> Decision:
    """Route requests again that an agency has no places for any more."""
    if not (allowed := may_route(user, overload.router)):
        return allowed
    if overload.settled_at is not None:
        return refuse("This is settled: the agency has places for what it holds.")
    return ALLOWED


def may_read_rules(user: User, rule_set: RoutingRuleSet) -> Decision:
    """Published rules are every agency's to read; a draft only its own agency's routing officers'."""
    seats = seats_of(user)
    if rule_set.status == "published" and (seats.is_agency or seats.is_auditor):
        return ALLOWED
    if rule_set.router_id and seats.holds(rule_set.router_id, "router"):
        return ALLOWED
    return refuse("This takes a routing officer of the agency whose rules these are.")


def may_draft_rules(user: User, router: Organisation) -> Decision:
    """Begin the next version of an agency's rules. Requests are taken in by whole agencies, never by a component."""
    if router.parent_id is not None:
        return refuse("A component takes no requests in, so it has no rules of its own.")
    return may_route(user, router)


def may_edit_rules(user: User, rule_set: RoutingRuleSet) -> Decision:
    """Change or discard a draft."""
    return first_refusal(RULE_SET.may(rule_set.status, "discard"), may_read_rules(user, rule_set))


def may_be_second(user: User, rule_set: RoutingRuleSet) -> Decision:
    """Whether it is this person's to publish a draft, whenever they confirmed who they are."""
    first = first_refusal(RULE_SET.may(rule_set.status, "publish"), may_read_rules(user, rule_set))
    if first and rule_set.edited_by_id == user.pk:
        return refuse("You changed this draft last, so somebody else publishes it.", "Another routing officer can.")
    return first


def may_publish_rules(user: User, rule_set: RoutingRuleSet, stepped_up_at: datetime | None) -> Decision:
    """Publish a draft: a second routing officer of its agency, after confirming who they are."""
    if not (second := may_be_second(user, rule_set)):
        return second
    if stepped_up_at is None or timezone.now() - stepped_up_at > STEP_UP:
        return refuse("Confirm who you are first: the last time is more than five minutes ago.")
    return ALLOWED
