"""Start an agreement from a template, begin and save drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agreements import consolidated, policies, queries, texts
from agreements.actions.arranging import arranged
from agreements.actions.base import locked, record
from agreements.models import (
    AgreementClause,
    AgreementParty,
    AgreementTemplate,
    AgreementVersion,
    Clause,
    Marking,
    TestingAgreement,
)
from agreements.rules import completeness, replacing
from agreements.rules import steps as signing
from core.decisions import Conflict, Invalid, Problem, refuse

TITLE = Problem("title", "The title has between 3 and 200 characters. Write one.")


@transaction.atomic
def start_from_template(
    *,
    template: AgreementTemplate,
    developer: Organisation,
    agencies: Sequence[Organisation],
    title: str,
    by: User,
    home: Organisation,
    steps: Sequence[int] = (),
    replaces: TestingAgreement | None = None,
) -> TestingAgreement:
    """A draft that only `home` (the developer, or one of the agencies) sees until it is sent. `steps` says in which step
    each party signs, the developer first; none is one after the other. The agreement that it `replaces` ends when this one
    comes into force; its parties are all parties here, so each of them signs that."""
    policies.may_start(by).require()
    if not seats_of(by).holds(home.pk, *policies.DRAFTING):
        refuse("You do not draft agreements for that organisation.").require()
    problems = _start_problems(developer, agencies, title, home) + signing.problems(steps, 1 + len(agencies))
    if replaces is not None:
        policies.may_replace_agreement(by, replaces).require()
        problems += replacing.problems(replaces, template.instrument, {developer.pk, *(a.pk for a in agencies)})
    if problems:
        raise Invalid(problems)
    agreement = TestingAgreement.objects.create(
        developer=developer, drafted_by=home, started_by=by, template=template, instrument=template.instrument,
        title=title.strip(), order=[developer.pk, *(a.pk for a in agencies)],
        steps=signing.ranked(steps), concurrence_order=template.concurrence_order,
        concurrence_blind=template.concurrence_blind, replaces=replaces,
    )  # fmt: skip
    join(agreement, [home.pk], {o.pk: o for o in (developer, *agencies)})
    _first_draft(agreement, template, home, by)
    record("started", agreement, by=by, parties=[home.pk])
    return agreement


def _start_problems(
    developer: Organisation, agencies: Sequence[Organisation], title: str, home: Organisation
) -> list[Problem]:
    found = [] if 3 <= len(title.strip()) <= 200 else [TITLE]
    if problem := completeness.unprintable("title", title):
        found.append(problem)
    if not agencies:
        found.append(Problem("agencies", "Choose at least one agency."))
    if len({a.pk for a in agencies}) != len(agencies) or not all(a.is_agency for a in agencies):
        found.append(Problem("agencies", "Choose each agency once, from the list."))
    if not developer.is_developer:
        found.append(Problem("developer", "Choose a developer from the list."))
    if home.pk not in {developer.pk, *(a.pk for a in agencies)}:
        found.append(Problem("agencies", f"{home.name} drafts this agreement, so it is one of its parties. Choose it."))
    return found


def join(agreement: TestingAgreement, who: Sequence[Any], known: Mapping[Any, Organisation]) -> None:
    """Party rows for some organisations; from then on they can read the agreement."""
    for position, pk in enumerate(agreement.order):
        if pk in who:
            role = AgreementParty.Role.DEVELOPER if known[pk].is_developer else AgreementParty.Role.AGENCY
            AgreementParty.objects.create(
                target=agreement, organisation=known[pk], developer_id=agreement.developer_id, role=role,
                position=position, created_at=agreement.created_at,
            )  # fmt: skip


def _first_draft(agreement: TestingAgreement, template: AgreementTemplate, home: Organisation, by: User) -> None:
    values = {row["key"]: row["default"] for row in template.variables}
    version = AgreementVersion.objects.create(
        agreement=agreement, developer_id=agreement.developer_id, organisation=home, variables=values, edited_by=by,
        edited_at=timezone.now(),
    )  # fmt: skip
    library = Clause.objects.in_bulk(template.clause_ids)
    filled = queries.filled_values(agreement, values)
    for position, pk in enumerate(template.clause_ids, start=1):
        clause = library[pk]
        row = AgreementClause(
            version=version, clause_id=clause.key, position=position, library=clause, heading=clause.heading,
            text=clause.text,
        )  # fmt: skip
        _refresh(row, filled)
        row.save()


def _refresh(row: AgreementClause, values: Mapping[str, Any]) -> None:
    row.parameters = texts.used(row.text, values)
    row.text_hash = texts.clause_hash(row.heading, row.text, row.parameters)


@transaction.atomic
def begin_version(*, agreement: TestingAgreement, by: User) -> AgreementVersion:
    """The working draft of the person's side: the one there is, or a copy of the current version."""
    agreement = locked(agreement)
    policies.may_edit(by, agreement).require()
    side = policies.side_of(by, agreement)
    found = queries.working_draft(agreement, side)
    if found is not None or side is None or agreement.current is None:
        return found or AgreementVersion.objects.get(agreement=agreement, frozen_at__isnull=True)
    version = AgreementVersion.objects.create(
        agreement=agreement, developer_id=agreement.developer_id, organisation=side,
        variables=agreement.current.variables, marking=agreement.current.marking, edited_by=by, edited_at=timezone.now(),
        written_against=agreement.current.written_against,
    )  # fmt: skip
    for row in agreement.current.clauses.all():
        row.pk, row._state.adding, row.version = None, True, version
        row.id = AgreementClause._meta.pk.get_default()
        row.save(force_insert=True)
    return version


