"""Freeze drafts as versions: send the first, propose the next, carry concurrences over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import components, consolidated, notices, obligations, policies, queries, terms, texts
from agreements.actions.base import locked, move, record
from agreements.actions.deviating import ask_about_deviations
from agreements.actions.drafting import as_text, join
from agreements.actions.inheriting import take_over_plans
from agreements.models import (
    AgreementClause,
    AgreementVersion,
    AmendmentOperation,
    ClauseReview,
    Concurrence,
    ConcurrencePlan,
    Obligation,
    TestingAgreement,
)
from agreements.rules import amending, completeness
from agreements.standard import PROTECTED
from core.decisions import Conflict, Invalid, Problem


def draft_problems(agreement: TestingAgreement, version: AgreementVersion) -> list[Problem]:
    """Everything that stands against sending this draft."""
    spec = consolidated.spec_of(agreement)
    ours = {k: v for k, v in version.variables.items() if agreement.amends_id is None or k != "effective_on"}
    rows = list(version.clauses.select_related("library"))
    pairs = [(row.clause_id, row.text) for row in rows]
    standard = {row.clause_id: row.library.text for row in rows if row.library}
    return [
        *completeness.variable_problems(spec, ours),
        *completeness.clause_problems(pairs, [row["key"] for row in agreement.template.variables]),
        *completeness.protected_problems(pairs, standard, PROTECTED),
        *obligations.limit_problems(agreement.instrument, version.variables),
        *obligations.silent_problems(pairs, standard, version.variables),
        *consolidated.problems(version),
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
        **({"marking": version.marking} if version.marking else {}),
        "clauses": [{"id": r.clause_id, "heading": r.heading, "text": r.filled, "hash": r.text_hash} for r in rows],
    }
    changes = consolidated.changes_of(version) if agreement.amends_id else []
    if agreement.amends_id:
        content |= {"amends": str(agreement.amends_id), "written_against": version.written_against,
                    "operations": [amending.as_data(op) for op in changes]}  # fmt: skip
    _relate(rows)
    version.number = (last.number or 0) + 1 if last else 1
    version.canonical, version.text_hash = texts.canonical(content), texts.digest(content)
    version.frozen_at, version.frozen_by = timezone.now(), by
    version.save()
    Obligation.objects.bulk_create(
        Obligation(
            agreement=agreement, version=version, developer_id=agreement.developer_id, clause_id=duty.clause_id,
            kind=duty.kind, value=duty.value, survives=duty.survives, options=list(duty.options),
        )
        for duty in obligations.stated([(r.clause_id, r.text) for r in rows], version.variables)
    )  # fmt: skip
    _keep_operations(version, rows, changes)
    day = version.variables.get(amending.TAKES_EFFECT if agreement.amends_id else "effective_on")
    agreement.current = version
    agreement.effective_on = date.fromisoformat(day) if day else None


def _keep_operations(
    version: AgreementVersion, rows: Sequence[AgreementClause], changes: Sequence[amending.Operation]
) -> None:
    """What an amendment changes, kept beside its text."""
    by_id = {row.clause_id: row for row in rows}
    AmendmentOperation.objects.bulk_create(
        AmendmentOperation(
            version=version, position=position, kind=op.kind, clause_id=op.clause_id, after=op.after, name=op.name,
            wording=by_id.get(op.clause_id), expects=op.expects, value=op.value,
            heading=op.heading,
        )
        for position, op in enumerate(changes, start=1)
    )  # fmt: skip


def _relate(rows: Sequence[AgreementClause]) -> None:
    """Note in each clause which defined terms it uses, and the hash of what they mean now."""
    known = terms.definitions(row.filled for row in rows)
    for row in rows:
        row.terms = terms.reached(row.filled, known)
    AgreementClause.objects.bulk_update(rows, ["terms"])


@transaction.atomic
def send(*, agreement: TestingAgreement, by: User) -> TestingAgreement:
    """Freeze version 1 and give it to the other parties."""
    agreement = locked(agreement)
    policies.may_send(by, agreement).require()
    version = AgreementVersion.objects.get(agreement=agreement, frozen_at__isnull=True)
    _freeze(agreement, version, by)
    known = {o.pk: o for o in Organisation.objects.filter(pk__in=agreement.order)}
    already = set(agreement.party_ids)
    join(agreement, [pk for pk in agreement.order if pk not in already], known)
    del agreement._party_rows  # read again: there are more now
    take_over_plans(agreement, [pk for pk in agreement.order if pk not in already])
    move(agreement, "send")
    record("sent", agreement, by=by, detail={"version": 1, "text_hash": version.text_hash})
    notices.tell_parties("agreements.sent", agreement, by=by, to=[p for p in agreement.party_ids if p not in already])
    ask_about_deviations(agreement, by)
    return agreement


@transaction.atomic
def propose_version(*, agreement: TestingAgreement, by: User) -> AgreementVersion:
    """Freeze the side's working draft. Agencies (and their components) that had concurred with every clause of it keep
    their concurrence."""
    agreement = locked(agreement)
    policies.may_propose_version(by, agreement).require()
    version = queries.working_draft(agreement, policies.side_of(by, agreement))
    if version is None:
        raise Conflict("There is no working draft of your side. Begin a new version first.")
    if overtaken(agreement, version):
        raise _overtaken(agreement, version)
    before, now = (list(queries.hashes(pk).items()) for pk in (agreement.current_id, version.pk))
    terms_too = _same_marking(agreement.current, version)
    terms_too = terms_too and (agreement.amends_id is None or _same_terms(agreement.current, version))
    if agreement.current_id and before == now and terms_too:  # lists: another order is a change
        raise Invalid(
            [Problem("text", "Nothing differs from the current version. Change something, or keep that one.")]
        )
    _freeze(agreement, version, by)
    move(agreement, "propose_version")
    with components.widened(agreement):  # sealed answers are carried too, by whoever proposes
        kept = [a.name for a in agreement.agencies if _carry(agreement, a)]
    carried = {} if agreement.concurrence_blind else {"carried": len(kept)}
    record("version_proposed", agreement, by=by, detail={"version": version.number, **carried})
    notices.tell_parties("agreements.version_proposed", agreement, by=by)
    ask_about_deviations(agreement, by)
    return version


def _same_terms(current: AgreementVersion | None, version: AgreementVersion) -> bool:
    """In an amendment the day of its effect is a change too, though no clause names it."""
    return current is not None and current.variables == version.variables


def _same_marking(current: AgreementVersion | None, version: AgreementVersion) -> bool:
    """How the text is handled is said by no clause of it either."""
    return current is not None and current.marking == version.marking


def overtaken(agreement: TestingAgreement, version: AgreementVersion) -> bool:
    """Whether another version was frozen after this draft was begun from its predecessor."""
    current = agreement.current
    return current is not None and current.frozen_at is not None and version.created_at < current.frozen_at


def _overtaken(agreement: TestingAgreement, version: AgreementVersion) -> Conflict:
    theirs, yours = (
        as_text(v, v.variables, [(c.heading, c.text) for c in v.clauses.all()])
        for v in (agreement.current, version)
        if v
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
    """Carry an agency's concurrence over, and those of the components in its plan, which come before its own."""
    standing = components.plan_of(agreement, agency.pk)
    if standing is None:
        return _carry_one(agreement, agency)
    kept = [_carry_one(agreement, part.component, inside=standing.plan) for part in standing.parts]
    if all(kept):
        rows = Concurrence.every.filter(version=agreement.current_id, inside=standing.plan, revealed_at__isnull=True)
        rows.update(revealed_at=timezone.now())
    return all(kept) and _carry_one(agreement, agency)


