"""Forms of the webhooks' pages."""

from __future__ import annotations

from typing import Any

from django import forms

from webhooks.models import Endpoint
from webhooks.rules.kinds import choices


class EndpointForm(forms.Form):
    """Register or change an endpoint."""

    name = forms.CharField(max_length=80, label="What is it for?", help_text="For example: case management.")
    address = forms.CharField(
        max_length=500, label="Address", help_text="It begins with https:// and answers every message with a status from 200 to 299.",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"] = forms.MultipleChoiceField(
            choices=choices(), widget=forms.CheckboxSelectMultiple, label="Which events?",
            help_text="What your organisation is notified of anyway.",
        )  # fmt: skip


def stored(endpoint: Endpoint) -> dict[str, Any]:
    """An endpoint as the form shows it."""
    return {"name": endpoint.name, "address": endpoint.address, "kinds": endpoint.kinds}


class RotateForm(forms.Form):
    """Replace the secret."""

    old = forms.ChoiceField(
        choices=[
            ("signs", "It signs too for 24 hours, so that the program can change over without losing a message"),
            ("ends", "It ends at once, since somebody else may know it. Until the program knows the new one, it will refuse ours"),
        ],
        widget=forms.RadioSelect, label="What becomes of the old secret?",
    )  # fmt: skip

    @property
    def at_once(self) -> bool:
        """Whether the old secret ends now."""
        return bool(self.cleaned_data["old"] == "ends")
