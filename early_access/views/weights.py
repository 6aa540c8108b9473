"""Pages of the weights route: signer, manifest, its files, what an agency received, and certificates of destruction."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.limits import limited
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from early_access import actions, documents, downloads, policies, queries, weights
from early_access.formats.manifest import LARGEST
from early_access.forms_weights import ManifestForm, ReceiptForm, SignerForm
from early_access.models import DestructionCertificate, EarlyAccessRequest, WeightsManifest
from early_access.views.base import person, request_of


def _by_weights(request: HttpRequest, reference: str) -> EarlyAccessRequest:
    row = request_of(request, reference)
    if not weights.by_weights(row):
        raise Http404
    return row


@guarded("early_access.may_register_weights")
def signer(request: HttpRequest, reference: str) -> HttpResponse:
    """Register whose signature counts."""
    row = _by_weights(request, reference)
    policies.may_register_weights(person(request), row).require()
    form = SignerForm(request.POST or None, seen_by=documents.readers(row)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.register_signer(request=row, by=person(request), **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, "Registered. Tell the agencies its fingerprint by a second channel.")
            return redirect("early_access:request", row.reference)
    return render(
        request, "early_access/weights_signer.html", {"row": row, "form": form, "signer": weights.signer(row)}
    )


@guarded("early_access.may_register_weights")
@limited("manifests", 60, 600, sending=True)
def manifest(request: HttpRequest, reference: str) -> HttpResponse:
    """Upload a signed manifest, with the place of the weights."""
    row = _by_weights(request, reference)
    policies.may_register_weights(person(request), row).require()
    last = weights.manifest(row)
    kept = {name: getattr(last, name) for name in ("location", "custodian", "total_bytes")} if last else {}
    form = ManifestForm(request.POST or None, request.FILES or None, initial=kept, seen_by=documents.readers(row)[0])
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        bundle = said.pop("bundle").read(LARGEST + 1)
        try:
            made = actions.register_manifest(request=row, bundle=bundle, by=person(request), **said)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            messages.success(request, f"The signature holds: {made.file_count} files, root digest {made.root_sha256}.")
            return redirect("early_access:request", row.reference)
    context = {"row": row, "form": form, "signer": weights.signer(row), "last": last}
    return render(request, "early_access/weights_manifest.html", context)


def _manifest(request: HttpRequest, reference: str, version: int) -> WeightsManifest:
    row = request_of(request, reference)
    found: WeightsManifest = visible_or_404(WeightsManifest, request.user, "request", request=row, version=version)
    return found


@guarded("early_access.visible")
@require_GET
def bundle(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """The signed bundle as it came, for whoever reads the request."""
    return downloads.bundle(_manifest(request, reference, version))


@guarded("early_access.visible")
@require_GET
def sums(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """The same files as `sha256sum -c` takes them."""
    return downloads.sums(_manifest(request, reference, version))


@guarded("early_access.may_confirm_weights")
def receipt(request: HttpRequest, reference: str, agency: str) -> HttpResponse:
    """An agency confirms what it received."""
    row, me = _by_weights(request, reference), person(request)
    place = next((a for a in queries.consented(row) if a.slug == agency), None)
    newest = weights.manifest(row)
    if place is None or newest is None:
        raise Http404
    policies.may_confirm_weights(me, row, place).require()
    form = ReceiptForm(request.POST or None, initial={"version": newest.version})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.confirm_weights(request=row, agency=place, by=me, **form.cleaned_data)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            if made.matches:
                messages.success(request, "What arrived is what was signed. The developer is told.")
            else:
                messages.warning(request, "What arrived is not what was signed. The developer is told what differs.")
            return redirect("early_access:request", row.reference)
    context = {"row": row, "form": form, "agency": place, "manifest": newest}
    return render(request, "early_access/weights_receipt.html", context)


@guarded("early_access.visible")
@require_GET
def certificate(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The certificate of one agency's answer, for the agency and the developer. Its SHA-256 is in the timeline."""
    row = request_of(request, reference)
    found: DestructionCertificate = visible_or_404(DestructionCertificate, request.user, item=pk, item__request=row)
    return downloads.certificate(found, reference)
