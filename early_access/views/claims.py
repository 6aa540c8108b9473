"""Pages of the results that a developer claims: the list, stating one, taking one back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.limits import limited
from accounts.seats import seats_of
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from early_access import actions, claims, policies
from early_access.forms_claims import ClaimForm, FoundForm, ResultsFileForm, TakeBackForm
from early_access.models import ClaimedResult, EarlyAccessRequest
from early_access.rules.claims import OwnResults
from early_access.views.base import person, request_of

OLD = "What was read of the file is older than a day, or was changed on the way. Choose the file again."


@guarded("early_access.visible")
@require_GET
def listed(request: HttpRequest, reference: str) -> HttpResponse:
    """Every result that was stated, those taken back too, as far as this side reads them."""
    row, me = request_of(request, reference), person(request)
    rows = claims.stated(row, me)
    context = {
        "row": row, "claims": [one for one in rows if one.taken_back_at is None],
        "gone": [one for one in rows if one.taken_back_at is not None], "readers": claims.readers(row),
        "may_state": policies.may_state_result(me, row), "mine": seats_of(me).holds(row.developer_id),
    }  # fmt: skip
    return render(request, "early_access/claims.html", context)


@guarded("early_access.may_state_result")
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """State a result of one's own."""
    row, me = request_of(request, reference), person(request)
    if not seats_of(me).holds(row.developer_id):
        raise Http404
    policies.may_state_result(me, row).require()
    form = ClaimForm(request.POST or None, request=row)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.state_result(request=row, by=me, **form.said())
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, f"Stated: {made}, {made.estimate * 100:.1f} %.")
            return redirect("early_access:claims", row.reference)
    return render(request, "early_access/claim_state.html", {"row": row, "form": form})


@guarded("early_access.may_state_result")
@limited("results", 60, 600, sending=True)
def from_file(request: HttpRequest, reference: str) -> HttpResponse:
    """State results that stand in a file: it is read, then chosen from. Nothing is kept in between."""
    row, me = request_of(request, reference), person(request)
    if not seats_of(me).holds(row.developer_id):
        raise Http404
    policies.may_state_result(me, row).require()
    if "found" in request.POST:
        return _chosen(request, row)
    form = ResultsFileForm(request.POST, request.FILES) if request.method == "POST" else ResultsFileForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = actions.read_results(request=row, content=file.read(settings.MAX_DOCUMENT_BYTES + 1), by=me)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return _choose(request, row, FoundForm(request=row, read=read, initial={"source": file.name}), read)
    return render(request, "early_access/claim_file.html", {"row": row, "form": form})


def _choose(request: HttpRequest, row: EarlyAccessRequest, form: FoundForm, read: OwnResults) -> HttpResponse:
    return render(request, "early_access/claim_found.html", {"row": row, "form": form, "read": read})


def _chosen(request: HttpRequest, row: EarlyAccessRequest) -> HttpResponse:
    read = FoundForm.opened(request.POST["found"])
    if read is None:
        messages.error(request, OLD)
        return redirect("early_access:claims_from_file", row.reference)
    form = FoundForm(request.POST, request=row, read=read)
    if form.is_valid():
        try:
            made = actions.state_results(request=row, by=person(request), **form.said())
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            many = f"{len(made)} result{'s' if len(made) != 1 else ''}"
            messages.success(request, f"Stated: {many}." if made else "These stand here already.")
            return redirect("early_access:claims", row.reference)
    return _choose(request, row, form, read)


@guarded("early_access.may_take_back_result")
def take_back(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Take one back."""
    row, me = request_of(request, reference), person(request)
    if not seats_of(me).holds(row.developer_id):
        raise Http404
    found: ClaimedResult = visible_or_404(ClaimedResult, request.user, pk=pk, request=row)
    found.request = row
    policies.may_take_back_result(me, found).require()
    form = TakeBackForm(request.POST or None, seen_by=claims.readers(row)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back_result(claim=found, by=me, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Taken back. It is compared with nothing any more.")
            return redirect("early_access:claims", row.reference)
    return render(request, "early_access/claim_take_back.html", {"row": row, "form": form, "claim": found})
