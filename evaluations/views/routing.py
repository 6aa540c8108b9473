"""The routing board."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import listing
from accounts.seats import seats_of
from core.access import guarded
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.models import RoutingAttempt

ALL = listing.List(RoutingAttempt, ())
OPEN = listing.List(RoutingAttempt, (), always={"placed": 0, "resolved_at": None})
MOST = 1000  # requests that one press of the button asks for


@guarded("evaluations.may_route")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every attempt to route a request, why each agency got it or not, and since when."""
    routers = seats_of(request.user).with_role("router")
    if not routers:
        raise Http404
    only_open = request.GET.get("show") == "open"
    page = (OPEN if only_open else ALL).read(request, keep={"show": "open"} if only_open else {})
    attempts = queries.attempts_of([row["id"] for row in page.rows], request.user)  # type: ignore[arg-type]  # signed in
    context = {
        "attempts": attempts, "listing": page, "only_open": only_open,
        "capacity": [{"agency": a, "rows": queries.capacity(a)} for a in routers],
        "again": {a.pk: policies.may_route_again(request.user, a) for a in attempts},  # type: ignore[arg-type]  # signed in
        "waiting": queries.unroutable(request.user).count(),  # type: ignore[arg-type]  # signed in
    }  # fmt: skip
    return render(request, "evaluations/board.html", context)


@guarded("evaluations.may_route_again")
@require_POST
def route_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Run the router once more over a request."""
    attempt = visible_or_404(RoutingAttempt, request.user, "request", "router", pk=pk)
    actions.route_again(attempt=attempt, by=request.user)  # type: ignore[arg-type]  # signed in
    messages.success(request, f"The router runs again over {attempt.request.reference}; reload in a moment.")
    return redirect("evaluations:board")


@guarded("evaluations.may_route_again")
@require_POST
def route_all_again(request: HttpRequest) -> HttpResponse:
    """Run the router once more over every request that nobody could take."""
    if not seats_of(request.user).with_role("router"):
        raise Http404
    asked = actions.route_all_again(attempts=list(queries.unroutable(request.user)[:MOST]), by=request.user)  # type: ignore[arg-type]  # signed in
    messages.success(request, f"The router runs again over {asked} request{'s' * (asked != 1)}; reload in a moment.")
    return redirect("evaluations:board")
