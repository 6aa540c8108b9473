"""The clause library: look up, history, redline between versions; counsel of agencies edit and publish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agreements import actions, policies, presence, queries
from agreements.forms_library import Alternatives, ClauseDraftForm, NewClauseForm, Variables, shown, stored
from agreements.models import AgreementTemplate, Clause, ClauseDraft
from agreements.pdf.redline import Runs, words
from agreements.rules import concurring
from agreements.rules.library import PARTS, VARIABLE_KINDS, as_parts
from agreements.standard import PROTECTED
from agreements.views.base import person, say_problems
from core.access import guarded, signed_in
from core.decisions import Invalid, Problem
from core.forms import add_problems


@signed_in
@require_GET
def library_index(request: HttpRequest) -> HttpResponse:
    """Every clause in its newest version, template by template."""
    newest = queries.newest_clauses()
    templates = list(AgreementTemplate.objects.filter(is_current=True).order_by("name"))
    may = policies.may_edit_library(person(request))
    placed = {pk for template in templates for pk in template.clause_ids}
    by_id = Clause.objects.prefetch_related("alternatives").in_bulk(placed)
    known = {row.key for row in by_id.values()}
    context = {
        "templates": [
            (t, [by_id[pk] for pk in t.clause_ids], concurring.in_short(t.concurrence_order, blind=t.concurrence_blind))
            for t in templates
        ],
        "unplaced": [row for key, row in newest.items() if key not in known], "may": may,
        "drafts": list(ClauseDraft.objects.order_by("-edited_at")) if may else [], "form": NewClauseForm(),
    }  # fmt: skip
    return render(request, "agreements/library.html", context)


def _versions(key: str) -> list[Clause]:
    rows = list(
        Clause.objects.filter(key=key)
        .select_related("published_by")
        .prefetch_related("alternatives")
        .order_by("-version")
    )
    if not rows:
        raise Http404
    return rows


@signed_in
@require_GET
def clause(request: HttpRequest, key: str) -> HttpResponse:
    """The newest version of a clause with all that belongs to it, and its history."""
    user = person(request)
    may = policies.may_edit_library(user)
    draft = ClauseDraft.objects.filter(key=key).select_related("edited_by").first() if may else None
    rows = list(Clause.objects.filter(key=key).select_related("published_by").order_by("-version"))
    if not rows and draft is None:
        raise Http404
    newest = queries.newest_clauses().get(key)
    context = {
        "key": key, "versions": rows, "clause": newest, "draft": draft, "may": may,
        "protected": key in PROTECTED, "publish": policies.may_publish_clause(user, draft) if draft else None,
        "variables": [(row, VARIABLE_KINDS[row["kind"]]) for row in rows[0].variables] if rows else [],
        "changes": _changes(newest, draft) if draft else [],
        "problems": actions.clause_draft_problems(draft) if draft else [],
    }  # fmt: skip
    return render(request, "agreements/library_clause.html", context)


def _changes(clause: Clause | None, draft: ClauseDraft) -> list[tuple[str, Runs]]:
    """What a second reader has to read: each part of the clause that the draft changes, word by word."""
    before = as_parts(queries.draft_values(clause))
    after = as_parts({name: getattr(draft, name) for name in PARTS})
    return [(name, words(before[name], text)) for name, text in after.items() if before[name] != text]


@signed_in
@require_GET
def clause_redline(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A version word by word beside the one before, or beside `?against=`."""
    rows = _versions(key)
    row = next((r for r in rows if r.version == number), None)
    if row is None:
        raise Http404
    wanted = request.GET.get("against", "")
    earlier = [r for r in rows if r.version < number]
    other = next((r for r in earlier if str(r.version) == wanted), earlier[0] if earlier else None)
    before, after = (as_parts(queries.draft_values(r)) for r in (other or row, row))
    context = {
        "clause": row, "other": other, "earlier": earlier,
        "parts": [(name, words(before[name], text)) for name, text in after.items() if before[name] != text or not other],
    }  # fmt: skip
    return render(request, "agreements/library_redline.html", context)


@guarded("agreements.may_edit_library")
@require_POST
def begin_clause(request: HttpRequest) -> HttpResponse:
    """Begin the draft of a new clause, or of the next version of one."""
    policies.may_edit_library(person(request)).require()
    form = NewClauseForm(request.POST)
    if form.is_valid():
        try:
            draft = actions.begin_clause_draft(key=form.cleaned_data["key"], by=person(request))
        except Invalid as invalid:
            say_problems(request, invalid)
        else:
            return redirect("agreements:edit_clause", draft.key)
    else:
        messages.error(request, "A key has small letters, digits and “_”. Choose another.")
    return redirect("agreements:library")


