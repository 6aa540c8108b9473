"""Certificates with which people sign with keys of their own: those of my organisation, enrol mine, look at one, retire it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import listing, paging, stepup
from accounts.limits import limited
from agreements import actions, devices, own_keys, policies
from agreements.forms_signing import CertificateForm
from agreements.models import OwnCertificate
from agreements.models.own_keys import key_name
from agreements.views.base import home, person
from audit.actions import visit
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404

LIST = listing.List(OwnCertificate, ())


def _found(request: HttpRequest, pk: UUID) -> OwnCertificate:
    row: OwnCertificate = visible_or_404(OwnCertificate, request.user, "organisation", "person", "retired_by", pk=pk)
    return row


@guarded("agreements.visible")
@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """Certificates of my organisation, newest first."""
    organisation = home(request)
    page = LIST.read(request, also={"organisation": organisation.pk})
    context = {
        "organisation": organisation, "rows": paging.loaded(OwnCertificate, page.rows, "person", "retired_by"),
        "listing": page, "now": timezone.now(),
        "decision": policies.may_enrol(person(request), organisation),
    }  # fmt: skip
    return render(request, "agreements/certificates.html", context)


@guarded("agreements.may_enrol")
@limited("uploads", 120, 600, sending=True)
@stepup.required()
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol my certificate. Who one is is asked before the form, since a file that was chosen cannot be kept."""
    organisation, user = home(request), person(request)
    policies.may_enrol(user, organisation).require()
    form = CertificateForm(request.POST, request.FILES) if request.method == "POST" else CertificateForm()
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.enrol_certificate(
                organisation=organisation, by=user, stepped_up_at=stepup.stepped_up_at(request), **form.cleaned_data
            )
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Enrolled. Look below whether it is the certificate that you sign with.")
            return redirect(row.get_absolute_url())
    context = {
        "organisation": organisation, "form": form, "before": own_keys.enrolled(user, organisation),
        "key_name": key_name(user.pk, organisation.pk) if devices.configured() else "",
    }  # fmt: skip
    return render(request, "agreements/certificate_new.html", context)


@guarded("agreements.may_read_certificate")
@require_GET
def own_certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One certificate, as it was read: whose, from whom, how long, for what."""
    row, user, at = _found(request, pk), person(request), timezone.now()
    policies.may_read_certificate(user, row).require()
    context = {
        "row": row, "problem": "" if row.retired_at else own_keys.problem(row, at),
        "may_retire": policies.may_retire(user, row), "timeline": visit(row, user),
    }  # fmt: skip
    return render(request, "agreements/own_certificate.html", context)


@guarded("agreements.may_retire")
@require_POST
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nothing is signed with it any more."""
    row = actions.retire_certificate(certificate=_found(request, pk), by=person(request))
    messages.success(request, "Retired. Nothing is signed with it any more; what was signed stands.")
    return redirect(row.get_absolute_url())
