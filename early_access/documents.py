"""Reads of the documents of a request: the current one of each kind, all versions, what they offer to fields, how one is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from core import markdown, storage
from developers.models import ModelCheckpoint
from early_access import policies
from early_access.models import EarlyAccessRequest, RequestDocument
from early_access.rules.sections import BY_NAME, SELECTED

TYPES = {
    "json": "application/json", "spdx": "text/plain; charset=utf-8", "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8", "txt": "text/plain; charset=utf-8",
}  # fmt: skip
CALLED = {
    RequestDocument.Kind.MODEL_CARD: "model card",
    RequestDocument.Kind.SYSTEM_CARD: "system card",
}  # in a sentence
OFFERING, IDENTITY = RequestDocument.Kind.ML_BOM, ("model", "checkpoint")


def versions(request: EarlyAccessRequest) -> list[RequestDocument]:
    """All documents: kind by kind as the list of kinds has them, the newest version first."""
    rows = RequestDocument.objects.filter(request=request).select_related("uploaded_by")
    order = list(RequestDocument.Kind.values)
    found = sorted(rows, key=lambda row: (order.index(row.kind), -row.version))
    last = dict[str, RequestDocument]()
    for row in found:
        row.is_current = last.setdefault(row.kind, row) is row
    return found


def current(rows: Sequence[RequestDocument]) -> list[RequestDocument]:
    """Of rows as `versions` gives them, the first of each kind."""
    return list({row.kind: row for row in reversed(rows)}.values())[::-1]


def newest(request: EarlyAccessRequest, kind: str) -> RequestDocument | None:
    """The current document of a kind."""
    return RequestDocument.objects.filter(request=request, kind=kind).order_by("-version").first()


def download_name(request: EarlyAccessRequest, row: RequestDocument) -> str:
    """What the file is called when it is saved: never what the uploader called it."""
    return f"{request.reference}-{row.kind.replace('_', '-')}-v{row.version}.{row.ending}"


def readers(request: EarlyAccessRequest) -> list[str]:
    """Who reads the documents, in words."""
    if request.submitted_at is None:
        return [SELECTED]
    return ["The developer and every agency that reads this request"]


def panel(request: EarlyAccessRequest, user: User) -> dict[str, Any]:
    """For the request's page: the current documents, and whether this person attaches more."""
    rows = versions(request)
    older = len(rows) - len(shown := current(rows))
    return {
        "documents": {
            "rows": shown, "older": older, "readers": readers(request), "kinds": kinds(rows),
            "may_attach": policies.may_attach(user, request),
        }
    }  # fmt: skip


def kinds(rows: Sequence[RequestDocument]) -> list[dict[str, Any]]:
    """Every kind with its versions, for pages on which more are attached."""
    return [
        {
            "name": kind.value, "label": kind.label, "called": CALLED.get(kind, kind.label),
            "rows": [row for row in rows if row.kind == kind],
        }
        for kind in RequestDocument.Kind
    ]  # fmt: skip


def shown(row: RequestDocument) -> SafeString | None:
    """A card in Markdown as HTML that does nothing, cleaned now; None for every other document."""
    if not row.html_sha256:
        return None
    return mark_safe(markdown.clean(storage.get(row.html_sha256).decode()))  # noqa: S308  # cleaned by an allow-list


def text(row: RequestDocument) -> str:
    """A card in plain text as it is; empty for every other document."""
    return storage.get(row.sha256).decode("utf-8-sig") if row.ending == "txt" else ""


def offered(request: EarlyAccessRequest, section: str) -> dict[str, Any] | None:
    """What the current ML-BOM offers to the fields of a section: {document, values: field → value, words: [(label, text)],
    said}. `said` is a sentence where it names a model that is not registered. None where it offers nothing."""
    if section not in ("identity", "documents"):
        return None
    document = newest(request, OFFERING)
    if document is None:
        return None
    offers = {str(name): str(value) for name, value in document.offers.items()}
    if section == "identity":
        return _identity(request, document, offers)
    asked = [field for field in BY_NAME[section].fields if offers.get(field.name)]
    values, found = {f.name: offers[f.name] for f in asked}, [(f.label, offers[f.name]) for f in asked]
    return {"document": document, "values": values, "words": found, "said": ""} if found else None


def _identity(request: EarlyAccessRequest, document: RequestDocument, offers: dict[str, str]) -> dict[str, Any] | None:
    """The registered checkpoint that the bill means, by the names of model and build."""
    model, build = (offers.get(name, "") for name in IDENTITY)
    if not model:
        return None
    named = f"“{model}”{f', version “{build}”' if build else ''}"
    rows = ModelCheckpoint.objects.filter(developer=request.developer_id).select_related("model")
    ours = [r for r in rows.order_by("created_at") if model.lower() in _names(r)]
    match = next((r for r in reversed(ours) if r.label.lower() == build.lower()), None)
    if match is not None:
        values = {"model": str(match.model_id), "checkpoint": str(match.pk)}
        found = [("Model", match.model.codename), ("Checkpoint", match.label)]
        return {"document": document, "values": values, "words": found, "said": ""}
    if ours:
        values, found = {"model": str(ours[-1].model_id)}, [("Model", ours[-1].model.codename)]
        said = f"It describes {named}; no checkpoint of that name is registered."
        return {"document": document, "values": values, "words": found, "said": said}
    said = f"It describes {named}; no model of that name is registered. Check that it is the right file."
    return {"document": document, "values": {}, "words": [], "said": said}


def _names(row: ModelCheckpoint) -> set[str]:
    return {name.lower() for name in (row.model.codename, row.model.public_name) if name}
