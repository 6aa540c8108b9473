"""Forms of the agreement pages. Rules live in the actions; forms only read what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import escape

from accounts.models import Organisation, User
from accounts.queries import holders
from agreements import consolidated, delegations, queries
from agreements.models import (
    AgreementTemplate,
    AgreementVersion,
    Instrument,
    Marking,
    Post,
    SignatureAuthority,
    TestingAgreement,
)
from agreements.obligations import LISTED, parts
from agreements.rules.steps import ORDERS
from core.forms import UtcDateTimeField, needed_later


class StartForm(forms.Form):
    """Choose a template, the other parties and a title."""

    template = forms.ModelChoiceField(AgreementTemplate.objects.none(), label="Template", empty_label=None)
    title = forms.CharField(max_length=200, label="Title", help_text="Parties read it in lists and on the first page.")

    def __init__(
        self, *args: Any, homes: list[Organisation], replaceable: Sequence[TestingAgreement] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = AgreementTemplate.objects.filter(is_current=True).order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField
        by_id = {str(o.pk): o for o in homes}
        self.homes = by_id
        self.fields["home"] = forms.ChoiceField(
            choices=[(key, o.name) for key, o in by_id.items()], label="Drafted by",
            widget=forms.HiddenInput if len(by_id) == 1 else forms.Select, initial=next(iter(by_id), None),
        )  # fmt: skip
        if not any(o.is_developer for o in homes):
            developers = Organisation.objects.filter(kind=Organisation.Kind.DEVELOPER).order_by("name")
            self.fields["developer"] = forms.ModelChoiceField(developers, label="Developer")
        agencies = Organisation.objects.filter(kind=Organisation.Kind.AGENCY, parent__isnull=True).order_by("name")
        self.fields["agencies"] = forms.ModelMultipleChoiceField(
            agencies, label="Agencies", widget=forms.CheckboxSelectMultiple,
            help_text="Each becomes a party and signs for itself.",
        )  # fmt: skip
        self.fields["signing"] = forms.ChoiceField(
            choices=list(ORDERS.items()), label="Who signs when", widget=forms.RadioSelect, initial="sequence", required=False,
            help_text="The agencies in the order of this list. Nobody is asked to sign before the text is agreed.",
        )  # fmt: skip
        needed_later(self, "signing")
        if replaceable:
            self.fields["replaces"] = forms.ChoiceField(
                choices=[("", "None"), *((r.reference, f"{r.reference} {r.title}") for r in replaceable)], required=False,
                label="Replaces", help_text="That agreement ends when all parties have signed this one and it takes effect.",
            )  # fmt: skip


class DraftForm(forms.Form):
    """The cover variables and every clause of a working draft."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: AgreementVersion, with_title: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreement = version.agreement
        self.fields["row_version"].initial = version.row_version
        if with_title:
            self.fields["title"] = forms.CharField(max_length=200, label="Title", initial=agreement.title)
        self.fields["marking"] = forms.ChoiceField(
            choices=Marking.choices, required=False, label="Marking", initial=version.marking,
            help_text="Stands at the head of every page. Only where the text itself holds controlled information.",
        )  # fmt: skip
        for row in consolidated.spec_of(agreement):
            field = _variable(row)
            field.initial = version.variables.get(row["key"])
            self.fields[f"variables.{row['key']}"] = field
            needed_later(self, f"variables.{row['key']}", when=row.get("required", True))
        for clause in version.clauses.all():
            self.fields[f"clause.{clause.clause_id}"] = forms.CharField(
                required=False, strip=False, label=clause.heading, initial=clause.text, help_text=clause.get_source_display(),
                widget=forms.Textarea(attrs={"rows": 6}),
            )  # fmt: skip
            needed_later(self, f"clause.{clause.clause_id}")
        self.fields.update(_new_clause(version))

    def sent(self, prefix: str) -> dict[str, Any]:
        """What was typed into the fields whose names begin so, without the prefix."""
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and name in self.data
        }


