"""The form of a run that is to be started here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from agencies.domains import RiskDomain
from core.forms import needed_later
from evaluations.rules.launches import Offered


def _money(label: str, help_text: str, places: int) -> forms.DecimalField:
    return forms.DecimalField(
        required=False, label=label, help_text=help_text, max_digits=12, decimal_places=places,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip


class LaunchForm(forms.Form):
    """What to run, on what, and with which budget for the whole run."""

    suite = forms.ChoiceField(
        label="Suite", widget=forms.RadioSelect, error_messages={"required": "Choose the suite that is to be run."}
    )
    domain = forms.ChoiceField(label="Domain")
    variant = forms.ChoiceField(label="Variant")
    restricted = forms.BooleanField(
        required=False, label="The suite is held out",
        help_text="The developer will read “Held-out suite”, never its name, version or scorers.",
    )  # fmt: skip
    parallel = forms.IntegerField(label="Calls at the same time", initial=2)
    budget_tokens = forms.IntegerField(
        label="Most tokens", initial=1_000_000, help_text="Sent and received, of the whole run. It is stopped when they are used up."
    )  # fmt: skip
    budget_minutes = forms.IntegerField(label="Most minutes", initial=60)
    price_per_million = _money(
        "Price of a million tokens in dollars", "As the developer names it; the cost is counted with it. Needed for a limit in dollars.", 4
    )  # fmt: skip
    budget_usd = _money("Most dollars", "Empty for no limit but the ones above.", 2)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("suite", [(s.name, f"{s.title}: {s.words}") for s in offered.suites.values()])
        variants = offered.variants
        named = variants.items() if isinstance(variants, dict) else [(v, v) for v in variants]
        self._choices("variant", list(named))
        self._choices("domain", [(d, str(RiskDomain(d).label)) for d in offered.domains])
        if offered.concurrency:
            self.fields["parallel"].help_text = f"The request allows at most {offered.concurrency}."
            self.fields["parallel"].initial = min(2, offered.concurrency)
        if offered.price is not None:
            self.fields["price_per_million"].initial = offered.price
            self.fields["price_per_million"].help_text = "As the request names it. The cost is counted with it."
        if offered.left is not None:
            left = max(offered.left, Decimal())
            self.fields["budget_usd"].initial = left
            self.fields["budget_usd"].help_text = f"The developer’s budget leaves your agency {left} dollars."
        needed_later(self, "price_per_million", when=offered.left is not None)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices if len(choices) == 1 or name == "suite" else [("", "Choose one"), *choices]
