"""Conflicts of interest: one's own and, for counsel, the agency's; declared, recorded, ended."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts import listing
from accounts.models import Organisation
from accounts.seats import seats_of
from accounts.views.base import me
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems
from evaluations import actions, policies, queries
from evaluations.forms.places import ConflictForm, EndConflictForm, RecusalForm
from evaluations.models import ConflictOfInterest

LIST = listing.List(ConflictOfInterest, ())
MOST = 100  # of one's own: there are as many as developers, at most


def _agencies(request: HttpRequest, *roles: str) -> dict[str, Organisation]:
    """The agencies that the person works for, or serves in one of these roles, by slug; 404 without any."""
    seats = seats_of(request.user)
    held = [
        s.organisation for s in seats.all if s.organisation.is_agency and (not roles or s.roles.intersection(roles))
    ]
    if not held:
        raise Http404
    return {str(one.slug): one for one in held}


@guarded("evaluations.may_declare")
@require_GET
def conflicts(request: HttpRequest) -> HttpResponse:
    """Those of mine, and for counsel all of their agencies, newest first."""
    _agencies(request)
    mine = queries.readable_conflicts(me(request)).filter(person=me(request))[:MOST]
    context = {"mine": mine, "is_official": False}
    if seats_of(request.user).with_role(*policies.OFFICIALS):
        page = LIST.read(request)
        keys = [row["id"] for row in page.rows]
        rows = list(queries.readable_conflicts(me(request)).filter(pk__in=keys))
        context |= {
            "is_official": True, "listing": page, "rows": rows,
            "may": {row.pk: policies.may_end_conflict(me(request), row) for row in rows},
        }  # fmt: skip
    return render(request, "evaluations/conflicts.html", context)


@guarded("evaluations.may_declare")
def declare(request: HttpRequest) -> HttpResponse:
    """Declare a conflict of one's own; counsel records one for a colleague too."""
    agencies = _agencies(request)
    official = [one for one in agencies.values() if policies.may_record(me(request), one)]
    form = ConflictForm(
        request.POST or None, agencies=[(slug, one.name) for slug, one in agencies.items()],
        developers=list(listing.developers(me(request))), people=queries.people_of(official),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        person = sent.get("person")
        try:
            actions.declare_conflict(
                agency=agencies[sent["agency"]], developer=queries.developer_of(sent["developer"]),
                reason=sent["reason"], person=UUID(person) if person else None, by=me(request),
            )  # fmt: skip
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, "Recorded. Nothing of this developer’s tests is open to the person from now on.")
            return redirect("evaluations:conflicts")
    return render(request, "evaluations/conflict_declare.html", {"form": form, "official": official})


@guarded("evaluations.may_record")
def recuse(request: HttpRequest) -> HttpResponse:
    """The whole agency takes no part in tests of a developer."""
    agencies = _agencies(request, *policies.OFFICIALS)
    form = RecusalForm(
        request.POST or None, agencies=[(slug, one.name) for slug, one in agencies.items()],
        developers=list(listing.developers(me(request))),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            actions.recuse_agency(
                agency=agencies[sent["agency"]], developer=queries.developer_of(sent["developer"]), reason=sent["reason"],
                by=me(request),
            )  # fmt: skip
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, "Recorded. The agency takes no part in tests of this developer from now on.")
            return redirect("evaluations:conflicts")
    return render(request, "evaluations/conflict_recuse.html", {"form": form})


@guarded("evaluations.may_end_conflict")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Counsel says that it no longer holds."""
    row = queries.conflict_of(me(request), pk)
    policies.may_end_conflict(me(request), row).require()
    form = EndConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_conflict(conflict=row, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Ended. Attestations given before count again; what was stopped stays stopped.")
            return redirect("evaluations:conflicts")
    return render(request, "evaluations/conflict_end.html", {"row": row, "form": form})
