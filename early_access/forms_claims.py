"""The forms with which a developer states a result of its own, and takes one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from core.forms import needed_later
from developers.models import ModelVariant
from early_access import claims
from early_access.forms import SeenForm
from early_access.models import EarlyAccessRequest
from early_access.rules.claims import MOST_ITEMS

DECIMAL = {"inputmode": "decimal"}
SHARE = "Enter a share between 0 and 1 with a point, such as 0.42 for 42 %."
ITEMS = "Enter how many items it was measured on, as a whole number."


def _share(label: str, help_text: str = "", required: bool = False) -> forms.FloatField:
    return forms.FloatField(
        label=label, help_text=help_text, required=required, widget=forms.TextInput(attrs=DECIMAL),
        error_messages={"invalid": SHARE, "required": SHARE},
    )  # fmt: skip


class ClaimForm(SeenForm):
    """One result."""

    checkpoint = forms.ChoiceField(label="Checkpoint", help_text="The build that you measured.")
    variant = forms.ChoiceField(label="Variant")
    suite = forms.CharField(
        label="Benchmark or suite", max_length=200, required=False,
        help_text="Its usual name, such as GPQA Diamond: agencies’ results of a suite of this name stand beside it.",
    )  # fmt: skip
    suite_version = forms.CharField(label="Version of the suite", max_length=60, required=False)
    metric = forms.CharField(
        label="What was measured", max_length=120, required=False, initial="accuracy",
        help_text="Such as accuracy, attack success or refusal.",
    )  # fmt: skip
    estimate = _share("Result, 0 to 1", "0.42 for 42 %.", required=True)
    ci_low = _share("Lower end of its 95 % interval", "Both ends, or neither.")
    ci_high = _share("Upper end of its 95 % interval")
    n = forms.IntegerField(
        label="Items that it was measured on", min_value=1, max_value=MOST_ITEMS,
        error_messages={"invalid": ITEMS, "required": ITEMS, "min_value": ITEMS},
    )  # fmt: skip
    method = forms.CharField(
        label="How it was measured", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Harness, attempts, tools, limits, and what a reader should mind.",
    )  # fmt: skip
    document = forms.ChoiceField(label="The document in which it stands", required=False)
    source = forms.CharField(
        label="Where it stands", max_length=300, required=False,
        help_text="Such as “System card, table 3”. The document’s name is enough if you choose one.",
    )  # fmt: skip

    def __init__(self, *args: Any, request: EarlyAccessRequest, **kwargs: Any) -> None:
        super().__init__(*args, seen_by=claims.readers(request)[0], **kwargs)
        builds = [(str(c.pk), f"{c.model.codename}: {c.label}") for c in claims.checkpoints(request)]
        kinds = [(kind, str(ModelVariant.Kind(kind).label)) for kind in claims.variants(request)]
        papers = [("", "None of them"), *((str(d.pk), str(d)) for d in claims.documents(request))]
        for name, choices in (("checkpoint", builds), ("variant", kinds), ("document", papers)):
            field: Any = self.fields[name]
            field.choices = choices
        if request.checkpoint_id:
            self.fields["checkpoint"].initial = str(request.checkpoint_id)
        needed_later(self, "suite", "metric", "method")

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        build, paper = self.cleaned_data["checkpoint"], self.cleaned_data["document"]
        return {**self.cleaned_data, "checkpoint": UUID(build), "document": UUID(paper) if paper else None}


class TakeBackForm(SeenForm):
    """Why it is taken back."""

    why = forms.CharField(label="Why", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "why")
