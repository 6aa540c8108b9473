"""The organisation's written delegations to sign: look up, record, revoke."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import narrowing, stepup
from accounts.models import Organisation
from accounts.policies import may_administer
from agreements import actions
from agreements.forms import AuthorityForm
from agreements.models import SignatureAuthority
from agreements.views.base import person
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404


def _home(request: HttpRequest) -> Organisation:
    home = narrowing.home(request)
    if home is None:
        raise Http404
    return home


@guarded("accounts.may_administer")
@stepup.required(to_read=False)
def authorities(request: HttpRequest) -> HttpResponse:
    """All delegations of my organisation, and a form for the next."""
    home, user = _home(request), person(request)
    decision = may_administer(user, home)
    form = AuthorityForm(request.POST or stepup.kept(request), organisation=home)
    if request.method == "POST":
        decision.require()
        if form.is_valid():
            try:
                actions.record_authority(organisation=home, by=user, **form.cleaned_data)
            except Invalid as invalid:
                add_problems(form, invalid)
            else:
                messages.success(request, "Recorded. The holder can be named as a signatory now.")
                return redirect("agreements:authorities")
    rows = SignatureAuthority.objects.visible_to(user).filter(organisation=home).select_related("holder")
    context = {"organisation": home, "rows": list(rows.order_by("-created_at")), "form": form, "decision": decision}
    return render(request, "agreements/authorities.html", {**context, "now": timezone.now()})


@guarded("accounts.may_administer")
@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Revoke one delegation."""
    row = visible_or_404(SignatureAuthority, request.user, pk=pk)
    actions.revoke_authority(authority=row, by=person(request))
    messages.success(request, "Revoked. Nobody signs on it from now on.")
    return redirect("agreements:authorities")
