"""Suggestions for clauses: typed, or read from a Word file; sent, taken into a draft, not taken, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from accounts.models import User
from agreements import actions, policies, presence, queries
from agreements.forms_suggestions import SuggestForm, WordForm
from agreements.models import AgreementClause, ClauseSuggestion, TestingAgreement
from agreements.pdf.redline import words
from agreements.standard import PROTECTED
from agreements.views.base import found, person, say_problems
from agreements.word.safety import LARGEST_FILE
from agreements.workflow import SUGGESTION
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems

MOST_LINES = 20


def _rows(agreement: TestingAgreement, user: User) -> list[dict[str, Any]]:
    """Each suggestion beside the clause it was written against, and what this person can do with it."""
    rows = list(queries.suggestions_for(agreement, user))
    clauses = queries.clauses_of({row.version_id for row in rows} | {agreement.current_id})
    labels = {v["key"]: v["label"] for v in agreement.template.variables}
    found = []
    for row in rows:
        base, now = clauses[row.version_id, row.clause_id], clauses.get((agreement.current_id, row.clause_id))
        terms = [(labels[name], row.version.variables.get(name), value) for name, value in row.variables.items()]
        found.append(
            {
                "row": row, "heading": base.heading, "tone": SUGGESTION.state(row.status).tone,
                "runs": words(base.text, row.text), "terms": terms,
                "overtaken": now is None or now.text != base.text, "accept": policies.may_accept(user, row),
                "decline": policies.may_decline(user, row), "take_back": policies.may_take_back(user, row),
            }
        )  # fmt: skip
    return found


def _files(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """What can be taken at once: the suggestions of one organisation's Word file on one version, where there are several."""
    found: dict[tuple[UUID, UUID], list[dict[str, Any]]] = {}
    for entry in rows:
        if entry["row"].from_file and entry["accept"] and not entry["overtaken"]:
            found.setdefault((entry["row"].organisation_id, entry["row"].version_id), []).append(entry)
    return [group for group in found.values() if len(group) > 1]


def _page(request: HttpRequest, agreement: TestingAgreement, form: WordForm, status: int = 200) -> HttpResponse:
    user = person(request)
    rows = _rows(agreement, user)
    by_status: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_status.setdefault(row["row"].status, []).append(row)
    current = agreement.current.clauses.all() if agreement.current else []
    waiting = by_status.pop("open", [])
    context = {
        "agreement": agreement, "pending": by_status.pop("pending", []), "open": waiting,
        "answered": [row for group in by_status.values() for row in group], "form": form,
        "files": _files(waiting),
        "may": policies.may_suggest(user, agreement), "clauses": [c for c in current if c.clause_id not in PROTECTED],
    }  # fmt: skip
    return render(request, "agreements/suggestions.html", context, status=status)


@guarded("agreements.visible")
@require_GET
def suggestions(request: HttpRequest, reference: str) -> HttpResponse:
    """What waits to be sent, what waits for an answer, and what was answered by whom."""
    return _page(request, found(request, reference), WordForm())


@guarded("agreements.may_suggest")
def suggest(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Other words for one clause."""
    agreement, user = found(request, reference), person(request)
    policies.may_suggest(user, agreement).require()
    clause = get_object_or_404(AgreementClause, version=agreement.current_id, clause_id=key)
    form = SuggestForm(request.POST or None, initial={"text": clause.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.suggest(agreement=agreement, by=user, clause_id=key, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Kept. The other parties read it once you send it.")
            return redirect("agreements:suggestions", reference)
    actions.be_here(agreement=agreement, by=user, clause_id=key)
    seen = presence.said(agreement, user, timezone.now())
    context = {"agreement": agreement, "clause": clause, "form": form, "presence": seen}
    return render(request, "agreements/suggest.html", context)


@guarded("agreements.may_suggest")
@limited("uploads", 120, 600, sending=True)
@require_POST
def take_in_word(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a Word file: each clause that it changes waits to be sent."""
    agreement, user = found(request, reference), person(request)
    policies.may_suggest(user, agreement).require()
    form = WordForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, agreement, form, status=400)
    try:
        content = form.cleaned_data["file"].read(LARGEST_FILE + 1)
        taken = actions.suggest_from_word(agreement=agreement, by=user, content=content)
    except Invalid as invalid:
        add_problems(form, invalid)
        return _page(request, agreement, form, status=400)
    count = len(taken.suggestions)
    said = f"{count} clause{'' if count == 1 else 's'} of version {taken.version.number} differ{'s' if count == 1 else ''}."
    messages.success(request, f"Read. {said}" + (" Look, then send." if count else ""))
    for line in taken.left_out[:MOST_LINES]:
        messages.warning(request, line)
    if len(taken.left_out) > MOST_LINES:
        messages.warning(request, f"{len(taken.left_out) - MOST_LINES} more places were not taken over.")
    return redirect("agreements:suggestions", reference)


@guarded("agreements.may_suggest")
@require_POST
def send_suggestions(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the other parties what the own side has suggested."""
    agreement = found(request, reference)
    count = actions.send_suggestions(agreement=agreement, by=person(request))
    messages.success(request, f"Sent: {count}. The other parties are told.")
    return redirect("agreements:suggestions", reference)


@guarded("agreements.may_accept")
@require_POST
def accept_suggestions(request: HttpRequest, reference: str) -> HttpResponse:
    """Take what a Word file suggested into the own draft, all that was shown at once."""
    agreement, user = found(request, reference), person(request)
    policies.may_edit(user, agreement).require()
    try:
        chosen = {UUID(value) for value in request.POST.getlist("suggestion")}
    except ValueError as error:
        raise Http404 from error
    try:
        done = actions.accept_suggestions(agreement=agreement, suggestions=chosen, by=user)
    except Invalid as invalid:
        say_problems(request, invalid)
        return redirect("agreements:suggestions", reference)
    if done.taken:
        count = len(done.taken)
        messages.success(
            request,
            f"{count} suggestion{'' if count == 1 else 's'} stand{'s' if count == 1 else ''} in your draft now. Propose the "
            "draft as the next version when it is complete.",
        )
    for row, why in done.left:
        messages.warning(request, f"Not taken, {row.clause_id}: {why}")
    return redirect("agreements:suggestions", reference)


def _suggestion(request: HttpRequest, reference: str, pk: UUID) -> ClauseSuggestion:
    row = queries.suggestions_for(found(request, reference), person(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@guarded("agreements.may_decline")
@require_POST
def answer_suggestion(request: HttpRequest, reference: str, pk: UUID, verb: str) -> HttpResponse:
    """Take it into the own draft, answer that it is not taken, or take it back."""
    row, user = _suggestion(request, reference, pk), person(request)
    try:
        if verb == "accept":
            actions.accept_suggestion(suggestion=row, by=user)
            messages.success(
                request, "It stands in your draft now. Propose the draft as the next version when it is complete."
            )
        elif verb == "decline":
            actions.decline_suggestion(suggestion=row, by=user, answer=request.POST.get("answer", ""))
            messages.success(request, "Answered. The other parties are told.")
        elif verb == "take-back":
            actions.take_back_suggestion(suggestion=row, by=user)
            messages.success(request, "Taken back.")
        else:
            raise Http404
    except Invalid as invalid:
        say_problems(request, invalid)
    return redirect("agreements:suggestions", reference)
