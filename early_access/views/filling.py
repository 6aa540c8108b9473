"""Sections that several people fill: whose each is, what a colleague asks there; and the receipt as a file."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.seats import seats_of
from core import downloads
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from early_access import actions, filling, policies, receipts
from early_access.forms import OwnerForm, WordsForm
from early_access.models import EarlyAccessRequest, SectionTask
from early_access.rules.sections import BY_NAME, Section
from early_access.views.base import person, request_of


def drafted(request: HttpRequest, reference: str, name: str = "identity") -> tuple[EarlyAccessRequest, Section]:
    """A section of one's own organisation's request; the same 404 for everybody else."""
    row = request_of(request, reference)
    if name not in BY_NAME or not seats_of(person(request)).holds(row.developer_id):
        raise Http404
    return row, BY_NAME[name]


def _work(request: HttpRequest, reference: str, name: str) -> tuple[EarlyAccessRequest, Section, SectionTask | None]:
    row, section = drafted(request, reference, name)
    policies.may_edit(person(request), row).require()
    return row, section, filling.tasks(row).get(name)


@guarded("early_access.may_edit")
def owner(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Take a section, hand it over, or give it back."""
    row, section, work = _work(request, reference, name)
    me, people = person(request), filling.fillers(row)
    now = work.owner if work else None
    first = {"row_version": work.row_version if work else 0, "person": str((now or me).pk)}
    form = OwnerForm(request.POST or None, initial=first, people=people, me=me)
    if request.method == "POST" and form.is_valid():
        to = next((one for one in people if str(one.pk) == form.cleaned_data["person"]), None)
        try:
            actions.hand_over(request=row, section=name, to=to, by=me, row_version=form.cleaned_data["row_version"])
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, f"{section.label}: {to.name if to else 'nobody'} has it now.")
            return redirect("early_access:request", row.reference)
    context = {"row": row, "section": section, "form": form, "owner": now}
    return render(request, "early_access/section_owner.html", context)


@guarded("early_access.may_edit")
def question(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Ask whoever fills a section something, or answer what was asked."""
    row, section, work = _work(request, reference, name)
    waits = bool(work and work.waits)
    label = "Answer" if waits else "Question"
    first = {"row_version": work.row_version if work else 0}
    form = WordsForm(request.POST or None, initial=first, label=label)
    if request.method == "POST" and form.is_valid():
        sent: dict[str, Any] = {"section": name, "by": person(request), "row_version": form.cleaned_data["row_version"]}
        try:
            if waits:
                actions.answer_in_section(request=row, answer=form.cleaned_data["text"], **sent)
            else:
                actions.ask_in_section(request=row, question=form.cleaned_data["text"], **sent)
        except Invalid as invalid:
            form.add_error("text", invalid.problems[0].sentence)
        else:
            messages.success(request, "Answered." if waits else "Asked. Whoever fills the section is told.")
            return redirect("early_access:request", row.reference)
    context = {"row": row, "section": section, "form": form, "work": work, "waits": waits}
    return render(request, "early_access/section_question.html", context)


@guarded("early_access.may_take_receipt")
@require_GET
def receipt_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt as PDF, with those bytes attached."""
    row, _ = drafted(request, reference)
    policies.may_take_receipt(person(request), row).require()
    found, content = receipts.as_pdf(row, person(request))
    return downloads.pdf(content, f"{row.reference}-{found.sha256[:12]}")


@guarded("early_access.may_take_receipt")
@require_GET
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt as a file: exactly the bytes whose SHA-256 is in the record."""
    row, _ = drafted(request, reference)
    policies.may_take_receipt(person(request), row).require()
    found = receipts.in_full(row, person(request))
    content = found.text.encode()
    name = f"{row.reference}-{found.sha256[:12]}.json"
    response = downloads.file(content, name, "application/json; charset=utf-8")
    response["Repr-Digest"] = f"sha-256=:{base64.b64encode(sha256(content).digest()).decode()}:"
    return response
