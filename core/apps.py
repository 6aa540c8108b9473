"""core as a Django application: it only brings template tags, the form renderer and the words of forms."""

from django import forms
from django.apps import AppConfig

# Django says "This field is required." of everything; these say what to do, after the field's label in the summary.
ASKED = {
    forms.Field: "Fill this in.",
    forms.ChoiceField: "Choose one.",
    forms.MultipleChoiceField: "Choose at least one.",
    forms.ModelChoiceField: "Choose one.",
    forms.ModelMultipleChoiceField: "Choose at least one.",
    forms.BooleanField: "Tick the box to go on.",
    forms.FileField: "Choose a file.",
}


class CoreConfig(AppConfig):
    """No models, no business nouns."""

    name = "core"

    def ready(self) -> None:
        """Django gathers these along the classes when a field is made."""
        for field, sentence in ASKED.items():
            own = vars(field).get("default_error_messages", {})
            field.default_error_messages = {**own, "required": sentence}  # type: ignore[attr-defined]  # a class attribute
