"""Read and sign behind a step-up, what happens afterwards, and declining."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts import stepup
from agreements import actions, own_keys, policies, queries
from agreements.actions.signing import STEP_UP
from agreements.documents import NOTICE
from agreements.forms import ReasonForm, SignForm
from agreements.models import TestingAgreement, Tier
from agreements.rules import turns
from agreements.views.base import back, found, person
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems

SECONDS = int(STEP_UP.total_seconds())
PAGES = {Tier.HELD: "agreements:sign", Tier.OWN: "agreements:card", Tier.DEVICE: "agreements:device"}


@guarded("agreements.may_sign")
@stepup.required(SECONDS, to_read=False)
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """What I am signing, who signed, who is next, on whose authority; then the signature. Who one is is asked once one wants to
    sign: a confirmation holds for two minutes and one signature, and reading takes longer."""
    agreement, user = found(request, reference), person(request)
    row = turns.mine(agreement.plan, user)
    if row is not None and turns.has_signed(row):
        return redirect("agreements:signed", reference)
    policies.may_sign(user, agreement).require()
    if row is not None and row.tier != Tier.HELD:
        return redirect(PAGES[Tier(row.tier)], reference)
    file = queries.current_file(agreement)
    if row is None or file is None or agreement.current is None:
        raise Conflict("There is nothing to sign any more. Open the agreement to see why.")
    if request.method == "POST" and queries.has_signed_with(user, stepup.stepped_up_at(request)):
        return stepup.ask(request)
    form = SignForm(_over(request, file.sha256), initial={**stepup.kept_values(request), "shown_sha256": file.sha256})
    if request.method == "POST" and form.is_valid() and not _moved(request, form, agreement, file.sha256):
        try:
            actions.sign(agreement=agreement, by=user, stepped_up_at=stepup.stepped_up_at(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect("agreements:signed", reference)
    context = {
        "agreement": agreement, "row": row, "file": file, "form": form, "plan": agreement.plan, "notice": NOTICE,
        "replaceable": policies.replaceable(user, agreement), "clauses": list(agreement.current.clauses.all()),
        "intent": actions.intent(agreement, row), "own_way": own_keys.tier_of(user, row.organisation),
    }  # fmt: skip
    return render(request, "agreements/sign.html", context)


def _over(request: HttpRequest, sha256: str) -> QueryDict | None:
    """What was typed, over the file that the page shows now."""
    typed = request.POST.copy() if request.method == "POST" else None
    if typed is not None:
        typed["shown_sha256"] = sha256
    return typed


def _moved(request: HttpRequest, form: SignForm, agreement: TestingAgreement, sha256: str) -> bool:
    """Whether somebody of the same step signed meanwhile: said once, and the page shows the file as it is now."""
    if request.POST.get("shown_sha256") == sha256:
        return False
    names = ", ".join(row.person.name for row in agreement.plan if turns.has_signed(row))
    signed = f"signed by now: {names}; the text is the same" if names else "it was opened for signature again"
    form.add_error(None, f"The file changed since you opened this page ({signed}). Look at it below, then sign.")
    return True


@guarded("agreements.visible")
@require_GET
def signed(request: HttpRequest, reference: str) -> HttpResponse:
    """My signature, and who comes next."""
    agreement, user = found(request, reference), person(request)
    row = turns.mine(agreement.plan, user)
    if row is None or not turns.has_signed(row):
        return back(agreement)
    return render(request, "agreements/signed.html", _done(agreement, row))


def _done(agreement: TestingAgreement, row: Any) -> dict[str, Any]:
    waiting = turns.next_in(agreement.plan)
    return {"agreement": agreement, "row": row, "signature": row.signature, "waiting": waiting}


@guarded("agreements.may_decline_to_sign")
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """A page of its own: what declining does, and the reason."""
    agreement, user = found(request, reference), person(request)
    policies.may_decline_to_sign(user, agreement).require()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline_to_sign(agreement=agreement, by=user, **form.cleaned_data)
        return back(agreement)
    return render(request, "agreements/decline.html", {"agreement": agreement, "form": form})
