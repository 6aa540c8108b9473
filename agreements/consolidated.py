"""The text of an agreement with its amendments: at an instant, or after so many of them; and what a version changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from agreements import obligations
from agreements.models import AgreementClause, AgreementVersion, Consolidation, TestingAgreement
from agreements.rules import amending, lasting
from agreements.rules.amending import Operation, Passage, Text
from core.decisions import Problem

# Read as rows: fifty amendments are a hundred operations, and a model instance costs more than its row. As SQL: building
# this query through the ORM costs as much as asking it.
SIGNED = """
SELECT signed.number, change.kind, change.clause_id, change.after, change.wording_id, change.name, change.value::text
  FROM agreements_consolidation signed
  JOIN agreements_amendmentoperation change ON change.version_id = signed.version_id
 WHERE signed.agreement_id = %(agreement)s
   AND signed.number <= coalesce(%(through)s, signed.number)
   AND signed.applies_from <= coalesce(%(at)s, signed.applies_from)
 ORDER BY signed.number, change.position"""
WORDING = (
    "pk", "version_id", "position", "clause_id", "heading", "text", "parameters", "source", "library_id", "alternative_id",
)  # fmt: skip


class Change(NamedTuple):
    """A row of SIGNED; as much of an AmendmentOperation as is applied."""

    number: int
    kind: str
    clause_id: str
    after: str
    wording_id: Any
    name: str
    value: Any


def of_version(version: AgreementVersion) -> Text:
    """A version as a text."""
    return Text(tuple(_passage(row) for row in version.clauses.all()), version.variables)


def _passage(row: Any) -> Passage:
    """Of a stored clause, or of its columns."""
    return Passage(row.clause_id, row.heading, row.text, row.parameters, row)


def read(agreement: TestingAgreement, *, through: int | None = None, at: datetime | None = None) -> Text:
    """The agreement's text with all signed amendments, with the first so many, or with those in effect at an instant."""
    version = agreement.current
    if version is None:
        return Text()
    changes = _signed(agreement, through, at)
    if not changes:
        return of_version(version)
    first, wordings = _clauses(Q(version=version.pk), changes, version.pk)
    found = Text(tuple(first), version.variables)
    for number, rows in groupby(changes, key=lambda row: row.number):
        found = amending.applied(found, [_operation(row, wordings) for row in rows], number)
    return found


def _signed(agreement: TestingAgreement, through: int | None, at: datetime | None) -> list[Change]:
    """What the signed amendments change, in order."""
    if not agreement.amended or through == 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SIGNED, {"agreement": agreement.pk, "through": through, "at": at})
        rows = cursor.fetchall()
    return [Change._make((*row[:-1], None if row[-1] is None else json.loads(row[-1]))) for row in rows]


def _operation(row: Any, wordings: Mapping[Any, Passage], **more: str) -> Operation:
    passage = None
    if row.wording_id:
        passage = wordings.get(row.wording_id) or Passage(row.clause_id, "", "", {})  # replaced by a later one
    return Operation(row.kind, row.clause_id, row.after, row.name, value=row.value, passage=passage, **more)


def _clauses(also: Q, rows: Sequence[Any], version_id: Any = None) -> tuple[list[Passage], dict[Any, Passage]]:
    """In one query: the clauses of a version in order, and the words of operations by their stored row, of which only those
    that no later operation replaces are read."""
    last: dict[str, Any] = {}
    read = set()
    for row in rows:
        if row.kind == "insert":
            read.add(last.pop(row.clause_id, None))
        if row.wording_id:
            last[row.clause_id] = row.wording_id
        elif row.kind == "delete":  # its last words are shown, struck out
            read.add(last.pop(row.clause_id, None))
    wanted = {*read, *last.values()} - {None}
    stored = AgreementClause.objects.filter(also | Q(pk__in=wanted)).order_by("position")
    found = [(row, _passage(row)) for row in stored.values_list(*WORDING, named=True)]
    first = [passage for row, passage in found if row.version_id == version_id]
    return first, {row.pk: passage for row, passage in found}


def base_of(version: AgreementVersion) -> Text:
    """The text against which a version of an amendment is written; empty for who may not read the agreement it amends."""
    parent = parent_of(version.agreement)
    return read(parent, through=version.written_against) if parent else Text()


def parent_of(amendment: TestingAgreement) -> TestingAgreement | None:
    """The agreement that an amendment amends, if there is one that whoever asks may read."""
    if amendment.amends_id is None:
        return None
    return TestingAgreement.objects.select_related("current", "template").filter(pk=amendment.amends_id).first()


