"""Forms around a signature. Rules live in the actions; forms only read what was typed."""

from __future__ import annotations

from typing import Any

from django import forms

from agreements.models import SignatureAuthority


class ReassignForm(forms.Form):
    """Whose delegation is used instead, and why."""

    authority = forms.ChoiceField(label="Who signs instead", widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=500, label="Why", help_text="All parties read it. For example: on leave until 14 December.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, others: list[SignatureAuthority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(other.pk): other for other in others}
        self.fields["authority"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, ", ".join(filter(None, (other.holder.name, other.holder.post, f"under {other.basis}"))))
            for key, other in self.others.items()
        ]

    def clean_authority(self) -> SignatureAuthority:
        """The delegation itself."""
        return self.others[self.cleaned_data["authority"]]
