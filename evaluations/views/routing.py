"""The routing board: every request and agency, every pass of the router, and the move from one agency to another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import listing
from accounts.models import Organisation
from accounts.seats import seats_of
from accounts.views.base import me
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.forms.routing import ReassignForm
from evaluations.models import RoutingAttempt, RoutingDecision
from evaluations.workflow import ASSIGNMENT, LEFT_OUT

PASSES = listing.List(RoutingAttempt, ())
OPEN = listing.List(RoutingAttempt, (), always={"placed": 0, "resolved_at": None})
STATES = [(LEFT_OUT, "Left out"), *((s.name, s.label) for s in ASSIGNMENT.states)]
BOARD = listing.List(
    RoutingDecision, ("status",), always={"superseded_at": None}, ways=("router",),
    filters=(listing.Filter("status", "State", lambda user: STATES), listing.Filter("agency", "Agency", queries.every_agency)),
)  # fmt: skip
MOST_OVERLOADS = 20  # the nearest days; the rest follows when these are settled
MOST = 1000  # requests that one press of the button asks for


@guarded("evaluations.may_route")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every request and agency that this router decides about: state, why, since when and its clock. Other views show
    every pass of the router, or those that placed nobody."""
    routers = seats_of(request.user).with_role("router")
    if not routers:
        raise Http404
    show = request.GET.get("show", "")
    context = _passes(request, show) if show in ("passes", "open") else _rows(request)
    context |= {
        "capacity": [{"agency": a, "rows": queries.capacity(a)} for a in routers],
        "waiting": queries.unroutable(me(request)).count(),
        "overloads": queries.overloaded(me(request))[:MOST_OVERLOADS],
    }
    return render(request, "evaluations/board.html", context)


def _rows(request: HttpRequest) -> dict[str, Any]:
    page = BOARD.read(request)
    rows = queries.on_the_board([row["id"] for row in page.rows], me(request))
    may = {row.pk: policies.may_reassign(me(request), row) for row in rows}
    return {"show": "", "listing": page, "rows": rows, "may": may, "workflow": ASSIGNMENT, "now": timezone.now()}


def _passes(request: HttpRequest, show: str) -> dict[str, Any]:
    page = (OPEN if show == "open" else PASSES).read(request, keep={"show": show})
    attempts = queries.attempts_of([row["id"] for row in page.rows], me(request))
    again = {a.pk: policies.may_route_again(me(request), a) for a in attempts}
    return {"show": show, "listing": page, "attempts": attempts, "again": again}


@guarded("evaluations.may_reassign")
def reassign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the request of one row of the board to another agency, with a reason."""
    related = ("agency", "router", "attempt__request", "attempt__developer", "attempt__rule_set")
    row = visible_or_404(RoutingDecision, request.user, *related, pk=pk)
    policies.may_reassign(me(request), row).require()
    choices = [c for c in queries.choices(row) if not (row.holds and c.agency == row.agency)]
    form = ReassignForm(request.POST or None, choices=choices, holds=row.holds)
    if request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["agency"]
        to = queries.agency_of(None if slug == ReassignForm.BY_RULES else slug)
        try:
            actions.reassign(decision=row, agency=to, reason=form.cleaned_data["reason"], by=me(request))
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, _done(row, to))
            return redirect("evaluations:board")
    context = {"row": row, "form": form, "unable": [c for c in choices if not c.able]}
    context["status_label"] = "" if row.status == LEFT_OUT else ASSIGNMENT.label(row.status).lower()
    return render(request, "evaluations/reassign.html", context)


def _done(row: RoutingDecision, to: Organisation | None) -> str:
    if to is None:
        return f"{row.attempt.request.reference} was taken back; the router runs again over it. Reload in a moment."
    return f"{row.attempt.request.reference} was proposed to {to.name}."


@guarded("evaluations.may_route_again")
@require_POST
def route_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Run the router once more over a request."""
    attempt = visible_or_404(RoutingAttempt, request.user, "request", "router", pk=pk)
    actions.route_again(attempt=attempt, by=me(request))
    messages.success(request, f"The router runs again over {attempt.request.reference}; reload in a moment.")
    return _to_open()


@guarded("evaluations.may_route_again")
@require_POST
def route_all_again(request: HttpRequest) -> HttpResponse:
    """Run the router once more over every request that nobody could take."""
    if not seats_of(request.user).with_role("router"):
        raise Http404
    asked = actions.route_all_again(attempts=list(queries.unroutable(me(request))[:MOST]), by=me(request))
    messages.success(request, f"The router runs again over {asked} request{'s' * (asked != 1)}; reload in a moment.")
    return _to_open()


def _to_open() -> HttpResponse:
    return redirect(f"{reverse('evaluations:board')}?show=open")