def changes_of(version: AgreementVersion) -> list[Operation]:
    """What a draft of an amendment changes so far."""
    return amending.operations(base_of(version), of_version(version))


def amendments(agreement: TestingAgreement, user: User) -> list[TestingAgreement]:
    """Those of an agreement that this person may read: signed ones by number, then the others, oldest first."""
    rows = TestingAgreement.objects.visible_to(user).filter(amends=agreement).select_related("current", "drafted_by")
    return list(rows.order_by(F("amendment_number").asc(nulls_last=True), "created_at"))


def spec_of(agreement: TestingAgreement) -> list[dict[str, Any]]:
    """The terms that can be filled in: those of the template; in an amendment without the day on which the agreement
    took effect, and with the amendment's own."""
    spec: list[dict[str, Any]] = agreement.template.variables
    if agreement.amends_id is None:
        return spec
    return [*(row for row in spec if row["key"] not in amending.APART), amending.SPEC]


def touched_by(version: AgreementVersion) -> set[str]:
    """Ids of the clauses that a version of an amendment binds anew."""
    base, draft = base_of(version), of_version(version)
    return {*amending.touched(base, draft), *(draft.hashes.keys() - base.hashes.keys())}


def is_behind(version: AgreementVersion) -> bool:
    """Whether an amendment was signed by all that this one's draft does not know."""
    parent = parent_of(version.agreement)
    return parent is not None and parent.amended > version.written_against


def duties_of(text: Text) -> dict[str, dict[str, Any]]:
    """Kind → duty, of a whole text."""
    said = obligations.stated([(p.clause_id, p.text) for p in text.standing], text.variables)
    return {
        duty.kind: {
            "value": duty.value, "clause_id": duty.clause_id, "survives": duty.survives, "options": list(duty.options),
        }
        for duty in said
    }  # fmt: skip


@dataclass(frozen=True)
class Described:
    """One change in words, for the page and the file: what is done, and the new text."""

    kind: str
    heading: str
    filled: str
    clause_id: str


def described(amendment: TestingAgreement, changes: Sequence[Operation], base: Text) -> list[Described]:
    """Each change in words."""
    labels = {row["key"]: row["label"] for row in amendment.template.variables}
    headings = {p.clause_id: p.heading for p in base.standing}
    headings |= {op.clause_id: op.heading for op in changes if op.clause_id}
    return [_described(op, labels, headings, base) for op in changes]


def in_words(version: AgreementVersion | None) -> list[Described]:
    """What a version of an amendment changes: as frozen, or as the draft stands; nothing of any other version."""
    if version is None or version.agreement.amends_id is None:
        return []
    changes = stored_changes(version) if version.frozen_at else changes_of(version)
    return described(version.agreement, changes, base_of(version))


def _described(op: Operation, labels: dict[str, str], headings: dict[str, str], base: Text) -> Described:
    name, after = headings.get(op.clause_id, op.clause_id), headings.get(op.after, "")
    text = op.passage.filled if op.passage else ""
    if op.kind == "set":
        old, label = base.variables.get(op.name), labels.get(op.name, op.name)
        return Described(op.kind, label, f"{_value(old)} becomes {_value(op.value)}.", "")
    title = {
        "replace": f"“{name}” is replaced",
        "insert": f"“{name}” is added {f'after “{after}”' if after else 'at the beginning'}",
        "delete": f"“{name}” is deleted",
    }[op.kind]
    return Described(op.kind, title, text, op.clause_id)


def _value(value: Any) -> str:
    return "(empty)" if value in (None, "") else str(value)


def stored_changes(version: AgreementVersion) -> list[Operation]:
    """What a frozen version of an amendment changes, as it was signed or will be."""
    rows = list(version.operations.all())
    wordings = _clauses(Q(), rows)[1]
    return [_operation(row, wordings, expects=row.expects, heading=row.heading) for row in rows]


def problems(version: AgreementVersion) -> list[Problem]:
    """What stands against this version of an amendment, as its agreement stands now; nothing in any other version."""
    parent = parent_of(version.agreement)
    if parent is None:
        return []
    base, draft = read(parent, through=version.written_against), of_version(version)
    now = base if parent.amended == version.written_against else read(parent)
    return [*_fitting(base, draft, now), *_lasting(parent, draft)]


