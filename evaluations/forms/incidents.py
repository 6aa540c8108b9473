"""Forms of the pages of incidents."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import UtcDateTimeField
from evaluations.actions.incidents import WRITE
from evaluations.models import INCIDENT_KINDS, INCIDENT_SCALE, EvaluationIncident

KINDS = [(k.value, f"{k.label}: {INCIDENT_KINDS[k.value]}") for k in EvaluationIncident.Kind]
SEVERITIES = [(s.value, f"{s.label}: {INCIDENT_SCALE[s.value]}") for s in EvaluationIncident.Severity]


class IncidentForm(forms.Form):
    """What somebody reports."""

    kind = forms.ChoiceField(
        label="Kind", choices=KINDS, widget=forms.RadioSelect, help_text="An outage of the endpoint is no incident.",
        error_messages={"required": "Choose what kind of incident it is."},
    )  # fmt: skip
    severity = forms.ChoiceField(
        label="Severity", choices=SEVERITIES, widget=forms.RadioSelect,
        error_messages={"required": "Choose a severity from the scale."},
    )  # fmt: skip
    discovered_at = UtcDateTimeField(
        label="Discovered at (UTC)", help_text="For example 2026-11-24 09:30. The clock of the notice starts here.",
        error_messages={"required": "Give the time at which it was discovered, in UTC."},
    )  # fmt: skip
    what_happened = forms.CharField(
        label="What happened", max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="So far as it is known. Never a key or a password.",
        error_messages={"required": "Say what happened, so far as it is known: it can be followed by more."},
    )  # fmt: skip
    what_was_done = forms.CharField(
        label="What was done at once", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class NoteForm(forms.Form):
    """What became known or was done meanwhile."""

    text = forms.CharField(
        label="Note", max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": WRITE}
    )


class StepForm(forms.Form):
    """The words of a step; containing also offers what this person may have Concord do at once."""

    text = forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    measures = forms.MultipleChoiceField(
        label="Done at once, with this step", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, label: str, asked: str, measures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, offered = self.fields["text"], self.fields["measures"]
        field.label, field.required = label, bool(asked)
        field.error_messages["required"] = asked
        offered.choices = measures  # type: ignore[attr-defined]  # a choice field
        if not measures:
            del self.fields["measures"]
