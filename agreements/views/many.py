"""Renew or amend many agreements with one change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.limits import limited
from agreements import actions, policies, portfolio
from agreements.forms_many import ManyForm
from agreements.views.base import person
from core.access import guarded


@guarded("agreements.may_start")
@limited("rendering", 30)
def amend_many(request: HttpRequest) -> HttpResponse:
    """Choose, see what each would become, then make the drafts."""
    user = person(request)
    policies.may_start(user).require()
    offered = {row.reference: row for row in portfolio.replaceable(user)}
    form = ManyForm(request.POST or None, offered=list(offered.values()), initial={"agreements": list(offered)})
    context = {"form": form, "offered": bool(offered)}
    if request.method == "POST" and form.is_valid():
        chosen = [offered[reference] for reference in form.cleaned_data["agreements"]]
        act = actions.amend_many if "make" in request.POST else actions.preview_many
        context |= {"outcomes": act(agreements=chosen, change=form.change, by=user), "made": "make" in request.POST}
    return render(request, "agreements/many.html", context, status=400 if form.errors else 200)
