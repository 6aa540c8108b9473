"""The consolidated text of a day as PDF and as Word file: to read and to carry, labelled as no instrument of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from agreements.consolidated import Marked, Shown
from agreements.documents import NOTICE
from agreements.models import TestingAgreement
from agreements.pdf.redline import Piece, compare
from agreements.pdf.render import render_consolidated
from agreements.word.writer import Head, document

GOVERN = "Put together for reading from the instruments that the parties signed. The signed instruments govern."


def as_pdf(agreement: TestingAgreement, day: date, shown: Shown) -> bytes:
    """A tagged PDF; the same text and day give the same bytes. Raises RenderRefused."""
    data = {
        "title": agreement.title, "reference": agreement.reference, "notice": NOTICE,
        "marking": marking(agreement),
        "lines": lines(agreement, day, shown), "text_hash": shown.text_hash,
        "clauses": [
            {"number": str(c.number or ""), "heading": c.passage.heading, "provenance": provenance(c),
             "paragraphs": [] if c.passage.deleted else [p for p in c.passage.filled.split("\n") if p.strip()]}
            for c in shown.clauses
        ],
    }  # fmt: skip
    return render_consolidated(data, at=_end(day))


def marking(agreement: TestingAgreement) -> str:
    """As of the text that was signed; an amendment's own file has its own."""
    return agreement.current.marking if agreement.current else ""


def as_word(agreement: TestingAgreement, day: date, shown: Shown) -> bytes:
    """A Word file without tracked changes."""
    rows = [
        Piece(c.passage.clause_id, c.passage.heading, "\n".join(filter(None, (provenance(c), _text(c)))))
        for c in shown.clauses
    ]
    said = [
        *filter(None, [marking(agreement)]),
        *lines(agreement, day, shown),
        f"Text hash (SHA-256): {shown.text_hash}",
    ]
    head = Head(agreement.title, agreement.reference, said, NOTICE, "Concord (consolidated text)", _end(day))
    return document(head, compare(rows, rows))


def lines(agreement: TestingAgreement, day: date, shown: Shown) -> list[str]:
    """What it is, of which day, and which amendments are in it."""
    with_ = ", ".join(f"amendment {row.number} ({row.amendment.reference})" for row in shown.amendments)
    what = f"with {with_}" if with_ else "as signed: no amendment was in effect"
    later = [
        f"Amendment {row.number} ({row.amendment.reference}) is signed and takes effect on {row.applies_from:%-d %b %Y}."
        for row in shown.later
    ]
    return [GOVERN, f"Agreement {agreement.reference} at the end of {day:%-d %b %Y} (UTC), {what}.", *later]


def provenance(clause: Marked) -> str:
    """Which amendments made a clause what it is; nothing for one that stands as signed."""
    by: Sequence[str] = [f"amendment {row.number} ({row.applies_from:%-d %b %Y})" for row in clause.by]
    if not by:
        return ""
    return f"Deleted by {by[-1]}." if clause.passage.deleted else f"As changed by {', '.join(by)}."


def _text(clause: Marked) -> str:
    return "" if clause.passage.deleted else clause.passage.filled


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC).replace(microsecond=0)