@transaction.atomic
def save_draft(
    *,
    agreement: TestingAgreement,
    by: User,
    row_version: int,
    variables: Mapping[str, Any],
    clauses: Mapping[str, str],
    title: str | None = None,
    marking: str | None = None,
    wordings: Mapping[str, str] | None = None,
    arrange: Sequence[Mapping[str, str]] = (),
) -> AgreementVersion:
    """Save what was typed, complete or not. Conflict with both texts when somebody saved since `row_version`.

    `wordings` puts approved text in place of a clause's: the key of an alternative, or "standard".
    `arrange` adds, takes out and moves clauses: [{do: add | remove | up | down, …}], see actions/arranging.py.
    """
    agreement = locked(agreement)
    policies.may_edit(by, agreement).require()
    version = queries.working_draft(agreement, policies.side_of(by, agreement))
    if version is None:
        raise Conflict("There is no draft of your side any more. Open the agreement and begin a new version.")
    rows = list(version.clauses.select_related("library").prefetch_related("library__alternatives"))
    clauses = {**clauses, **_approved(rows, wordings or {})}
    spec = consolidated.spec_of(agreement)
    if version.row_version != row_version:
        raise _stale(version, rows, variables, clauses)
    problems = _typing_problems(spec, rows, variables, clauses)
    if title is not None and agreement.status == "draft":
        problems += [] if 3 <= len(title.strip()) <= 200 else [TITLE]
        agreement.title = title.strip()
    if marking is not None and marking not in Marking.values:
        problems.append(Problem("marking", "Choose one of the list, or none."))
    if problems:
        raise Invalid(problems)
    version.variables = {**version.variables, **_numbers(spec, variables)}
    version.marking = version.marking if marking is None else marking
    values = queries.filled_values(agreement, version.variables)
    for row in arranged(version, rows, arrange):
        _reword(row, clauses.get(row.clause_id))
        _refresh(row, values)
        row.save()
    version.row_version += 1
    version.edited_by, version.edited_at = by, timezone.now()
    version.save()
    agreement.save(update_fields=["title"])
    return version


def _approved(rows: Sequence[AgreementClause], wordings: Mapping[str, str]) -> dict[str, str]:
    """Clause id → the approved text that was chosen for it."""
    known = {row.clause_id: row for row in rows}
    found = {}
    for clause_id, key in wordings.items():
        library = known[clause_id].library if clause_id in known else None
        texts_of = {"standard": library.text, **{a.key: a.text for a in library.alternatives.all()}} if library else {}
        if key not in texts_of:
            raise Invalid(
                [Problem(f"clause.{clause_id}", f"There is no approved wording “{key}”. Choose from the list.")]
            )
        found[clause_id] = texts_of[key]
    return found


def _reword(row: AgreementClause, text: str | None) -> None:
    """Take the text over, and say what it is: standard, an approved alternative, or the parties' own."""
    if text is None:
        return
    row.text = text.replace("\r\n", "\n").strip()
    row.source, row.alternative = AgreementClause.Source.BESPOKE, None
    if row.library is not None and row.text == row.library.text:
        row.source = AgreementClause.Source.LIBRARY
    elif row.library is not None:
        row.alternative = next((a for a in row.library.alternatives.all() if a.text == row.text), None)
        if row.alternative is not None:
            row.source = AgreementClause.Source.ALTERNATIVE


def _numbers(spec: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {row["key"]: row["kind"] for row in spec}
    return {k: int(v) if kinds[k] == "number" and v not in (None, "") else v for k, v in values.items()}


def _typing_problems(
    spec: Sequence[Mapping[str, Any]],
    rows: Sequence[AgreementClause],
    variables: Mapping[str, Any],
    clauses: Mapping[str, str],
) -> list[Problem]:
    """What is wrong rather than only missing: a draft may have gaps."""
    found = completeness.variable_problems([{**r, "required": False} for r in spec], variables)
    known = {row.clause_id for row in rows}
    found += [
        Problem(f"clause.{key}", f"There is no clause {key}. Leave it out.") for key in clauses if key not in known
    ]
    names = [row["key"] for row in spec]
    wrong = completeness.clause_problems([(k, t) for k, t in clauses.items() if t.strip() and k in known], names)
    return found + wrong


def _stale(
    version: AgreementVersion, rows: Sequence[AgreementClause], variables: Mapping[str, Any], clauses: Mapping[str, str]
) -> Conflict:
    theirs = as_text(version, version.variables, [(r.heading, r.text) for r in rows])
    sent = [(r.heading, clauses.get(r.clause_id, r.text)) for r in rows]
    yours = as_text(version, {**version.variables, **variables}, sent)
    return Conflict(
        "Somebody saved this draft after you opened it. Nothing of yours is lost: compare both texts, "
        "then open the current draft and put in what is missing.",
        theirs=theirs, yours=yours,
    )  # fmt: skip


def as_text(version: AgreementVersion, variables: Mapping[str, Any], clauses: Sequence[tuple[str, str]]) -> str:
    """Terms by their labels, then (heading, text) of each clause, as people know them from the page."""
    labels = {row["key"]: row["label"] for row in consolidated.spec_of(version.agreement)}
    lines = [f"{labels.get(key, key)}: {value}" for key, value in variables.items()]
    return "\n".join([*lines, *(f"\n{heading}\n{text}" for heading, text in clauses)])
