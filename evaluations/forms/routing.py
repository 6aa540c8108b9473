"""Forms of the routing board and of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from agencies.domains import AccessLevel, RiskDomain
from evaluations.queries.choices import Choice


class ReassignForm(forms.Form):
    """Which agency gets the request, and why."""

    BY_RULES = "by-rules"

    agency = forms.ChoiceField(widget=forms.RadioSelect, label="Who gets the request")
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), label="Reason", max_length=2_000,
        error_messages={"required": "Say why in a few words: the agencies read it."},
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


class RulesNoteForm(forms.Form):
    """What the next version changes, and the version of the draft that was opened."""

    note = forms.CharField(
        max_length=300, required=False, label="What changes and why", help_text="The agencies read it with the rules."
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RuleForm(forms.Form):
    """One rule; an empty one is left out. Developer and day belong to rules that keep an agency out."""

    effect = forms.ChoiceField(
        choices=[("brings", "Brings it to"), ("excludes", "Keeps it out of")], required=False, label="Effect"
    )
    developer = forms.ChoiceField(choices=[], required=False, label="Only for")
    until = forms.DateField(
        required=False, label="Until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Give the day as 2026-12-24."},
    )  # fmt: skip
    domain = forms.ChoiceField(choices=[("", "Choose"), *RiskDomain.choices], required=False, label="Domain")
    agency = forms.ChoiceField(choices=[], required=False, label="Agency")
    highest_access_level = forms.ChoiceField(
        choices=[("", "Choose"), *((str(value), label) for value, label in AccessLevel.choices)], required=False,
        label="Access up to",
    )  # fmt: skip

    def __init__(
        self, *args: Any, agencies: Sequence[tuple[str, str]] = (), developers: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, empty, choices in (("agency", "Choose", agencies), ("developer", "Every developer", developers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", empty), *choices]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was chosen in it."""
        return not any(self.cleaned_data.get(name) for name in ("domain", "agency", "highest_access_level"))


Rules = forms.formset_factory(RuleForm, extra=2, can_delete=True, can_order=True, max_num=200)
