"""Agencies that a routing officer keeps out for a while: the list, a new exclusion, and letting the agency in again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import listing
from accounts.models import Organisation
from accounts.seats import seats_of
from accounts.views.base import me
from core.access import guarded
from core.decisions import Conflict, Invalid, Problem
from core.forms import add_problems
from core.shortcuts import visible_or_404
from early_access.models import EarlyAccessRequest
from evaluations import actions, policies, queries
from evaluations.forms.places import ExclusionForm
from evaluations.models import RoutingExclusion

LIST = listing.List(RoutingExclusion, ())


def _routers(request: HttpRequest) -> list[Organisation]:
    found = list(seats_of(request.user).with_role("router"))
    if not found:
        raise Http404
    return found


@guarded("evaluations.may_exclude")
@require_GET
def exclusions(request: HttpRequest) -> HttpResponse:
    """Who is kept out of what, until when and why, newest first; lifted ones stay readable."""
    mine = {router.pk for router in _routers(request)}
    page = LIST.read(request)
    rows = queries.exclusions_of([row["id"] for row in page.rows], me(request))
    context = {
        "listing": page, "rows": [row for row in rows if row.router_id in mine],
        "may": {row.pk: policies.may_lift(me(request), row) for row in rows},
    }  # fmt: skip
    return render(request, "evaluations/exclusions.html", context)


@guarded("evaluations.may_exclude")
def exclude(request: HttpRequest) -> HttpResponse:
    """Keep an agency out of one request or of a developer's requests, until a day."""
    routers = {str(one.slug): one for one in _routers(request)}
    listed = Organisation.objects.filter(kind=Organisation.Kind.AGENCY).order_by("name")
    agencies = {str(one.slug): one for one in listed}
    form = ExclusionForm(
        request.POST or None, routers=[(slug, one.name) for slug, one in routers.items()],
        agencies=[(slug, one.name) for slug, one in agencies.items()], developers=list(listing.developers(me(request))),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            actions.exclude_agency(
                router=routers[sent["router"]], agency=agencies[sent["agency"]], until=sent["until"],
                developer=queries.developer_of(sent["developer"]), reason=sent["reason"], by=me(request),
                request=_request(request, sent),
            )  # fmt: skip
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, "Excluded. What the agency holds already stays; reassign it on the board.")
            return redirect("evaluations:exclusions")
    return render(request, "evaluations/exclude.html", {"form": form})


def _request(request: HttpRequest, sent: dict[str, Any]) -> EarlyAccessRequest | None:
    reference = sent["request"].strip().upper()
    if not reference:
        return None
    found = EarlyAccessRequest.objects.visible_to(request.user).filter(reference=reference).first()
    if found is None:
        raise Invalid([Problem("request", "There is no such request among those you read. Copy its reference.")])
    row: EarlyAccessRequest = found
    return row


@guarded("evaluations.may_lift")
@require_POST
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the agency in again."""
    row = visible_or_404(RoutingExclusion, request.user, "router", "agency", pk=pk)
    actions.lift_exclusion(exclusion=row, by=me(request))
    messages.success(request, f"{row.agency.name} can be placed again. Route waiting requests again on the board.")
    return redirect("evaluations:exclusions")
