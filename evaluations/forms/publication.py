"""Forms of the page of publications."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import needed_later
from evaluations.models import PublicationReview


class TextForm(forms.Form):
    """What is to be published."""

    text = forms.CharField(
        label="Text to publish", required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="As it will stand. The other side reads it, and nobody else here does.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "text")


class AnswerForm(forms.Form):
    """Whether something has to be left out."""

    review = forms.UUIDField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="Your answer", required=False, choices=PublicationReview.Verdict.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label="What, and why", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed where something has to be left out.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "verdict", "remark")


class PublishForm(forms.Form):
    """Which text was published."""

    review = forms.UUIDField(widget=forms.HiddenInput)
