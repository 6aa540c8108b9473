"""Take in a Word file of the other side: every clause that it changes becomes a suggestion that waits to be sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.models import User
from agreements import policies, queries
from agreements.actions.base import locked
from agreements.actions.suggesting import suggest, suggestion_problems
from agreements.models import AgreementClause, AgreementVersion, ClauseSuggestion, TestingAgreement
from agreements.pdf.redline import Piece
from agreements.rules.completeness import LONGEST_CLAUSE, variable_problems
from agreements.word.matching import Matched, match, restore
from agreements.word.reader import Paragraph, WordText, read
from agreements.word.safety import WordRefused
from core.decisions import Invalid, Problem

HASH = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass
class Taken:
    """What came of a file: the suggestions, and in sentences what of it was not taken over."""

    version: AgreementVersion
    suggestions: list[ClauseSuggestion] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def suggest_from_word(*, agreement: TestingAgreement, by: User, content: bytes) -> Taken:
    """Read a .docx as it would stand with every tracked change accepted, and suggest what differs clause by clause.

    The other parties see nothing before it is sent. Invalid with a sentence for a file that is not safe or not ours.
    """
    agreement = locked(agreement)
    policies.may_suggest(by, agreement).require()
    try:
        words = read(content)
        version = _made_from(agreement, words.paragraphs)
        rows = list(version.clauses.all())
        found = match(words.paragraphs, [Piece(row.clause_id, row.heading, row.filled) for row in rows])
    except WordRefused as refused:
        raise Invalid([Problem("file", str(refused))]) from refused
    taken = Taken(version, left_out=_left_out(words, found, rows))
    values = queries.filled_values(agreement, version.variables)
    for row in rows:
        said = found.texts.get(row.clause_id)
        if said is not None and said != row.filled:
            _take(taken, agreement, row, said, values, by)
    return taken


def _made_from(agreement: TestingAgreement, paragraphs: Sequence[Paragraph]) -> AgreementVersion:
    """The version whose hash stands in the file's first lines, else the current one."""
    named = {text for paragraph in paragraphs[:6] for text in HASH.findall(paragraph.text)}
    made_from = queries.versions(agreement).filter(text_hash__in=named).first() if named else None
    version = made_from or agreement.current
    if version is None:
        raise Invalid([Problem("file", "No version was sent yet, so there is nothing to compare the file with.")])
    return version


def _take(
    taken: Taken, agreement: TestingAgreement, row: AgreementClause, said: str, values: dict[str, Any], by: User
) -> None:
    if len(said) > LONGEST_CLAUSE:
        taken.left_out.append(f"{row.heading}: a clause has at most 50,000 characters. Shorten it.")
        return
    spec = {v["key"]: v for v in agreement.template.variables}

    def may_be(name: str, value: str) -> bool:
        return name in spec and not variable_problems([spec[name]], {name: value})

    text, changed = restore(row.text, values, said, may_be)
    terms = {name: int(v) if spec[name]["kind"] == "number" else v for name, v in changed.items()}
    problems = suggestion_problems(agreement, row, text, terms)
    if problems:
        taken.left_out += [f"{row.heading}: {problem.sentence}" for problem in problems]
        return
    taken.suggestions.append(
        suggest(
            agreement=agreement, by=by, clause_id=row.clause_id, text=text, variables=terms, version=taken.version,
            from_file=True,
        )
    )  # fmt: skip


def _left_out(words: WordText, found: Matched, rows: Sequence[AgreementClause]) -> list[str]:
    heading = {row.clause_id: row.heading for row in rows}
    lines = [
        f"The new clause “{new.heading[:80]}” was not taken over: new clauses come from the clause library. "
        "Write its words into a clause that stands."
        for new in found.added
    ]
    lines += [
        f"“{heading[key]}” is missing in the file. A clause is not dropped by leaving it out." for key in found.removed
    ]
    lines += [
        f"The heading of “{heading[key]}” was changed to “{new[:80]}”. Headings stay."
        for key, new in found.headings.items()
    ]
    if words.comments:
        lines.append(f"Comments in the file, {words.comments}, were not taken over. Write them as comments here.")
    if words.numbered:
        lines.append("Automatic numbers of paragraphs were not taken over. Read the texts before you send them.")
    return lines
