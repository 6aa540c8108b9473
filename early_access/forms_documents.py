"""The form with which a document is attached."""

from __future__ import annotations

from typing import Any

from django import forms

from early_access.forms import SeenForm, seen_by_hint
from early_access.models import RequestDocument

CARD = ("PDF, Markdown (.md) or plain text (.txt).", ".pdf,.md,.markdown,.txt")
TAKEN = {
    RequestDocument.Kind.ML_BOM: ("CycloneDX 1.5, 1.6 or 1.7 in JSON, with a component of the type machine-learning-model.", ".json"),
    RequestDocument.Kind.SPDX: ("SPDX 3.0.1 in JSON-LD, or SPDX 2.3 in JSON or as tags and values.", ".json,.jsonld,.spdx"),
    RequestDocument.Kind.MODEL_CARD: CARD,
    RequestDocument.Kind.SYSTEM_CARD: CARD,
}  # fmt: skip


class DocumentForm(SeenForm):
    """One file."""

    file = forms.FileField(max_length=400)

    def __init__(self, *args: Any, kind: str, readers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = RequestDocument.Kind(kind)
        hint, endings = TAKEN[taken]
        field = self.fields["file"]
        field.label, field.help_text = str(taken.label), seen_by_hint(hint, *readers)
        field.widget.attrs["accept"] = endings
