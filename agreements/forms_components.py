"""Forms of the page on which an agency plans which components concur first, and these answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import Organisation
from agreements.forms import ClauseChoice
from agreements.rules import concurring

PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class PlanForm(forms.Form):
    """Which components are asked, in which order and way, by which day."""

    order = forms.ChoiceField(
        label="Who is asked when", widget=forms.RadioSelect,
        choices=[(concurring.PARALLEL, "All at once"), (concurring.SEQUENCE, "One after the other, in the order above")],
    )  # fmt: skip
    blind = forms.BooleanField(
        required=False, label="Keep each answer sealed until all are in",
        help_text="Until then an answer is read in its own component only. Who has answered is known to your agency.",
    )  # fmt: skip
    answer_by = forms.DateField(
        required=False, label="Answer by", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Components that have not answered are reminded three days before; your counsel are told the day after. "
        "No answer is never concurrence.",
    )  # fmt: skip
    field_order = ("components",)

    def __init__(
        self, *args: Any, components: Sequence[Organisation], planned: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.slugs = [row.slug or "" for row in components]
        most = min(len(components), len(PLACES))
        choices = [("", "Is not asked"), *((str(n + 1), f"Is asked {PLACES[n]}") for n in range(most))]
        for row in components:
            place = str(planned.index(row.slug) + 1) if row.slug in planned else ""
            self.fields[f"place.{row.slug}"] = forms.ChoiceField(
                choices=choices, required=False, label=row.name, initial=place
            )
        self.order_fields([f"place.{slug}" for slug in self.slugs])

    def clean(self) -> dict[str, Any]:
        """Two components in one place stand in no order."""
        sent: dict[str, Any] = super().clean() or {}
        places = {slug: sent.get(f"place.{slug}") for slug in self.slugs}
        taken: set[str] = set()
        for slug, place in places.items():
            if place and place in taken and sent.get("order") == concurring.SEQUENCE:
                self.add_error(f"place.{slug}", "Another component has this place. Give each its own.")
            taken |= {place} if place else set()
        return sent

    def sent(self) -> dict[str, Any]:
        """For the action: the components in their order."""
        places = {slug: self.cleaned_data[f"place.{slug}"] for slug in self.slugs}
        chosen = sorted((slug for slug, place in places.items() if place), key=lambda slug: int(places[slug]))
        day: date | None = self.cleaned_data["answer_by"]
        return {
            "components": chosen, "order": self.cleaned_data["order"], "blind": self.cleaned_data["blind"], "answer_by": day,
        }  # fmt: skip


class AnswerForm(ClauseChoice):
    """A component's concurrence or refusal. The buttons say which."""

    text_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    comment = forms.CharField(
        max_length=5000, required=False, label="Reason or remark", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed to refuse. It is read inside your agency only.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"] = forms.MultipleChoiceField(
            choices=self.clauses, required=False, label="Clauses it is about", widget=forms.CheckboxSelectMultiple,
            help_text="To refuse, name at least one.",
        )  # fmt: skip
        self.order_fields(["text_hash", "clauses", "comment"])
