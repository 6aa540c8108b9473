"""Whether a draft of a library clause can be published: its wordings, its variables, and how both fit together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from agreements.obligations import KINDS, Kind, parts
from agreements.rules.completeness import SUPPLIED, clause_problems, unprintable
from agreements.rules.deviations import APPROVERS
from agreements.texts import places
from core.decisions import Problem

KEY = re.compile(r"[a-z][a-z0-9_]{1,58}")
PARTS = {
    "heading": "Heading", "text": "Standard text", "alternatives": "Approved alternatives", "variables": "Variables",
    "required_for": "Stands in", "decides_deviations": "Who decides on other words",
    "guidance": "Guidance for negotiation", "rationale": "Why it stands so",
}  # fmt: skip
ENTRY = {
    "key": "Key", "label": "Label", "when_to_use": "When to use it", "text": "Text", "rationale": "Why it is acceptable",
    "extra_concurrence": "Who has to agree", "kind": "Kind", "choices": "Choices", "minimum": "Smallest",
    "maximum": "Largest", "default": "Default", "required": "Required", "help": "Help",
}  # fmt: skip
NO_DATE = "The default is not a date. Write it as 2026-12-31, or leave it empty."
VARIABLE_KINDS = {
    "text": "One line",
    "paragraph": "Several lines",
    "number": "Whole number",
    "date": "Date",
    "choice": "One of a list",
    "choices": "Several of a list",
}


def draft_problems(
    key: str, heading: str, text: str, alternatives: Sequence[Mapping[str, str]], variables: Sequence[Mapping[str, Any]]
) -> list[Problem]:
    """Everything that stands against publishing."""
    found = (
        []
        if KEY.fullmatch(key)
        else [Problem("key", "A key has small letters, digits and “_”, and begins with a letter.")]
    )
    if not 3 <= len(heading.strip()) <= 120:
        found.append(Problem("heading", "The heading has between 3 and 120 characters. Write one."))
    if problem := unprintable("heading", heading):
        found.append(problem)
    known = [row["key"] for row in variables]
    named = [("text", text), *((f"alternatives.{i}.text", row["text"]) for i, row in enumerate(alternatives))]
    for field, words in named:
        found += [Problem(field, p.sentence) for p in clause_problems([(field, words)], known)]
    return found + _alternatives(alternatives) + _variables(variables, {n for _, t in named for n in places(t)})


def _alternatives(rows: Sequence[Mapping[str, str]]) -> list[Problem]:
    found = []
    for i, row in enumerate(rows):
        if not KEY.fullmatch(row["key"]) or row["key"] == "standard":
            words = "Give each alternative a short key of small letters, digits and “_”, other than “standard”."
            found.append(Problem(f"alternatives.{i}.key", words))
        if not row["when_to_use"].strip():
            found.append(Problem(f"alternatives.{i}.when_to_use", "Say when this wording is to be used."))
        if not row.get("rationale", "").strip():
            found.append(Problem(f"alternatives.{i}.rationale", "Say why this wording is acceptable."))
        if row.get("extra_concurrence", "") not in ("", *APPROVERS):
            found.append(Problem(f"alternatives.{i}.extra_concurrence", "Choose a role from the list, or nobody."))
    if len({row["key"] for row in rows}) != len(rows):
        found.append(Problem("alternatives", "Two alternatives have the same key. Rename one."))
    return found


def _variables(rows: Sequence[Mapping[str, Any]], used: set[str]) -> list[Problem]:
    found = []
    if len({row["key"] for row in rows}) != len(rows):
        found.append(Problem("variables", "Two variables have the same name. Rename one."))
    for i, row in enumerate(rows):
        field = f"variables.{i}"
        if not KEY.fullmatch(row["key"]) or row["key"] in SUPPLIED:
            found.append(Problem(f"{field}.key", f"“{row['key']}” cannot be the name of a variable. Choose another."))
        elif row["key"] not in used and not (row["key"] == "effective_on" and "effective_phrase" in used):
            found.append(Problem(f"{field}.key", f"No wording names {{{row['key']}}}. Use it, or take it out."))
        if not row["label"].strip():
            found.append(Problem(f"{field}.label", "Give the variable a label for the cover page."))
        found += [Problem(f"{field}.{part}", words) for part, words in _limits(row)]
    return found


def _limits(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    if row["kind"] not in VARIABLE_KINDS:
        return [("kind", "Choose what kind of value it is.")]
    if wrong := _obeyed(KINDS.get(row["key"]), row):
        return wrong
    if row["kind"] in ("choice", "choices"):
        return _choices(row, row.get("choices", []))
    if row["kind"] == "date":
        return [] if row["default"] in ("", None) or _is_date(row["default"]) else [("default", NO_DATE)]
    if row["kind"] != "number":
        return []
    return _range(row, row.get("minimum"), row.get("maximum"))


def _obeyed(duty: Kind | None, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A variable that states a duty is of the kind that Concord can obey."""
    if duty is None:
        return []
    if not duty.options:
        words = f"{duty.label}: Concord obeys this figure, so it is a whole number."
        return [] if row["kind"] == "number" else [("kind", words)]
    known = [label for _, label in duty.options]
    if row["kind"] == "choices" and set(row.get("choices", [])) <= set(known):
        return []
    return [("kind", f"{duty.label}: Concord obeys this list, so it is several of: {', '.join(known)}.")]


