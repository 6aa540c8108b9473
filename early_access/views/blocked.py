"""Blocked time in a window: report it, end it, correct it. It stands beside the clock and moves no date."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from accounts.seats import seats_of
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from early_access import actions, policies, queries
from early_access.forms import BOTH, BlockedForm, CorrectionForm
from early_access.models import BlockedTime, EarlyAccessRequest
from early_access.views.base import person, request_of

EFFECT = "The other side is told that testing is possible again. The dates of the window stay as they are."


def panel(row: EarlyAccessRequest, me: User) -> dict[str, Any]:
    """For the request's page: the clock with what was blocked, the reports, and what this person can do with them."""
    window = getattr(row, "window", None)
    if window is None or window.opened_at is None:
        return {"window": queries.window_clock(row, timezone.now())}
    found = queries.blocked_times(row, me)
    return {
        "window": queries.window_clock(row, timezone.now(), found),
        "blocked": [
            {
                "row": one,
                "may_end": policies.may_end_blocked(me, one),
                "may_correct": policies.may_correct_blocked(me, one),
            }
            for one in found
        ],
        "may_report_blocked": policies.may_report_blocked(me, row),
    }


def _report(request: HttpRequest, reference: str, pk: UUID) -> BlockedTime:
    row = request_of(request, reference)
    found: BlockedTime = visible_or_404(BlockedTime, request.user, "agency", pk=pk, request=row)
    found.request = row
    return found


@guarded("early_access.may_report_blocked")
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Report blocked time for one's own side."""
    row, me = request_of(request, reference), person(request)
    policies.may_report_blocked(me, row).require()
    agencies = [] if seats_of(me).holds(row.developer_id) else policies.reports_for(me, row)
    form = BlockedForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        sent = dict(form.cleaned_data)
        slug = sent.pop("agency", None)
        agency = next((a for a in agencies if slug in (None, str(a.slug))), None)
        try:
            actions.report_blocked(
                request=row, by=me, agency=agency, cause=sent.pop("cause", BlockedTime.Cause.DEVELOPER), **sent
            )
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Reported. The other side is told; the dates of the window stay.")
            return redirect("early_access:request", row.reference)
    return render(request, "early_access/blocked.html", {"row": row, "form": form, "agencies": agencies})


@guarded("early_access.may_end_blocked")
def end(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Testing is possible again."""
    found = _report(request, reference, pk)
    policies.may_end_blocked(person(request), found).require()
    if request.method == "POST":
        actions.end_blocked(blocked=found, by=person(request))
        messages.success(request, "Ended now. The other side is told.")
        return redirect("early_access:request", reference)
    words = {"title": "Testing is possible again", "button": "End it now", "effect": EFFECT}
    return render(request, "early_access/step.html", {"row": found.request, **words})


@guarded("early_access.may_correct_blocked")
def correct(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Correct a report, or strike it."""
    found = _report(request, reference, pk)
    policies.may_correct_blocked(person(request), found).require()
    kept = {name: getattr(found, name) for name in ("row_version", "began_at", "ended_at", "why")}
    form = CorrectionForm(request.POST or None, initial=kept, seen_by=BOTH if found.agency_id else "")
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_blocked(blocked=found, by=person(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Corrected. The other side is told.")
            return redirect("early_access:request", reference)
    words = {"title": "Correct the report", "button": "Save the correction",
             "effect": "The report stays where it is, with what you say was wrong beside it. No date of the window moves."}  # fmt: skip
    return render(request, "early_access/step.html", {"row": found.request, "form": form, **words})
