"""Sign with one's own key in a signing device: have it asked, finish once it has answered, or wait no longer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import stepup
from accounts.limits import limited
from agreements import actions, own_keys, policies, queries
from agreements.documents import NOTICE
from agreements.forms import SignForm
from agreements.rules import turns
from agreements.views.base import back, found, person
from agreements.views.signing import SECONDS
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems


@guarded("agreements.may_sign_by_device")
@limited("rendering", 30)
@stepup.required(SECONDS, to_read=False)
def device(request: HttpRequest, reference: str) -> HttpResponse:
    """What I am signing, and with which key; once the device was asked, whether it has answered."""
    agreement, user = found(request, reference), person(request)
    row = turns.mine(agreement.plan, user)
    if row is not None and turns.has_signed(row):
        return redirect("agreements:signed", reference)
    policies.may_sign_by_device(user, agreement).require()
    file = queries.current_file(agreement)
    if row is None or file is None or agreement.current is None:
        raise Conflict("There is nothing to sign any more. Open the agreement to see why.")
    sent = request.POST if request.method == "POST" else None
    form = SignForm(sent, initial={**stepup.kept_values(request), "shown_sha256": file.sha256})
    if sent is not None and form.is_valid():
        try:
            actions.ask_device(
                agreement=agreement, by=user, stepped_up_at=stepup.stepped_up_at(request), **form.cleaned_data
            )
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect("agreements:device", reference)
    at, asked = timezone.now(), own_keys.last_asked(row)
    certificate = own_keys.enrolled(user, row.organisation)
    context = {
        "agreement": agreement, "row": row, "file": file, "form": form, "plan": agreement.plan, "notice": NOTICE,
        "certificate": certificate, "problem": own_keys.problem(certificate, at) if certificate else "",
        "asked": asked, "running": asked is not None and asked.is_running(at),
        "replaceable": policies.replaceable(user, agreement), "clauses": list(agreement.current.clauses.all()),
        "intent": actions.intent(agreement, row),
    }  # fmt: skip
    return render(request, "agreements/device.html", context)


@guarded("agreements.may_sign_by_device")
@stepup.required(SECONDS, to_read=False)
def finish_device(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the device's signature into the file. Whoever comes back from confirming who they are finds the page."""
    agreement, user = found(request, reference), person(request)
    row = turns.mine(agreement.plan, user)
    if row is not None and turns.has_signed(row):
        return redirect("agreements:signed", reference)  # pressed twice
    if request.method != "POST":
        policies.may_sign_by_device(user, agreement).require()
        return redirect("agreements:device", reference)
    if queries.has_signed_with(user, stepup.stepped_up_at(request)):
        return stepup.ask(request)
    actions.finish_by_device(agreement=agreement, by=user, stepped_up_at=stepup.stepped_up_at(request))
    return redirect("agreements:signed", reference)


@guarded("agreements.may_stop_device")
@require_POST
def stop_device(request: HttpRequest, reference: str) -> HttpResponse:
    """Wait no longer."""
    agreement = found(request, reference)
    actions.stop_device(agreement=agreement, by=person(request))
    messages.success(request, "Stopped. What your signing device still answers is not kept.")
    return back(agreement)
