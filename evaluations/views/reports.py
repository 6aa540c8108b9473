"""Pages of a report: write the draft, preview it, send it for a fact check, deliver it, read a delivered version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import listing as listing_of
from accounts.models import User
from accounts.seats import seats_of
from accounts.views.base import me
from audit.queries import timeline
from core import downloads
from core.access import guarded
from core.autosave import Saved, answered, checked
from core.decisions import Conflict, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.forms.assignments import ReasonForm
from evaluations.forms.reports import FactCheckForm, ReportForm, SendForm
from evaluations.models import EvaluationAssignment, EvaluationReport
from evaluations.pdf.render import render_report
from evaluations.views.assignments import _page, found

LISTED = ("reference", "assignment", "version", "delivered_at", "received_at")
LIST = listing_of.List(EvaluationReport, LISTED)


def at_agency(request: HttpRequest, reference: str) -> EvaluationAssignment:
    """The assignment, for those who may read the agency's draft; to the developer there is no such page."""
    row = found(request, reference)
    if not seats_of(request.user).holds(row.agency_id):
        raise Http404
    policies.may_read_draft(me(request), row).require()
    return row


def _draft(row: EvaluationAssignment) -> EvaluationReport:
    draft = queries.draft(row)
    if draft is None:
        raise Http404
    return draft


@guarded("evaluations.may_write_report")
def write_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the draft; what somebody saved meanwhile is shown beside what was sent."""
    row = at_agency(request, reference)
    policies.may_write_report(me(request), row).require()
    draft, corrects = queries.draft(row), bool(queries.delivered(row, me(request)))
    form = ReportForm(request.POST or None, corrects=corrects, initial=_begun(row, draft, me(request)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_report(assignment=row, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            context = {"assignment": row, "conflict": conflict, "draft": queries.draft(row)}
            return render(request, "evaluations/report_conflict.html", context, status=409)
        else:
            messages.success(request, "The draft is saved; only your agency reads it.")
            return redirect("evaluations:preview_report", reference=row.reference)
    context = {
        "assignment": row,
        "form": form,
        "draft": draft,
        "left_out": queries.left_out(row),
        "corrects": corrects,
        "meter": queries.meter(row),
    }
    return render(request, "evaluations/report_write.html", context)


@guarded("evaluations.may_write_report")
@require_POST
def autosave_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Save the draft while it is typed."""
    row = at_agency(request, reference)

    def save() -> Saved:
        form = ReportForm(request.POST, corrects=bool(queries.delivered(row, me(request))))
        checked(form)
        saved = actions.save_report(assignment=row, by=me(request), **form.cleaned_data)
        return Saved(saved.row_version, saved.saved_at)

    return answered(save)


def _begun(row: EvaluationAssignment, draft: EvaluationReport | None, user: User) -> dict[str, Any]:
    """What the form begins with: the draft, or for a corrected version the text of the last one."""
    versions = queries.delivered(row, user)
    source = draft or (versions[0] if versions else None)
    return {
        "row_version": draft.row_version if draft else 0, "summary": source.summary if source else "",
        "limitations": source.limitations if source else "", "correction": draft.correction if draft else "",
    }  # fmt: skip


@guarded("evaluations.may_read_draft")
@require_GET
def preview_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft as the developer would read it, and the ways to send it."""
    row = at_agency(request, reference)
    draft = _draft(row)
    content = queries.compose(draft)
    context = {
        "assignment": row, "draft": draft, "content": content, "runs": queries.runs_shown(content),
        **queries.drawn_of(content),
        "left_out": queries.left_out(row), "may_write": policies.may_write_report(me(request), row),
        "may_ask": policies.may_ask_fact_check(me(request), row), "corrects": draft.version > 1,
        "may_deliver": policies.may_deliver_report(me(request), row), "meter": queries.meter(row),
    }  # fmt: skip
    return render(request, "evaluations/report_preview.html", context)


@guarded("evaluations.may_read_draft")
@require_GET
def preview_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft as PDF, marked as one."""
    draft = _draft(at_agency(request, reference))
    return downloads.pdf(
        render_report(queries.compose(draft), at=timezone.now(), draft=True), f"{draft.reference}-draft"
    )


