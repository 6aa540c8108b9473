"""In which way the agencies concur: with one agreement, and what the agreements of a template start with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements import actions, answers, policies, queries
from agreements.forms import WaysForm
from agreements.models import AgreementTemplate
from agreements.views.base import back, found, person
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems


@guarded("agreements.may_set_ways")
def ways(request: HttpRequest, reference: str) -> HttpResponse:
    """At once or one after the other, open or sealed; what silence means stands in the text itself."""
    agreement, user = found(request, reference), person(request)
    policies.may_set_ways(user, agreement).require()
    initial = {"order": agreement.concurrence_order, "blind": agreement.concurrence_blind}
    form = WaysForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_ways(agreement=agreement, by=user, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            told = "" if agreement.status == "draft" else " The other parties are told."
            messages.success(request, f"Saved.{told}")
            return back(agreement)
    context = {"agreement": agreement, "form": form, "silence": answers.ways(agreement)[1:]}
    return render(request, "agreements/ways.html", context)


@guarded("agreements.may_edit_library")
def template_ways(request: HttpRequest, template: str) -> HttpResponse:
    """What the agreements that start from a template start with."""
    user = person(request)
    policies.may_edit_library(user).require()
    row = get_object_or_404(AgreementTemplate, key=template, is_current=True)
    initial = {"order": row.concurrence_order, "blind": row.concurrence_blind}
    form = WaysForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_template_ways(key=row.key, by=user, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Saved. Agreements that were started before keep what they have.")
            return redirect(f"{reverse('agreements:library')}#{row.key}")
    lapse = queries.lapse_clause(row)
    return render(request, "agreements/template_ways.html", {"template": row, "form": form, "lapse": lapse})
