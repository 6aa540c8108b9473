"""The forms with which a developer states a result of its own, and takes one back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing

from core.forms import needed_later
from developers.models import ModelVariant
from early_access import claims
from early_access.forms import SeenForm
from early_access.models import EarlyAccessRequest
from early_access.rules.claims import MOST_AT_ONCE, MOST_ITEMS, OwnResult, OwnResults

DECIMAL = {"inputmode": "decimal"}
SHARE = "Enter a share between 0 and 1 with a point, such as 0.42 for 42 %."
ITEMS = "Enter how many items it was measured on, as a whole number."


def _share(label: str, help_text: str = "", required: bool = False) -> forms.FloatField:
    return forms.FloatField(
        label=label, help_text=help_text, required=required, widget=forms.TextInput(attrs=DECIMAL),
        error_messages={"invalid": SHARE, "required": SHARE},
    )  # fmt: skip


class MeasuredForm(SeenForm):
    """What results are of, how they were measured, and where they stand."""

    checkpoint = forms.ChoiceField(label="Checkpoint", help_text="The build that you measured.")
    variant = forms.ChoiceField(label="Variant")
    suite = forms.CharField(
        label="Benchmark or suite", max_length=200, required=False,
        help_text="Its usual name, such as GPQA Diamond: agencies’ results of a suite of this name stand beside it.",
    )  # fmt: skip
    method = forms.CharField(
        label="How it was measured", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Harness, attempts, tools, limits, and what a reader should mind.",
    )  # fmt: skip
    document = forms.ChoiceField(label="The document in which it stands", required=False)
    source = forms.CharField(
        label="Where it stands", max_length=300, required=False,
        help_text="Such as “System card, table 3”. The document’s name is enough if you choose one.",
    )  # fmt: skip

    def __init__(self, *args: Any, request: EarlyAccessRequest, **kwargs: Any) -> None:
        super().__init__(*args, seen_by=claims.readers(request)[0], **kwargs)
        builds = [(str(c.pk), f"{c.model.codename}: {c.label}") for c in claims.checkpoints(request)]
        kinds = [(kind, str(ModelVariant.Kind(kind).label)) for kind in claims.variants(request)]
        papers = [("", "None of them"), *((str(d.pk), str(d)) for d in claims.documents(request))]
        for name, choices in (("checkpoint", builds), ("variant", kinds), ("document", papers)):
            field: Any = self.fields[name]
            field.choices = choices
        if request.checkpoint_id:
            self.fields["checkpoint"].initial = str(request.checkpoint_id)
        needed_later(self, "suite", "method")

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        build, paper = self.cleaned_data["checkpoint"], self.cleaned_data["document"]
        return {**self.cleaned_data, "checkpoint": UUID(build), "document": UUID(paper) if paper else None}


class ClaimForm(MeasuredForm):
    """One result."""

    field_order = (
        "checkpoint", "variant", "suite", "suite_version", "metric", "estimate", "ci_low", "ci_high", "n",
        "method", "document", "source",
    )  # fmt: skip
    suite_version = forms.CharField(label="Version of the suite", max_length=60, required=False)
    metric = forms.CharField(
        label="What was measured", max_length=120, required=False, initial="accuracy",
        help_text="Such as accuracy, attack success or refusal.",
    )  # fmt: skip
    estimate = _share("Result, 0 to 1", "0.42 for 42 %.", required=True)
    ci_low = _share("Lower end of its 95 % interval", "Both ends, or neither.")
    ci_high = _share("Upper end of its 95 % interval")
    n = forms.IntegerField(
        label="Items that it was measured on", min_value=1, max_value=MOST_ITEMS,
        error_messages={"invalid": ITEMS, "required": ITEMS, "min_value": ITEMS},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "metric")


class ResultsFileForm(forms.Form):
    """The file of results that is to be read."""

    file = forms.FileField(
        label="File of results", max_length=400, widget=forms.ClearableFileInput(attrs={"accept": ".eval,.json,.csv"}),
        error_messages={"required": "Choose the file that you want read."},
    )  # fmt: skip


class FoundForm(MeasuredForm):
    """What was read of a file: which of it is stated, of what, and how it was measured. What was read travels signed with the form,
    since nothing is kept before it is stated."""

    field_order = ("results", "suite", "checkpoint", "variant", "method", "document", "source")
    SALT = "early_access.own_results"
    MOST_AGE = 24 * 3600

    found = forms.CharField(widget=forms.HiddenInput)
    results = forms.MultipleChoiceField(label="Results to state", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, read: OwnResults, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read
        if all(one.suite for one in read.results):
            del self.fields["suite"]
        field: Any = self.fields["results"]
        field.choices = [(str(number), _words(one)) for number, one in enumerate(read.results)]
        field.initial = [value for value, _ in field.choices[:MOST_AT_ONCE]]
        if len(read.results) > MOST_AT_ONCE:
            field.help_text = (
                f"At most {MOST_AT_ONCE} at once: the first are chosen. State the others from the same file afterwards."
            )
        self.fields["found"].initial = signing.dumps(asdict(read), salt=self.SALT, compress=True)
        self.fields["method"].initial = read.method
        needed_later(self, "results")

    @classmethod
    def opened(cls, text: str) -> OwnResults | None:
        """What was read, from the form that comes back; None when it is older than a day or was changed."""
        try:
            data = signing.loads(text, salt=cls.SALT, max_age=cls.MOST_AGE)
        except signing.BadSignature:
            return None
        results = tuple(OwnResult(**one) for one in data["results"])
        return OwnResults(data["kind"], results, data["method"], tuple(data["left_out"]))

    def said(self) -> dict[str, Any]:
        """What was chosen and typed, as the action takes it."""
        typed = super().said()
        del typed["found"]
        return {**typed, "results": [self.read.results[int(number)] for number in typed["results"]]}


def _words(one: OwnResult) -> str:
    """One figure, as people choose it."""
    named = (one.suite or "Suite not named") + (f", version {one.suite_version}" if one.suite_version else "")
    interval = ""
    if one.ci_low is not None and one.ci_high is not None:
        interval = f" ({one.ci_low * 100:.1f} to {one.ci_high * 100:.1f})"
    return f"{named}: {one.metric} {one.estimate * 100:.1f} %{interval}, n = {one.n:,}"


class TakeBackForm(SeenForm):
    """Why it is taken back."""

    why = forms.CharField(label="Why", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self, "why")
