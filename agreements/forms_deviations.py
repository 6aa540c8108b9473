"""The form with which an agency's approver decides on a deviation."""

from __future__ import annotations

from django import forms

from agreements.models import ClauseComment


class DecisionForm(forms.Form):
    """The text that was read, the reason, and who reads the reason. The buttons say accept or refuse."""

    text_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=5000, label="Reason", widget=forms.Textarea(attrs={"rows": 3}))
    audience = forms.ChoiceField(
        choices=ClauseComment.Audience.choices, label="Who can read the reason", initial=ClauseComment.Audience.OWN
    )
