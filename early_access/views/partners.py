"""Pages of trusted partners: nominated by either side, vetted, consented to by both, under signed terms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import listing
from accounts.seats import seats_of
from audit.actions import visit
from core.access import guarded
from core.decisions import Conflict, Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from early_access import actions, partners, policies
from early_access.forms_partners import (
    DenialForm,
    NominationForm,
    PartnerConsentForm,
    TermsForm,
    VettingForm,
    reason_form,
)
from early_access.models import VETTING, TrustedPartnerNomination
from early_access.views.base import person, request_of
from early_access.workflow import PARTNER_STEPS, TRUSTED_PARTNER

RELATED = (
    "developer", "agency", "partner", "request", "nominator", "developer_consented_by", "agency_consented_by", "denied_for",
    "suspended_for",
)  # fmt: skip
LIST = listing.List(
    TrustedPartnerNomination, partners.LISTED, (listing.states(TRUSTED_PARTNER), listing.BY_DEVELOPER)
)  # fmt: skip
MOVES = {
    "begin_vetting": actions.begin_vetting, "activate": actions.activate_partner, "resume": actions.resume_partner,
}  # fmt: skip


def _nomination(request: HttpRequest, reference: str) -> TrustedPartnerNomination:
    found: TrustedPartnerNomination = visible_or_404(
        TrustedPartnerNomination, request.user, *RELATED, reference=reference
    )
    return found


@guarded("early_access.visible")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Nominations that my organisation reads, newest first."""
    me, page = person(request), LIST.read(request)
    context = {
        "rows": partners.named(page.named("developer", "agency")), "listing": page, "workflow": TRUSTED_PARTNER,
        "agency": seats_of(me).is_agency, "may_see_denials": policies.may_see_denials(me),
    }  # fmt: skip
    return render(request, "early_access/partners.html", context)


@guarded("early_access.may_see_denials")
@require_GET
def denials(request: HttpRequest) -> HttpResponse:
    """How many nominations were not agreed, per agency and reason."""
    policies.may_see_denials(person(request)).require()
    return render(request, "early_access/partner_denials.html", {"rows": partners.denials(person(request))})


