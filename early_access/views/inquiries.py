"""Pages of designation inquiries: the developer asks, NSA replies from lists. Only designation authorities see NSA's side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import listing
from accounts.models import Organisation
from accounts.seats import seats_of
from audit.actions import visit
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from developers.queries import home_developer
from early_access import actions, inquiries, policies
from early_access.forms_inquiries import AnswerForm, ClosingForm, InquiryForm
from early_access.models import DesignationInquiry
from early_access.views.base import person
from early_access.workflow import DESIGNATION_INQUIRY, INQUIRY_STEPS

RELATED = ("developer", "agency", "previous")  # the model and the checkpoint are not for NSA to read
LIST = listing.List(
    DesignationInquiry, inquiries.LISTED, (listing.states(DESIGNATION_INQUIRY), listing.BY_DEVELOPER)
)  # fmt: skip
MOVES = {
    "submit": actions.submit_inquiry,
    "acknowledge": actions.acknowledge_inquiry,
    "begin_benchmark": actions.begin_benchmark,
}


def _inquiry(request: HttpRequest, reference: str) -> DesignationInquiry:
    found: DesignationInquiry = visible_or_404(DesignationInquiry, request.user, *RELATED, reference=reference)
    return found


@guarded("early_access.visible")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """My organisation's inquiries, or those that NSA was asked, newest first."""
    me, page = person(request), LIST.read(request)
    home = home_developer(me)
    context = {
        "rows": page.named("developer"), "listing": page, "workflow": DESIGNATION_INQUIRY,
        "may_ask": home and policies.may_ask(me, home), "agency": seats_of(me).is_agency,
    }  # fmt: skip
    return render(request, "early_access/inquiries.html", context)


@guarded("early_access.may_ask")
def ask(request: HttpRequest) -> HttpResponse:
    """Draft an inquiry."""
    me = person(request)
    home = home_developer(me)
    if home is None:
        raise Http404
    policies.may_ask(me, home).require()
    first = {"checkpoint": request.GET.get("checkpoint", "")}
    form = _form(request, home, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(developer=home, by=me, **_asked(form))
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect(made)
    return render(request, "early_access/inquiry_form.html", {"form": form, "row": None})


def _form(request: HttpRequest, developer: Organisation, **kwargs: Any) -> InquiryForm:
    sent = request.POST if request.method == "POST" else None
    return InquiryForm(sent, checkpoints=inquiries.checkpoints(developer, person(request)), **kwargs)


def _asked(form: InquiryForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("checkpoint", "classified_reply", "note")}


@guarded("early_access.may_change_inquiry")
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a draft."""
    row = _inquiry(request, reference)
    policies.may_change_inquiry(person(request), row).require()
    kept = {name: getattr(row, name) for name in ("row_version", "classified_reply", "note")}
    form, status = _form(request, row.developer, initial={**kept, "checkpoint": str(row.checkpoint_id)}), 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"] or 0
        try:
            actions.change_inquiry(inquiry=row, row_version=version, by=person(request), **_asked(form))
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
            status = 409
        else:
            return redirect(row)
    return render(request, "early_access/inquiry_form.html", {"form": form, "row": row}, status=status)


@guarded("early_access.visible")
@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One inquiry: whose move it is, what was asked, what NSA said."""
    row, me = _inquiry(request, reference), person(request)
    context = {
        "row": row, "workflow": DESIGNATION_INQUIRY, "steps": INQUIRY_STEPS, "entries": visit(row, me),
        "move": inquiries.next_action(row, me), **inquiries.page(row, me),
    }  # fmt: skip
    return render(request, "early_access/inquiry.html", context)


@guarded("early_access.may_submit_inquiry,may_acknowledge_inquiry,may_begin_benchmark")
def move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """A step that needs nothing but a button."""
    row = _inquiry(request, reference)
    if verb not in MOVES:
        raise Http404
    if request.method == "POST":
        try:
            MOVES[verb](inquiry=row, by=person(request))
        except Invalid as invalid:
            messages.error(request, " ".join(problem.sentence for problem in invalid.problems))
    return redirect(row)


def _step(request: HttpRequest, row: DesignationInquiry, words: dict[str, Any]) -> HttpResponse:
    return render(request, "early_access/inquiry_step.html", {"row": row, **words})


@guarded("early_access.may_determine")
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """NSA's answer, from lists."""
    row = _inquiry(request, reference)
    policies.may_determine(person(request), row).require()
    form = AnswerForm(request.POST or None, initial={"answered_on": timezone.now().date()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.determine(inquiry=row, by=person(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Recorded. The developer is told that NSA has replied, not what.")
            return redirect(row)
    words = {"form": form, "title": "Record the answer", "button": "Record the answer", "answers": True}
    return _step(request, row, words)


@guarded("early_access.may_close_undetermined")
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close it without an answer."""
    row = _inquiry(request, reference)
    policies.may_close_undetermined(person(request), row).require()
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_undetermined(inquiry=row, by=person(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect(row)
    words = {
        "form": form, "title": "Close without a determination", "button": "Close it", "danger": True,
        "effect": "The inquiry ends here. The developer reads the reason and can ask again.",
    }  # fmt: skip
    return _step(request, row, words)


@guarded("early_access.may_withdraw_inquiry")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the question back in one step."""
    row = _inquiry(request, reference)
    policies.may_withdraw_inquiry(person(request), row).require()
    if request.method == "POST":
        actions.withdraw_inquiry(inquiry=row, by=person(request))
        return redirect(row)
    told = "NSA is told, and keeps the inquiry as withdrawn." if row.agency_id else "NSA never read it."
    words = {
        "title": "Withdraw the inquiry", "button": "Withdraw now", "danger": True,
        "effect": f"You need nobody’s leave, and no reason. {told} Nothing else changes: requests, agreements and your "
        "plans for the model stay as they are. You can ask anew.",
    }  # fmt: skip
    return _step(request, row, words)
