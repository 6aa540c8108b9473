"""A longer window: proposed by either side, answered by the other, and never without the developer's consent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from core.templatetags.concord import when
from early_access import actions, policies, queries
from early_access.forms import ConsentForm, ExtensionForm, TextForm
from early_access.models import EarlyAccessRequest, WindowExtension
from early_access.rules.dates import extension_words
from early_access.views.base import person, request_of
from early_access.workflow import WINDOW_EXTENSION

CLOSES_EARLIER = "The developer can close the window earlier at any time, and withdraw."


def panel(row: EarlyAccessRequest, me: User) -> dict[str, Any]:
    """For the request's page: every proposal with what this person can do, once dates are agreed."""
    window = getattr(row, "window", None)
    if window is None or not (window.developer_confirmed_at and window.agency_confirmed_at):
        return {}
    return {
        "extensions": [
            {
                "row": one, "words": extension_words(one.starts_on, one.ends_on),
                "may_answer": policies.may_answer_extension(me, one),
                "may_withdraw": policies.may_withdraw_extension(me, one),
            }
            for one in queries.extensions(row, me)
        ],
        "extension_workflow": WINDOW_EXTENSION,
        "may_propose_extension": policies.may_propose_extension(me, row),
    }  # fmt: skip


def _proposal(request: HttpRequest, reference: str, pk: UUID) -> WindowExtension:
    row = request_of(request, reference)
    found: WindowExtension = visible_or_404(WindowExtension, request.user, "agency", pk=pk, request=row)
    found.request = row
    return found


@guarded("early_access.may_propose_extension")
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose a later last day."""
    row, me = request_of(request, reference), person(request)
    policies.may_propose_extension(me, row).require()
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_extension(request=row, by=me, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Proposed. The dates stay until the other side has answered.")
            return redirect("early_access:request", row.reference)
    context = {"row": row, "form": form, "window": row.window, "agency": policies.proposes_for(me, row)}
    return render(request, "early_access/extension.html", context)


def _page(request: HttpRequest, found: WindowExtension, words: dict[str, Any]) -> HttpResponse:
    return render(request, "early_access/step.html", {"row": found.request, **words})


@guarded("early_access.may_answer_extension")
def consent(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Consent to a later last day, having read what it is."""
    found = _proposal(request, reference, pk)
    policies.may_answer_extension(person(request), found).require()
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.consent_to_extension(extension=found, by=person(request))
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "The window ends on the later day.")
            return redirect("early_access:request", reference)
    effect = (
        f"The window would end on {when(found.ends_on)} instead of {when(found.was_until)}: {found.why} "
        f"{extension_words(found.starts_on, found.ends_on)} {CLOSES_EARLIER} A key with an earlier end has to be replaced."
    )
    words = {"title": "Consent to a longer window", "button": "Consent", "form": form, "effect": effect}
    return _page(request, found, words)


@guarded("early_access.may_answer_extension")
def refuse(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Refuse; the dates stay."""
    found = _proposal(request, reference, pk)
    policies.may_answer_extension(person(request), found).require()
    form = TextForm(request.POST or None, label="Reason, if you want to give one", optional=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.refuse_extension(extension=found, by=person(request), answer=form.cleaned_data["text"])
        except Invalid as invalid:
            form.add_error("text", invalid.problems[0].sentence)
        else:
            messages.success(request, "Refused. The window ends on the day that was agreed.")
            return redirect("early_access:request", reference)
    words = {"title": "Refuse a longer window", "button": "Refuse", "form": form,
             "effect": f"The window ends on {when(found.was_until)}, as agreed. You need no reason."}  # fmt: skip
    return _page(request, found, words)


@guarded("early_access.may_withdraw_extension")
def withdraw(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    found = _proposal(request, reference, pk)
    policies.may_withdraw_extension(person(request), found).require()
    if request.method == "POST":
        actions.withdraw_extension(extension=found, by=person(request))
        messages.success(request, "Taken back. The window ends on the day that was agreed.")
        return redirect("early_access:request", reference)
    words = {"title": "Take the proposal back", "button": "Take it back",
             "effect": "The proposal stays readable as taken back. Another one can be made."}  # fmt: skip
    return _page(request, found, words)
