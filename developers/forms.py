"""Forms of the developers' pages."""

from __future__ import annotations

from django import forms

from core.forms import printable
from developers.models import ModelVariant

PRIVATE = "Visible to: your organisation, until a request names it for agencies you consent to."

OURS = "Visible to: your organisation."


class RegisterForm(forms.Form):
    """A developer organisation registers itself."""

    legal_name = forms.CharField(max_length=200, label="Legal name of the organisation", validators=[printable])
    jurisdiction = forms.CharField(max_length=100, label="Where it is incorporated")
    website = forms.URLField(max_length=200, required=False, label="Website", assume_scheme="https")
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="A link is mailed here. Whoever opens it becomes the first administrator.",
    )


class ModelForm(forms.Form):
    """Register a model."""

    codename = forms.CharField(max_length=80, label="Codename", help_text=PRIVATE)
    family = forms.CharField(max_length=80, required=False, label="Family", help_text=PRIVATE)
    public_name = forms.CharField(
        max_length=80, required=False, label="Public name", help_text=f"Embargoed until the date below. {OURS}"
    )
    public_name_embargoed_until = forms.DateField(
        required=False,
        label="Embargo ends on",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=OURS,
    )


class CheckpointForm(forms.Form):
    """Register a checkpoint."""

    label = forms.CharField(max_length=80, label="Label", help_text=PRIVATE)
    configuration_sha256 = forms.CharField(
        max_length=64,
        label="SHA-256 of the configuration",
        help_text=f"Over system prompt, sampling defaults and tool set; 64 hexadecimal digits. {PRIVATE}",
    )
    configuration_note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), label="Note", help_text=PRIVATE
    )
    variants = forms.MultipleChoiceField(
        choices=ModelVariant.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        label="Variants that can be served",
        help_text=f"Agencies read those that a request offers or an announced change names. {OURS}",
    )


class DecisionForm(forms.Form):
    """A reason for refusing."""

    reason = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), label="Reason, when you refuse")