def _choices(row: Mapping[str, Any], choices: Sequence[str]) -> list[tuple[str, str]]:
    if len(set(choices)) < 2 or len(set(choices)) != len(choices):
        return [("choices", "Write at least two choices, each once, one a line.")]
    chosen = parts(row["default"] or "") if row["kind"] == "choices" else [row["default"] or ""]
    if set(chosen).difference(("", *choices)):
        return [("default", "The default is one of the choices. Change it, or leave it empty.")]
    return []


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _range(row: Mapping[str, Any], low: int | None, high: int | None) -> list[tuple[str, str]]:
    if low is None or high is None or not 0 <= low <= high <= 999_999_999:
        return [("minimum", "Give the smallest and the largest value, in this order.")]
    if row["default"] not in ("", None) and not (isinstance(row["default"], int) and low <= row["default"] <= high):
        return [("default", f"The default lies between {low} and {high}. Change it.")]
    duty = KINDS.get(row["key"])
    if duty and not duty.minimum <= low <= high <= duty.maximum:
        words = f"{duty.label}: Concord obeys this figure only between {duty.minimum} and {duty.maximum}."
        return [("minimum", words)]
    return []


def merge_problems(
    own: Sequence[Mapping[str, Any]], others: Mapping[str, tuple[str, Mapping[str, Any]]], *, template: str
) -> list[Problem]:
    """Variables that another clause (name → its heading and definition) of the same template defines otherwise."""
    return [
        Problem(
            f"variables.{i}.key",
            f"{template}: the clause “{others[row['key']][0]}” has {{{row['key']}}} with other limits. Use the same.",
        )
        for i, row in enumerate(own)
        if row["key"] in others and dict(others[row["key"]][1]) != dict(row)
    ]


def merged(lists: Iterable[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The variables of several clauses as one cover page: in order, each once."""
    found: dict[str, Mapping[str, Any]] = {}
    for rows in lists:
        for row in rows:
            found.setdefault(row["key"], row)
    return [dict(row) for row in found.values()]


def as_parts(values: Mapping[str, Any]) -> dict[str, str]:
    """A clause or a draft as people compare it: the parts by their names, a line or paragraph per entry of a list."""
    shown = {**values, "decides_deviations": APPROVERS.get(values["decides_deviations"], values["decides_deviations"])}
    return {label: _part(shown[name]) for name, label in PARTS.items()}


def _part(value: Any) -> str:
    """A list of words is a list of instruments, in no order of its own."""
    if isinstance(value, str):
        return value
    if all(isinstance(entry, str) for entry in value):
        return ", ".join(sorted(entry.upper() for entry in value))
    return "\n".join(_entry(entry) for entry in value)


def _entry(entry: Mapping[str, Any]) -> str:
    """In one order always: the database keeps none."""
    role = entry.get("extra_concurrence", "")
    known = {**entry, "extra_concurrence": APPROVERS.get(role, role)}
    shown = ((label, known.get(name)) for name, label in ENTRY.items())
    words = ((label, _word(value)) for label, value in shown)
    return "\n".join(f"{label}: {value}" for label, value in words if value not in ("", None)) + "\n"


def _word(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else value
