"""Forms of designation inquiries. NSA's side chooses; there is no field in which a figure could be typed."""

from __future__ import annotations

from typing import Any

from django import forms

from early_access.forms import DateInput, SeenForm
from early_access.models import Designation, DesignationInquiry

NSA_READS = "Your own organisation; once it is sent, the designation authorities of NSA"


class InquiryForm(SeenForm):
    """What a developer asks."""

    seen_by = NSA_READS
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    checkpoint = forms.UUIDField(
        label="Checkpoint", widget=forms.Select, help_text="NSA reads its codename, label and configuration digest.",
        error_messages={"required": "Choose the checkpoint that you ask about.", "invalid": "Choose one of the list."},
    )  # fmt: skip
    classified_reply = forms.ChoiceField(
        label="If the reply is classified", choices=DesignationInquiry.Reply.choices, widget=forms.RadioSelect,
        error_messages={"required": "Say whether a classified reply can reach you."},
    )  # fmt: skip
    note = forms.CharField(
        label="What NSA should know", widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=1000,
        help_text="Unclassified. No weights, no working exploit code.",
    )  # fmt: skip

    def __init__(self, *args: Any, checkpoints: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checkpoint"].widget.choices = [("", "Choose"), *checkpoints]  # type: ignore[attr-defined]  # a select


class AnswerForm(SeenForm):
    """NSA's answer: an outcome, an office, a day."""

    seen_by = "The developer, and the designation authorities of NSA"
    outcome = forms.ChoiceField(
        label="Answer", choices=Designation.Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer from the list."},
    )  # fmt: skip
    office = forms.ChoiceField(
        label="Office that holds what stands behind it", choices=[("", "Choose"), *Designation.Office.choices],
        error_messages={"required": "Choose the office that holds what stands behind the answer."},
    )  # fmt: skip
    answered_on = forms.DateField(
        label="Day of the answer", widget=DateInput(),
        error_messages={"required": "Give the day of the answer: from the day it was asked to today, in UTC."},
    )  # fmt: skip


class ClosingForm(SeenForm):
    """Why there is no determination: a reason from the list."""

    seen_by = "The developer, and the designation authorities of NSA"
    because = forms.ChoiceField(
        label="Reason", choices=DesignationInquiry.Because.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason from the list."},
    )  # fmt: skip
