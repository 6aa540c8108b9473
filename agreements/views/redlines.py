"""Compare two texts of an agreement: on the screen, as PDF, as a Word file with tracked changes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.limits import limited
from agreements import documents, queries, redlines
from agreements.models import AgreementVersion
from agreements.pdf.render import RenderRefused
from agreements.redlines import Redline
from agreements.views.base import found
from agreements.word.names import MIME
from core.access import guarded
from core.decisions import Conflict, Invalid


def _chosen(request: HttpRequest, reference: str) -> Redline:
    try:
        return redlines.chosen(found(request, reference), request.GET.get("from", ""), request.GET.get("to", ""))
    except Invalid as invalid:
        raise Http404(str(invalid)) from invalid


@guarded("agreements.visible")
@require_GET
def redline(request: HttpRequest, reference: str) -> HttpResponse:
    """Any two versions, or the template and a version, word by word."""
    agreement = found(request, reference)
    versions = list(queries.versions(agreement))
    if not versions:
        return render(request, "agreements/redline.html", {"agreement": agreement})
    shown = _chosen(request, reference)
    first = shown.before.removeprefix("version ") if shown.before.startswith("version ") else redlines.TEMPLATE
    first = redlines.BASE if shown.before == redlines.BASE_NAME else first
    old = redlines.replaced(agreement)
    first = redlines.REPLACED if old and shown.before == redlines.replaced_name(old) else first
    context = {
        "agreement": agreement, "versions": versions, "redline": shown, "only": "changed" in request.GET, "old": old,
        "first": first, "query": f"?from={first}&to={shown.version.number}",
    }  # fmt: skip
    return render(request, "agreements/redline.html", context)


def _name(shown: Redline) -> str:
    return f"{shown.agreement.reference}-v{shown.version.number}-changes"


@guarded("agreements.visible")
@limited("rendering", 30)
@require_GET
def redline_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a PDF."""
    shown = _chosen(request, reference)
    try:
        content = redlines.as_pdf(shown)
    except RenderRefused as refused:
        raise Conflict(f"{refused} The page and the Word file show the redline all the same.") from refused
    return documents.download(content, _name(shown))


@guarded("agreements.visible")
@limited("rendering", 30)
@require_GET
def redline_word(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a Word file with tracked changes."""
    shown = _chosen(request, reference)
    return documents.download(redlines.as_word(shown), _name(shown), extension="docx", content_type=MIME)


@guarded("agreements.visible")
@limited("rendering", 30)
@require_GET
def version_word(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One version as a Word file to edit and send back."""
    agreement = found(request, reference)
    rows = AgreementVersion.objects.select_related("organisation", "agreement")
    row = get_object_or_404(rows, agreement=agreement, number=number)
    name = f"{agreement.reference}-v{number}"
    return documents.download(redlines.text_as_word(row), name, extension="docx", content_type=MIME)
