"""The kinds of typed obligations, each a small schema: unit, limits, and whether the duty outlives the agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agencies.domains import RiskDomain
from agreements.texts import places
from core.decisions import Problem


@dataclass(frozen=True)
class Kind:
    """One kind. `tighter` holds lower maxima that the law sets for an instrument; `options` are what a list chooses from,
    as keys and words, and the figure is how many were chosen."""

    label: str
    unit: str
    minimum: int
    maximum: int
    survives: bool = False
    tighter: Mapping[str, int] = field(default_factory=dict)
    options: tuple[tuple[str, str], ...] = ()

    def most(self, instrument: str) -> int:
        """The maximum in this instrument."""
        return self.tighter.get(instrument, self.maximum)

    def chosen(self, value: Any) -> list[str]:
        """The keys behind words as the cover page joins them."""
        words = set(parts(value))
        return [key for key, label in self.options if label in words]


LISTED = "; "  # between the entries of a list on the cover page, and so in the text
DOMAINS = tuple((str(key), str(label)) for key, label in RiskDomain.choices)


def parts(value: Any) -> list[str]:
    """The entries of a list as they stand in a cover variable."""
    return [word for word in (part.strip() for part in str(value).split(LISTED.strip())) if word]


KINDS: dict[str, Kind] = {
    "access_days": Kind("Longest early-access window, days", "days", 1, 30),
    "allowed_domains": Kind("Risk domains that may be tested", "domains", 1, len(DOMAINS), options=DOMAINS),
    "access_level_ceiling": Kind("Deepest access level", "level", 1, 3),
    "max_testers": Kind("Most people with access per agency", "people", 1, 1000),
    "retention_days": Kind("Retention of evaluation data, days", "days", 1, 3650, True),
    "destruction_days": Kind("Return or destroy within, days", "days", 1, 365, True),
    "incident_notice_hours": Kind("Incident notice within, hours", "hours", 1, 72, True),
    "publication_review_days": Kind("Review before publication, days", "days", 1, 365, True),
    "fact_check_days": Kind("Fact check by the developer, days", "days", 1, 60),
    # 15 U.S.C. 3710a(c)(5) lets silence count for research agreements only; nothing does for the others
    "tacit_concurrence_days": Kind(
        "Silence counts as concurrence after, days", "days", 0, 90, tighter={"mou": 0, "nda": 0}
    ),
    "termination_notice_days": Kind("Notice of termination, days", "days", 0, 365),
    "notice_before_release_days": Kind("Notice before release, days", "days", 0, 90),
    # 15 U.S.C. 3710a(c)(7)(B): five years for what the work under a CRADA produces
    "confidentiality_years": Kind("Confidentiality, years", "years", 1, 20, True, {"crada": 5}),
}


@dataclass(frozen=True)
class Stated:
    """A duty as a clause states it."""

    clause_id: str
    kind: str
    value: int
    survives: bool
    options: tuple[str, ...] = ()


def stated(clauses: Iterable[tuple[str, str]], values: Mapping[str, Any]) -> list[Stated]:
    """The duties of a text: for each kind, the first clause (id, text) that names its variable, if it has a value."""
    found: dict[str, Stated] = {}
    for clause_id, text in clauses:
        for name in places(text):
            if name in KINDS and name not in found and values.get(name) not in (None, ""):
                found[name] = _stated(clause_id, name, values[name])
    return list(found.values())


def _stated(clause_id: str, name: str, value: Any) -> Stated:
    kind = KINDS[name]
    if kind.options:
        chosen = kind.chosen(value)
        return Stated(clause_id, name, len(chosen), kind.survives, tuple(chosen))
    return Stated(clause_id, name, int(value), kind.survives)


def limit_problems(instrument: str, values: Mapping[str, Any]) -> list[Problem]:
    """Values outside what their kind allows in this instrument, whatever the template says."""
    return [
        Problem(f"variables.{name}", f"{kind.label}: between {kind.minimum} and {kind.most(instrument)}. Change it.")
        for name, kind in KINDS.items()
        if str(values.get(name) if values.get(name) is not None else "").isdecimal()
        and not kind.minimum <= int(values[name]) <= kind.most(instrument)
    ]


def silent_problems(
    clauses: Sequence[tuple[str, str]], standard: Mapping[str, str], values: Mapping[str, Any]
) -> list[Problem]:
    """Clauses whose standard text (by id) states a duty with its variable, which the text no longer does anywhere."""
    said = {name for _, text in clauses for name in places(text)}
    now = dict(clauses)
    return [
        Problem(
            f"clause.{clause_id}",
            f"The standard text states {{{name}}}, and Concord obeys that figure. Write {{{name}}} where it belongs.",
        )
        for clause_id, text in standard.items()
        if clause_id in now
        for name in places(text)
        if name in KINDS and name not in said and values.get(name) not in (None, "")
    ]
