"""Pages of the developer's release notice. It asks for nobody's leave, and it says to whom it lists which findings."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.access import guarded
from core.decisions import Conflict
from core.shortcuts import visible_or_404
from early_access import actions, policies, queries
from early_access.forms import ReleaseForm
from early_access.models import EarlyAccessRequest, ReleaseNotice
from early_access.views.base import person, request_of
from early_access.workflow import RELEASE_NOTICE


@guarded("early_access.may_plan_release")
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan a release notice."""
    row = request_of(request, reference)
    policies.may_plan_release(person(request), row).require()
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.plan_release(request=row, by=person(request), **form.cleaned_data)
        return redirect("early_access:request", row.reference)
    words = {"title": "Release notice", "button": "Save as planned",
             "effect": "The release is your own decision. Agencies read the notice once you issue it; before that you see "
                       "which open findings it lists to which agency."}  # fmt: skip
    return render(request, "early_access/step.html", {"row": row, "form": form, **words})


@guarded("early_access.may_move_release")
def move_release(request: HttpRequest, reference: str, pk: UUID, verb: str) -> HttpResponse:
    """Issue, amend or cancel a release notice."""
    row = request_of(request, reference)
    notice: ReleaseNotice = visible_or_404(ReleaseNotice, request.user, pk=pk, request=row)
    if verb not in RELEASE_NOTICE.move_names:
        raise Http404
    policies.may_move_release(person(request), notice, verb).require()
    if verb == "issue":
        return _issue(request, row, notice)
    if verb == "cancel":
        if request.method == "POST":
            actions.cancel_release(notice=notice, by=person(request))
        return redirect("early_access:request", row.reference)
    form = ReleaseForm(request.POST or None, initial={"release_on": notice.release_on, "rationale": notice.rationale})
    if request.method == "POST" and form.is_valid():
        actions.amend_release(notice=notice, by=person(request), **form.cleaned_data)
        return redirect("early_access:request", row.reference)
    words = {"title": "Amend the release notice", "button": "Amend", "lists": queries.release_preview(row),
             "effect": "Agencies are told, and what the notice lists is brought up to date."}  # fmt: skip
    return render(request, "early_access/step.html", {"row": row, "form": form, **words})


def _issue(request: HttpRequest, row: EarlyAccessRequest, notice: ReleaseNotice) -> HttpResponse:
    """The page that shows what each agency will read, and the act itself, when that is still so."""
    status, conflict = 200, None
    if request.method == "POST":
        try:
            actions.issue_release(notice=notice, by=person(request), seen=request.POST.getlist("seen"))
            return redirect("early_access:request", row.reference)
        except Conflict as changed:
            status, conflict = 409, changed
    lists = queries.release_preview(row)
    seen = dict.fromkeys(f.reference for entry in lists for f in entry["listed"])
    context = {"row": row, "notice": notice, "lists": lists, "seen": seen, "conflict": conflict}
    return render(request, "early_access/release_issue.html", context, status=status)
