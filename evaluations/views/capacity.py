"""The calendar of an agency's places, and what is too much on the router's board."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Organisation
from accounts.seats import seats_of
from accounts.views.base import me
from agencies import actions as agencies
from agencies import policies as keeping
from agencies.models import CapacityPeriod, TestingCapability
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from evaluations import actions, policies, queries
from evaluations.forms.places import PeriodForm, RelieveForm, UsualForm
from evaluations.models import PlaceOverload


@guarded("agencies.may_read_capacity")
@require_GET
def capacity(request: HttpRequest) -> HttpResponse:
    """One month of one of my agencies: how many places there are and how many are taken, as a drawing and as a table."""
    mine = queries.calendars(me(request))
    if not mine:
        raise Http404
    agency = next((one for one in mine if one.slug == request.GET.get("agency")), mine[0])
    context = {
        "agency": agency, "mine": mine, "may_keep": keeping.may_keep_capacity(me(request), agency),
        **queries.calendar_of(agency, queries.month_asked(request.GET.get("month", ""))),
    }  # fmt: skip
    return render(request, "evaluations/capacity.html", context)


def _mine(request: HttpRequest, slug: str) -> Organisation:
    """The agency of the address, for its own people; 404 for others, who could not tell it from none."""
    found = next((s.organisation for s in seats_of(request.user).all if s.organisation.slug == slug), None)
    if found is None or not found.is_agency:
        raise Http404
    keeping.may_keep_capacity(me(request), found).require()
    return found


def _domains(agency: Organisation) -> list[tuple[str, str]]:
    rows = TestingCapability.objects.filter(agency=agency, is_active=True).order_by("domain")
    return [(row.domain, row.get_domain_display()) for row in rows]


def _back(agency: Organisation, day: Any) -> HttpResponse:
    return redirect(f"{reverse('evaluations:capacity')}?agency={agency.slug}&month={day:%Y-%m}")


@guarded("agencies.may_keep_capacity")
def new_period(request: HttpRequest, agency: str) -> HttpResponse:
    """Say how many places there are on some days."""
    return _period(request, _mine(request, agency), None)


@guarded("agencies.may_keep_capacity")
def edit_period(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what a period says."""
    row = visible_or_404(CapacityPeriod, request.user, "agency", pk=pk)
    keeping.may_keep_capacity(me(request), row.agency).require()
    return _period(request, row.agency, row)


def _period(request: HttpRequest, agency: Organisation, row: CapacityPeriod | None) -> HttpResponse:
    stored = {name: getattr(row, name) for name in PeriodForm.base_fields} if row else {"row_version": 0}
    form = PeriodForm(request.POST or None, initial=stored, domains=_domains(agency))
    if request.method == "POST" and form.is_valid():
        try:
            made = agencies.save_period(agency=agency, period=row, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(
                request, "Saved. Routing uses these places from now on; nothing that is assigned was moved."
            )
            return _back(agency, max(made.starts_on, queries.month_asked("")))
    return render(request, "evaluations/capacity_edit.html", {"agency": agency, "row": row, "form": form})


@guarded("agencies.may_keep_capacity")
@require_POST
def remove_period(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The usual places again on these days."""
    row = visible_or_404(CapacityPeriod, request.user, "agency", pk=pk)
    seen = request.POST.get("row_version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
    agencies.remove_period(period=row, row_version=version, by=me(request))
    messages.success(request, "Removed. The usual places count on these days again.")
    return _back(row.agency, max(row.starts_on, queries.month_asked("")))


@guarded("agencies.may_keep_capacity")
def usual_places(request: HttpRequest, agency: str) -> HttpResponse:
    """How many places there are on days that no period names."""
    found = _mine(request, agency)
    form = UsualForm(request.POST or None, domains=_domains(found))
    if request.method == "POST" and form.is_valid():
        try:
            agencies.set_usual_places(agency=found, by=me(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Saved. Days with an entry of their own keep it.")
            return _back(found, queries.month_asked(""))
    rows = TestingCapability.objects.filter(agency=found, is_active=True).order_by("domain")
    return render(request, "evaluations/usual_places.html", {"agency": found, "form": form, "rows": rows})


@guarded("evaluations.may_relieve")
def overload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """More requests than places: which of them are routed again is the officer's choice, and may be none."""
    row = visible_or_404(PlaceOverload, request.user, "agency", "router", pk=pk)
    policies.may_relieve(me(request), row).require()
    movable = queries.movable(row)
    choices = [(str(d.pk), f"{d.attempt.request.reference}, {d.attempt.developer.name}") for d in movable]
    needed = [key for key, _ in choices][: row.taken - row.places]
    form = RelieveForm(request.POST or None, choices=choices, initial={"decisions": needed})
    if request.method == "POST" and form.is_valid():
        keys = [UUID(key) for key in form.cleaned_data["decisions"]]
        try:
            many = actions.relieve(overload=row, decisions=keys, reason=form.cleaned_data["reason"], by=me(request))
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            words = (
                f"{many} request{'s' * (many != 1)} taken back; the router runs again over them. Reload in a moment."
            )
            messages.success(request, words)
            return redirect("evaluations:board")
    return render(request, "evaluations/overload.html", {"row": row, "form": form, "movable": movable})
