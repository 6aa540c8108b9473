"""Forms of the assignment's pages."""

from __future__ import annotations

from django import forms


class ReasonForm(forms.Form):
    """A reason that the other side reads."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), label="Reason")


class AttestForm(forms.Form):
    """An evaluator's statement."""

    consented = forms.BooleanField(label="I make this statement", required=False)
    typed_name = forms.CharField(max_length=150, label="Type your full name")


class RulesForm(forms.Form):
    """Rules of engagement."""

    targets = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="What will be tested")
    plan = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), label="Test plan",
        help_text="What is run, in which order, how many attempts and tokens, by how many people. Name a held-out suite by its kind.",
    )  # fmt: skip
    egress = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Addresses that the test reaches")
    stop_conditions = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="When the test stops")
