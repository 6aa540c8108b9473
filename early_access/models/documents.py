"""Documents that a developer attaches to its request: bills of materials and cards, kept byte for byte, in versions."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from early_access.models.request import Part


class RequestDocument(Part):
    """One version of a document. The newest of its kind is the current one; earlier ones stay readable."""

    class Kind(models.TextChoices):
        ML_BOM = "ml_bom", "ML-BOM"
        SPDX = "spdx", "SPDX document"
        MODEL_CARD = "model_card", "Model card"
        SYSTEM_CARD = "system_card", "System card"

    kind = models.CharField(max_length=11, choices=Kind.choices)
    version = models.PositiveSmallIntegerField(help_text="1, 2, 3 within the request and kind.")
    file_name = models.CharField(max_length=200, help_text="As it was called where it came from.")
    ending = models.CharField(max_length=4, help_text="json, spdx, pdf, md or txt: as what it is handed on.")
    format = models.CharField(max_length=40, help_text="What it was recognised as, in words.")
    size = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64, help_text="Of the file as it came.")
    html_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the HTML that Markdown was turned into.")
    said = models.JSONField(default=list, help_text="[[label, text]]: what it says, as it was read.")
    offers = models.JSONField(default=dict, help_text="What a person may take over into fields: name → text.")
    checked = models.JSONField(default=list, help_text="Sentences: what was checked.")
    unchecked = models.JSONField(default=list, help_text="Sentences: what was not.")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    is_current: bool = True  # of its kind; whoever reads several versions says which is

    class Meta:
        ordering = ("kind", "-version")
        constraints = [models.UniqueConstraint(fields=["request", "kind", "version"], name="request_document_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.version}"
