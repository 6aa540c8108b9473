"""Forms made from the table of sections, and the few small ones of single steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Organisation, User
from core.forms import UtcDateTimeField, needed_later
from developers.models import FrontierModel, ModelCheckpoint, ModelVariant
from early_access import keys
from early_access.models import BlockedTime, EarlyAccessRequest, PinnedState
from early_access.rules.sections import BY_NAME, NOBODY, Field, Section, asked


class DateInput(forms.DateInput):
    """The browser's own date field; its value stays year-month-day."""

    input_type = "date"


def _rows(name: str, request: EarlyAccessRequest, user: User) -> list[tuple[str, str]]:
    """Choices of rows, only ones that this person may see and this developer owns."""
    if name == "agencies":
        agencies = Organisation.objects.filter(kind="agency").order_by("name")
        return [(str(a.slug), a.name) for a in agencies]
    model = FrontierModel if name == "model" else ModelCheckpoint
    rows = model._default_manager.visible_to(user).filter(developer=request.developer_id)  # type: ignore[attr-defined]  # VisibleManager
    if name == "checkpoint":
        return [(str(r.pk), f"{r.model.codename}: {r.label}") for r in rows.select_related("model")]
    return [(str(r.pk), str(r)) for r in rows]


RECEIVERS = "The agencies that read this request, at once"
READERS = "The developer and every agency that reads this request"
BOTH = "Your own agency and the developer"


def seen_by_hint(hint: str, *readers: str) -> SafeString:
    """A hint, and who reads the field; nobody named means the own organisation only."""
    named = [reader for reader in readers if reader]
    return format_html("{}{}", hint, render_to_string("components/visible_to.html", {"readers": named}))


def _build(spec: Field, choices: list[tuple[str, str]]) -> forms.Field:
    """The form field of one field of the table; gaps are allowed, since drafts are saved."""
    seen = seen_by_hint(spec.hint, spec.visible_to)
    common: dict[str, Any] = {"label": spec.label, "required": False, "help_text": seen}
    if spec.kind in ("many", "rows"):
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if spec.kind in ("choice", "row"):
        return forms.ChoiceField(choices=[("", "Choose"), *choices], **common)
    if spec.kind == "bool":
        return forms.BooleanField(**common)
    widgets: dict[str, forms.Widget] = {
        "long": forms.Textarea(attrs={"rows": 4}),
        "date": DateInput(),
        "int": forms.NumberInput(attrs={"min": 0}),
        "money": forms.TextInput(attrs={"inputmode": "decimal"}),
        "email": forms.EmailInput(),
        "secret": forms.PasswordInput(attrs={"autocomplete": "off"}),
    }
    return forms.CharField(widget=widgets.get(spec.kind, forms.TextInput()), strip=True, **common)


class SeenForm(forms.Form):
    """A form that says beside every field who will read it: `seen_by`, or what the page says instead."""

    seen_by = READERS

    def __init__(self, *args: Any, seen_by: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.help_text = seen_by_hint(str(field.help_text), seen_by or self.seen_by)


class OwnerForm(SeenForm):
    """Who of the developer's people has a section."""

    seen_by = ""  # one's own organisation only
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    person = forms.ChoiceField(label="Who fills it", required=False)

    def __init__(self, *args: Any, people: list[User], me: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), f"{one.name} (you)" if one == me else one.name) for one in people]
        self.fields["person"].choices = [*named, ("", "Nobody")]  # type: ignore[attr-defined]  # of a ChoiceField
        needed_later(self, "person")


class WordsForm(SeenForm):
    """A question to a colleague, or the answer."""

    seen_by = ""
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=400)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        needed_later(self, "text")


class SectionForm(forms.Form):
    """One section. The action reads and checks the values; this form only draws them."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, section: Section, request: EarlyAccessRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered, opened = keys.offered(request), list[str]()
        for spec in asked(section, str((self.data if self.is_bound else self.initial).get("method") or "")):
            if spec.variant and (len(offered) < 2 or spec.variant not in offered):
                continue
            choices = [(str(key), label) for key, label in spec.choices]
            if spec.kind in ("row", "rows"):
                choices = _rows("agencies" if spec.kind == "rows" else spec.name, request, user)
            self.fields[spec.name] = _build(spec, choices)
            needed_later(self, spec.name, when=spec.required)
            if spec.opens and spec.opens not in opened:
                opened.append(spec.opens)
                self.fields[spec.name].opens = spec.opens  # type: ignore[attr-defined]  # read by forms/form.html

    def typed(self) -> dict[str, Any]:
        """The values as the action takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "row_version"}


