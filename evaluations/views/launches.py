"""Pages of runs that are started here: ask for one, see how far it is, stop it, go on with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.views.base import me
from audit.queries import timeline
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.forms.launches import LaunchForm
from evaluations.models import RunLaunch
from evaluations.views.assignments import found
from evaluations.workflow import RUN

RELATED = ("assignment__agency", "assignment__developer", "assignment__request", "launched_by")


def _launch(request: HttpRequest, reference: str, pk: UUID) -> RunLaunch:
    row = visible_or_404(RunLaunch, request.user, *RELATED, pk=pk, assignment__reference=reference)
    policies.may_see_launch(me(request), row.assignment).require()
    return row


@guarded("evaluations.may_launch")
def launch(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the agency's runner for a run."""
    row = found(request, reference)
    policies.may_launch(me(request), row).require()
    offered = queries.offered(row)
    form = LaunchForm(request.POST or None, offered=offered, initial={"suite": request.GET.get("suite", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.launch(assignment=row, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Your agency’s runner is asked for this run.")
            return redirect(made)
    return render(request, "evaluations/launch.html", {"assignment": row, "form": form})


@guarded("evaluations.may_see_launch")
@require_GET
def launched(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """One run: how far it is, what it has used, its logs, and what can be done with it."""
    row = _launch(request, reference, pk)
    context = _page(row, request) | {"entries": timeline(row, me(request))}
    return render(request, "evaluations/launched.html", context)


@guarded("evaluations.may_see_launch")
@require_GET
def progress(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The part of that page that changes, for its script."""
    return render(request, "evaluations/_launched.html", _page(_launch(request, reference, pk), request))


def _page(row: RunLaunch, request: HttpRequest) -> dict[str, Any]:
    return {
        "launch": row, "assignment": row.assignment, "workflow": RUN, **queries.launch_page(row, me(request))
    }  # fmt: skip


@guarded("evaluations.may_stop_launch")
@require_POST
def stop(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """End it."""
    row = actions.stop_launch(launch=_launch(request, reference, pk), by=me(request))
    return redirect(row)


@guarded("evaluations.may_resume_launch")
@require_POST
def resume(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Go on with it."""
    row = actions.resume_launch(launch=_launch(request, reference, pk), by=me(request))
    messages.success(request, "Your agency’s runner is asked to go on with it.")
    return redirect(row)