@guarded("agreements.may_edit_library")
def edit_clause(request: HttpRequest, key: str) -> HttpResponse:
    """The draft of the next version: wording, alternatives, variables; saved, or saved for a second reader."""
    user = person(request)
    policies.may_edit_library(user).require()
    draft = get_object_or_404(ClauseDraft.objects.select_related("edited_by"), key=key)
    form = ClauseDraftForm(request.POST or None, draft=draft, library=queries.newest_clauses())
    others = Alternatives(request.POST or None, prefix="alternatives", initial=draft.alternatives)
    variables = Variables(request.POST or None, prefix="variables", initial=[shown(row) for row in draft.variables])
    if request.method == "POST" and form.is_valid() and others.is_valid() and variables.is_valid():
        try:
            return _saved(request, draft, _typed(form, others, variables))
        except Invalid as invalid:
            add_problems(form, invalid)
    problems = [] if request.method == "POST" else actions.clause_draft_problems(draft)
    actions.be_in_library(draft=draft, by=user)
    context = {
        "presence": presence.said_in_library(draft, user, timezone.now()),
        "draft": draft, "form": form, "alternatives": others, "variables": variables,
        "problems": [(_anchor(p.field), p.sentence) for p in problems],
        "other_rows": _rows("alternatives", others, problems), "variable_rows": _rows("variables", variables, problems),
    }  # fmt: skip
    return render(request, "agreements/library_edit.html", context)


def _anchor(field: str) -> str:
    """Where on the page a problem's field is."""
    return field if field in ("alternatives", "variables") else "id_" + field.replace(".", "-")


def _rows(name: str, formset: Any, problems: list[Problem]) -> list[tuple[Any, bool]]:
    """Each form of a set, and whether it stands open because something in it needs attention."""
    open_ones = {p.field.split(".")[1] for p in problems if p.field.startswith(f"{name}.")}
    return [(row, bool(row.errors) or str(i) in open_ones) for i, row in enumerate(formset)]


def _typed(form: Any, others: Any, variables: Any) -> dict[str, Any]:
    names = queries.OTHER
    kept = [row for row in others.cleaned_data if row and not row.get("DELETE") and (row["key"] or row["text"].strip())]
    rows = [row for row in variables.cleaned_data if row and not row.get("DELETE") and row["key"]]
    return {
        **form.cleaned_data, "alternatives": [{n: row[n].replace("\r\n", "\n").strip() for n in names} for row in kept],
        "variables": [stored(row) for row in rows],
    }  # fmt: skip


def _saved(request: HttpRequest, draft: ClauseDraft, sent: dict[str, Any]) -> HttpResponse:
    user = person(request)
    row = actions.save_clause_draft(draft=draft, by=user, **sent)
    if "ask" in request.POST:
        try:
            actions.ask_second_reader(draft=row, row_version=row.row_version, by=user)
        except Invalid as invalid:
            count = len(invalid.problems)
            messages.error(request, f"Saved, but not sent: {count} open point{'s' if count != 1 else ''} below.")
            return redirect("agreements:edit_clause", row.key)
        messages.success(
            request, "Counsel of the agencies are asked to read it. Another counsel than you publishes it."
        )
        return redirect("agreements:library_clause", row.key)
    messages.success(request, "Saved.")
    return redirect("agreements:edit_clause", row.key)


@guarded("agreements.may_publish_clause")
@require_POST
def publish_clause(request: HttpRequest, key: str) -> HttpResponse:
    """Publish the draft, or discard it, as it was read: a later edit refuses both."""
    policies.may_edit_library(person(request)).require()
    draft = get_object_or_404(ClauseDraft, key=key)
    seen = request.POST.get("row_version", "")
    what: dict[str, Any] = {"draft": draft, "row_version": int(seen) if seen.isdecimal() else 0, "by": person(request)}
    if "discard" in request.POST:
        actions.discard_clause_draft(**what)
        messages.success(request, "The draft is discarded. The published version stays.")
        return redirect("agreements:library")
    try:
        row = actions.publish_clause(**what)
    except Invalid as invalid:
        say_problems(request, invalid)
    else:
        messages.success(request, f"Version {row.version} is published. Agreements that run keep the text they have.")
    return redirect("agreements:library_clause", key)