class TextForm(SeenForm):
    """One text: a question, an answer, a reason."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), required=False)

    def __init__(self, *args: Any, label: str, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        needed_later(self, "text", when=not optional)


class KeyForm(SeenForm):
    """Another access key, for the one that was there when the page was opened."""

    seen_by = "Your own organisation, and the agencies that the key is sealed for"
    replaces = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    base_url = forms.CharField(
        label="Base URL, if it differs from the access specification", max_length=300, required=False
    )
    model_name = forms.CharField(
        label="Model name string, if it differs from the access specification", max_length=120, required=False
    )
    secret = forms.CharField(
        label="The new key", widget=forms.PasswordInput(attrs={"autocomplete": "off"}), max_length=4000,
        help_text="It is sealed for each agency before anything is stored, and cannot be shown again.",
    )  # fmt: skip
    expires_on = forms.DateField(
        widget=DateInput(), label="Ends on", required=False, help_text="You are told seven days and one day before."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secret"].help_text = seen_by_hint(str(self.base_fields["secret"].help_text), NOBODY)


class ScheduleForm(SeenForm):
    """First and last day."""

    starts_on = forms.DateField(widget=DateInput(), label="First day")
    ends_on = forms.DateField(widget=DateInput(), label="Last day")


class ChangeForm(forms.Form):
    """What is served now, beginning with what is pinned: whatever is typed otherwise has moved."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    sentence = forms.CharField(label="What moved, in a sentence", max_length=400, required=False)
    since = UtcDateTimeField(label="Since when (UTC)", required=False)
    checkpoint = forms.ChoiceField(label="Checkpoint that is served")
    variants = forms.MultipleChoiceField(
        label="Variants that are served", choices=ModelVariant.Kind.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, pinned: PinnedState, request: EarlyAccessRequest, user: User, **kwargs: Any) -> None:
        method = pinned.specification.method  # which stays as it was accepted
        specs = [spec for spec in asked(BY_NAME["access"], method) if spec.name != "method"]
        self.access = tuple(spec.name for spec in specs)
        kept = {name: getattr(pinned.specification, name) for name in self.access}
        first = {"seen": pinned.number, "checkpoint": str(pinned.checkpoint_id), "variants": pinned.variants}
        super().__init__(*args, **kwargs)
        self.initial = {**kept, **first}
        rows = ModelCheckpoint.objects.visible_to(user).filter(model=request.model_id, developer=request.developer_id)
        self.fields["checkpoint"].choices = [(str(row.pk), row.label) for row in rows.order_by("-created_at")]  # type: ignore[attr-defined]
        hints = {
            "since": "For example 2026-11-24 09:30. Empty: now.",
            "variants": "Those registered for the checkpoint.",
        }
        for name in ("sentence", "since", "checkpoint", "variants"):
            self.fields[name].help_text = seen_by_hint(hints.get(name, ""), RECEIVERS)
            needed_later(self, name, when=name != "since")
        for spec in specs:
            choices = [(str(key), label) for key, label in spec.choices]
            self.fields[spec.name] = _build(replace(spec, visible_to=RECEIVERS), choices)

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        data = self.cleaned_data
        access = {name: data[name] for name in self.access}
        plain = {name: data[name] for name in ("seen", "sentence", "since", "variants")}
        return {**plain, "checkpoint": UUID(data["checkpoint"]), "access": access}


class BlockedForm(SeenForm):
    """From when to when testing was blocked, and why. For whom and whose systems: only where there is something to choose."""

    agency = forms.ChoiceField(label="Reported for")
    cause = forms.ChoiceField(
        label="What did not work", choices=BlockedTime.Cause.choices, widget=forms.RadioSelect,
        error_messages={"required": "Say what did not work."},
    )  # fmt: skip
    began_at = UtcDateTimeField(
        label="Blocked from (UTC)", help_text="For example 2026-11-24 09:30.",
        error_messages={"required": "Give the time from which testing was blocked, in UTC."},
    )  # fmt: skip
    ended_at = UtcDateTimeField(
        label="Until (UTC)",
        required=False,
        help_text="Leave it empty while it goes on; end the report when it is over.",
    )
    why = forms.CharField(
        label="Why", max_length=400, help_text="The other side reads it. Never a key or a password.",
        error_messages={"required": "Say what did not work: the other side reads it."},
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, seen_by=BOTH if agencies else READERS, **kwargs)
        self.fields["agency"].choices = [(str(a.slug), a.name) for a in agencies]  # type: ignore[attr-defined]
        if not agencies:
            del self.fields["agency"], self.fields["cause"]
        elif len(agencies) == 1:
            del self.fields["agency"]


class CorrectionForm(SeenForm):
    """A report of blocked time as it should read, and what was wrong with it."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    began_at = UtcDateTimeField(label="Blocked from (UTC)")
    ended_at = UtcDateTimeField(label="Until (UTC)", required=False, help_text="Leave it empty while it goes on.")
    why = forms.CharField(label="Why", max_length=400)
    correction = forms.CharField(
        label="What was wrong", max_length=400, help_text="The other side reads it beside the report.",
        error_messages={"required": "Say what was wrong with the report: the other side reads it."},
    )  # fmt: skip
    strike = forms.BooleanField(
        label="Strike the report: testing was not blocked", required=False,
        help_text="It stays readable and counts no more.",
    )  # fmt: skip


class ExtensionForm(SeenForm):
    """A later last day, and what the time is for."""

    ends_on = forms.DateField(widget=DateInput(), label="New last day")
    why = forms.CharField(
        label="What the time is for", max_length=400, help_text="The other side, and every agency of the request, reads it.",
        error_messages={"required": "Say what the time is for: the other side decides by it."},
    )  # fmt: skip


class ConsentForm(forms.Form):
    """Consent is ticked, not only pressed."""

    consent = forms.BooleanField(
        label="We consent to the later last day. It is voluntary.",
        error_messages={"required": "Tick this to consent, or go back: without it the dates stay."},
    )  # fmt: skip


class ReleaseForm(SeenForm):
    """The developer's release notice."""

    seen_by = "Your own organisation; once it is issued, every agency that reads this request"

    release_on = forms.DateField(widget=DateInput(), label="Day of release")
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), required=False, label="Rationale")
