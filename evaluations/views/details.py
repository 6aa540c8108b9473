"""Pages of a report's completeness: the meter, and the words for one criterion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.views.base import me
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems
from evaluations import actions, policies, queries
from evaluations.forms.reports import DetailForm
from evaluations.rules.stream import CRITERIA
from evaluations.views.reports import at_agency


@guarded("evaluations.may_read_draft")
@require_GET
def completeness(request: HttpRequest, reference: str) -> HttpResponse:
    """Every criterion with its state and where to write more. It measures the report and blocks nothing."""
    row = at_agency(request, reference)
    context = {
        "assignment": row, "meter": queries.meter(row), "may_write": policies.may_write_report(me(request), row),
    }  # fmt: skip
    return render(request, "evaluations/completeness.html", context)


@guarded("evaluations.may_write_report")
def write_detail(request: HttpRequest, reference: str, criterion: str) -> HttpResponse:
    """Write what the report says for one criterion; what somebody saved meanwhile is shown beside what was sent."""
    row = at_agency(request, reference)
    if criterion not in CRITERIA:
        raise Http404
    policies.may_write_report(me(request), row).require()
    held = queries.detail(row, criterion)
    initial = (
        {"row_version": held.row_version, "covers": held.covers, "text": held.text} if held else {"row_version": 0}
    )
    form = DetailForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"assignment": row, "criterion": CRITERIA[criterion], "form": form, "held": held}
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_detail(assignment=row, criterion=criterion, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            return render(request, "evaluations/detail_conflict.html", {**context, "conflict": conflict}, status=409)
        else:
            messages.success(request, "Saved. It stands in the report from now on.")
            return redirect("evaluations:completeness", reference=reference)
    return render(request, "evaluations/detail.html", context)
