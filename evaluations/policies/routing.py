"""Who may read the routing board and run the router again; each answer is a Decision."""

from __future__ import annotations

from accounts.models import Organisation, User
from accounts.seats import seats_of
from core.decisions import ALLOWED, Decision, refuse
from evaluations.models import RoutingAttempt


def may_route(user: User, router: Organisation) -> Decision:
    """See the routing board, and deal with requests that nobody can take."""
    if seats_of(user).holds(router.pk, "router"):
        return ALLOWED
    return refuse("This takes a routing officer.", f"Routing officers of {router.name} can.")


def may_route_again(user: User, attempt: RoutingAttempt) -> Decision:
    """Run the router once more over a request."""
    if not (decision := may_route(user, attempt.router)):
        return decision
    if attempt.request.status not in ("scheduled", "window_open"):
        return refuse("The request is not waiting for routing any more.")
    return ALLOWED