def _new_clause(version: AgreementVersion) -> dict[str, forms.Field]:
    """What a further clause is made of: one of the library in a wording of it, or heading and text of one's own."""
    rows = list(version.clauses.all())
    found = queries.addable(version, [row.clause_id for row in rows]).values()
    offered = [
        (f"{clause.key}:{key}", f"{clause.heading}: {what}")
        for clause in found
        for key, what in [("standard", "standard text"), *((a.key, a.when_to_use) for a in clause.alternatives.all())]
    ]
    places = [("", "At the end"), *((row.clause_id, f"After {row.heading}") for row in rows)]
    return {
        "arrange.library": forms.ChoiceField(
            choices=[("", "Our own clause"), *offered], required=False, label="Clause",
            help_text="Clauses of the library that this agreement does not have, and whose terms it has.",
        ),
        "arrange.heading": forms.CharField(
            max_length=120, required=False, label="Heading", help_text="Of your own clause only."
        ),
        "arrange.text": forms.CharField(
            required=False, strip=False, label="Text", help_text="Of your own clause only.",
            widget=forms.Textarea(attrs={"rows": 6}),
        ),
        "arrange.after": forms.ChoiceField(choices=places, required=False, label="Place"),
    }  # fmt: skip


class SeveralField(forms.MultipleChoiceField):
    """Several of a list, kept as the text in which they are printed."""

    def prepare_value(self, value: Any) -> Any:
        """The stored text as the boxes that are ticked."""
        return parts(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """The ticked boxes as the text."""
        return LISTED.join(super().clean(value))


def _variable(row: dict[str, Any]) -> forms.Field:
    # Counsel write the help; forms/field.html prints help as markup.
    common = {"required": False, "label": row["label"], "help_text": escape(row.get("help", ""))}
    if row["kind"] == "number":
        hints = {"inputmode": "numeric", "autocomplete": "off"}
        return forms.CharField(max_length=12, widget=forms.TextInput(attrs=hints), **common)
    if row["kind"] == "date":
        return forms.CharField(max_length=10, widget=forms.TextInput(attrs={"placeholder": "2026-12-31"}), **common)
    if row["kind"] == "choice":
        return forms.ChoiceField(choices=[("", "Choose"), *((c, c) for c in row["choices"])], **common)
    if row["kind"] == "choices":
        return SeveralField(choices=[(c, c) for c in row["choices"]], widget=forms.CheckboxSelectMultiple, **common)
    rows, most = (6, 20_000) if row["kind"] == "paragraph" else (2, 2000)
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **common)


