"""Forms of the routing board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from evaluations.queries.choices import Choice


class ReassignForm(forms.Form):
    """Which agency gets the request, and why."""

    BY_RULES = "by-rules"

    agency = forms.ChoiceField(widget=forms.RadioSelect, label="Who gets the request")
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), label="Reason", max_length=2_000, required=False,
        help_text="The agencies read it on their assignments. The developer does not.",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Sequence[Choice], holds: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able: list[tuple[str, str]] = [(str(c.agency.slug), c.sentence) for c in choices if c.able]
        if holds:
            able.append((self.BY_RULES, "Whoever the rules find: take it back and run the router again"))
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = able
        field.error_messages |= {"required": "Choose who gets the request.", "invalid_choice": "Choose one of these."}
        if not self.is_bound and able:
            self.initial["agency"] = able[0][0]
