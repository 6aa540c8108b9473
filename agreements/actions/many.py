"""One change to many agreements: a draft of an amendment for each, which is negotiated and signed on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from agreements import consolidated, policies, queries
from agreements.actions.amending import start_amendment, start_renewal
from agreements.actions.base import locked
from agreements.actions.drafting import save_draft
from agreements.actions.freezing import draft_problems
from agreements.consolidated import Described
from agreements.models import AgreementClause, AgreementVersion, TestingAgreement
from agreements.rules.many import CLAUSE, MOST, RENEW, TERM, Change
from core.decisions import Conflict, Invalid, Problem, Refused


@dataclass(frozen=True)
class Outcome:
    """What became of one agreement: a draft and what it changes, or why there is none."""

    agreement: TestingAgreement
    draft: TestingAgreement | None = None
    changes: tuple[Described, ...] = ()
    refused: str = ""


def preview_many(*, agreements: Sequence[TestingAgreement], change: Change, by: User) -> list[Outcome]:
    """What `amend_many` would make, found by making it and undoing it."""
    return [_attempt(agreement, change, by, keep=False) for agreement in _few(agreements)]


def amend_many(*, agreements: Sequence[TestingAgreement], change: Change, by: User) -> list[Outcome]:
    """A draft for each agreement that the change fits. One that is refused keeps none of the others from theirs; a second
    press finds the first one's drafts and makes no more."""
    return [_attempt(agreement, change, by, keep=True) for agreement in _few(agreements)]


def _few(agreements: Sequence[TestingAgreement]) -> Sequence[TestingAgreement]:
    if not agreements:
        raise Invalid([Problem("agreements", "Choose at least one agreement.")])
    if len(agreements) > MOST:
        raise Invalid([Problem("agreements", f"Choose at most {MOST} agreements at once.")])
    return agreements


def _attempt(agreement: TestingAgreement, change: Change, by: User, *, keep: bool) -> Outcome:
    try:
        with transaction.atomic():
            draft = _one(agreement, change, by)
            outcome = Outcome(agreement, draft if keep else None, tuple(_changes(draft, by)))
            if not keep:
                transaction.set_rollback(True)
            return outcome
    except Invalid as invalid:
        return Outcome(agreement, refused=" ".join(problem.sentence for problem in invalid.problems))
    except (Refused, Conflict) as refused:
        return Outcome(agreement, refused=str(refused))


def _one(agreement: TestingAgreement, change: Change, by: User) -> TestingAgreement:
    agreement = locked(agreement)
    policies.may_amend(by, agreement).require()
    home = policies.acts_for(by, agreement, *policies.DRAFTING)[0]
    open_ = TestingAgreement.objects.filter(amends=agreement, drafted_by=home, status="draft").first()
    if open_ is not None:
        words = f"Your side has the draft {open_.reference} of an amendment already. Send it or withdraw it first."
        raise Conflict(words)
    if change.kind == RENEW:
        return start_renewal(agreement=agreement, by=by)
    draft = start_amendment(agreement=agreement, by=by, title=change.title)
    version = _version(draft, by)
    variables, clauses = {}, {}
    if change.kind == TERM:
        variables = {change.key: change.value}
        if change.key not in {row["key"] for row in consolidated.spec_of(draft)}:
            raise Invalid([Problem("key", "It has no such term.")])
    if change.kind == CLAUSE:
        clauses = {change.key: _newest(version, change.key)}
    save_draft(agreement=draft, by=by, row_version=version.row_version, variables=variables, clauses=clauses)
    if problems := draft_problems(draft, _version(draft, by)):
        raise Invalid(problems)
    return draft


def _version(draft: TestingAgreement, by: User) -> AgreementVersion:
    found = queries.working_draft(draft, policies.side_of(by, draft))
    if found is None:
        raise Conflict("The draft is gone. Try again.")
    return found


def _newest(version: AgreementVersion, key: str) -> str:
    """The library's newest text of a clause, to which the draft's clause then belongs."""
    library = queries.newest_clauses().get(key)
    row = AgreementClause.objects.filter(version=version, clause_id=key).first()
    if library is None or row is None:
        raise Invalid([Problem("key", "It has no such clause.")])
    row.library, row.heading = library, library.heading
    row.save(update_fields=["library", "heading"])
    return library.text


def _changes(draft: TestingAgreement, by: User) -> list[Described]:
    version = queries.working_draft(draft, policies.side_of(by, draft))
    return consolidated.in_words(version)
