"""Sign on a card: take the file, download it, bring it back signed, or give it back; and choose to sign here or on a card."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import stepup
from accounts.limits import limited
from agreements import actions, documents, own_keys, policies
from agreements.forms_signing import SignedFileForm
from agreements.models import Tier
from agreements.rules import turns
from agreements.views.base import back, found, person, say_problems
from agreements.views.signing import PAGES
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems

WHERE = {Tier.HELD: "here", Tier.OWN: "on a card", Tier.DEVICE: "with a key in the signing device"}


@guarded("agreements.may_sign_elsewhere")
@limited("uploads", 120, 600, sending=True)
@stepup.required()
def card(request: HttpRequest, reference: str) -> HttpResponse:
    """What I am signing and how it is done on a card; once I hold the file, what to do with it, and where to bring it."""
    agreement, user = found(request, reference), person(request)
    row = turns.mine(agreement.plan, user)
    if row is not None and turns.has_signed(row):
        return redirect("agreements:signed", reference)
    policies.may_sign_elsewhere(user, agreement).require()
    if row is None or agreement.current is None:
        raise Conflict("There is nothing to sign any more. Open the agreement to see why.")
    turn = agreement.file_turn
    form = None
    if turn is not None:
        initial = {**stepup.kept_values(request), "shown_sha256": turn.file.sha256}
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = SignedFileForm(*sent, initial=initial, issued=turn.file.size)
    if request.method == "POST":
        if form is None:
            raise Conflict("You do not hold the file any more: its 24 hours are over. Take it again to sign.")
        if form.is_valid():
            try:
                actions.sign_elsewhere(
                    agreement=agreement, by=user, stepped_up_at=stepup.stepped_up_at(request), **form.cleaned_data
                )
            except Invalid as invalid:
                add_problems(form, invalid)
            except Conflict:
                mine = turns.mine(found(request, reference).plan, user)
                if mine is None or not turns.has_signed(mine):
                    raise
                return redirect("agreements:signed", reference)  # sent twice: the first one was taken meanwhile
            else:
                return redirect("agreements:signed", reference)
    certificate = own_keys.enrolled(user, row.organisation)
    context = {
        "agreement": agreement, "row": row, "turn": turn, "form": form, "plan": agreement.plan, "certificate": certificate,
        "problem": own_keys.problem(certificate, timezone.now()) if certificate else "", "notice": documents.NOTICE,
        "replaceable": policies.replaceable(user, agreement), "clauses": list(agreement.current.clauses.all()),
        "intent": actions.intent(agreement, row),
    }  # fmt: skip
    return render(request, "agreements/card.html", context)


@guarded("agreements.may_sign_elsewhere")
@stepup.required(to_read=False)
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Hold the file for 24 hours. Whoever comes back from confirming who they are finds the page."""
    if request.method == "POST":
        turn = actions.take_file(agreement=found(request, reference), by=person(request))
        messages.success(request, f"You hold the file until {turn.until}. Nobody else signs meanwhile.")
    else:
        policies.may_sign_elsewhere(person(request), found(request, reference)).require()
    return redirect("agreements:card", reference)


@guarded("agreements.may_hold_file")
@require_GET
def card_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The file that is to be signed, exactly as it was issued."""
    agreement = found(request, reference)
    return documents.download(
        actions.download_to_sign(agreement=agreement, by=person(request)), f"{agreement.reference}-to-sign"
    )


@guarded("agreements.may_hold_file")
@require_POST
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """End the turn without a signature."""
    agreement = found(request, reference)
    actions.give_back(agreement=agreement, by=person(request))
    messages.success(request, "You gave the file back. What you downloaded cannot be brought back any more.")
    return back(agreement)


@guarded("agreements.may_choose_way")
@require_POST
def choose_way(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Sign here instead of with one's own key, or the other way."""
    agreement, user = found(request, reference), person(request)
    row = next((entry for entry in agreement.plan if entry.pk == pk), None)
    if row is None:
        raise Http404
    try:
        row = actions.choose_way(agreement=agreement, signatory=row, tier=request.POST.get("tier", ""), by=user)
    except Invalid as invalid:
        say_problems(request, invalid)
        return back(agreement)
    where = WHERE[Tier(row.tier)]
    if row.person_id != user.pk:
        messages.success(request, f"{row.person.name} signs {where} now.")
        return back(agreement)
    messages.success(request, f"You sign {where} now.")
    return redirect(PAGES[Tier(row.tier)], reference)
