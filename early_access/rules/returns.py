"""The checklist of what agencies return or destroy, besides weights, which have a certificate with a method. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping

from core.decisions import Problem
from early_access.models import DONE, PARTS


def problems(outcome: str, parts: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the checklist beside the answer as a whole."""
    found = []
    for name, done in parts.items():
        if name not in PARTS or done not in DONE:
            found.append(Problem("parts", "The checklist has no such line or answer. Choose from the list."))
        elif outcome == "nothing_held" and done != "nothing_held":
            words = "You say that nothing was held. Choose what was done as a whole, or leave this line as it is above."
            found.append(Problem(f"part_{name}", words))
    return found