def _fitting(base: Text, draft: Text, now: Text) -> list[Problem]:
    found = []
    if not amending.operations(base, draft):
        found.append(Problem("text", "Nothing differs from the agreement as it stands. Change a clause or a term."))
    if amending.reordered(base, draft):
        words = "The clauses of a signed agreement keep their order. Move them back; a new clause can stand anywhere."
        found.append(Problem("clauses", words))
    if base.variables.get("effective_on") != draft.variables.get("effective_on"):
        words = "The day on which the agreement took effect has passed and is not amended. Leave it as it was."
        found.append(Problem("variables.effective_on", words))
    return found + [_conflict(key, base, now) for key in amending.conflicts(base, draft, now)]


def _conflict(key: str, base: Text, now: Text) -> Problem:
    """Names the clause or term, what happened to it, and what to do."""
    old, new = ({p.clause_id: p for p in text.passages} for text in (base, now))
    todo = "Take the text over as it stands now (on the page where the draft is edited), then say again what changes."
    if key not in old and key not in new:
        return Problem(f"variables.{key}", f"The term {key} was changed by a later amendment. {todo}")
    passage = new[key] if key in new else old[key]
    by = f"amendment {passage.changed_by[-1]}" if passage.changed_by else "another amendment"
    done = "deleted" if passage.deleted else "changed" if key in old else "added"
    return Problem(f"clause.{key}", f"“{passage.heading}” was {done} by {by} after this one was begun. {todo}")


def _lasting(parent: TestingAgreement, draft: Text) -> list[Problem]:
    """Days that cannot be: an effect before an earlier amendment's or after the end, a term that is over already."""
    found, today = [], timezone.now().date()
    day = _day(draft.variables.get(amending.TAKES_EFFECT)) or today
    field = f"variables.{amending.TAKES_EFFECT}"
    last = Consolidation.objects.filter(agreement=parent).order_by("-number").first() if parent.amended else None
    if last is not None and day < last.applies_from.date():
        words = f"Amendment {last.number} takes effect on {last.applies_from.date()}, and this one builds on it. "
        found.append(Problem(field, f"{words}Choose that day or a later one."))
    if parent.expires_on and day >= parent.expires_on:
        found.append(Problem(field, f"The agreement ends on {parent.expires_on}. Choose an earlier day."))
    end = end_with(parent, draft)
    if end is not None and end <= max(day, today):
        words = f"With this term the agreement would end on {end}, before the amendment takes effect. Make it longer."
        found.append(Problem("variables.term_months", words))
    return found


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:  # the form's own check says so
        return None


def end_with(parent: TestingAgreement, text: Text) -> date | None:
    """The day on which the agreement's term is over with these terms."""
    months = text.variables.get("term_months")
    if parent.effective_on is None or not str(months or "").isdecimal():
        return None
    return lasting.expiry(parent.effective_on, int(str(months)))


def preamble(amendment: TestingAgreement, parent: TestingAgreement, version: AgreementVersion) -> str:
    """What an amendment amends, in words, at the head of its file."""
    day = version.variables.get(amending.TAKES_EFFECT)
    when = f"on {day}, but not before the day of the last signature" if day else "on the day of the last signature"
    earlier = {0: "", 1: " as amended by amendment 1"}.get(
        version.written_against, f" as amended by amendments 1 to {version.written_against}"
    )
    return (
        f"This amendment changes agreement {parent.reference}, “{parent.title}”{earlier}, between the same parties.\n"
        f"It takes effect {when}. What it does not name stays as it is."
    )


@dataclass(frozen=True)
class Marked:
    """A clause on the page: its number (none once deleted), and the amendments that made it what it is."""

    number: int | None
    passage: Passage
    by: tuple[Consolidation, ...]


@dataclass(frozen=True)
class Shown:
    """The text on a day."""

    clauses: list[Marked]
    duties: dict[str, Any]
    amendments: list[Consolidation]
    later: list[Consolidation]
    text_hash: str


def on(agreement: TestingAgreement, day: date) -> Shown:
    """The text at the end of a day (UTC)."""
    at = datetime.combine(day, time.max, UTC)
    rows = list(Consolidation.objects.filter(agreement=agreement).select_related("amendment").order_by("number"))
    text, known = read(agreement, at=at), {row.number: row for row in rows}
    marked, number = [], 0
    for passage in text.passages:
        number += not passage.deleted
        by = tuple(known[n] for n in passage.changed_by)
        marked.append(Marked(None if passage.deleted else number, passage, by))
    values = {kind: duty["options"] or duty["value"] for kind, duty in duties_of(text).items()}
    return Shown(
        marked, {kind: values[kind] for kind in obligations.KINDS if kind in values},
        [row for row in rows if row.applies_from <= at], [row for row in rows if row.applies_from > at], text.text_hash,
    )  # fmt: skip
