"""Start an agreement from a template, save drafts, freeze versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agreements import notices, policies, queries, texts
from agreements.actions.base import locked, move, record
from agreements.clause_texts import OBLIGATIONS, PROTECTED
from agreements.models import (
    AgreementClause,
    AgreementParty,
    AgreementTemplate,
    AgreementVersion,
    Clause,
    ClauseReview,
    Concurrence,
    Obligation,
    TestingAgreement,
)
from agreements.rules import completeness
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
) -> TestingAgreement:
    """A draft that only `home` (the developer, or one of the agencies) sees until it is sent."""
    policies.may_start(by).require()
    if not seats_of(by).holds(home.pk, *policies.DRAFTING):
        refuse("You do not draft agreements for that organisation.").require()
    if problems := _start_problems(developer, agencies, title, home):
        raise Invalid(problems)
    agreement = TestingAgreement.objects.create(
        developer=developer, drafted_by=home, started_by=by, template=template, instrument=template.instrument,
        title=title.strip(), order=[developer.pk, *(a.pk for a in agencies)],
    )  # fmt: skip
    _join(agreement, [home.pk], {o.pk: o for o in (developer, *agencies)})
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


def _join(agreement: TestingAgreement, who: Sequence[Any], known: Mapping[Any, Organisation]) -> None:
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
    filled = _values(agreement, values)
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


def _values(agreement: TestingAgreement, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The variables and what the agreement itself supplies."""
    known = {o.pk: o.name for o in Organisation.objects.filter(pk__in=agreement.order)}
    names = [known[pk] for pk in agreement.order if pk in known and pk != agreement.developer_id]
    day = variables.get("effective_on")
    when = f"on {day}, but not before the day of the last signature" if day else "on the day of the last signature"
    together = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    return {
        **variables, "developer": known.get(agreement.developer_id, ""), "agencies": together, "effective_phrase": when,
    }  # fmt: skip


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
        variables=agreement.current.variables, edited_by=by, edited_at=timezone.now(),
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
) -> AgreementVersion:
    """Save what was typed, complete or not. Conflict with both texts when somebody saved since `row_version`."""
    agreement = locked(agreement)
    policies.may_edit(by, agreement).require()
    version = queries.working_draft(agreement, policies.side_of(by, agreement))
    if version is None:
        raise Conflict("There is no draft of your side any more. Open the agreement and begin a new version.")
    rows = list(version.clauses.all())
    spec = agreement.template.variables
    if version.row_version != row_version:
        raise _stale(version, rows, variables, clauses)
    problems = _typing_problems(spec, rows, variables, clauses)
    if title is not None and agreement.status == "draft":
        problems += [] if 3 <= len(title.strip()) <= 200 else [TITLE]
        agreement.title = title.strip()
    if problems:
        raise Invalid(problems)
    version.variables = {**version.variables, **_numbers(spec, variables)}
    values = _values(agreement, version.variables)
    for row in rows:
        _reword(row, clauses.get(row.clause_id))
        _refresh(row, values)
        row.save()
    version.row_version += 1
    version.edited_by, version.edited_at = by, timezone.now()
    version.save()
    agreement.save(update_fields=["title"])
    return version


def _reword(row: AgreementClause, text: str | None) -> None:
    if text is None:
        return
    row.text = text.replace("\r\n", "\n").strip()
    standard = row.library is not None and row.text == row.library.text
    row.source = AgreementClause.Source.LIBRARY if standard else AgreementClause.Source.BESPOKE


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
    theirs = _as_text(version.variables, {r.clause_id: r.text for r in rows})
    yours = _as_text({**version.variables, **variables}, {r.clause_id: clauses.get(r.clause_id, r.text) for r in rows})
    return Conflict(
        "Somebody saved this draft after you opened it. Nothing of yours is lost: compare both texts, "
        "then open the current draft and put in what is missing.",
        theirs=theirs, yours=yours,
    )  # fmt: skip


def _as_text(variables: Mapping[str, Any], clauses: Mapping[str, str]) -> str:
    lines = [f"{key}: {value}" for key, value in variables.items()]
    return "\n".join([*lines, *(f"\n[{key}]\n{text}" for key, text in clauses.items())])


def draft_problems(agreement: TestingAgreement, version: AgreementVersion) -> list[Problem]:
    """Everything that stands against sending this draft."""
    spec = agreement.template.variables
    rows = list(version.clauses.select_related("library"))
    pairs = [(row.clause_id, row.text) for row in rows]
    standard = {row.clause_id: row.library.text for row in rows if row.library}
    return [
        *completeness.variable_problems(spec, version.variables),
        *completeness.clause_problems(pairs, [row["key"] for row in spec]),
        *completeness.protected_problems(pairs, standard, PROTECTED),
    ]


