"""Public pages, and the developer's decision about what is public."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.limits import limited
from agreements import keys
from agreements import policies as agreed
from agreements import queries as agreements
from agreements.models import TestingAgreement
from agreements.pdf.checking import NotJudged
from core.access import guarded, public
from core.shortcuts import visible_or_404
from transparency import actions, policies, queries
from transparency.forms import CopyForm, HashForm


@public
@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    """Section 3(c) of Executive Order 14409, and what it means here."""
    return render(request, "transparency/notice.html")


@public
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """What a hash is. The file never comes here: it is hashed in the browser, or by a tool of one's own."""
    form = HashForm(request.GET if "sha256" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context["answer"] = queries.answer(form.cleaned_data["sha256"], request.user)
    return render(request, "transparency/verify.html", context)


@public
@require_GET
def root(request: HttpRequest) -> HttpResponse:
    """The certificate that signatures of this installation lead to, for PDF readers and validators."""
    response = HttpResponse(keys.root(timezone.now()).certificate, content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="concord-root.pem"'
    return response


@guarded("agreements.may_download")
@limited("uploads", 120, 600, sending=True)
def check_copy(request: HttpRequest, reference: str) -> HttpResponse:
    """A party's copy of an executed agreement: by its hash, and if that is unknown, which rules the file breaks."""
    agreement = visible_or_404(TestingAgreement, request.user, "developer", "current", reference=reference)
    agreed.may_download(request.user, agreement).require()  # type: ignore[arg-type]  # signed in
    form = CopyForm(request.POST or None, request.FILES or None) if request.method == "POST" else CopyForm()
    context: dict[str, Any] = {"agreement": agreement, "form": form}
    if form.is_bound and form.is_valid():
        try:
            context["copy"] = queries.judged(agreement, form.cleaned_data["file"], request.user)  # type: ignore[arg-type]  # as above
        except NotJudged as error:
            form.add_error("file", str(error))
    return render(request, "transparency/check_copy.html", context, status=400 if form.errors else 200)


@guarded("transparency.may_publish")
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """What would become public, exactly; then the decision, or its end."""
    agreement = visible_or_404(TestingAgreement, request.user, "developer", "current", reference=reference)
    policies.may_publish(request.user, agreement).require()  # type: ignore[arg-type]  # signed in
    if request.method == "POST":
        if request.POST.get("decision") == "take_back":
            actions.take_back(agreement=agreement, by=request.user)  # type: ignore[arg-type]  # as above
            messages.success(request, "Its hash is not confirmed to strangers any more.")
        else:
            actions.publish(agreement=agreement, shown_sha256=request.POST.get("shown_sha256", ""), by=request.user)  # type: ignore[arg-type]  # as above
            messages.success(request, "Anybody who holds the executed copy can have it confirmed now.")
        return redirect(agreement.get_absolute_url())
    context = {
        "agreement": agreement, "certificate": agreements.certificate(agreement), "published": queries.published(agreement),
    }  # fmt: skip
    return render(request, "transparency/publish.html", context)
