"""Pages of assignments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import listing as lists
from accounts.seats import seats_of
from accounts.views.base import me
from agencies.domains import AccessLevel
from audit.actions import visit
from core.access import guarded
from core.decisions import Decision, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.actions.assignments import STATEMENT
from evaluations.forms.assignments import AttestForm, ReasonForm, RulesForm
from evaluations.models import EvaluationAssignment, RoutingDecision
from evaluations.workflow import ASSIGNMENT, RUN

LIST = lists.List(
    EvaluationAssignment,
    ("reference", "status", "agency", "developer", "answer_due_at"),
    (lists.states(ASSIGNMENT), lists.Filter("agency", "Agency", queries.agencies_of)),
)


def found(request: HttpRequest, reference: str) -> EvaluationAssignment:
    """The assignment of the address, when this person may see it; 404 otherwise. Refused, with why, where the person has a
    conflict of interest: the assignment is their agency's, and they know of the conflict."""
    row = visible_or_404(EvaluationAssignment, request.user, "agency", "developer", "request", reference=reference)
    policies.may_see(me(request), row).require()
    return row


@guarded("evaluations.visible")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Assignments that I may see, newest first."""
    page, shut = LIST.read(request), policies.conflicts_of(me(request))
    context = {
        "rows": [row for row in page.named("agency", "developer") if row["developer"] not in shut],
        "left_out": any(row["developer"] in shut for row in page.rows),
        "listing": page,
        "workflow": ASSIGNMENT,
        "at_agency": seats_of(request.user).is_agency,
        "has_calendar": bool(queries.calendars(me(request))) if seats_of(request.user).is_agency else False,
    }
    return render(request, "evaluations/assignments.html", context)


@guarded("evaluations.visible")
@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One assignment: whose move it is, why it is here, access results, timeline."""
    row = found(request, reference)
    inside = policies.may_see_inside(me(request), row)
    context = {
        "assignment": row,
        "workflow": ASSIGNMENT,
        "level": AccessLevel(row.access_level).label,
        "move": queries.next_action(row, me(request)),
        "inside": inside,
        "access": queries.access(row, me(request)) if inside else None,
        "runs": queries.runs(row, me(request)) if inside else None,
        "launches": queries.launches(row, me(request)) if inside else None,
        "run_workflow": RUN,
        "findings": queries.findings(row, me(request)) if inside else None,
        "report": queries.report_section(row, me(request)) if inside else None,
        "incidents": queries.incidents(row, me(request)) if inside else None,
        "rules": getattr(row, "rules", None) if inside else None,
        "at_agency": seats_of(request.user).holds(row.agency_id),
        "attested": policies.with_access(row) if row.max_testers else [],
        "decision": RoutingDecision.objects.visible_to(request.user)
        .filter(attempt=row.attempt_id, agency=row.agency)
        .first(),
        "entries": visit(row, me(request)),
    }
    return render(request, "evaluations/assignment.html", context)


@guarded("evaluations.may_move")
@require_POST
def move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The moves that need nothing but a click."""
    row, by = found(request, reference), me(request)
    if verb == "accept":
        actions.accept(assignment=row, by=by)
    elif verb == "verify":
        actions.ask_verification(assignment=row, by=by)
    elif verb == "close":
        actions.close(assignment=row, by=by)
    elif verb in ("start", "resume", "analyse"):
        actions.move(assignment=row, verb=verb, by=by)
    else:
        raise Http404
    return redirect("evaluations:assignment", reference=row.reference)


def _page(
    request: HttpRequest, reference: str, form_class: type[forms.Form], template: str,
    may: Callable[[Any, EvaluationAssignment], Decision], act: Callable[..., Any],
) -> HttpResponse:  # fmt: skip
    """A page of its own for a verb that asks for something."""
    row = found(request, reference)
    may(request.user, row).require()
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(assignment=row, by=request.user, **form.cleaned_data)
            return redirect("evaluations:assignment", reference=row.reference)
        except Invalid as invalid:
            add_problems(form, invalid)
    return render(request, template, {"assignment": row, "form": form, "statement": STATEMENT})


@guarded("evaluations.may_decline")
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Turn an assignment down."""
    return _page(request, reference, ReasonForm, "evaluations/decline.html", policies.may_decline, actions.decline)


@guarded("evaluations.may_attest")
def attest(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the evaluator's statement."""
    return _page(request, reference, AttestForm, "evaluations/attest.html", policies.may_attest, actions.attest)


@guarded("evaluations.may_prepare")
def prepare(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the rules of engagement."""
    return _page(request, reference, RulesForm, "evaluations/prepare.html", policies.may_prepare, actions.prepare)


@guarded("evaluations.may_stop")
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """The developer's stop switch."""
    return _page(request, reference, ReasonForm, "evaluations/stop.html", policies.may_stop, actions.stop)
