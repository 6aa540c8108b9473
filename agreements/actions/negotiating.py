"""Comments, returns, clearance and the verdicts of agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agreements import answers, notices, policies, queries
from agreements.actions import concurring, reminding
from agreements.actions.base import locked, move, record, same_text
from agreements.actions.freezing import review_all
from agreements.models import ClauseComment, Concurrence, TestingAgreement
from agreements.rules import clearing
from core.decisions import Invalid, Problem

LONGEST = 5000


def _said(text: str, field: str, ask: str) -> str:
    words = text.strip()
    if not words:
        raise Invalid([Problem(field, ask)])
    if len(words) > LONGEST:
        raise Invalid([Problem(field, "This is longer than 5,000 characters. Shorten it.")])
    return words


def _clauses(agreement: TestingAgreement, clause_ids: Sequence[str]) -> list[str]:
    known = queries.hashes(agreement.current_id)
    if [c for c in clause_ids if c not in known]:
        raise Invalid([Problem("clauses", "One of these clauses is not in the current version. Choose from the list.")])
    return list(dict.fromkeys(clause_ids))


@transaction.atomic
def comment(
    *, agreement: TestingAgreement, by: User, text: str, clause_id: str = "", audience: str = "all"
) -> ClauseComment:
    """Remark on a clause of the current version, for all parties or for the author's own organisation."""
    agreement = locked(agreement)
    policies.may_comment(by, agreement).require()
    side = policies.side_of(by, agreement)
    if audience not in ClauseComment.Audience.values:
        raise Invalid([Problem("audience", "Choose who can read the comment.")])
    row = ClauseComment.objects.create(
        agreement=agreement, version=agreement.current, developer_id=agreement.developer_id, organisation=side,
        author=by, clause_id=(_clauses(agreement, [clause_id]) or [""])[0] if clause_id else "", audience=audience,
        text=_said(text, "text", "Write the comment."),
    )  # fmt: skip
    if audience == ClauseComment.Audience.ALL:
        record("commented", agreement, by=by, detail={"clause": clause_id})
        notices.tell_parties("agreements.commented", agreement, by=by)
    elif side is not None:
        record("commented_inside", agreement, by=by, parties=[side.pk], detail={"clause": clause_id})
    return row


@transaction.atomic
def return_with_comments(
    *, agreement: TestingAgreement, by: User, comment: str, clause_ids: Sequence[str] = ()
) -> TestingAgreement:
    """Ask for changes; from clearance this leads back to negotiation."""
    agreement = locked(agreement)
    policies.may_return_with_comments(by, agreement).require()
    words = _said(comment, "comment", "Say what should change, so that the others can act on it.")
    named = _clauses(agreement, clause_ids)
    agency = _speaks_for(agreement, by)
    if agency is not None:
        _verdict(agreement, agency, by, Concurrence.Verdict.RETURN, words, named)
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
    """The agency's concurrence with the text whose hash the person saw."""
    agreement = locked(agreement)
    policies.may_concur(by, agreement).require()
    same_text(agreement, text_hash)
    agency = _speaks_for(agreement, by)
    if agency is None:
        raise Invalid([Problem("agency", "Your agency has already concurred with this version.")])
    seen = queries.seen_by(agreement, agency.pk)
    row = _verdict(agreement, agency, by, Concurrence.Verdict.CONCUR, comment.strip()[:LONGEST], [])
    review_all(agreement, row, seen)
    concurring.answered(agreement, row, by=by)
    return row


@transaction.atomic
def refuse_concurrence(
    *, agreement: TestingAgreement, by: User, text_hash: str, comment: str, clause_ids: Sequence[str]
) -> Concurrence:
    """The agency does not concur: it names the clause and the reason, and the negotiation is open again; at once, or when
    all are in where answers are sealed."""
    agreement = locked(agreement)
    policies.may_refuse_concurrence(by, agreement).require()
    same_text(agreement, text_hash)
    words = _said(comment, "comment", "Give the reason, so that the others can act on it.")
    named = _clauses(agreement, clause_ids)
    if not named:
        raise Invalid([Problem("clauses", "Name at least one clause that stands against concurrence.")])
    agency = _speaks_for(agreement, by) or policies.agencies_of(by, agreement)[0]
    row = _verdict(agreement, agency, by, Concurrence.Verdict.REFUSE, words, named)
    concurring.refused(agreement, row, named, by=by)
    return row


def _speaks_for(agreement: TestingAgreement, by: User) -> Organisation | None:
    """The person's first agency that has not concurred with the current version."""
    return next(iter(answers.yet_to_concur(agreement, policies.agencies_of(by, agreement))), None)


def _verdict(
    agreement: TestingAgreement, agency: Organisation, by: User, verdict: str, words: str, named: Sequence[str]
) -> Concurrence:
    at = timezone.now()
    sealed = agreement.concurrence_blind and verdict != Concurrence.Verdict.RETURN
    row, _ = Concurrence.objects.update_or_create(
        agency=agency, version=agreement.current,
        defaults={
            "agreement": agreement, "developer_id": agreement.developer_id, "verdict": verdict, "comment": words,
            "clause_ids": list(named), "basis": "person", "decided_by": by, "decided_at": at,
            "carried_from": None, "rule": "", "revealed_at": None if sealed else at,
        },
    )  # fmt: skip
    row.reviews.all().delete()
    return row
