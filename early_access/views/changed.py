"""Changed since tested: what moved, as it is computed, and the page on which the developer announces a change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import stepup
from accounts.models import User
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from early_access import actions, changes, policies
from early_access.forms import ChangeForm
from early_access.models import EarlyAccessRequest
from early_access.views.base import person, request_of


def panel(row: EarlyAccessRequest, me: User) -> dict[str, Any]:
    """For the request's page, from its submission on."""
    found = changes.picture(row, me) if row.submitted_at else None
    return {"picture": found, "may_announce_change": policies.may_announce_change(me, row)} if found else {}


@guarded("early_access.may_announce_change")
@stepup.required()
def announce(request: HttpRequest, reference: str) -> HttpResponse:
    """Announce a change: the form holds what is pinned now, and what is typed otherwise has moved."""
    row, me = request_of(request, reference), person(request)
    policies.may_announce_change(me, row).require()
    pinned = changes.states(row)[-1]
    form = ChangeForm(request.POST or None, pinned=pinned, request=row, user=me)
    if request.method == "POST" and form.is_valid():
        try:
            actions.announce_change(request=row, by=me, **form.said())
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Announced. The agencies are told what moved.")
            return redirect("early_access:request", row.reference)
    return render(request, "early_access/changed.html", {"row": row, "form": form, "pinned": pinned})
