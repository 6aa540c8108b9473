"""Bridges between forms and the rules: problems found by an action become errors at their fields."""

from __future__ import annotations

from django import forms

from core.decisions import Invalid


def add_problems(form: forms.BaseForm, invalid: Invalid) -> None:
    """Put each problem at its field, or at the top of the form when it names none of them."""
    for problem in invalid.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