def _freeze(agreement: TestingAgreement, version: AgreementVersion, by: User) -> None:
    """Give the version its number, canonical text, hash and obligations; it never changes again."""
    if problems := draft_problems(agreement, version):
        raise Invalid(problems)
    rows = list(version.clauses.all())
    last = queries.versions(agreement).first()
    content = {
        "agreement": agreement.reference,
        "title": agreement.title,
        "parties": [str(pk) for pk in agreement.order],
        "variables": version.variables,
        "clauses": [{"id": r.clause_id, "heading": r.heading, "text": r.filled, "hash": r.text_hash} for r in rows],
    }
    version.number = (last.number or 0) + 1 if last else 1
    version.canonical, version.text_hash = texts.canonical(content), texts.digest(content)
    version.frozen_at, version.frozen_by = timezone.now(), by
    version.save()
    for kind, (clause_id, survives) in OBLIGATIONS.items():
        if version.variables.get(kind) not in (None, ""):
            Obligation.objects.create(
                agreement=agreement, version=version, developer_id=agreement.developer_id, clause_id=clause_id,
                kind=kind, value=int(version.variables[kind]), survives=survives,
            )  # fmt: skip
    day = version.variables.get("effective_on")
    agreement.current = version
    agreement.effective_on = date.fromisoformat(day) if day else None


@transaction.atomic
def send(*, agreement: TestingAgreement, by: User) -> TestingAgreement:
    """Freeze version 1 and give it to the other parties."""
    agreement = locked(agreement)
    policies.may_send(by, agreement).require()
    version = AgreementVersion.objects.get(agreement=agreement, frozen_at__isnull=True)
    _freeze(agreement, version, by)
    known = {o.pk: o for o in Organisation.objects.filter(pk__in=agreement.order)}
    already = set(agreement.party_ids)
    _join(agreement, [pk for pk in agreement.order if pk not in already], known)
    del agreement._party_rows  # read again: there are more now
    move(agreement, "send")
    record("sent", agreement, by=by, detail={"version": 1, "text_hash": version.text_hash})
    notices.tell_parties("agreements.sent", agreement, by=by, to=[p for p in agreement.party_ids if p not in already])
    return agreement


@transaction.atomic
def propose_version(*, agreement: TestingAgreement, by: User) -> AgreementVersion:
    """Freeze the side's working draft. Agencies that had concurred with every clause of it keep their concurrence."""
    agreement = locked(agreement)
    policies.may_propose_version(by, agreement).require()
    version = queries.working_draft(agreement, policies.side_of(by, agreement))
    if version is None:
        raise Conflict("There is no working draft of your side. Begin a new version first.")
    if overtaken(agreement, version):
        raise _overtaken(agreement, version)
    if agreement.current_id and queries.hashes(version.pk) == queries.hashes(agreement.current_id):
        raise Invalid(
            [Problem("text", "Nothing differs from the current version. Change something, or keep that one.")]
        )
    _freeze(agreement, version, by)
    move(agreement, "propose_version")
    kept = [a.name for a in agreement.agencies if _carry(agreement, a)]
    record("version_proposed", agreement, by=by, detail={"version": version.number, "carried": len(kept)})
    notices.tell_parties("agreements.version_proposed", agreement, by=by)
    return version


def overtaken(agreement: TestingAgreement, version: AgreementVersion) -> bool:
    """Whether another version was frozen after this draft was begun from its predecessor."""
    current = agreement.current
    return current is not None and current.frozen_at is not None and version.created_at < current.frozen_at


def _overtaken(agreement: TestingAgreement, version: AgreementVersion) -> Conflict:
    theirs, yours = (
        _as_text(v.variables, {c.clause_id: c.text for c in v.clauses.all()}) for v in (agreement.current, version) if v
    )
    return Conflict(
        "A newer version was proposed after this draft was begun. Compare both texts, begin the draft again from the "
        "current version, and put in what you still want to change.",
        theirs=theirs,
        yours=yours,
    )


@transaction.atomic
def discard_draft(*, agreement: TestingAgreement, by: User) -> None:
    """Give up the side's working draft; the next one begins from the current version."""
    agreement = locked(agreement)
    policies.may_propose_version(by, agreement).require()
    version = queries.working_draft(agreement, policies.side_of(by, agreement))
    if version is not None:
        version.clauses.all().delete()
        version.delete()


def _carry(agreement: TestingAgreement, agency: Organisation) -> bool:
    """Carry a concurrence over when no clause is open for this agency."""
    earlier = (
        Concurrence.objects.filter(agreement=agreement, agency=agency, verdict=Concurrence.Verdict.CONCUR)
        .order_by("-decided_at")
        .first()
    )
    if earlier is None or queries.open_for(agreement, agency.pk):
        return False
    seen = queries.seen_by(agreement, agency.pk)
    row = Concurrence.objects.create(
        agreement=agreement, version=agreement.current, developer_id=agreement.developer_id, agency=agency,
        verdict=Concurrence.Verdict.CONCUR, basis="carried", decided_by=earlier.decided_by, decided_at=timezone.now(),
        carried_from=earlier,
    )  # fmt: skip
    review_all(agreement, row, seen)
    return True


def review_all(agreement: TestingAgreement, row: Concurrence, seen: Mapping[str, ClauseReview]) -> None:
    """One review per clause of the current version; unchanged ones name the earlier review they continue."""
    ClauseReview.objects.bulk_create(
        ClauseReview(concurrence=row, clause_id=clause_id, text_hash=text_hash, carried_from=seen.get(text_hash))
        for clause_id, text_hash in queries.hashes(agreement.current_id).items()
    )
