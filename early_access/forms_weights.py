"""Forms of the weights route."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import needed_later
from early_access.forms import BOTH, READERS, DateInput, SeenForm, seen_by_hint
from early_access.models import DONE, PARTS, DestructionCertificate, ReturnItem

IF_DESTROYED = "Only if they were destroyed."


class SignerForm(SeenForm):
    """A public key or certificate."""

    pem = forms.CharField(
        label="Public key or certificate, PEM", max_length=16_384,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text="From BEGIN to END. With a certificate, manifests may be signed by certificates that it issued.",
    )  # fmt: skip


class ManifestForm(SeenForm):
    """The signature file and where the weights are. The file comes last, so that everything else stands before it."""

    seen_by = READERS
    location = forms.CharField(
        label="Where the weights are", max_length=500,
        help_text="A pointer that opens nothing by itself: no signed link, no password.",
    )  # fmt: skip
    custodian = forms.CharField(label="Who hands them over", max_length=200, required=False)
    total_bytes = forms.IntegerField(
        label="Bytes in all",
        required=False,
        min_value=0,
        max_value=2**62,
        help_text="As you declare: a manifest has no sizes.",
    )
    bundle = forms.FileField(
        label="Signed manifest", help_text="The signature file of model signing 1.0, JSON. Never the weights.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.sig"}),
    )  # fmt: skip


class ReceiptForm(SeenForm):
    """What arrived."""

    seen_by = BOTH
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    root_sha256 = forms.CharField(
        label="Root digest of what arrived", max_length=64, widget=forms.TextInput(attrs={"spellcheck": "false"}), required=False,
        help_text="SHA-256 over the digests of all files in the order of the manifest. Computed from your list, if you give one.",
    )  # fmt: skip
    listing = forms.CharField(
        label="Your own list of files", required=False, max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="All lines that sha256sum writes for the folder. Each file that differs is named to both sides.",
    )  # fmt: skip
    signer_confirmed = forms.BooleanField(
        label="We compared the signer’s fingerprint with the developer by a second channel", required=False
    )
    statement = forms.CharField(label="Remarks", max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "root_sha256")  # or the list, and the action says so


class ReturnForm(SeenForm):
    """What was returned or destroyed; with the certificate of destruction where weights were received."""

    seen_by = BOTH

    outcome = forms.ChoiceField(choices=ReturnItem.Outcome.choices, label="What was done")
    statement = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), label="How, in a sentence or two")
    destroyed_on = forms.DateField(
        widget=DateInput(), label="Day of the destruction", required=False, help_text=IF_DESTROYED
    )
    method = forms.ChoiceField(label="How the weights were destroyed", required=False, help_text=IF_DESTROYED)

    def __init__(self, *args: Any, weights: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (name, label) in enumerate(PARTS.items()):
            choices = [("", "As said above"), *DONE.items()]
            seen = seen_by_hint("", BOTH)
            self.fields[f"part_{name}"] = forms.ChoiceField(
                choices=choices, label=label, required=False, help_text=seen
            )
            if not number:
                self.fields[f"part_{name}"].opens = "Line by line, where it differs"  # type: ignore[attr-defined]  # forms/form.html
        if not weights:
            del self.fields["destroyed_on"], self.fields["method"]
            return
        choices = [("", "Choose"), *DestructionCertificate.Method.choices]
        needed_later(self, "destroyed_on", "method")
        self.fields["method"].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField

    def said(self) -> dict[str, Any]:
        """The values as the action takes them."""
        data = dict(self.cleaned_data)
        parts = {name: data.pop(f"part_{name}") for name in PARTS}
        return {**data, "parts": parts}
