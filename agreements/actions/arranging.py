"""Which clauses a draft has, and in which order: add one of the library or one's own, take out, move up and down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from django.utils.text import slugify

from agreements import queries
from agreements.models import AgreementClause, AgreementVersion
from agreements.rules import completeness
from core.decisions import Invalid, Problem

MOST_CLAUSES = 300


def arranged(
    version: AgreementVersion, rows: Sequence[AgreementClause], steps: Sequence[Mapping[str, str]]
) -> list[AgreementClause]:
    """The draft's clauses after some steps in order: unsaved rows are new, rows that are left out are deleted."""
    found = list(rows)
    for step in steps:
        if step["do"] == "add":
            _add(version, found, step)
        else:
            _shift(version, found, step)
    kept = {row.pk for row in found}
    for row in rows:
        if row.pk not in kept:
            row.delete()
    for position, row in enumerate(found, start=1):
        row.position = position
    return found


def _shift(version: AgreementVersion, rows: list[AgreementClause], step: Mapping[str, str]) -> None:
    at = _place(rows, step.get("clause_id", ""))
    if step["do"] == "remove":
        if queries.required(version, rows[at]):
            _wrong(
                f"clause.{rows[at].clause_id}", f"{rows[at].heading} is required in this kind of agreement. Keep it."
            )
        del rows[at]
        return
    to = at - 1 if step["do"] == "up" else at + 1
    if not 0 <= to < len(rows):
        _wrong(f"clause.{rows[at].clause_id}", f"{rows[at].heading} cannot move further. It is the first or the last.")
    rows[at], rows[to] = rows[to], rows[at]


def _add(version: AgreementVersion, rows: list[AgreementClause], step: Mapping[str, str]) -> None:
    if len(rows) >= MOST_CLAUSES:
        _wrong("arrange.library", f"An agreement has at most {MOST_CLAUSES} clauses. Take one out first.")
    after = step.get("after", "")
    at = _place(rows, after) + 1 if after else len(rows)
    made = _of_library(version, rows, step) if step.get("library") else _own(version, rows, step)
    rows.insert(at, made)


def _of_library(version: AgreementVersion, rows: Sequence[AgreementClause], step: Mapping[str, str]) -> AgreementClause:
    clause = queries.addable(version, [row.clause_id for row in rows]).get(step["library"])
    if clause is None:
        _wrong(
            "arrange.library",
            f"The clause “{step['library']}” cannot be added: it stands here already, is not in the library, or uses "
            "terms that this agreement does not have. Choose from the list.",
        )
    made = AgreementClause(
        version=version, clause_id=clause.key, library=clause, heading=clause.heading, text=clause.text
    )
    wording = step.get("wording") or "standard"
    if wording != "standard":
        made.alternative = next((a for a in clause.alternatives.all() if a.key == wording), None)
        if made.alternative is None:
            _wrong("arrange.library", f"There is no approved wording “{wording}”. Choose from the list.")
        made.source, made.text = AgreementClause.Source.ALTERNATIVE, made.alternative.text
    return made


def _own(version: AgreementVersion, rows: Sequence[AgreementClause], step: Mapping[str, str]) -> AgreementClause:
    heading, text = step.get("heading", "").strip(), step.get("text", "").replace("\r\n", "\n").strip()
    problems = [] if 3 <= len(heading) <= 120 else [
        Problem("arrange.heading", "The heading has between 3 and 120 characters. Write one.")
    ]  # fmt: skip
    if problem := completeness.unprintable("arrange.heading", heading):
        problems.append(problem)
    names = [row["key"] for row in version.agreement.template.variables]
    found = completeness.clause_problems([("own", text)], names)
    problems += [
        Problem("arrange.text", "Write the text of the clause." if not text else problem.sentence) for problem in found
    ]
    if problems:
        raise Invalid(problems)
    return AgreementClause(
        version=version, clause_id=_new_id(version, rows, heading), source=AgreementClause.Source.BESPOKE,
        heading=heading, text=text,
    )  # fmt: skip


def _new_id(version: AgreementVersion, rows: Sequence[AgreementClause], heading: str) -> str:
    """An id that no clause of this agreement had before: what was said about one clause never lands on another."""
    known = AgreementClause.objects.filter(version__agreement=version.agreement_id)
    taken = {*known.values_list("clause_id", flat=True), *(row.clause_id for row in rows)}
    name, number = f"own-{slugify(heading)[:40].strip('-') or 'clause'}", 2
    found = name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


def _place(rows: Sequence[AgreementClause], clause_id: str) -> int:
    for at, row in enumerate(rows):
        if row.clause_id == clause_id:
            return at
    _wrong("arrange.clause_id", f"There is no clause “{clause_id}” in this draft. Choose one of it.")


def _wrong(field: str, sentence: str) -> NoReturn:
    raise Invalid([Problem(field, sentence)])
