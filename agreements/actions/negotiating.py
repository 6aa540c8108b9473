"""Returns, clearance and the verdicts of agencies. A verdict sends what its author kept in comments along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import answers, notices, policies, queries
from agreements.actions import concurring, reminding, verdicts
from agreements.actions.base import locked, move, record, same_text
from agreements.actions.commenting import LONGEST, clauses_named, said, with_verdict
from agreements.actions.freezing import review_all
from agreements.models import ClauseComment, Concurrence, TestingAgreement
from agreements.rules import clearing
from core.decisions import Invalid, Problem


@transaction.atomic
def return_with_comments(
    *, agreement: TestingAgreement, by: User, comment: str = "", clause_ids: Sequence[str] = ()
) -> TestingAgreement:
    """Ask for changes, with the comments that this person keeps; from clearance this leads back to negotiation. Words of
    its own it needs only where no comment for all parties says what should change."""
    agreement = locked(agreement)
    policies.may_return_with_comments(by, agreement).require()
    kept = queries.kept_by(agreement, by)
    words = said(
        comment or ("See the comments." if _for_all(kept) else ""), "comment",
        "Say what should change, so that the others can act on it.",
    )  # fmt: skip
    named = clauses_named(agreement, clause_ids or _clauses(agreement, kept))
    agency = _speaks_for(agreement, by)
    if agency is not None:
        verdicts.write(agreement, agency, by, Concurrence.Verdict.RETURN, words, named)
    with_verdict(agreement, by, kept)
    move(agreement, "return_with_comments")
    record("returned", agreement, by=by, reason=words, detail={"clauses": named})
    notices.tell_parties("agreements.returned", agreement, by=by)
    return agreement


@transaction.atomic
def open_clearance(*, agreement: TestingAgreement, by: User, answer_by: date | None = None) -> TestingAgreement:
    """Ask the agencies for their concurrence with the current version, in the way that is set, if wished by a day."""
    agreement = locked(agreement)
    policies.may_open_clearance(by, agreement).require()
    if problem := clearing.day_problem(answer_by, timezone.now().date()):
        raise Invalid([problem])
    agreement.concur_by = answer_by
    move(agreement, "open_clearance")
    reminding.watch(agreement)
    record("clearance_opened", agreement, by=by, detail={"answer_by": str(answer_by)} if answer_by else None)
    concurring.ask(agreement, by, anew=True)
    return agreement


@transaction.atomic
def concur(*, agreement: TestingAgreement, by: User, text_hash: str, comment: str = "") -> Concurrence:
    """The agency's concurrence with the text whose hash the person saw, with the comments that they keep."""
    agreement = locked(agreement)
    policies.may_concur(by, agreement).require()
    same_text(agreement, text_hash)
    agency = _speaks_for(agreement, by)
    if agency is None:
        raise Invalid([Problem("agency", "Your agency has already concurred with this version.")])
    seen = queries.seen_by(agreement, agency.pk)
    row = verdicts.write(agreement, agency, by, Concurrence.Verdict.CONCUR, comment.strip()[:LONGEST], [])
    review_all(agreement, row, seen)
    with_verdict(agreement, by, queries.kept_by(agreement, by), sealed=row.revealed_at is None)
    concurring.answered(agreement, row, by=by)
    return row


@transaction.atomic
def refuse_concurrence(
    *, agreement: TestingAgreement, by: User, text_hash: str, comment: str, clause_ids: Sequence[str] = ()
) -> Concurrence:
    """The agency does not concur: it names the clause (or keeps a comment for all parties on it) and the reason, and the
    negotiation is open again; at once, or when all are in where answers are sealed."""
    agreement = locked(agreement)
    policies.may_refuse_concurrence(by, agreement).require()
    same_text(agreement, text_hash)
    kept = queries.kept_by(agreement, by)
    words = said(comment, "comment", "Give the reason, so that the others can act on it.")
    named = clauses_named(agreement, clause_ids or _clauses(agreement, kept))
    if not named:
        raise Invalid([Problem("clauses", "Name at least one clause that stands against concurrence.")])
    agency = _speaks_for(agreement, by) or policies.agencies_of(by, agreement)[0]
    row = verdicts.write(agreement, agency, by, Concurrence.Verdict.REFUSE, words, named)
    with_verdict(agreement, by, kept, sealed=row.revealed_at is None)
    concurring.refused(agreement, row, named, by=by)
    return row


def _for_all(kept: Sequence[ClauseComment]) -> list[ClauseComment]:
    return [row for row in kept if row.audience == ClauseComment.Audience.ALL]


def _clauses(agreement: TestingAgreement, kept: Sequence[ClauseComment]) -> list[str]:
    """The clauses of the current version on which these comments for all parties are."""
    known = queries.hashes(agreement.current_id)
    return [row.clause_id for row in _for_all(kept) if row.clause_id in known]


def _speaks_for(agreement: TestingAgreement, by: User) -> Organisation | None:
    """The person's first agency that has not concurred with the current version."""
    return next(iter(answers.yet_to_concur(agreement, policies.agencies_of(by, agreement))), None)
