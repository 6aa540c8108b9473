"""Pages of findings: the list, one finding with its thread, writing a draft, and every move."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import listing as lists
from accounts import narrowing
from accounts.models import User
from accounts.seats import seats_of
from accounts.views.base import me
from audit.actions import visit
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from core.workflow import Move
from evaluations import actions, policies, queries
from evaluations.actions.findings import MISSING, SAY, WRITE
from evaluations.forms.findings import CommentForm, DiscardForm, FindingForm, RetestForm, SayForm
from evaluations.models import EvaluationRun, Finding
from evaluations.views.assignments import found
from evaluations.workflow import FINDING

LABELS = {
    "dispute": "What is not so, and why", "uphold": "Why the finding stands", "remedy": "What was done",
    "withdraw_finding": "Why it is withdrawn", "plan": "What will be done, and by when", "accept_risk": "Reason",
    "retest": "What was tested again, and what came of it", "reopen": "What is still there", "share": "A word with it",
}  # fmt: skip


def _states(user: User) -> list[tuple[str, str]]:
    """A developer reads no drafts."""
    at_agency = seats_of(user).is_agency
    return [(s.name, s.label) for s in FINDING.states if at_agency or s.name != FINDING.initial]


LIST = lists.List(Finding, queries.LISTED, (lists.Filter("status", "State", _states),))


def _finding(request: HttpRequest, reference: str) -> Finding:
    row = visible_or_404(
        Finding, request.user, "assignment__agency", "assignment__developer", "assignment__request", "written_by",
        "edited_by", reference=reference,
    )  # fmt: skip
    policies.may_read_finding(me(request), row).require()
    return row


@guarded("evaluations.visible")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Findings that I may see, newest first, by state."""
    page, at_agency = LIST.read(request), seats_of(me(request)).is_agency
    context = {
        "rows": queries.readable(page.rows, me(request)), "listing": page, "workflow": FINDING, "at_agency": at_agency,
    }  # fmt: skip
    return render(request, "evaluations/findings.html", context)


@guarded("evaluations.visible")
@require_GET
def over_time(request: HttpRequest) -> HttpResponse:
    """How many of the findings that I may see were in each state, day by day."""
    found = queries.finding_states(narrowing.looking_as(request))
    context = {"states": found, "at_agency": seats_of(me(request)).is_agency}
    return render(request, "evaluations/finding_states.html", context)


@guarded("evaluations.may_read_finding")
@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One finding: whose move it is, its words, what it rests on, what both sides said."""
    row = _finding(request, reference)
    page = queries.finding_page(row, me(request))
    form = CommentForm(label="Comment", asked=WRITE) if page["may_comment"] else None
    return _detail(request, row, page, form)


def _detail(
    request: HttpRequest, row: Finding, page: dict[str, Any], form: SayForm | None, status: int = 200
) -> HttpResponse:  # fmt: skip
    context = {
        "finding": row, "assignment": row.assignment, "workflow": FINDING, "form": form,
        "move": queries.finding_action(row, me(request)), "entries": visit(row, me(request)), **page,
    }  # fmt: skip
    return render(request, "evaluations/finding.html", context, status=status)


@guarded("evaluations.may_draft_finding")
def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a finding."""
    row = found(request, reference)
    policies.may_draft_finding(me(request), row).require()
    form = FindingForm(request.POST or None, assignment=row, runs=queries.choices_of_run(row), missing=MISSING)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_finding(assignment=row, by=me(request), **form.said())
            messages.success(request, "Saved as a draft. The developer reads nothing of it yet.")
            return redirect(made)
        except Invalid as invalid:
            add_problems(form, invalid)
    return render(request, "evaluations/finding_edit.html", {"assignment": row, "form": form})


@guarded("evaluations.may_edit_finding")
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a draft; a stale save shows both texts, with yours still in the form."""
    row, status, conflict = _finding(request, reference), 200, None
    policies.may_edit_finding(me(request), row).require()
    runs = queries.choices_of_run(row.assignment)
    opened = {n: getattr(row, n) for n in ("row_version", "title", "severity", "domain", "text", "mitigation")}
    form = FindingForm(
        request.POST or None, assignment=row.assignment, runs=runs, missing=MISSING,
        initial={**opened, "run": row.run_id or ""},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["row_version"] or 0
            made = actions.edit_finding(finding=row, row_version=version, by=me(request), **form.said())
            return redirect(made)
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as stale:
            status, conflict = 409, stale
            row.refresh_from_db(fields=["row_version", "edited_by", "edited_at"])
            typed = request.POST.copy()
            typed["row_version"] = str(row.row_version)  # saving again now replaces theirs, knowingly
            form.data = typed
    context = {
        "assignment": row.assignment, "finding": row, "form": form, "conflict": conflict,
        "theirs": form.in_words(conflict.theirs) if conflict else [],
    }  # fmt: skip
    return render(request, "evaluations/finding_edit.html", context, status=status)


@guarded("evaluations.may_discard_finding")
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Destroy a draft."""
    row = _finding(request, reference)
    policies.may_discard_finding(me(request), row).require()
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.discard_finding(finding=row, typed=form.cleaned_data["typed"], by=me(request))
            messages.success(request, f"{row.reference} is discarded.")
            return redirect("evaluations:assignment", reference=row.assignment.reference)
        except Invalid as invalid:
            add_problems(form, invalid)
    return render(request, "evaluations/finding_discard.html", {"finding": row, "form": form})


def _move(verb: str) -> Move:
    if verb not in FINDING.move_names or FINDING.move(verb).party == "system":
        raise Http404
    return FINDING.move(verb)


@guarded("evaluations.may_move_finding")
def move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """One move of the table: with words on a page of its own, or by a button alone."""
    row, made = _finding(request, reference), _move(verb)
    policies.may_move_finding(me(request), row, verb).require()
    sent = request.POST if request.method == "POST" else None  # a button alone sends nothing but its token
    words: dict[str, Any] = {"label": LABELS.get(verb) or "Text", "asked": SAY.get(verb, "")}
    form = (
        RetestForm(sent, runs=queries.choices_of_run(row.assignment), **words)
        if verb == "retest"
        else SayForm(sent, **words)
    )
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data.get("run")
            run = EvaluationRun.objects.get(pk=key) if key else None
            actions.move_finding(finding=row, verb=verb, text=form.cleaned_data["text"], run=run, by=me(request))
            return redirect(row)
        except Invalid as invalid:
            add_problems(form, invalid)
    page = queries.finding_page(row, me(request)) if verb == "share" else {}
    context = {
        "finding": row,
        "assignment": row.assignment,
        "form": form,
        "verb": made,
        "days": queries.days_after(verb),
        "may_launch": verb == "retest" and policies.may_launch(me(request), row.assignment),
    }
    return render(request, "evaluations/finding_move.html", context | page)


@guarded("evaluations.may_comment_on_finding")
@require_POST
def comment(request: HttpRequest, reference: str) -> HttpResponse:
    """Say something without a move."""
    row = _finding(request, reference)
    policies.may_comment_on_finding(me(request), row).require()
    form = CommentForm(request.POST, label="Comment", asked=WRITE)
    if form.is_valid():
        try:
            actions.comment_on_finding(finding=row, by=me(request), **form.cleaned_data)
            return redirect(f"{row.get_absolute_url()}#thread")
        except Invalid as invalid:
            add_problems(form, invalid)
    return _detail(request, row, queries.finding_page(row, me(request)), form, status=400)