def _carry_one(agreement: TestingAgreement, agency: Organisation, inside: ConcurrencePlan | None = None) -> bool:
    """Carry a concurrence over when no clause is open for this agency or component, and none was taken out that it agreed
    to."""
    earlier = (
        Concurrence.every.filter(agreement=agreement, agency=agency, verdict=Concurrence.Verdict.CONCUR)
        .order_by("-decided_at")
        .first()
    )
    blind = agreement.concurrence_blind if inside is None else inside.blind
    if earlier is not None and earlier.revealed_at is None and not blind:
        return False  # given under seal: asked anew where answers are open by now
    if earlier is None or queries.open_for(agreement, agency.pk) or queries.taken_out(agreement, agency.pk):
        return False
    seen = queries.seen_by(agreement, agency.pk)
    row = Concurrence.objects.create(
        agreement=agreement, version=agreement.current, developer_id=agreement.developer_id, agency=agency,
        verdict=Concurrence.Verdict.CONCUR, basis="carried", decided_by=earlier.decided_by, decided_at=timezone.now(),
        carried_from=earlier, rule=earlier.rule, inside=inside, revealed_at=None if blind else timezone.now(),
    )  # fmt: skip
    review_all(agreement, row, seen)
    return True


def review_all(agreement: TestingAgreement, row: Concurrence, seen: Mapping[str, ClauseReview]) -> None:
    """One review per clause of the current version; unchanged ones name the earlier review they continue."""
    ClauseReview.objects.bulk_create(
        ClauseReview(
            concurrence=row, clause_id=c.clause_id, text_hash=c.text_hash, terms=c.terms,
            carried_from=seen.get(terms.review_key(c.text_hash, c.terms)),
        )
        for c in AgreementClause.objects.filter(version=agreement.current_id).order_by("position")
    )  # fmt: skip
