"""Forms of the clause library: the draft of a clause, its approved alternatives, its variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from agreements.models import Clause, ClauseDraft, Instrument
from agreements.rules.deviations import APPROVERS
from agreements.rules.library import VARIABLE_KINDS
from core.forms import needed_later

AREA = {"rows": 3}
NAMES = (
    "row_version",
    "heading",
    "text",
    "rationale",
    "guidance",
    "decides_deviations",
    "required_for",
    "after",
    "change_note",
)


class NewClauseForm(forms.Form):
    """The key of a clause that the library does not have yet."""

    key = forms.SlugField(
        max_length=60,
        label="Key",
        help_text="Small letters, digits and “_”, for example export_control. It never changes.",
    )


class ClauseDraftForm(forms.Form):
    """The wording and what belongs to it."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    heading = forms.CharField(max_length=120, required=False, label="Heading")
    text = forms.CharField(
        required=False, strip=False, label="Standard text", widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Names of variables stand in braces. “Word” means … at the beginning of a paragraph defines a term.",
    )  # fmt: skip
    rationale = forms.CharField(required=False, label="Why it stands so", widget=forms.Textarea(attrs=AREA))
    guidance = forms.CharField(
        required=False, label="Guidance for negotiation", widget=forms.Textarea(attrs=AREA),
        help_text="Where it may give and where it may not. Developers read it too.",
    )  # fmt: skip
    decides_deviations = forms.ChoiceField(
        choices=list(APPROVERS.items()), label="Who decides on other words",
        help_text="In each agency that is a party. Nothing is opened for signature before, once per text.",
    )  # fmt: skip
    required_for = forms.MultipleChoiceField(
        choices=Instrument.choices, required=False, label="Stands in", widget=forms.CheckboxSelectMultiple
    )
    after = forms.ChoiceField(
        required=False, label="Stands after",
        help_text="Where it newly enters a template. In templates that have it already it keeps its place.",
    )  # fmt: skip
    change_note = forms.CharField(max_length=300, required=False, label="What changes, and why")

    def __init__(self, data: Any, *, draft: ClauseDraft, library: Mapping[str, Clause]) -> None:
        super().__init__(data, initial={name: getattr(draft, name) for name in NAMES})
        others = sorted(((key, row.heading) for key, row in library.items() if key != draft.key), key=lambda o: o[1])
        for name in ("heading", "text", "required_for", "change_note"):
            needed_later(self, name)
        self.fields["after"].choices = [("", "The last clause"), *others]  # type: ignore[attr-defined]  # a ChoiceField


class AlternativeForm(forms.Form):
    """One approved other wording."""

    key = forms.CharField(max_length=60, required=False, label="Short key")
    when_to_use = forms.CharField(required=False, label="When to use it", widget=forms.Textarea(attrs=AREA))
    text = forms.CharField(required=False, strip=False, label="Text", widget=forms.Textarea(attrs={"rows": 6}))
    rationale = forms.CharField(required=False, label="Why it is acceptable", widget=forms.Textarea(attrs=AREA))
    extra_concurrence = forms.ChoiceField(
        choices=[("", "Nobody more than for the standard text"), *APPROVERS.items()], required=False,
        label="Who has to agree when it is used",
    )  # fmt: skip


class VariableForm(forms.Form):
    """One variable of the cover page."""

    key = forms.CharField(max_length=60, required=False, label="Name in braces")
    label = forms.CharField(max_length=120, required=False, label="Label")
    kind = forms.ChoiceField(choices=list(VARIABLE_KINDS.items()), required=False, label="Kind of value")
    default = forms.CharField(max_length=2000, required=False, label="Default")
    minimum = forms.IntegerField(required=False, min_value=0, label="Smallest value")
    maximum = forms.IntegerField(required=False, min_value=0, label="Largest value")
    choices = forms.CharField(required=False, label="Choices, one a line", widget=forms.Textarea(attrs=AREA))
    optional = forms.BooleanField(required=False, label="May stay empty")
    help = forms.CharField(max_length=300, required=False, label="Help")


Alternatives = forms.formset_factory(AlternativeForm, extra=1, can_delete=True, max_num=12)
Variables = forms.formset_factory(VariableForm, extra=1, can_delete=True, max_num=40)


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A stored variable as VariableForm shows it."""
    return {**row, "choices": "\n".join(row.get("choices", [])), "optional": not row.get("required", True)}


def stored(row: dict[str, Any]) -> dict[str, Any]:
    """What was typed into VariableForm, as templates keep it: only what its kind has."""
    kind, default = row["kind"] or "text", row["default"].strip()
    found: dict[str, Any] = {
        "key": row["key"].strip(),
        "label": row["label"].strip(),
        "kind": kind,
        "help": row["help"],
    }
    found["default"] = int(default) if kind == "number" and default.isdecimal() else default
    if kind == "number":
        found |= {"minimum": row["minimum"], "maximum": row["maximum"]}
    if kind in ("choice", "choices"):
        found["choices"] = [line.strip() for line in row["choices"].splitlines() if line.strip()]
    return found | ({"required": False} if row["optional"] else {})