def _send(
    request: HttpRequest, row: EvaluationAssignment, form: forms.Form, template: str, act: Callable[..., Any], done: str
) -> HttpResponse:
    """A page that sends the draft which was read out of the agency."""
    draft = _draft(row)
    if request.method == "POST" and form.is_valid():
        try:
            act(assignment=row, by=me(request), **form.cleaned_data)
            messages.success(request, done)
            return redirect("evaluations:assignment", reference=row.reference)
        except Invalid as invalid:
            add_problems(form, invalid)
    context = {"assignment": row, "draft": draft, "form": form, "left_out": queries.left_out(row)}
    return render(request, template, context)


@guarded("evaluations.may_ask_fact_check")
def ask_fact_check(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the draft to the developer, who checks its facts."""
    row = at_agency(request, reference)
    policies.may_ask_fact_check(me(request), row).require()
    day = timezone.now().date() + timedelta(days=queries.usual_fact_check(row))
    initial = {"due_on": day, "row_version": _draft(row).row_version}
    form = FactCheckForm(request.POST or None, initial=initial)
    done = "The developer was asked to check the facts."
    return _send(request, row, form, "evaluations/fact_check_ask.html", actions.ask_fact_check, done)


@guarded("evaluations.may_deliver_report")
def deliver_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Deliver the draft as the next version."""
    row = at_agency(request, reference)
    policies.may_deliver_report(me(request), row).require()
    form = SendForm(request.POST or None, initial={"row_version": _draft(row).row_version})
    done = "The report is delivered: the developer was told."
    return _send(request, row, form, "evaluations/report_deliver.html", actions.deliver_report, done)


@guarded("evaluations.may_end_without_report")
def end_without_report(request: HttpRequest, reference: str) -> HttpResponse:
    """End the assignment when no report will come."""
    page = "evaluations/end_without_report.html"
    return _page(request, reference, ReasonForm, page, policies.may_end_without_report, actions.end_without_report)


def _version(request: HttpRequest, reference: str, number: int) -> EvaluationReport:
    related = ("assignment__agency", "assignment__developer", "assignment__request")
    report = visible_or_404(
        EvaluationReport, request.user, *related, assignment__reference=reference, version=number,
        delivered_at__isnull=False,
    )  # fmt: skip
    policies.may_read_report(me(request), report).require()
    return report


@guarded("evaluations.may_read_report")
@require_GET
def report(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One delivered version; the developer's first opening is its receipt."""
    row = actions.receive_report(report=_version(request, reference, number), by=me(request))
    assignment = found(request, reference)
    context = {
        "assignment": assignment, "report": row, "content": row.content, "runs": queries.runs_shown(row.content),
        **queries.drawn_of(row.content),
        "newest": queries.delivered(assignment, me(request))[0],
        "changed": queries.changed_since(row, me(request)),
        "may_write": policies.may_write_report(me(request), assignment),
        "entries": timeline(assignment, me(request)),
    }  # fmt: skip
    return render(request, "evaluations/report.html", context)


@guarded("evaluations.may_read_report")
@require_GET
def report_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The delivered PDF."""
    row = _version(request, reference, number)
    return downloads.pdf(actions.download_report(report=row, by=me(request)), f"{row.reference}-v{row.version}")


@guarded("evaluations.visible")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Reports that I may see, newest first: the agency's with its drafts, the developer's as they were delivered."""
    user, page = me(request), LIST.read(request)
    known = EvaluationAssignment.objects.visible_to(user).filter(pk__in=[r["assignment"] for r in page.rows])
    homes = {row.pk: row for row in known.select_related("agency", "developer")}
    rows = [{**r, "of": homes[r["assignment"]]} for r in page.rows if r["assignment"] in homes]
    context = {
        "rows": rows, "agency": seats_of(user).is_agency, "listing": page,
    }  # fmt: skip
    return render(request, "evaluations/reports.html", context)
