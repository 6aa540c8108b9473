"""Forms around a signature. Rules live in the actions; forms only read what was typed."""

from __future__ import annotations

from typing import Any

from django import forms

from agreements import devices
from agreements.actions.own_certificates import LARGEST
from agreements.delegations import Bearer
from agreements.forms import SignForm
from agreements.models import OwnCertificate
from agreements.pdf.accepting import MOST_ADDED


class ReassignForm(forms.Form):
    """Whose delegation is used instead, and why."""

    authority = forms.ChoiceField(label="Who signs instead", widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=500, label="Why", help_text="All parties read it. For example: on leave until 14 December.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, others: list[Bearer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {other.key: other for other in others}
        self.fields["authority"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, ", ".join(filter(None, (other.person.name, other.capacity, f"under {other.on_authority}"))))
            for key, other in self.others.items()
        ]

    def clean_authority(self) -> Bearer:
        """Who signs, on which delegation."""
        return self.others[self.cleaned_data["authority"]]


class CertificateForm(forms.Form):
    """A certificate without its key."""

    certificate = forms.FileField(
        label="Your certificate (.pem, .crt or .cer)",
        help_text="Exported without the private key; at best with the certificates above it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pem,.crt,.cer,.der"}),
    )  # fmt: skip
    key_at = forms.ChoiceField(
        label="Where its key lies", choices=OwnCertificate.KeyAt.choices, initial=OwnCertificate.KeyAt.CARD,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if devices.configured() is None:
            del self.fields["key_at"]

    def clean_certificate(self) -> bytes:
        """The bytes, as far as anything of them is read."""
        content: bytes = self.cleaned_data["certificate"].read(LARGEST + 1)
        return content


class SignedFileForm(SignForm):
    """What came back from the PDF program, with all that a signature made here says."""

    upload = forms.FileField(
        label="The file that your program saved (PDF)", widget=forms.ClearableFileInput(attrs={"accept": ".pdf"})
    )
    field_order = ("shown_sha256", "upload", "agreed", "typed_name")

    def __init__(self, *args: Any, issued: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = issued + MOST_ADDED + 1  # what is longer is refused for its length

    def clean_upload(self) -> bytes:
        """The bytes, as far as anything of them is read."""
        content: bytes = self.cleaned_data["upload"].read(self.most)
        return content
