"""Pages of incidents: the list, one incident, reporting one, and every step."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import listing as lists
from accounts.views.base import me
from audit.actions import visit
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.actions.incidents import SAY_INCIDENT
from evaluations.forms.incidents import IncidentForm, NoteForm, StepForm
from evaluations.models import EvaluationIncident
from evaluations.views.assignments import found
from evaluations.workflow import INCIDENT

LIST = lists.List(EvaluationIncident, queries.INCIDENTS_LISTED, (lists.states(INCIDENT),))
RELATED = ("assignment__agency", "assignment__developer", "assignment__request", "reporter", "reported_by")
LABELS = {
    "contain": "How it was contained", "contain_after": "How it was contained", "notify": "A word with the notice",
    "investigate": "What was looked at, and what came of it", "close": "What was learnt",
}  # fmt: skip


def _incident(request: HttpRequest, reference: str) -> EvaluationIncident:
    row = visible_or_404(EvaluationIncident, request.user, *RELATED, reference=reference)
    policies.may_read_incident(me(request), row).require()
    return row


@guarded("evaluations.visible")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Incidents that I may see, newest first, by state."""
    page = LIST.read(request)
    context = {"rows": queries.incidents_readable(page.rows), "listing": page, "workflow": INCIDENT}
    return render(request, "evaluations/incidents.html", context)


@guarded("evaluations.may_read_incident")
@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One incident: what is next and by when, what happened, what was done and learnt."""
    return _detail(request, _incident(request, reference), NoteForm())


def _detail(request: HttpRequest, row: EvaluationIncident, form: NoteForm, status: int = 200) -> HttpResponse:
    page = queries.incident_page(row, me(request))
    context = {
        "incident": row, "assignment": row.assignment, "workflow": INCIDENT, "entries": visit(row, me(request)),
        "move": queries.incident_action(row, me(request)), "form": form if page["may_note"] else None, **page,
    }  # fmt: skip
    return render(request, "evaluations/incident.html", context, status=status)


@guarded("evaluations.may_note_incident")
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a note; it moves nothing."""
    row, form = _incident(request, reference), NoteForm(request.POST)
    policies.may_note_incident(me(request), row).require()
    if form.is_valid():
        try:
            actions.note_incident(incident=row, text=form.cleaned_data["text"], by=me(request))
            return redirect(f"{row.get_absolute_url()}#notes")
        except Invalid as invalid:
            add_problems(form, invalid)
    return _detail(request, row, form, status=400)


@guarded("evaluations.may_report_incident")
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Report an incident in an assignment."""
    row = found(request, reference)
    policies.may_report_incident(me(request), row).require()
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.report_incident(assignment=row, by=me(request), **form.cleaned_data)
            messages.success(request, "Reported for your side. The other side reads it once you notify it.")
            return redirect(made)
        except Invalid as invalid:
            add_problems(form, invalid)
    context = {
        "assignment": row, "form": form, "hours": row.hours_to_notice, "agreed": bool(row.incident_notice_hours),
    }  # fmt: skip
    return render(request, "evaluations/incident_report.html", context)


@guarded("evaluations.may_move_incident")
def move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """One step of the table, on a page of its own."""
    if verb not in INCIDENT.move_names:
        raise Http404
    row, by = _incident(request, reference), me(request)
    policies.may_move_incident(by, row, verb).require()
    measures = []
    if verb in ("contain", "contain_after"):
        measures = [
            c for c in EvaluationIncident.Measure.choices if policies.may_take_measure(by, row.assignment, c[0])
        ]
    sent = request.POST if request.method == "POST" else None
    form = StepForm(sent, label=LABELS[verb], asked=SAY_INCIDENT.get(verb, ""), measures=measures)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_incident(incident=row, verb=verb, by=by, **form.cleaned_data)
            return redirect(row)
        except Invalid as invalid:
            add_problems(form, invalid)
    context = {
        "incident": row, "assignment": row.assignment, "form": form, "verb": INCIDENT.move(verb),
        **queries.incident_page(row, by),
    }  # fmt: skip
    return render(request, "evaluations/incident_move.html", context)
