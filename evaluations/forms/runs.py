"""Forms of the pages of runs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from agencies.domains import RiskDomain
from evaluations.models import Baseline, EvaluationAssignment


class UploadForm(forms.Form):
    """A log and what Concord cannot read from it. The file comes last, so that everything else stands before it."""

    domain = forms.ChoiceField(label="Domain")
    variant = forms.ChoiceField(label="Variant that was tested")
    restricted = forms.BooleanField(
        required=False, label="The suite is held out",
        help_text="The developer will read “Held-out suite”, never its name, version or scorers.",
    )  # fmt: skip
    reason_for_import = forms.CharField(
        required=False, label="Reason for importing it", widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when the file names another model than submitted, or none, or is from outside the window.",
    )  # fmt: skip
    file = forms.FileField(
        label="File", help_text="A log of Inspect or a summary of one, Every Eval Ever, SARIF 2.1.0 or a table made from a template.",
        widget=forms.ClearableFileInput(attrs={"accept": ".eval,.json,.sarif,.csv"}),
    )  # fmt: skip

    def __init__(self, *args: Any, assignment: EvaluationAssignment, variants: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("domain", {d: str(RiskDomain(d).label) for d in assignment.domains})
        self._choices("variant", variants)

    def _choices(self, name: str, choices: dict[str, str]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices.items()) if len(choices) == 1 else [("", "Choose one"), *choices.items()]

    def without_file(self, sentence: str) -> None:
        """Say this at the file and nothing at the other fields: the body of the request was not read."""
        for field in self.fields.values():
            field.required = False
        self.fields["file"].required = True
        self.fields["file"].error_messages["required"] = sentence
        self.data, self.files, self.is_bound = {}, MultiValueDict(), True


def _words(label: str, help_text: str = "", *, rows: int = 0, most: int | None = None) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(required=False, label=label, help_text=help_text, max_length=most, widget=widget)


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(required=False, label=label, help_text=help_text, min_value=0, max_value=2_000_000_000)


class RunNotesForm(forms.Form):
    """What no log says of a run. Everything may stay empty."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    scaffold = _words("Scaffold", "Name and version of the agent around the model.", most=200)
    scaffold_tools = _words("Its tools", most=300)
    prompt_sha256 = _words("System prompt (SHA-256)", "Its hash, never its text.", most=64)
    elicitation = _words(
        "Elicitation", "How the model was brought to do its best: prompts, fine-tuning, retries.", rows=4
    )
    attempts_k = forms.IntegerField(
        required=False, label="Best of so many attempts", help_text="For pass@k.", min_value=1, max_value=30_000
    )
    n_refused = _number("Attempts refused by the model", "They count as not solved; say how many they are.")
    awareness = _words("Signs that it knew it was tested", rows=3)
    cheating_rate = forms.FloatField(
        required=False,
        label="Attempts in which it cheated, 0 to 1",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    cheating_found = _words("How cheating was looked for", rows=3)
    transcripts_read = _number("Transcripts that were read")
    transcripts_by = _words("Read by", "Such as two evaluators, or which judge model.", most=200)
    transcripts_method = _words("How they were chosen and read", rows=3)
    cost_usd = forms.DecimalField(
        required=False, label="Cost in US dollars", max_digits=12, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip


class BaselineForm(forms.Form):
    """What an estimate is compared with."""

    result = forms.ChoiceField(label="Estimate")
    kind = forms.ChoiceField(label="Compared with", choices=Baseline.Kind.choices)
    name = forms.CharField(max_length=150, label="Name", help_text="A public model, or who was asked.")
    estimate = forms.FloatField(label="Share solved, 0 to 1", widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    n = forms.IntegerField(label="Items", min_value=1, required=False)
    same_conditions = forms.CharField(max_length=300, label="Same conditions?", help_text="Yes, or what differs.")
    source = forms.CharField(max_length=300, label="Source")

    def __init__(self, *args: Any, results: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["result"]
        field.choices = list(results.items())
