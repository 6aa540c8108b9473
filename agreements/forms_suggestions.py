"""Forms of the suggestions page: other words for a clause, a Word file, an answer."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import needed_later

LINES = {"rows": 3}


class SuggestForm(forms.Form):
    """Other words for a clause."""

    text = forms.CharField(
        required=False, strip=False, label="The clause as you would have it", widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Words in braces are filled from the cover page: leave them where they belong.",
    )  # fmt: skip
    reason = forms.CharField(
        required=False, max_length=5000, label="Why", widget=forms.Textarea(attrs=LINES),
        help_text="All parties read it once it is sent.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "text")


class WordForm(forms.Form):
    """A Word file of the other side."""

    file = forms.FileField(
        label="Word file (.docx), at most 10 MB",
        help_text="Tracked changes are read as if all were accepted. Nothing is sent before you have seen it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip
