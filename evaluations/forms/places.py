"""Forms of places, of what is too much, of exclusions and of conflicts of interest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

Choices = Sequence[tuple[str, str]]


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[str, str]], empty: str = "Choose one") -> None:
    field: Any = form.fields[name]
    listed = list(choices)
    field.choices = listed if len(listed) == 1 else [("", empty), *listed]


def _day(label: str, help_text: str = "", missing: str = "Choose a day.") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "Give the day as 2026-12-24."},
    )  # fmt: skip


def _reason(label: str, help_text: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )  # fmt: skip


class PeriodForm(forms.Form):
    """Days with another number of places."""

    domain = forms.ChoiceField(label="Domain", error_messages={"required": "Choose a domain."})
    starts_on = _day("First day", missing="Choose the first day.")
    ends_on = _day("Last day", "Included.", "Choose the last day.")
    places = forms.IntegerField(
        label="Places on each of these days", min_value=0, max_value=500, help_text="0 while nobody tests, more in a surge.",
        error_messages={"required": "Give a number; 0 means that nobody tests."},
    )  # fmt: skip
    note = forms.CharField(
        label="Why",
        required=False,
        max_length=200,
        help_text="For your agency’s own people; routing shows the numbers only.",
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, domains: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "domain", domains)


class UsualForm(forms.Form):
    """Places on all other days."""

    domain = forms.ChoiceField(label="Domain", error_messages={"required": "Choose a domain."})
    places = forms.IntegerField(
        label="Places on usual days", min_value=1, max_value=500, help_text="How many tests in this domain at once.",
        error_messages={"required": "Give a number from 1."},
    )  # fmt: skip

    def __init__(self, *args: Any, domains: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "domain", domains)


class RelieveForm(forms.Form):
    """Which requests are routed again, and why."""

    decisions = forms.MultipleChoiceField(
        label="Route again", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one request to route again."},
    )  # fmt: skip
    reason = _reason(
        "Reason", "The agencies read it. The developer does not.", "Say why in a few words: the agencies read it."
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decisions"]
        field.choices = list(choices)


class ExclusionForm(forms.Form):
    """Which agency is kept out of what, until when, and why."""

    router = forms.ChoiceField(label="Routing of", error_messages={"required": "Choose whose routing it is."})
    agency = forms.ChoiceField(label="Agency that is kept out", error_messages={"required": "Choose an agency."})
    developer = forms.ChoiceField(label="Developer", error_messages={"required": "Choose a developer."})
    request = forms.CharField(
        label="One request only", required=False, max_length=20,
        help_text="Its reference, such as REQ-7KQ4-M2. Empty: all requests of the developer.",
    )  # fmt: skip
    until = _day("Until", "Requests whose window begins later are routed as usual.", "Choose until when.")
    reason = _reason(
        "Reason", "Your agency’s routing officers read it. The excluded agency reads that it is excluded and until when.",
        "Say why in a few words: your agency's routing officers read it.",
    )  # fmt: skip

    def __init__(self, *args: Any, routers: Choices, agencies: Choices, developers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("router", routers), ("agency", agencies), ("developer", developers)):
            _choose(self, name, choices)


class ConflictForm(forms.Form):
    """Who takes no part in whose tests, and why."""

    agency = forms.ChoiceField(label="Agency", error_messages={"required": "Choose the agency."})
    developer = forms.ChoiceField(label="Developer", error_messages={"required": "Choose a developer."})
    person = forms.ChoiceField(label="Person", required=False, help_text="Nobody chosen: it is your own conflict.")
    reason = _reason(
        "What the interest is", "The person and the agency’s counsel read it, nobody else.",
        "Say in a few words what the interest is: you and the agency's counsel read it, nobody else.",
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Choices, developers: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "agency", agencies)
        _choose(self, "developer", developers)
        if people:
            field: Any = self.fields["person"]
            field.choices = [("", "Myself"), *people]
        else:
            del self.fields["person"]


class RecusalForm(forms.Form):
    """The whole agency steps back."""

    agency = forms.ChoiceField(label="Agency", error_messages={"required": "Choose the agency."})
    developer = forms.ChoiceField(label="Developer", error_messages={"required": "Choose a developer."})
    reason = _reason("Reason", "The agency’s counsel reads it, nobody else.", "Say why the agency steps back.")
    sure = forms.BooleanField(
        label="Tests of this developer that the agency holds end now",
        error_messages={"required": "Tick the box: what the agency holds of this developer ends at once."},
    )

    def __init__(self, *args: Any, agencies: Choices, developers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "agency", agencies)
        _choose(self, "developer", developers)


class EndConflictForm(forms.Form):
    """Why it no longer holds."""

    reason = _reason(
        "Why it no longer holds", "The person and the agency’s counsel read it.", "Say why it no longer holds."
    )
