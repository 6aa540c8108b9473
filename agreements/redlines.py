"""Redlines of an agreement: which two texts are compared, and the result as page, PDF and Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agreements import consolidated, queries, texts
from agreements.documents import NOTICE
from agreements.models import AgreementVersion, Clause, TestingAgreement
from agreements.pdf.redline import Change, Piece, Runs, compare, paragraphs
from agreements.pdf.render import render_redline
from agreements.word.writer import Head, document
from core.decisions import Invalid, Problem

BASE_NAME = "the agreement as it stood"
TEMPLATE = "template"
BASE = "agreement"  # what an amendment is written against
REPLACED = "replaced"  # the text as it stands of the agreement that this one replaces


@dataclass(frozen=True)
class Redline:
    """Two texts side by side, and how to call them."""

    agreement: TestingAgreement
    before: str
    after: str
    version: AgreementVersion
    changes: Sequence[Change]

    @property
    def changed(self) -> int:
        """How many clauses differ."""
        return sum(change.kind != "kept" for change in self.changes)

    @property
    def author(self) -> str:
        """Who made the changes: the organisation that proposed the later text, if it had the earlier one before it."""
        number = self.version.number or 1
        last = f"version {number - 1}" if number > 1 else template_name(self.agreement)
        return self.version.organisation.name if self.before == last else "Concord (comparison)"

    @property
    def count(self) -> str:
        """The same in words."""
        return f"{self.changed} of {len(self.changes)} clauses differ."


def template_name(agreement: TestingAgreement) -> str:
    """How a redline calls the agreement's template."""
    return f"the template “{agreement.template.name}”"


def pieces(version: AgreementVersion) -> list[Piece]:
    """The clauses of a version as people read them."""
    return [Piece(row.clause_id, row.heading, row.filled) for row in version.clauses.all()]


def base(version: AgreementVersion) -> list[Piece]:
    """The clauses that a version of an amendment is written against; none otherwise."""
    return [Piece(p.clause_id, p.heading, p.filled) for p in consolidated.base_of(version).standing]


def replaced(agreement: TestingAgreement) -> TestingAgreement | None:
    """The agreement that this one replaces, if there is one that whoever asks may read."""
    if agreement.replaces_id is None:
        return None
    return TestingAgreement.objects.select_related("current").filter(pk=agreement.replaces_id).first()


def replaced_name(old: TestingAgreement) -> str:
    """How a redline calls it."""
    return f"agreement {old.reference} as it stands"


def standing(agreement: TestingAgreement) -> list[Piece]:
    """The clauses of an agreement with all its amendments."""
    return [Piece(p.clause_id, p.heading, p.filled) for p in consolidated.read(agreement).standing]


def standard(version: AgreementVersion) -> list[Piece]:
    """The clauses of the agreement's template, filled with the values of a version: only wording can differ."""
    agreement = version.agreement
    values = queries.filled_values(agreement, version.variables)
    library = Clause.objects.in_bulk(agreement.template.clause_ids)
    rows = [library[pk] for pk in agreement.template.clause_ids]
    return [Piece(row.key, row.heading, texts.fill(row.text, values)) for row in rows]


def chosen(agreement: TestingAgreement, before: str, after: str) -> Redline:
    """The redline between two frozen versions by number, or the template and a version; by default what the newest
    version changed. Invalid with a sentence for anything else."""
    known = {str(row.number): row for row in queries.versions(agreement)}
    later = known.get(after or next(iter(known), ""))
    if later is None or later.number is None:
        raise Invalid([Problem("to", "There is no such version. Choose one from the list.")])
    begins = BASE if agreement.amends_id else TEMPLATE
    first = before or (str(later.number - 1) if later.number > 1 else begins)
    if first == BASE and agreement.amends_id:
        return Redline(
            agreement, BASE_NAME, f"version {later.number}", later, compare(base(later), pieces(later))
        )  # fmt: skip
    if first == REPLACED and (old := replaced(agreement)):
        return Redline(
            agreement, replaced_name(old), f"version {later.number}", later, compare(standing(old), pieces(later))
        )  # fmt: skip
    if first == TEMPLATE:
        return Redline(
            agreement,
            template_name(agreement),
            f"version {later.number}",
            later,
            compare(standard(later), pieces(later)),
        )
    earlier = known.get(first)
    if earlier is None or earlier.pk == later.pk:
        raise Invalid([Problem("from", "Choose another version, or the template, to compare with.")])
    found = compare(pieces(earlier), pieces(later))
    return Redline(agreement, f"version {first}", f"version {later.number}", later, found)


def as_pdf(redline: Redline) -> bytes:
    """The redline as a tagged PDF. Its bytes depend on the texts alone."""
    data = {
        "title": f"{redline.agreement.title}: changes", "reference": redline.agreement.reference, "notice": NOTICE,
        "marking": redline.version.marking, "before": redline.before, "after": redline.after, "count": redline.count,
        "text_hash": redline.version.text_hash,
        "clauses": [
            {"number": c.number, "kind": c.kind, "heading": c.heading, "paragraphs": _lines(c.text)} for c in redline.changes
        ],
    }  # fmt: skip
    return render_redline(data, at=redline.version.frozen_at or redline.version.created_at)


def _lines(runs: Runs) -> list[Runs]:
    return [line for line, _ in paragraphs(runs) if line]


def as_word(redline: Redline) -> bytes:
    """The redline as a Word file with tracked changes by their author."""
    lines = [f"From {redline.before} to {redline.after}. {redline.count}"]
    return document(_head(redline.version, lines, redline.author), redline.changes)


def text_as_word(version: AgreementVersion) -> bytes:
    """One version as a Word file to edit and send back; Word tracks what is changed in it."""
    rows = pieces(version)
    lines = [f"Version {version.number} of {version.agreement.reference}. Text hash (SHA-256): {version.text_hash}"]
    return document(_head(version, lines, version.organisation.name), compare(rows, rows))


def _head(version: AgreementVersion, lines: Sequence[str], author: str) -> Head:
    at: datetime = version.frozen_at or version.created_at
    agreement = version.agreement
    marked = [*filter(None, [version.marking]), *lines]
    return Head(agreement.title, agreement.reference, marked, NOTICE, author, at)
