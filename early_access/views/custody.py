"""Who keeps the key that opens what is sealed to an agency: its administrators say so, its people read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts import stepup
from accounts.models import Organisation
from accounts.seats import seats_of
from agencies import actions as agencies
from agencies import policies
from agencies import queries as keeping
from agencies.models import KeyCustody
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from early_access.forms_custody import CustodyForm
from early_access.views.base import person


def _mine(request: HttpRequest) -> list[Organisation]:
    return [seat.organisation for seat in seats_of(request.user).all if seat.organisation.is_agency]


def _said(agency: Organisation) -> dict[str, Any]:
    row = keeping.custody(agency)
    return {"agency": agency, "row": row, "inherited": row is not None and row.agency_id != agency.pk}


@guarded("agencies.may_read_custody")
@require_GET
def custodies(request: HttpRequest) -> HttpResponse:
    """My agencies, and who keeps the key of each."""
    mine = _mine(request)
    if not mine:
        raise Http404
    rows = [_said(agency) | {"may": policies.may_set_custody(person(request), agency)} for agency in mine]
    return render(request, "early_access/custodies.html", {"rows": rows})


@guarded("agencies.may_set_custody")
@stepup.required()
def custody(request: HttpRequest, agency: str) -> HttpResponse:
    """Say who keeps the key of one agency. What is sealed to it already is sealed again where this host can."""
    found = next((one for one in _mine(request) if one.slug == agency), None)
    if found is None:
        raise Http404
    policies.may_set_custody(person(request), found).require()
    said = _said(found)
    own: KeyCustody | None = None if said["inherited"] else said["row"]
    kept = {"kind": own.kind, "public_key": own.public_key, "row_version": own.row_version} if own else {}
    form = CustodyForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            change = agencies.set_custody(agency=found, by=person(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            tell = messages.warning if change.left else messages.success
            tell(request, in_words(change))
            return redirect("early_access:custodies")
    return render(request, "early_access/custody.html", {**said, "form": form})


def in_words(change: agencies.CustodyChange) -> str:
    """What a change of custody came to."""
    words = "Kept by your own worker from now on." if change.row.is_held else "Hosted from now on."
    if change.sealed_again:
        words += f" {change.sealed_again} {_copies(change.sealed_again)} sealed again for the key that counts now."
    if change.left:
        words += (
            f" {change.left} {_copies(change.left)} left as sealed before, and only whoever holds that private key opens them:"
            " keep it beside the new one, or ask the developers to seal their keys again."
        )
    return words


def _copies(number: int) -> str:
    return "copy of an access key was" if number == 1 else "copies of access keys were"
