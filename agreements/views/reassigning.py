"""Somebody else signs: who stands in the plan, who could instead, and why."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agreements import actions, policies, queries
from agreements.forms_signing import ReassignForm
from agreements.views.base import back, found, person
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems


@guarded("agreements.may_reassign")
def reassign(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Choose the delegation of whoever signs instead, and say why."""
    agreement, user = found(request, reference), person(request)
    row = next((entry for entry in agreement.plan if entry.pk == pk), None)
    if row is None:
        raise Http404
    policies.may_replace(user, agreement, row).require()
    others = queries.who_else(agreement, row, timezone.now())
    form = ReassignForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        chosen, why = form.cleaned_data["authority"], form.cleaned_data["reason"]
        try:
            new = actions.reassign(
                agreement=agreement, signatory=row, authority=chosen.authority, incumbency=chosen.incumbency, by=user,
                reason=why,
            )  # fmt: skip
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, f"{new.person.name} signs for {new.organisation.name} now.")
            return back(agreement)
    context = {"agreement": agreement, "row": row, "form": form, "others": others}
    return render(request, "agreements/reassign.html", context)
