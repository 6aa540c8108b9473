"""The developer's access key after the submission: replace it, or take it back at once."""

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
from early_access import actions, policies, queries
from early_access.forms import KeyForm
from early_access.models import EarlyAccessRequest
from early_access.views.base import person, request_of


def panel(row: EarlyAccessRequest, me: User) -> dict[str, Any]:
    """For the request's page, the developer's side: the key in use and what can be done with it."""
    key, window = queries.live_credential(row), getattr(row, "window", None)
    return {
        "key": key,
        "key_too_short": bool(key and key.expires_on and window and key.expires_on < window.ends_on),
        "may_replace_key": policies.may_replace_key(me, row),
        "may_revoke_key": policies.may_revoke_key(me, row),
    }


@guarded("early_access.may_replace_key")
@stepup.required()
def replace_key(request: HttpRequest, reference: str) -> HttpResponse:
    """Type another key. What was typed is in no page, log or session afterwards."""
    row = request_of(request, reference)
    policies.may_replace_key(person(request), row).require()
    form = KeyForm(request.POST or None, initial={"replaces": queries.last_key(row)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.replace_key(request=row, by=person(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "The new key is sealed. The old one opens for nobody any more.")
            return redirect("early_access:request", row.reference)
    response = render(request, "early_access/replace_key.html", {"row": row, "form": form})
    response["Cache-Control"] = "no-store"
    return response


@guarded("early_access.may_revoke_key")
def revoke_key(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the key back now."""
    row = request_of(request, reference)
    policies.may_revoke_key(person(request), row).require()
    if request.method == "POST":
        actions.revoke_key(request=row, by=person(request))
        messages.success(request, "The key is taken back. The agencies are told.")
        return redirect("early_access:request", row.reference)
    words = {"title": "Take the key back", "button": "Take the key back now", "danger": "yes",
             "effect": "From now on the sealed key opens for nobody. The request goes on: testing waits until you seal another "
                       "key. Revoke it at your endpoint too, where agencies that opened it may still hold it."}  # fmt: skip
    return render(request, "early_access/step.html", {"row": row, **words})
