"""The form that changes many agreements at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from agreements import queries
from agreements.models import AgreementTemplate, TestingAgreement
from agreements.rules.many import CLAUSE, KINDS, TERM, Change
from core.forms import needed_later


class ManyForm(forms.Form):
    """Which agreements, and the one change."""

    kind = forms.ChoiceField(
        choices=list(KINDS.items()), widget=forms.RadioSelect, label="What changes", initial="renew"
    )
    term = forms.ChoiceField(required=False, label="Term", help_text="Where you set a term.")
    value = forms.CharField(max_length=200, required=False, label="Its new value")
    clause = forms.ChoiceField(required=False, label="Clause", help_text="Where you bring a clause up to date.")
    title = forms.CharField(
        max_length=200, required=False, label="Title of the amendments",
        help_text="Parties read it in lists and on the first page. A renewal has one of its own.",
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[TestingAgreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(row.reference, f"{row.reference} {row.title}, {', '.join(_partners(row))}") for row in offered]
        self.fields["agreements"] = forms.MultipleChoiceField(
            choices=rows, widget=forms.CheckboxSelectMultiple, label="Agreements",
            error_messages={"required": "Choose at least one agreement."},
        )  # fmt: skip
        self.order_fields(["agreements"])
        for name in ("term", "value", "clause", "title"):
            needed_later(self, name)
        terms = {
            spec["key"]: spec["label"]
            for template in AgreementTemplate.objects.filter(pk__in={row.template_id for row in offered})
            for spec in template.variables
            if spec["kind"] == "number"
        }
        clauses = [(key, row.heading) for key, row in sorted(queries.newest_clauses().items())]
        self.fields["term"].choices = [("", "Choose"), *terms.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["clause"].choices = [("", "Choose"), *clauses]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """A term needs its value, a clause its name, and both a title."""
        sent = super().clean() or {}
        kind = sent.get("kind")
        if kind == TERM and not (sent.get("term") and sent.get("value")):
            self.add_error("term", "Choose the term and write its new value.")
        if kind == CLAUSE and not sent.get("clause"):
            self.add_error("clause", "Choose the clause.")
        if kind in (TERM, CLAUSE) and len((sent.get("title") or "").strip()) < 3:
            self.add_error("title", "Write a title of at least 3 characters.")
        return sent

    @property
    def change(self) -> Change:
        """What was asked for. Call when the form is valid."""
        sent = self.cleaned_data
        key = {TERM: sent["term"], CLAUSE: sent["clause"]}.get(sent["kind"], "")
        return Change(sent["kind"], key, sent["value"].strip(), sent["title"].strip())


def _partners(row: TestingAgreement) -> list[str]:
    return [party.organisation.name for party in row.party_rows]
