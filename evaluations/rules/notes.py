"""Notes of a run: which there are, what makes them wrong, and how they read. Pure functions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.decisions import Problem

# name → label, in the order of the page; the scaffold, tools and texts would tell which suite it is where one is held out.
NUMBERS = {
    "attempts_k": "Best of so many attempts", "n_refused": "Attempts refused by the model",
    "cheating_rate": "Attempts in which it cheated", "transcripts_read": "Transcripts read by people or a judge",
    "cost_usd": "Cost in US dollars",
}  # fmt: skip
TEXTS = {
    "scaffold": "Scaffold", "scaffold_tools": "Its tools", "prompt_sha256": "System prompt (SHA-256)",
    "elicitation": "Elicitation", "awareness": "Signs that it knew it was tested", "cheating_found": "How cheating was found",
    "transcripts_by": "Transcripts read by", "transcripts_method": "How they were read",
}  # fmt: skip
ORDER = (
    "scaffold", "scaffold_tools", "prompt_sha256", "elicitation", "attempts_k", "n_refused", "awareness", "cheating_rate",
    "cheating_found", "transcripts_read", "transcripts_by", "transcripts_method", "cost_usd",
)  # fmt: skip
SHA256 = re.compile(r"[0-9a-f]{64}")


def problems_of(said: Mapping[str, Any], *, attempts: int) -> list[Problem]:
    """What is wrong with notes on a run of so many attempts, each at its field."""
    found = []
    if said["prompt_sha256"] and not SHA256.fullmatch(said["prompt_sha256"]):
        found.append(Problem("prompt_sha256", "Enter the 64 hexadecimal digits of its SHA-256, or leave it empty."))
    for name in ("n_refused", "transcripts_read"):
        if said[name] is not None and said[name] > attempts:
            found.append(Problem(name, f"The run has {attempts} attempts: enter at most so many."))
    rate, cost = said["cheating_rate"], said["cost_usd"]
    if rate is not None and not (math.isfinite(rate) and 0 <= rate <= 1):
        found.append(Problem("cheating_rate", "Enter a share between 0 and 1, such as 0.05."))
    if rate is not None and not said["cheating_found"]:
        found.append(Problem("cheating_found", "Say how cheating was looked for, or leave its share empty."))
    if cost is not None and cost < 0:
        found.append(Problem("cost_usd", "Enter what the run cost, or leave it empty."))
    if said["transcripts_read"] and not said["transcripts_by"]:
        found.append(Problem("transcripts_by", "Say who read them: how many people, or which judge model."))
    return found


def worded(notes: Mapping[str, Any]) -> list[list[str]]:
    """Labels and values of the notes that were made, in the order of the page."""
    labels = TEXTS | NUMBERS
    found = [[labels[name], _value(name, notes.get(name))] for name in ORDER]
    return [[label, value] for label, value in found if value]


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "cheating_rate":
        return f"{value * 100:.1f} %"
    if name == "cost_usd":
        return f"{Decimal(value):,.2f}"
    return str(value)
