"""Forms of posts and of who holds them. Rules live in the actions; forms only read what was typed."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organisation, User
from accounts.queries import holders
from core.forms import UtcDateTimeField


class PostForm(forms.Form):
    """A new post."""

    title = forms.CharField(
        max_length=150,
        label="Title of the post",
        help_text="As it should stand under a signature. It is not changed later.",
    )
    source = forms.CharField(
        max_length=200, label="Rests on", required=False, help_text="The statute, order or by-law that made it."
    )


class IncumbencyForm(forms.Form):
    """Who holds a post, as it stands on the appointing paper."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Who holds it", empty_label=None, help_text="Signatories of your organisation."
    )
    acting = forms.BooleanField(
        label="They act in it",
        required=False,
        help_text="While it is vacant or its incumbent is away; 210 days at most.",
    )
    begins_at = UtcDateTimeField(label="From (UTC)", help_text="For example 2026-11-24 00:00.")
    ends_at = UtcDateTimeField(
        label="Until (UTC)",
        required=False,
        help_text="Whoever acts needs an end. Empty for an incumbent: until further notice.",
    )
    source = forms.CharField(max_length=200, label="Appointing paper", help_text="Its number and title.")
    document = forms.FileField(
        label="The appointing paper (PDF)", required=False, help_text="Read by your organisation and oversight only.",
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, without: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = {person.pk for person in holders(organisation, "signatory")} - {without.pk}
        self.fields["person"].queryset = User.objects.filter(pk__in=keys).order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_document(self) -> bytes:
        """The bytes; empty when nothing was chosen."""
        file = self.cleaned_data["document"]
        return file.read() if file else b""


class EndIncumbencyForm(forms.Form):
    """When somebody's time in a post ends, and why."""

    ends_at = UtcDateTimeField(label="Ends (UTC)", required=False, help_text="Empty: now.")
    reason = forms.CharField(max_length=500, label="Reason", widget=forms.Textarea(attrs={"rows": 3}))
