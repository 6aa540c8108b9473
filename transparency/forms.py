"""Forms of the public pages."""

from __future__ import annotations

import re

from django import forms

MIB = 1024 * 1024
LARGEST = 32 * MIB


class HashForm(forms.Form):
    """A SHA-256 as tools print it: 64 hexadecimal digits, in any case, with or without spaces and the file's name."""

    sha256 = forms.CharField(
        label="SHA-256 of the file", max_length=400,
        help_text="64 characters, such as those that sha256sum prints. The file itself is not needed.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "usa-input c-mono"}),
    )  # fmt: skip

    def clean_sha256(self) -> str:
        """The digits alone; a sentence when they are not 64."""
        said = str(self.cleaned_data["sha256"]).strip().lower()
        found = re.search(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", said) or re.fullmatch(
            r"[0-9a-f]{64}", re.sub(r"[\s:]", "", said)
        )
        if found is None:
            raise forms.ValidationError(
                "This is not a SHA-256: it has 64 characters, digits and the letters a to f. Compute it as described below."
            )
        return found.group(0)


class CopyForm(forms.Form):
    """A copy of an executed agreement."""

    file = forms.FileField(
        label="The copy (PDF)", widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text="It is read once, in a process without rights, and not kept.",
    )  # fmt: skip

    def clean_file(self) -> bytes:
        """The bytes; a sentence for what is no PDF, or larger than any copy."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(
                f"This file is larger than {LARGEST // MIB} MB, and no copy of an agreement is."
            )
        content: bytes = sent.read()
        if not content.startswith(b"%PDF-"):
            raise forms.ValidationError("This is not a PDF. Choose the copy as it was downloaded.")
        return content
