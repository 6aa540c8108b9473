"""Forms of the pages of reports and fact checks."""

from __future__ import annotations

from typing import Any

from django import forms

from evaluations.models import ReportingDetail


class ReportForm(forms.Form):
    """What people write; the rest of a report is composed from the record."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    correction = forms.CharField(
        required=False, label="What this version corrects", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed before it is delivered. The developer reads it at the top of the new version.",
    )  # fmt: skip
    summary = forms.CharField(
        required=False, label="Summary", widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Needed before it is sent: what was found, in plain words. Estimates and findings follow by themselves.",
    )  # fmt: skip
    limitations = forms.CharField(
        required=False, label="Limitations", widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Needed before it is sent: what the test could not show, such as scaffold, budget, time, what was left out.",
    )  # fmt: skip

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["correction"]


class DetailForm(forms.Form):
    """What the report says for one criterion of the reporting standard."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    covers = forms.ChoiceField(label="What this covers", choices=[("", "Choose one"), *ReportingDetail.Covers.choices])
    text = forms.CharField(
        required=False, label="What the report says", widget=forms.Textarea(attrs={"rows": 6}),
        help_text="In plain words. Emptied, it goes from the report.",
    )  # fmt: skip


class SendForm(forms.Form):
    """Which draft was read before it is sent."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)


class FactCheckForm(SendForm):
    """Until when the developer checks the facts."""

    due_on = forms.DateField(label="Last day", widget=forms.DateInput(attrs={"type": "date"}))


class CommentForm(forms.Form):
    """What is wrong, and where."""

    place = forms.ChoiceField(label="About")
    text = forms.CharField(
        label="What is not right, and what would be", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands in the delivered report. It cannot be taken back.",
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.choices = [(place, place) for place in places]
