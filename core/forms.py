"""Bridges between forms and the rules: problems found by an action become errors at their fields, and what more than one room
asks of a field."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django import forms
from django.utils import timezone

from core import typesetting
from core.decisions import Invalid


def add_problems(form: forms.BaseForm, invalid: Invalid) -> None:
    """Put each problem at its field, or at the top of the form when it names none of them."""
    for problem in invalid.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)


def printable(text: str) -> None:
    """A validator of names that stand under signatures and in reports: refused where they are typed, not when a file is made."""
    if wrong := typesetting.unprintable(text):
        raise forms.ValidationError(
            f"Agreements and reports cannot print these characters: {' '.join(wrong)}. Write it in letters that they can "
            "(Latin with any accents, Greek, Cyrillic, Hebrew, Arabic), as in a passport."
        )


def needed_later(form: forms.BaseForm, *names: str, when: bool = True) -> None:
    """Do not call these fields optional: they may be empty now, and the action says when they may not any more."""
    for name in names:
        form.fields[name].needed_later = when  # type: ignore[attr-defined]  # read by forms/field.html


class UtcDateTimeField(forms.DateTimeField):
    """An instant typed in UTC, whatever time zone the person reads other times in. The label has to say so."""

    def to_python(self, value: Any) -> Any:
        """As Django, in UTC."""
        with timezone.override(UTC):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """As Django, in UTC."""
        with timezone.override(UTC):
            return super().prepare_value(value)
