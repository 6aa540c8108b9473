"""People with access to one agreement: the developer adds and removes its outside counsel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from accounts import grants
from accounts.models import User
from agreements import actions, policies, queries
from agreements.forms import AccessForm
from agreements.models import TestingAgreement
from agreements.views.base import back, found, person
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems


def panel(agreement: TestingAgreement, user: User) -> dict[str, Any] | None:
    """What the panel on the agreement's page shows; None for people on other sides, who never see it."""
    if not policies.sees_access(user, agreement):
        return None
    return {
        "people": list(grants.people_with(agreement, agreement.developer_id)),
        "may": policies.may_give_access(user, agreement),
    }


@guarded("agreements.may_give_access")
def give_access(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose whom, until when and why."""
    agreement, user = found(request, reference), person(request)
    policies.may_give_access(user, agreement).require()
    known = {row.user_id for row in grants.people_with(agreement, agreement.developer_id)}
    people = [p for p in queries.outside_counsel(agreement.developer) if p.pk not in known]
    form = AccessForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        chosen = next(p for p in people if str(p.pk) == form.cleaned_data["person"])
        try:
            actions.give_access(
                agreement=agreement, person=chosen, until=form.cleaned_data["until"],
                reason=form.cleaned_data["reason"], by=user,
            )  # fmt: skip
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, f"{chosen.name} can read this agreement now.")
            return back(agreement)
    return render(request, "agreements/access.html", {"agreement": agreement, "form": form, "people": people})


@guarded("agreements.may_give_access")
@require_POST
def take_access(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """End one person's access now."""
    agreement, user = found(request, reference), person(request)
    policies.may_give_access(user, agreement).require()
    row = get_object_or_404(grants.people_with(agreement, agreement.developer_id), pk=pk)
    actions.take_access(agreement=agreement, person=row.user, by=user)
    messages.success(request, f"{row.user.name} cannot read this agreement any more.")
    return back(agreement)