@guarded("early_access.may_see_denials")
@require_GET
def denials_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    policies.may_see_denials(person(request)).require()
    response = HttpResponse(partners.as_csv(partners.denials(person(request))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="trusted-partners-not-agreed.csv"'
    return response


@guarded("early_access.may_nominate")
def nominate(request: HttpRequest, reference: str) -> HttpResponse:
    """Nominate a partner for the model of a request."""
    row, me = request_of(request, reference), person(request)
    policies.may_nominate(me, row).require()
    mine = seats_of(me).holds(row.developer_id)
    agencies = policies.nomination_agencies(row) if mine else policies.nominates_for(me, row)
    sent = request.POST if request.method == "POST" else None
    form = NominationForm(sent, agencies=agencies, initial={"access_from": row.trusted_partner_on})
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        slug = typed.pop("agency", str(agencies[0].slug))
        agency = next(a for a in agencies if str(a.slug) == slug)
        try:
            made = actions.nominate(request=row, agency=agency, by=me, **typed)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Nominated. The other side is asked; nothing is given before both consent.")
            return redirect(made)
    return render(request, "early_access/partner_form.html", {"row": row, "form": form, "mine": mine})


@guarded("early_access.visible")
@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One nomination: whose move it is, who the partner is, the vetting, the consents, the terms, access."""
    row, me = _nomination(request, reference), person(request)
    context = {
        "row": row, "workflow": TRUSTED_PARTNER, "steps": PARTNER_STEPS, "entries": visit(row, me),
        "move": partners.next_action(row, me), "access_words": partners.access_words(row), **partners.page(row, me),
    }  # fmt: skip
    return render(request, "early_access/partner.html", context)


@guarded("early_access.may_begin_vetting,may_activate_partner,may_resume_partner")
def move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """A step that needs nothing but a button."""
    row = _nomination(request, reference)
    if verb not in MOVES:
        raise Http404
    if request.method == "POST":
        MOVES[verb](nomination=row, by=person(request))
    return redirect(row)


def _step(
    request: HttpRequest, row: TrustedPartnerNomination, words: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, "early_access/partner_step.html", {"row": row, **words}, status=status)


@guarded("early_access.may_vet")
def vetting(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what the vetting found."""
    row, status = _nomination(request, reference), 200
    policies.may_vet(person(request), row).require()
    kept = {name: getattr(row, name) for name in (*VETTING, "row_version")}
    form = VettingForm(
        request.POST if request.method == "POST" else None, initial={**kept, "note": row.vetting_note}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            actions.save_vetting(
                nomination=row, row_version=sent["row_version"], checks=form.checks(), note=sent["note"],
                by=person(request),
            )  # fmt: skip
        except Invalid as invalid:
            add_problems(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
            status = 409
        else:
            return redirect(row)
    words = {
        "form": form, "title": "Vetting", "button": "Save the vetting",
        "effect": "Both sides read and change it. Where a side has consented already, saving something else takes that "
        "consent off, because it was given to what stood there.",
    }  # fmt: skip
    return _step(request, row, words, status)


@guarded("early_access.may_consent_to_partner")
def consent(request: HttpRequest, reference: str) -> HttpResponse:
    """Consent for one's own side, having read what was vetted."""
    row, me, status = _nomination(request, reference), person(request), 200
    policies.may_consent_to_partner(me, row).require()
    sent = request.POST if request.method == "POST" else None
    form = PartnerConsentForm(sent, initial={"row_version": row.row_version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.consent_to_partner(nomination=row, row_version=form.cleaned_data["row_version"], by=me)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
            status = 409
        else:
            return redirect(row)
    words = {
        "form": form, "title": "Consent to the partner", "button": "Consent", "checks": partners.page(row, me)["checks"],
        "effect": "Your side’s consent is recorded with your name. With the other side’s it stands; the terms are signed "
        "after that, and only then is access given.",
    }  # fmt: skip
    return _step(request, row, words, status)


@guarded("early_access.may_take_consent_back")
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one's consent back while the other one is missing."""
    row = _nomination(request, reference)
    policies.may_take_consent_back(person(request), row).require()
    if request.method == "POST":
        actions.take_consent_back(nomination=row, by=person(request))
        return redirect(row)
    words = {"title": "Take our consent back", "button": "Take it back",
             "effect": "You need no reason. The vetting goes on, and your side can consent again."}  # fmt: skip
    return _step(request, row, words)


@guarded("early_access.may_decline_partner")
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that one's side does not agree, and why."""
    row = _nomination(request, reference)
    policies.may_decline_partner(person(request), row).require()
    form = DenialForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline_partner(nomination=row, by=person(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect(row)
    words = {"form": form, "title": "Do not agree", "button": "Record that we do not agree", "danger": True,
             "effect": "The nomination ends here. The other side reads the reason; the same partner can be nominated again."}  # fmt: skip
    return _step(request, row, words)


@guarded("early_access.may_record_terms")
def terms(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the signed terms under an agreement in force."""
    row, me = _nomination(request, reference), person(request)
    policies.may_record_terms(me, row).require()
    known = partners.agreements_for(row, me)
    form = TermsForm(request.POST if request.method == "POST" else None, agreements=known,
                     initial={"signed_on": timezone.now().date()})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_terms(nomination=row, by=me, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            return redirect(row)
    words = {
        "form": form, "title": "Record the signed terms", "button": "Record", "start_one": not known,
        "effect": "Terms hang on an agreement in force between the developer and the agency, which is drafted and signed "
        "under Agreements. When it rests, the partner’s access rests; when it ends, access ends.",
    }  # fmt: skip
    return _step(request, row, words)


def _with_reason(
    request: HttpRequest, row: TrustedPartnerNomination, act: Any, words: dict[str, Any], *, optional: bool
) -> HttpResponse:
    form = reason_form(request.POST if request.method == "POST" else None, optional=optional)
    if request.method == "POST" and form.is_valid():
        try:
            act(nomination=row, by=person(request), reason=form.cleaned_data["text"])
        except Invalid as invalid:
            for problem in invalid.problems:
                form.add_error("text", problem.sentence)
        else:
            return redirect(row)
    return _step(request, row, {"form": form, "danger": True, **words})


@guarded("early_access.may_suspend_partner")
def suspend(request: HttpRequest, reference: str) -> HttpResponse:
    """Suspend access, with a reason."""
    row = _nomination(request, reference)
    policies.may_suspend_partner(person(request), row).require()
    words = {"title": "Suspend access", "button": "Suspend",
             "effect": "The other side is told at once and reads the reason. Your side lets it go on when it can."}  # fmt: skip
    return _with_reason(request, row, actions.suspend_partner, words, optional=False)


@guarded("early_access.may_revoke_partner")
def revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the consent back after both were given."""
    row = _nomination(request, reference)
    policies.may_revoke_partner(person(request), row).require()
    words = {"title": "Take our consent back", "button": "Take it back now",
             "effect": "You need nobody’s leave, and no reason. Access ends with it on this record; the developer ends it at "
             "its endpoint. The request, its window and the agreement stay as they are."}  # fmt: skip
    return _with_reason(request, row, actions.revoke_partner, words, optional=True)


@guarded("early_access.may_end_partner")
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """End it in one step."""
    row = _nomination(request, reference)
    policies.may_end_partner(person(request), row).require()
    words = {"title": "End it", "button": "End it now",
             "effect": "You need nobody’s leave, and no reason. The nomination stays readable as ended; the partner can be "
             "nominated again."}  # fmt: skip
    return _with_reason(request, row, actions.end_partner, words, optional=True)
