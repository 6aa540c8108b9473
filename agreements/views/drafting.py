"""Start from a template, edit clause by clause, send, propose the next version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.seats import seats_of
from agreements import actions, consolidated, deviations, policies, portfolio, presence, queries
from agreements.forms import DraftForm, StartForm
from agreements.models import AgreementVersion, TestingAgreement
from agreements.rules import steps
from agreements.standard import PROTECTED
from agreements.views.base import back, found, person, say_problems
from core.access import guarded
from core.autosave import Saved, answered, checked
from core.decisions import Invalid
from core.forms import add_problems


@guarded("agreements.may_start")
def start(request: HttpRequest) -> HttpResponse:
    """Choose template, parties and title."""
    user = person(request)
    policies.may_start(user).require()
    homes = [o for o in seats_of(user).with_role(*policies.DRAFTING) if o.parent_id is None]
    known = {row.reference: row for row in portfolio.replaceable(user)}
    form = StartForm(
        request.POST or None, homes=homes, replaceable=list(known.values()),
        initial={"replaces": request.GET.get("replaces", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("agreements:edit", _started(form, request, known).reference)
        except Invalid as invalid:
            add_problems(form, invalid)
    return render(request, "agreements/new.html", {"form": form})


def _started(form: StartForm, request: HttpRequest, known: dict[str, TestingAgreement]) -> TestingAgreement:
    sent = form.cleaned_data
    home, agencies = form.homes[sent["home"]], list(sent["agencies"])
    return actions.start_from_template(
        template=sent["template"], developer=sent.get("developer") or home, agencies=agencies, title=sent["title"],
        by=person(request), home=home, steps=steps.planned(sent["signing"], 1 + len(agencies)),
        replaces=known.get(sent.get("replaces", "")),
    )  # fmt: skip


@guarded("agreements.may_edit")
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The working draft of my side: variables, then clauses."""
    agreement, user = found(request, reference), person(request)
    policies.may_edit(user, agreement).require()
    version = actions.begin_version(agreement=agreement, by=user)
    actions.be_here(agreement=agreement, by=user)
    first = agreement.status == "draft"
    form = DraftForm(request.POST or None, version=version, with_title=first)
    if request.method == "POST" and form.is_valid():
        try:
            _save(agreement, form, request)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Saved.")
            return _after(agreement, request)
    context = {
        "agreement": agreement, "version": version, "form": form, "first": first, "overtaken": actions.overtaken(agreement, version),
        **_groups(form, version), "changes": consolidated.in_words(version), "behind": consolidated.is_behind(version),
        "presence": presence.said(agreement, user, timezone.now(), version.row_version),
        "problems": [] if request.method == "POST" else actions.draft_problems(agreement, version),
    }  # fmt: skip
    return render(request, "agreements/edit.html", context, status=200)


def _groups(form: DraftForm, version: AgreementVersion) -> dict[str, Any]:
    """The fields of the cover page, and each clause with its guidance and approved wordings."""
    rows = version.clauses.select_related("library").prefetch_related("library__alternatives")
    deviating = {row.clause.clause_id: row for row in deviations.departures(version)}
    return {
        "deviating": list(deviating.values()),
        "cover": [form[name] for name in form.fields if name in ("title", "marking") or name.startswith("variables.")],
        "panels": [
            {
                "row": row,
                "field": form[f"clause.{row.clause_id}"],
                "fixed": row.clause_id in PROTECTED,
                "required": queries.required(version, row),
                "departure": deviating.get(row.clause_id),
            }
            for row in rows
        ],
        "adding": [form[name] for name in form.fields if name.startswith("arrange.")],
    }


def _after(agreement: TestingAgreement, request: HttpRequest) -> HttpResponse:
    """Save, or save and go on: both buttons belong to the same form."""
    if "send" in request.POST:
        return send(request, agreement.reference)
    if "propose" in request.POST:
        return propose(request, agreement.reference)
    if "arrange" in request.POST:
        clause_id = request.POST["arrange"].partition(":")[2]
        kept = request.POST["arrange"].startswith(("up:", "down:"))
        place = f"clause-{clause_id}" if kept else "clauses"
        return redirect(f"{reverse('agreements:edit', args=[agreement.reference])}#{place}")
    if "use" in request.POST:
        clause_id = request.POST["use"].partition(":")[0]
        return redirect(f"{reverse('agreements:edit', args=[agreement.reference])}#clause-{clause_id}")
    return redirect("agreements:edit", agreement.reference)


def _save(agreement: TestingAgreement, form: DraftForm, request: HttpRequest) -> AgreementVersion:
    clause_id, _, wording = request.POST.get("use", "").partition(":")
    return actions.save_draft(
        agreement=agreement, by=person(request), row_version=form.cleaned_data["row_version"],
        variables=form.sent("variables."), clauses=form.sent("clause."), title=form.cleaned_data.get("title"),
        marking=form.cleaned_data["marking"] if "marking" in form.data else None,
        wordings={clause_id: wording} if wording else {}, arrange=_steps(form, request.POST.get("arrange", "")),
    )  # fmt: skip


def _steps(form: DraftForm, pressed: str) -> list[dict[str, str]]:
    """The step of the button that was pressed, such as “up:purpose”; the fields of a new clause count only with “add”."""
    do, _, clause_id = pressed.partition(":")
    if do in ("up", "down", "remove"):
        return [{"do": do, "clause_id": clause_id}]
    if do != "add":
        return []
    sent = form.sent("arrange.")
    library, _, wording = sent.get("library", "").partition(":")
    return [{**sent, "do": do, "library": library, "wording": wording}]


@guarded("agreements.may_edit")
@require_POST
def autosave(request: HttpRequest, reference: str) -> JsonResponse:
    """Save the draft while it is typed."""
    agreement, user = found(request, reference), person(request)

    def save() -> Saved:
        policies.may_edit(user, agreement).require()
        version = actions.begin_version(agreement=agreement, by=user)
        form = DraftForm(request.POST, version=version, with_title=agreement.status == "draft")
        checked(form)
        saved = _save(agreement, form, request)
        return Saved(saved.row_version, saved.edited_at)

    return answered(save)


@guarded("agreements.may_send")
@require_POST
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the draft to the other parties."""
    agreement = found(request, reference)
    try:
        actions.send(agreement=agreement, by=person(request))
    except Invalid as invalid:
        say_problems(request, invalid)
        return redirect("agreements:edit", agreement.reference)
    messages.success(request, "Sent. The other parties can read version 1 now.")
    return back(agreement)


@guarded("agreements.may_propose_version")
@require_POST
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Freeze my side's working draft as the next version."""
    agreement = found(request, reference)
    try:
        version = actions.propose_version(agreement=agreement, by=person(request))
    except Invalid as invalid:
        say_problems(request, invalid)
        return redirect("agreements:edit", agreement.reference)
    messages.success(request, f"Version {version.number} stands. The other parties see what changed.")
    return redirect("agreements:negotiation", agreement.reference)


@guarded("agreements.may_propose_version")
@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin my side's draft again from the current version."""
    agreement = found(request, reference)
    actions.discard_draft(agreement=agreement, by=person(request))
    return redirect("agreements:edit", agreement.reference)
