"""Forms of the organisation's pages."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.actions import TOKEN_DAYS
from accounts.models import ApiToken, Organisation, User
from accounts.roles import ROLES
from core.forms import printable


class RolesField(forms.MultipleChoiceField):
    """Roles that exist on this organisation's side, each with what it does."""

    def __init__(self, organisation: Organisation, **kwargs: Any) -> None:
        choices = [(r.name, f"{r.label}: {r.does}") for r in ROLES.values() if organisation.kind in r.sides]
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, label="Roles", **kwargs)


class InviteForm(forms.Form):
    """Invite one person."""

    email = forms.EmailField(label="E-mail address")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = RolesField(organisation)


class RolesForm(forms.Form):
    """Change one person's roles."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = RolesField(organisation)


class AcceptForm(forms.Form):
    """Take up an invitation."""

    name = forms.CharField(
        max_length=150, label="Full name", help_text="As it should stand under a signature.", validators=[printable]
    )
    post = forms.CharField(max_length=150, label="Job title", required=False, validators=[printable])
    password = forms.CharField(
        widget=forms.PasswordInput, label="Password", help_text="At least 15 characters.", strip=False
    )

    def clean_password(self) -> str:
        """The installation's password rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class JoinForm(forms.Form):
    """Take up an invitation as somebody who has an account already: nothing to fill in."""


class TokenForm(forms.Form):
    """Issue an API token."""

    name = forms.CharField(max_length=80, label="What is it for?", help_text="For example: nightly import of findings.")
    scope = forms.ChoiceField(choices=ApiToken.Scope.choices, widget=forms.RadioSelect, label="What may it do?")
    days = forms.TypedChoiceField(
        choices=[(d, f"{d} days") for d in TOKEN_DAYS], coerce=int, initial=90, label="How long does it work?"
    )


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "post"):
            self.fields[name].validators.append(printable)

    time_zone = forms.ChoiceField(
        choices=[(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())],
        label="Time zone",
        help_text="Times are shown in this zone, with its name. Windows and days that agreements name are days in UTC.",
    )

    class Meta:
        model = User
        fields = ["name", "post", "time_zone", "keyboard_shortcuts"]
        labels = {"name": "Full name", "post": "Job title", "keyboard_shortcuts": "Keyboard shortcuts"}
        help_texts = {
            "name": "As it should stand under a signature.",
            "post": "",
            "keyboard_shortcuts": "/ search, ? help, j k o in lists. Single letters can get in the way of speech input.",
        }
