"""Forms of the pages of findings."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.domains import RiskDomain
from evaluations.models import SEVERITY_SCALE, EvaluationAssignment, EvaluationRun, Finding

SEVERITIES = [(s.value, f"{s.label}: {SEVERITY_SCALE[s.value]}") for s in Finding.Severity]


class FindingForm(forms.Form):
    """What an evaluator writes. `row_version` is that of the text that was opened."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(max_length=200, label="Title", help_text="One line; the developer reads it first.")
    severity = forms.ChoiceField(
        label="Severity", choices=SEVERITIES, widget=forms.RadioSelect,
        help_text="Of what was found, for the variant that was tested. It says nothing about a release.",
    )  # fmt: skip
    domain = forms.ChoiceField(label="Domain")
    text = forms.CharField(
        label="What was found", max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="So that the developer can follow it. No exploit code that works as it stands: point to the run.",
    )  # fmt: skip
    mitigation = forms.CharField(
        label="Advice on mitigation", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    run = forms.ChoiceField(
        label="Run that it rests on", required=False,
        help_text="The developer reads its shared copy, never the run itself; a run that is not shared stays unnamed.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, assignment: EvaluationAssignment, runs: dict[str, str], missing: dict[str, str], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, sentence in missing.items():
            self.fields[name].error_messages["required"] = sentence
        domain: Any = self.fields["domain"]
        domains = [(d, str(RiskDomain(d).label)) for d in assignment.domains]
        domain.choices = domains if len(domains) == 1 else [("", "Choose one"), *domains]
        run: Any = self.fields["run"]
        run.choices = [("", "None in particular"), *runs.items()]

    def said(self) -> dict[str, Any]:
        """What the action takes, with the run as a row."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "row_version"}
        chosen = typed.pop("run")
        return {**typed, "run": EvaluationRun.objects.get(pk=chosen) if chosen else None}

    def in_words(self, texts: Any) -> list[tuple[str, str]]:
        """Label and value of each field of a saved text, as people read them."""
        found = []
        for name, value in texts.items():
            field: Any = self.fields[name]
            found.append((str(field.label), str(dict(getattr(field, "choices", ())).get(value, value))))
        return found


class SayForm(forms.Form):
    """What is said with a move or as a comment; `asked` is the sentence when it must not be empty."""

    text = forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, label: str, asked: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.required = label, bool(asked)
        field.error_messages["required"] = asked


class CommentForm(SayForm):
    """A comment, and where a flaw in the world's software is handled, if the finding concerns one."""

    software_report = forms.CharField(
        label="Reported as (if it concerns the world’s software)", max_length=60, required=False,
        help_text="The reference under which a clearinghouse or a coordinator handles the flaw, such as a CVE or a case number. "
        "The details belong there, not here.",
    )  # fmt: skip


class RetestForm(SayForm):
    """The same with the run that the retest was, if it was one."""

    run = forms.ChoiceField(
        label="Run that the retest was", required=False,
        help_text="The developer reads its shared copy, never the run itself; a run that is not shared stays unnamed.",
    )  # fmt: skip

    def __init__(self, *args: Any, runs: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        run: Any = self.fields["run"]
        run.choices = [("", "No run, or none of these"), *runs.items()]


class DiscardForm(forms.Form):
    """The reference, typed: nothing brings a discarded draft back."""

    typed = forms.CharField(max_length=20, label="Type the finding’s reference")
