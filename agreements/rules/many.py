"""One change that is made to many agreements."""

from __future__ import annotations

from dataclasses import dataclass

RENEW, TERM, CLAUSE = "renew", "term", "clause"
KINDS = {
    RENEW: "Renew: make the term longer by as long as was agreed first",
    TERM: "Set one term to a value",
    CLAUSE: "Bring one clause to the library’s newest text",
}
MOST = 50  # agreements at once


@dataclass(frozen=True)
class Change:
    """What is done (one of KINDS), to which term or clause, and the term's new value."""

    kind: str
    key: str = ""
    value: str = ""
    title: str = ""
