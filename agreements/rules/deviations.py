"""Which words of a clause nobody has approved beforehand, and which role decides on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.roles import ROLES

USUAL = "counsel"
# Roles that the library can name: in an agency somebody holds them, and reads agreements.
APPROVERS = {name: ROLES[name].label for name in (USUAL, "signatory", "drafter", "foia")}
DEVIATION, WORDING = "deviation", "wording"


@dataclass(frozen=True)
class Approved:
    """One text of the library, filled; `asks` is the role that has to agree when it is used, if any."""

    text: str
    asks: str = ""


def asks(text: str, decides: str, approved: Iterable[Approved]) -> tuple[str, str] | None:
    """What has to be decided about a filled text, and by which role: nothing where it is approved as it stands.
    A text that is approved twice asks for the less."""
    fitting = {row.asks for row in approved if row.text == text}
    if "" in fitting:
        return None
    return (WORDING, min(fitting)) if fitting else (DEVIATION, decides)


def named(role: str) -> str:
    """A role in the middle of a sentence."""
    label = ROLES[role].label
    return label if label[:2].isupper() else label[0].lower() + label[1:]
