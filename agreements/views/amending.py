"""Amend an agreement in force, renew it, bring a draft up to date, and read the text on any day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from accounts.models import User
from agreements import actions, consolidated, consolidated_files, documents, policies, queries
from agreements.forms_amending import AmendForm, DayForm
from agreements.models import TestingAgreement
from agreements.pdf.render import RenderRefused
from agreements.rules import lasting
from agreements.views.base import back, found, person, say_problems
from agreements.word.names import MIME
from agreements.workflow import AGREEMENT
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems


def panel(agreement: TestingAgreement, user: User) -> dict[str, Any]:
    """For the agreement's page: what amends it, or what it amends and how, and whether its end is near."""
    if agreement.amends_id is not None:
        version = agreement.current or queries.working_draft(agreement, policies.side_of(user, agreement))
        return {"amends": consolidated.parent_of(agreement), "changes": consolidated.in_words(version)}
    soon = lasting.ends_soon(agreement.expires_on, timezone.now().date()) and bool(policies.may_renew(user, agreement))
    return {
        "amendments": consolidated.amendments(agreement, user), "ends_soon": soon, "may_amend": policies.may_amend(user, agreement),
    }  # fmt: skip


@guarded("agreements.may_amend")
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the draft of an amendment."""
    agreement, user = found(request, reference), person(request)
    policies.may_amend(user, agreement).require()
    form = AmendForm(request.POST or None, initial={"title": f"Amendment of {agreement.title}"[:200]})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_amendment(agreement=agreement, by=user, title=form.cleaned_data["title"])
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect("agreements:edit", made.reference)
    return render(request, "agreements/amend.html", {"agreement": agreement, "form": form})


@guarded("agreements.may_renew")
@require_POST
def renew(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the draft of an amendment whose term is longer already."""
    agreement = found(request, reference)
    try:
        made = actions.start_renewal(agreement=agreement, by=person(request))
    except Invalid as invalid:
        say_problems(request, invalid)
        return back(agreement)
    messages.success(request, "The draft makes the term longer. Check it, then send it to the other parties.")
    return redirect("agreements:edit", made.reference)


@guarded("agreements.may_edit")
@require_POST
def catch_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Take over into my side's draft what other amendments changed."""
    agreement = found(request, reference)
    actions.catch_up(agreement=agreement, by=person(request))
    messages.success(request, "The draft is written against the text as it stands now. Check what it changes.")
    return redirect("agreements:edit", agreement.reference)


@guarded("agreements.visible")
@require_GET
def text_on(request: HttpRequest, reference: str) -> HttpResponse:
    """The text with the amendments in effect on a day, each clause with what changed it."""
    agreement = found(request, reference)
    form, day = _day(request)
    shown = consolidated.on(agreement, day) if agreement.fully_executed_at and agreement.amends_id is None else None
    context = {
        "agreement": agreement, "form": form, "day": day, "shown": shown, "workflow": AGREEMENT,
        "early": agreement.effective_on is not None and day < agreement.effective_on,
        "over": agreement.expires_on is not None and day >= agreement.expires_on,
    }  # fmt: skip
    return render(request, "agreements/consolidated.html", context, status=400 if form.errors else 200)


def _day(request: HttpRequest) -> tuple[DayForm, date]:
    """The day of the address, today without one or with one that is none."""
    today = timezone.now().date()
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    return form, form.cleaned_data["on"] if form.is_bound and form.is_valid() else today


def _on_that_day(request: HttpRequest, reference: str) -> tuple[TestingAgreement, date, consolidated.Shown]:
    """What a file is made of."""
    agreement, (form, day) = found(request, reference), _day(request)
    if form.errors or agreement.fully_executed_at is None or agreement.amends_id is not None:
        raise Http404("There is no consolidated text of that day.")
    return agreement, day, consolidated.on(agreement, day)


@guarded("agreements.visible")
@limited("rendering", 30)
@require_GET
def text_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a PDF."""
    agreement, day, shown = _on_that_day(request, reference)
    try:
        content = consolidated_files.as_pdf(agreement, day, shown)
    except RenderRefused as refused:
        raise Conflict(f"{refused} The page and the Word file show the text all the same.") from refused
    return documents.download(content, f"{agreement.reference}-{day}")


@guarded("agreements.visible")
@limited("rendering", 30)
@require_GET
def text_word(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a Word file."""
    agreement, day, shown = _on_that_day(request, reference)
    content = consolidated_files.as_word(agreement, day, shown)
    return documents.download(content, f"{agreement.reference}-{day}", extension="docx", content_type=MIME)
