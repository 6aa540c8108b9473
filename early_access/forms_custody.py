"""The form of who keeps an agency's key."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.models import KeyCustody
from core.forms import needed_later


class PublicKeyInput(forms.Textarea):
    """Does not send back what should not have been pasted."""

    def format_value(self, value: Any) -> str | None:
        """As typed, unless it is a private key."""
        shown = super().format_value(value)
        return None if shown and "PRIVATE KEY" in shown else shown


class CustodyForm(forms.Form):
    """Hosted or agency-held, and for the latter the public key. It is not kept in the browser: some paste the private one."""

    kind = forms.ChoiceField(label="Who keeps the key", choices=KeyCustody.Kind.choices, widget=forms.RadioSelect)
    public_key = forms.CharField(
        label="Public key of your own host, PEM", max_length=8_000, required=False,
        widget=PublicKeyInput(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Only if your own worker keeps the key: what “manage.py key_pair” printed there. Never the private key.",
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "public_key")