class ClauseChoice(forms.Form):
    """Base of forms that may point at clauses of a version."""

    def __init__(self, *args: Any, version: AgreementVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = [(c.clause_id, c.heading) for c in version.clauses.all()]


class VerdictForm(ClauseChoice):
    """Concur, refuse, or return: one form with a button each."""

    text_hash = forms.CharField(widget=forms.HiddenInput)
    comment = forms.CharField(
        max_length=5000, required=False, label="Reason or remark", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed to refuse, and to return without a comment for all parties. All parties read it.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"] = forms.MultipleChoiceField(
            choices=self.clauses, required=False, label="Clauses it is about", widget=forms.CheckboxSelectMultiple
        )


class ClearanceForm(forms.Form):
    """The day by which concurrence is asked for."""

    answer_by = forms.DateField(
        label="Answer by", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Counsel of agencies that have not answered are reminded three days before. "
        "No answer is never concurrence: after the day the agreement waits, and all parties are told.",
    )  # fmt: skip


class WaysForm(forms.Form):
    """In which way the agencies concur."""

    order = forms.ChoiceField(
        label="Who is asked when", widget=forms.RadioSelect,
        choices=[("parallel", "All at once"), ("sequence", "One after the other, in signing order")],
    )  # fmt: skip
    blind = forms.BooleanField(
        required=False,
        label="Keep each answer sealed until all are in",
        help_text="Until then the other agencies and the developer read how many have answered, and nothing else.",
    )


class SignForm(forms.Form):
    """The signature: what was shown, that it is meant, and the name."""

    shown_sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(required=False, label="I have read the agreement and mean to sign it.")
    typed_name = forms.CharField(
        max_length=150, label="Your full name", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ReasonForm(forms.Form):
    """A reason that all parties will read."""

    reason = forms.CharField(max_length=5000, label="Reason", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed


class AuthorityForm(forms.Form):
    """A written delegation, as it stands on the paper."""

    number = forms.CharField(max_length=60, label="Number")
    title = forms.CharField(max_length=200, label="Title")
    source = forms.CharField(
        max_length=200, label="Rests on", required=False, help_text="Statute, order or resolution."
    )
    granted_by = forms.CharField(
        max_length=200, label="Granted by", required=False, help_text="Name and post, as they stand on the paper."
    )
    holder = forms.ModelChoiceField(User.objects.none(), label="Holder", empty_label=None)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Or the post to which it is given", required=False,
        empty_label="No post: it is given to the person above",
        help_text="Whoever holds the post at the instant of signing signs on it.",
    )  # fmt: skip
    acting_may_sign = forms.BooleanField(label="Whoever acts in the post signs on it too", required=False, initial=True)
    parent = forms.ModelChoiceField(
        SignatureAuthority.objects.none(), label="Delegated further from", required=False,
        empty_label="Nothing: it is a first delegation", help_text="Only those that may be delegated further are listed.",
    )  # fmt: skip
    instruments = forms.MultipleChoiceField(
        choices=Instrument.choices, label="Covers", widget=forms.CheckboxSelectMultiple
    )
    amendments = forms.BooleanField(label="It covers amendments too", required=False, initial=True)
    may_redelegate = forms.BooleanField(label="The holder may delegate it further", required=False)
    valid_from = UtcDateTimeField(label="Valid from (UTC)", help_text="For example 2026-11-24 00:00.")
    valid_until = UtcDateTimeField(label="Valid until (UTC)", required=False)
    barred_clauses = forms.MultipleChoiceField(
        label="Clauses it may not bind", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="An agreement with one of these is signed on another delegation.",
    )  # fmt: skip
    document = forms.FileField(
        label="The written delegation (PDF)", required=False, help_text="Read by your organisation and oversight only.",
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signatories = User.objects.filter(pk__in=[person.pk for person in holders(organisation, "signatory")])
        parents = SignatureAuthority.objects.filter(
            organisation=organisation, may_redelegate=True, revoked_at__isnull=True
        )
        posts = delegations.live_posts(organisation)
        if posts.exists():
            self.fields["holder"].required = False
            self.fields["holder"].empty_label = "Nobody by name: it is given to a post"  # type: ignore[attr-defined]  # as below
            self.fields["post"].queryset = posts  # type: ignore[attr-defined]  # as below
        else:
            del self.fields["post"], self.fields["acting_may_sign"]
        self.fields["holder"].queryset = signatories.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["parent"].queryset = parents.order_by("-created_at")  # type: ignore[attr-defined]  # as above
        self.fields["barred_clauses"].choices = clauses  # type: ignore[attr-defined]  # a MultipleChoiceField

    def clean_document(self) -> bytes:
        """The bytes; empty when nothing was chosen."""
        file = self.cleaned_data["document"]
        return file.read() if file else b""


class AccessForm(forms.Form):
    """Whom to give access, until when, and why."""

    person = forms.ChoiceField(label="Outside counsel")
    until = forms.DateField(
        label="Until", help_text="The last day on which they can read it.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    reason = forms.CharField(max_length=300, label="Why", help_text="For example: negotiates the terms for us.")

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(p.pk), p.name) for p in people]  # type: ignore[attr-defined]  # a ChoiceField
