"""Whether a draft is complete: every gap and contradiction as a Problem with its field's anchor."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from agreements.obligations import parts
from agreements.texts import places
from core.decisions import Problem

LONGEST_ACCESS_DAYS = 30  # Executive Order 14409, section 3(b)
LONGEST_CLAUSE = 50_000
LONGEST_PARAGRAPH = 20_000
SUPPLIED = frozenset({"developer", "agencies", "effective_phrase"})


def variable_problems(spec: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> list[Problem]:
    """Each variable that is missing, not of its kind or out of its limits; and names that do not exist."""
    found = [p for row in spec if (p := _one(row, values.get(row["key"])))]
    unknown = sorted(set(values) - {row["key"] for row in spec} - SUPPLIED)
    return found + [Problem(f"variables.{name}", f"There is no variable {name}. Leave it out.") for name in unknown]


def _one(row: Mapping[str, Any], value: Any) -> Problem | None:
    field, label = f"variables.{row['key']}", row["label"]
    if value in (None, ""):
        return Problem(field, f"{label} is missing. Fill it in.") if row.get("required", True) else None
    if row["kind"] == "number":
        return _number(row, value)
    if row["kind"] == "date":
        return None if _date(value) else Problem(field, f"{label} is not a date. Write it as 2026-12-31.")
    if row["kind"] in ("choice", "choices"):
        known = value in row["choices"] if row["kind"] == "choice" else _several(row, value)
        return None if known else Problem(field, f"{label}: choose of the list, each once.")
    most = LONGEST_PARAGRAPH if row["kind"] == "paragraph" else 2000
    if not isinstance(value, str) or len(value) > most:
        return Problem(field, f"{label} must be text of at most {most:,} characters. Shorten it.")
    return unprintable(field, value)


def _several(row: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is a list of known words, each once."""
    words = parts(value) if isinstance(value, str) else []
    return bool(words) and len(set(words)) == len(words) and set(words) <= set(row["choices"])


def _number(row: Mapping[str, Any], value: Any) -> Problem | None:
    field, label = f"variables.{row['key']}", row["label"]
    if isinstance(value, bool) or not str(value).isascii() or not str(value).isdigit() or len(str(value)) > 9:
        return Problem(field, f"{label} must be a whole number. Write digits only.")
    if not row["minimum"] <= int(value) <= row["maximum"]:
        return Problem(field, f"{label} must lie between {row['minimum']} and {row['maximum']}. Change it.")
    return None


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def unprintable(field: str, text: str) -> Problem | None:
    """Control characters that no renderer can print."""
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") and c not in "\n\t\r"), None)
    if bad is None:
        return None
    return Problem(field, f"The character U+{ord(bad):04X} cannot be printed. Take it out.")


def clause_problems(clauses: Iterable[tuple[str, str]], known: Iterable[str]) -> list[Problem]:
    """Clauses (id, text) that are empty, too long, or name a variable that the template does not have."""
    names, found = set(known) | SUPPLIED, []
    for key, text in clauses:
        field = f"clause.{key}"
        if not text.strip():
            found.append(Problem(field, "The clause is empty. Write its text, or bring back the standard text."))
        if len(text) > LONGEST_CLAUSE:
            found.append(Problem(field, "A clause has at most 50,000 characters. Shorten it."))
        for name in places(text):
            if name not in names:
                found.append(Problem(field, f"There is no variable {{{name}}}. Take it out or use one of the list."))
        if problem := unprintable(field, text):
            found.append(problem)
    return found


def protected_problems(
    clauses: Iterable[tuple[str, str]], standard: Mapping[str, str], protected: Iterable[str]
) -> list[Problem]:
    """Clauses (id, text) that may not be reworded or left out but were."""
    now = dict(clauses)
    return [
        Problem(
            f"clause.{key}", "The clause on the voluntary nature stands as it is in every agreement. Bring it back."
        )
        for key in protected
        if key in standard and now.get(key) != standard[key]
    ]
