"""Pages of runs: upload a log, read what it gave, share it; the developer's page of a shared run."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from accounts.views.base import me
from audit.queries import timeline
from core import downloads
from core.access import guarded
from core.decisions import Conflict, Decision, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from early_access import queries as early_access
from evaluations import actions, policies, queries
from evaluations.forms.runs import BaselineForm, RunNotesForm, UploadForm
from evaluations.models import EvaluationAssignment, EvaluationRun, Result, RunLog, RunNotes, SharedRun
from evaluations.views.assignments import found
from evaluations.workflow import RUN


@guarded("evaluations.may_upload")
@limited("uploads", 120, 600, sending=True)
def upload_log(request: HttpRequest, reference: str) -> HttpResponse:
    """Upload an Inspect log. A body above the limit was not read: its sentence stands at the field, with 413."""
    row = found(request, reference)
    policies.may_upload(me(request), row).require()
    variants = early_access.variants(row.request)
    form = UploadForm(request.POST or None, request.FILES or None, assignment=row, variants=variants)
    status = 200
    if getattr(request, "body_refused", False):
        form.without_file(actions.too_large())
        status = 413
    elif request.method == "POST" and form.is_valid():
        try:
            return _uploaded(request, row, form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
    return render(request, "evaluations/upload_log.html", {"assignment": row, "form": form}, status=status)


def _uploaded(request: HttpRequest, row: EvaluationAssignment, said: dict[str, Any]) -> HttpResponse:
    upload = said.pop("file")
    log = actions.upload_log(
        assignment=row, file=upload.file, file_name=upload.name or "", by=me(request), **said
    )  # fmt: skip
    if log.read_at is None:
        messages.success(request, "The log is sealed to your agency; its worker reads it now.")
    return redirect("evaluations:run", reference=log.assignment.reference, pk=log.pk)


def found_log(request: HttpRequest, reference: str, pk: UUID) -> RunLog:
    """The log of the address, for those who may see the agency's runs."""
    log = visible_or_404(
        RunLog, request.user, "assignment__agency", "run__checkpoint", "uploaded_by", pk=pk,
        assignment__reference=reference,
    )  # fmt: skip
    policies.may_see_run(me(request), log.assignment).require()
    return log


def _run(request: HttpRequest, reference: str, pk: UUID) -> EvaluationRun:
    run = found_log(request, reference, pk).run
    if run is None:
        raise Conflict("The log is not read yet, or it was refused: its page says which.")
    return run


@guarded("evaluations.may_see_run")
@require_GET
def run(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """One log: being read, refused with its sentence, or the run with its estimates."""
    log = found_log(request, reference, pk)
    context: dict[str, Any] = {
        "assignment": log.assignment, "log": log, "run": log.run, "workflow": RUN,
    }  # fmt: skip
    if log.run is None:
        context |= {"stuck": queries.reading_failed(log), "entries": timeline(log, me(request))}
    else:
        sharing = _sharing(log.run, request)
        also = [log.run, *([sharing["shared"]] if sharing["shared"] else [])]
        context |= queries.run_page(log.run) | {
            "sharing": sharing,
            "entries": timeline(log, me(request), also=also),
            "may_read_log": policies.may_read_log(me(request), log),
            "may_write_notes": policies.may_write_run_notes(me(request), log.run),
            "may_add_baseline": policies.may_add_baseline(me(request), log.run),
        }
    return render(request, "evaluations/run.html", context)


def _sharing(row: EvaluationRun, request: HttpRequest) -> dict[str, Any]:
    shared = SharedRun.objects.filter(run=row).first()
    decision: Decision = policies.may_share_run(me(request), row)
    return {"shared": shared, "decision": decision}


@guarded("evaluations.may_share_run")
@require_POST
def share(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Let the developer read what disclosure.py lists."""
    actions.share_run(run=_run(request, reference, pk), by=me(request))
    messages.success(request, "The developer can read this run now.")
    return redirect("evaluations:run", reference=reference, pk=pk)


@guarded("evaluations.may_add_baseline")
def add_baseline(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Write down what an estimate is compared with."""
    row = _run(request, reference, pk)
    policies.may_add_baseline(me(request), row).require()
    named = queries.run_page(row)["named"]
    form = BaselineForm(request.POST or None, results=named)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        result = Result.objects.get(pk=said.pop("result"), run=row)
        try:
            actions.add_baseline(run=row, result=result, by=me(request), **said)
            return redirect("evaluations:run", reference=reference, pk=pk)
        except Invalid as invalid:
            add_problems(form, invalid)
    return render(request, "evaluations/baseline.html", {"assignment": row.assignment, "form": form, "pk": pk})


def _shared(request: HttpRequest, reference: str, pk: UUID) -> SharedRun:
    shared = visible_or_404(
        SharedRun, request.user, "assignment__request__model", "assignment__developer", "agency", pk=pk,
        assignment__reference=reference,
    )  # fmt: skip
    policies.may_see_inside(me(request), shared.assignment).require()
    return shared


@guarded("evaluations.visible")
@require_GET
def shared_run_record(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The same as an Every Eval Ever record, for tools that read one."""
    shared = _shared(request, reference, pk)
    content = json.dumps(queries.every_eval(shared), indent=1, ensure_ascii=False).encode()
    return downloads.file(content, f"{reference}-every-eval-ever.json", "application/json")


@guarded("evaluations.visible")
@require_GET
def shared_run(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """What the developer reads of a shared run; the agency may look at the same page."""
    shared = _shared(request, reference, pk)
    context = {
        "assignment": shared.assignment, "shared": shared, "workflow": RUN,
        "entries": timeline(shared, me(request)),
        **queries.shared_page(shared),
    }  # fmt: skip
    return render(request, "evaluations/shared_run.html", context)


@guarded("evaluations.may_write_run_notes")
def write_notes(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Write down what no log says of the run; what somebody saved meanwhile is shown beside what was sent."""
    row = _run(request, reference, pk)
    policies.may_write_run_notes(me(request), row).require()
    notes = RunNotes.objects.filter(run=row).first()
    form = RunNotesForm(request.POST or None, initial=model_to_dict(notes) if notes else {"row_version": 0})
    context = {"assignment": row.assignment, "form": form, "pk": pk, "run": row}
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_run_notes(run=row, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            page = {"assignment": row.assignment, "conflict": conflict, "pk": pk, "saved": notes}
            return render(request, "evaluations/run_notes_conflict.html", page, status=409)
        else:
            messages.success(request, "The notes are saved; the developer reads them when the run is shared.")
            return redirect("evaluations:run", reference=reference, pk=pk)
    return render(request, "evaluations/run_notes.html", context)
