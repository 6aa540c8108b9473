"""Forms of trusted partners: nomination, vetting, consent, the reason of a denial, the signed terms."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organisation
from core.forms import needed_later
from early_access.forms import DateInput, SeenForm, TextForm, seen_by_hint
from early_access.models import VETTING, TrustedPartner, TrustedPartnerNomination

BOTH_SIDES = "The developer and the agency that is named; no other agency and no other developer"


class NominationForm(SeenForm):
    """Whom, for what, from when."""

    seen_by = BOTH_SIDES
    agency = forms.ChoiceField(label="Agency that decides with the developer")
    name = forms.CharField(
        label="Organisation", max_length=120, error_messages={"required": "Give the organisation's name."}
    )
    kind = forms.ChoiceField(
        label="Kind", choices=TrustedPartner.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of organisation it is."},
    )  # fmt: skip
    country = forms.CharField(
        label="Established in", max_length=60, error_messages={"required": "Say where it is established."}
    )
    purpose = forms.ChoiceField(
        label="What it would use the model for", choices=TrustedPartnerNomination.Purpose.choices,
        widget=forms.RadioSelect, error_messages={"required": "Choose what it would use the model for."},
    )  # fmt: skip
    why = forms.CharField(
        label="Why before the release", max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it needs access before the release."},
    )  # fmt: skip
    access_from = forms.DateField(
        label="Access from", widget=DateInput(), help_text="The planned release to trusted partners or a later day.",
        error_messages={"required": "Enter the day from which the partner would have access."},
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [(str(a.slug), a.name) for a in agencies]  # type: ignore[attr-defined]  # a ChoiceField
        if len(agencies) == 1:
            del self.fields["agency"]


class VettingForm(SeenForm):
    """The checks, and on what they rest."""

    seen_by = BOTH_SIDES
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Open"), *TrustedPartnerNomination.Check.choices]
        for name, label in VETTING.items():
            seen = seen_by_hint("", BOTH_SIDES)
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, help_text=seen)
        self.fields["note"] = forms.CharField(
            label="On what this rests", widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=4000,
            help_text=seen_by_hint("Unclassified. What was read or asked, and when.", BOTH_SIDES),
        )  # fmt: skip
        needed_later(self, *VETTING)

    def checks(self) -> dict[str, str]:
        """Name → outcome."""
        return {name: self.cleaned_data[name] for name in VETTING}


class PartnerConsentForm(forms.Form):
    """Consent is ticked, not only pressed, and names what it is given to."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    consent = forms.BooleanField(
        label="We consent to this partner, as it was vetted. It is voluntary, and we can take it back at any time.",
        error_messages={"required": "Tick this to consent, or go back: without it nothing is given."},
    )  # fmt: skip


class DenialForm(SeenForm):
    """Why one's side does not agree."""

    seen_by = BOTH_SIDES
    denial = forms.ChoiceField(
        label="Reason", choices=TrustedPartnerNomination.Denial.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason from the list."},
    )  # fmt: skip
    reason = forms.CharField(
        label="In words", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        error_messages={"required": "Write the reason: the other side reads it."},
    )  # fmt: skip


class TermsForm(SeenForm):
    """Under which agreement, and when the partner signed."""

    seen_by = BOTH_SIDES
    agreement = forms.ChoiceField(
        label="Agreement in force", error_messages={"required": "Choose an agreement in force between both sides."}
    )
    signed_on = forms.DateField(
        label="Day on which the partner signed", widget=DateInput(),
        error_messages={"required": "Give the day on which the partner signed."},
    )  # fmt: skip

    def __init__(self, *args: Any, agreements: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = [("", "Choose"), *agreements]  # type: ignore[attr-defined]  # a ChoiceField


def reason_form(data: Any, *, optional: bool) -> TextForm:
    """One text: why."""
    label = "Reason, if you want to give one" if optional else "Reason"
    form = TextForm(data, label=label, optional=optional, seen_by=BOTH_SIDES)
    form.fields["text"].max_length = 4000  # type: ignore[attr-defined]  # a CharField
    return form
