"""Pages of the documents of a request: all versions, uploading one, one as it is shown, and its file."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.limits import limited
from accounts.seats import seats_of
from core import downloads, storage
from core.access import guarded
from core.decisions import Invalid
from core.forms import add_problems
from core.shortcuts import visible_or_404
from early_access import actions, documents, policies
from early_access.forms_documents import DocumentForm
from early_access.models import RequestDocument
from early_access.views.base import person, request_of


@guarded("early_access.visible")
@require_GET
def listed(request: HttpRequest, reference: str) -> HttpResponse:
    """Every document of the request in all its versions."""
    row, me = request_of(request, reference), person(request)
    rows = documents.versions(row)
    context = {
        "row": row, "kinds": documents.kinds(rows), "attached": bool(rows), "readers": documents.readers(row),
        "may_attach": policies.may_attach(me, row), "mine": seats_of(me).holds(row.developer_id),
    }  # fmt: skip
    return render(request, "early_access/documents.html", context)


@guarded("early_access.may_attach")
@limited("documents", 60, 600, sending=True)
def attach(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Upload a document of one kind, or a newer version of it."""
    row, me = request_of(request, reference), person(request)
    if kind not in RequestDocument.Kind.values or not seats_of(me).holds(row.developer_id):
        raise Http404
    policies.may_attach(me, row).require()
    last = documents.newest(row, kind)
    form = DocumentForm(request.POST or None, request.FILES or None, kind=kind, readers=documents.readers(row))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read(settings.MAX_DOCUMENT_BYTES + 1)
        try:
            made = actions.attach(request=row, kind=kind, name=file.name, content=content, by=me)
        except Invalid as invalid:
            add_problems(form, invalid)
        else:
            same = last is not None and last.pk == made.pk
            words = "is the current one already: the same file, byte for byte" if same else "is the current one now"
            messages.success(request, f"{made}, {words}.")
            return redirect("early_access:document", row.reference, kind, made.version)
    label = RequestDocument.Kind(kind).label
    context = {"row": row, "form": form, "last": last, "kind": kind, "label": label}
    return render(request, "early_access/document_attach.html", context)


def _document(request: HttpRequest, reference: str, kind: str, version: int) -> RequestDocument:
    row = request_of(request, reference)
    related = ("uploaded_by", "request", "developer")
    found: RequestDocument = visible_or_404(
        RequestDocument, request.user, *related, request=row, kind=kind, version=version
    )
    return found


@guarded("early_access.visible")
@require_GET
def document(request: HttpRequest, reference: str, kind: str, version: int) -> HttpResponse:
    """One document: what was checked, what it says, and cards as text that does nothing."""
    found = _document(request, reference, kind, version)
    current = documents.newest(found.request, kind) or found
    context = {
        "row": found.request, "document": found, "current": current, "readers": documents.readers(found.request),
        "html": documents.shown(found), "text": documents.text(found),
        "may_attach": policies.may_attach(person(request), found.request),
    }  # fmt: skip
    return render(request, "early_access/document.html", context)


@guarded("early_access.visible")
@require_GET
def file(request: HttpRequest, reference: str, kind: str, version: int) -> HttpResponse:
    """The file as it came, to be saved: nothing of it opens in the page."""
    found = _document(request, reference, kind, version)
    name, as_type = documents.download_name(found.request, found), documents.TYPES[found.ending]
    return downloads.file(storage.get(found.sha256), name, as_type)
