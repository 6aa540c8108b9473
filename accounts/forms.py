"""Forms of the organisation's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import Organisation, User
from accounts.roles import ROLES


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

    name = forms.CharField(max_length=150, label="Full name", help_text="As it should stand under a signature.")
    post = forms.CharField(max_length=150, label="Job title", required=False)
    password = forms.CharField(
        widget=forms.PasswordInput, label="Password", help_text="At least 15 characters.", strip=False
    )

    def clean_password(self) -> str:
        """The installation's password rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves."""

    class Meta:
        model = User
        fields = ["name", "post", "time_zone", "keyboard_shortcuts"]
        labels = {"post": "Job title", "keyboard_shortcuts": "Keyboard shortcuts (/ search, ? help, j k o in lists)"}
