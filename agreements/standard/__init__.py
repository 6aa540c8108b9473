"""The library as it is shipped: standard clauses, and the three templates made of them. Data, put together.

A change of wording here becomes a new library version at the next start (see agreements/reference.py); agreements that
run keep the version they were made with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agreements.standard import crada, framework, nda
from agreements.standard.alternatives import ALTERNATIVES
from agreements.standard.guidance import GUIDANCE
from agreements.standard.variables import BEHIND, VARIABLES
from agreements.texts import places

PROTECTED = frozenset({"voluntary"})  # may not be reworded in any instrument, nor in the library
FRAMEWORK = "framework-mou"
ALL = (*framework.CLAUSES, *crada.CLAUSES, *nda.CLAUSES)


@dataclass(frozen=True)
class Template:
    """A template as it is shipped: clause keys in order."""

    key: str
    instrument: str
    name: str
    description: str
    order: tuple[str, ...]


TEMPLATES = (
    Template(
        FRAMEWORK, "mou", "Framework MOU with early-access terms",
        "A voluntary framework between one developer and one or more agencies. It sets the terms under which single "
        "models can be tested early; each test is asked for and agreed separately.",
        tuple(row[0] for row in framework.CLAUSES),
    ),
    Template(
        "mutual-nda", "nda", "Mutual non-disclosure agreement",
        "For talks before anything else is agreed. Both sides protect what they are shown. It gives no access to a model.",
        nda.ORDER,
    ),
    Template(
        "research-crada", "crada", "Research agreement (CRADA) with research plan and exceptions",
        "Joint research under 15 U.S.C. 3710a with early access: who does what stands in appendix A, what departs from "
        "the standard clauses in appendix B.",
        crada.ORDER,
    ),
)  # fmt: skip


def variables_of(*texts: str) -> list[dict[str, Any]]:
    """The variables that texts name, in order, each once."""
    names = list(dict.fromkeys(name for text in texts for name in places(text)))
    behind = [BEHIND[name] for name in names if name in BEHIND]
    return [VARIABLES[name] for name in [*names, *behind] if name in VARIABLES]


def shipped() -> list[dict[str, Any]]:
    """Every clause with its guidance, alternatives, variables and the instruments it stands in."""
    found = []
    for key, heading, text, rationale in ALL:
        others = ALTERNATIVES.get(key, ())
        found.append(
            {
                "key": key, "heading": heading, "text": text, "rationale": rationale, "guidance": GUIDANCE.get(key, ""),
                "required_for": [t.instrument for t in TEMPLATES if key in t.order],
                "variables": _tightened(key, variables_of(text, *(other[1] for other in others))),
                "alternatives": [dict(zip(("key", "text", "when_to_use", "rationale"), row, strict=True)) for row in others],
            }
        )  # fmt: skip
    return found


def _tightened(key: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """15 U.S.C. 3710a(c)(7)(B): five years for what the work of a CRADA produces."""
    if key != "crada_confidentiality":
        return rows
    return [{**row, "maximum": 5} if row["key"] == "confidentiality_years" else row for row in rows]
