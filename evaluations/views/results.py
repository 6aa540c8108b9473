"""All estimates of one test in one view."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.views.base import me
from core.access import guarded
from evaluations import policies, queries
from evaluations.views.assignments import found


@guarded("evaluations.may_see_inside")
@require_GET
def results(request: HttpRequest, reference: str) -> HttpResponse:
    """Estimates by domain, beside earlier tests, other variants and claims. It measures; it decides nothing."""
    row = found(request, reference)
    policies.may_see_inside(me(request), row).require()
    page = queries.results_page(row, me(request)) | {"findings": queries.finding_states(me(request), row)}
    return render(request, "evaluations/results.html", {"assignment": row, **page})
