"""Forms of the pages on amendments."""

from __future__ import annotations

from django import forms


class AmendForm(forms.Form):
    """What the amendment is called."""

    title = forms.CharField(
        min_length=3, max_length=200, label="Title", help_text="Parties read it in lists and on the first page."
    )


class DayForm(forms.Form):
    """A day."""

    on = forms.DateField(
        label="Text on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is not a day. Write it as 2026-12-31."},
    )  # fmt: skip
