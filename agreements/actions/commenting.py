"""Comments: kept for oneself, changed, discarded, sent together; threads that are resolved and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements import notices, policies, queries
from agreements.actions.base import locked, record
from agreements.models import ClauseComment, TestingAgreement
from core.decisions import Conflict, Invalid, Problem

LONGEST = 5000
NO_THREAD = Problem("reply_to", "There is no such comment that you can answer. Read the comments again.")


def said(text: str, field: str, ask: str) -> str:
    """What was written, if it is something and not too long."""
    words = text.strip()
    if not words:
        raise Invalid([Problem(field, ask)])
    if len(words) > LONGEST:
        raise Invalid([Problem(field, "This is longer than 5,000 characters. Shorten it.")])
    return words


def clauses_named(agreement: TestingAgreement, clause_ids: Sequence[str]) -> list[str]:
    """Clauses of the current version, each once."""
    known = queries.hashes(agreement.current_id)
    if [c for c in clause_ids if c not in known]:
        raise Invalid([Problem("clauses", "One of these clauses is not in the current version. Choose from the list.")])
    return list(dict.fromkeys(clause_ids))


@transaction.atomic
def comment(
    *, agreement: TestingAgreement, by: User, text: str, clause_id: str = "", audience: str = "all",
    reply_to: UUID | None = None, now: bool = False,
) -> ClauseComment:  # fmt: skip
    """Remark on a clause of the current version, or reply to a comment. It is kept, and read by its author alone, until
    it is sent with the others (or at once, with `now`); then by all parties, or by the author's own organisation."""
    agreement = locked(agreement)
    policies.may_comment(by, agreement).require()
    first = _first(agreement, by, reply_to) if reply_to else None
    row = ClauseComment.objects.create(
        agreement=agreement, version=agreement.current, developer_id=agreement.developer_id,
        organisation=policies.side_of(by, agreement), author=by, in_reply_to=first, audience=_audience(audience, first),
        clause_id=first.clause_id if first else (clauses_named(agreement, [clause_id])[0] if clause_id else ""),
        text=said(text, "text", "Write the comment."),
    )  # fmt: skip
    if now:
        _tell(agreement, by, _send(agreement, by, [row]))
    return row


def _first(agreement: TestingAgreement, by: User, pk: UUID) -> ClauseComment:
    """The comment that began the thread, if this person reads it and it was sent."""
    found = next((row for row in queries.comments_for(agreement, by) if row.pk == pk), None)
    if found is None or found.is_kept:
        raise Invalid([NO_THREAD])
    return found.in_reply_to or found


def _audience(audience: str, first: ClauseComment | None) -> str:
    """What others do not read is answered where they do not read it either."""
    if audience not in ClauseComment.Audience.values:
        raise Invalid([Problem("audience", "Choose who can read the comment.")])
    return ClauseComment.Audience.OWN.value if first is not None and first.revealed_at is None else audience


def _locked(comment: ClauseComment) -> ClauseComment:
    """The agreement's row first, as every action does, then the comment as it is now."""
    agreement = locked(comment.agreement)
    row = (
        ClauseComment.objects.select_for_update(of=("self",))
        .select_related("in_reply_to")
        .filter(pk=comment.pk)
        .first()
    )
    if row is None:
        raise Conflict("This comment is not there any more: it was discarded.")
    row.agreement = agreement
    return row


@transaction.atomic
def change_comment(*, comment: ClauseComment, by: User, text: str, audience: str) -> ClauseComment:
    """Other words, or other readers, before it is sent."""
    row = _locked(comment)
    policies.may_change_comment(by, row).require()
    row.text, row.audience = said(text, "text", "Write the comment."), _audience(audience, row.in_reply_to)
    row.save(update_fields=["text", "audience"])
    return row


@transaction.atomic
def discard_comment(*, comment: ClauseComment, by: User) -> None:
    """Throw one away that was not sent. Nobody has read it, and nobody will."""
    row = _locked(comment)
    policies.may_discard_comment(by, row).require()
    row.delete()


@transaction.atomic
def discard_comments(*, agreement: TestingAgreement, by: User) -> int:
    """Throw away all that this person keeps; how many they were."""
    kept = queries.kept_by(locked(agreement), by)
    if not kept:
        raise Conflict("You keep no comment on this agreement.")
    for row in kept:
        row.delete()
    return len(kept)


@transaction.atomic
def send_comments(*, agreement: TestingAgreement, by: User) -> int:
    """Send what this person keeps, without a verdict; how many they were. The other parties get one notice."""
    agreement = locked(agreement)
    policies.may_comment(by, agreement).require()
    kept = queries.kept_by(agreement, by)
    if not kept:
        raise Conflict("There is nothing to send: you keep no comment on this agreement.")
    _tell(agreement, by, _send(agreement, by, kept))
    return len(kept)


def with_verdict(agreement: TestingAgreement, by: User, kept: Sequence[ClauseComment], *, sealed: bool = False) -> None:
    """Send them along with a verdict, whose notice is the only one. With a sealed answer they are sealed like it."""
    _send(agreement, by, kept, sealed=sealed)


def _send(
    agreement: TestingAgreement, by: User, rows: Sequence[ClauseComment], *, sealed: bool = False
) -> list[ClauseComment]:
    """Send rows, and record it for those who read them; the ones that all parties read now."""
    at = timezone.now()
    for row in rows:
        row.sent_at = at
        row.revealed_at = at if row.audience == ClauseComment.Audience.ALL and not sealed else None
        row.save(update_fields=["sent_at", "revealed_at"])
    outside = [row for row in rows if row.revealed_at]
    if outside:
        record("commented", agreement, by=by, detail=_about(outside))
    for organisation in {row.organisation_id for row in rows if not row.revealed_at}:
        inside = [row for row in rows if not row.revealed_at and row.organisation_id == organisation]
        record("commented_inside", agreement, by=by, parties=[organisation], detail=_about(inside))
    return outside


def _about(rows: Sequence[ClauseComment]) -> dict[str, object]:
    return {"comments": len(rows), "clauses": sorted({row.clause_id for row in rows if row.clause_id})}


def _tell(agreement: TestingAgreement, by: User, outside: Sequence[ClauseComment]) -> None:
    if outside:
        notices.tell_parties("agreements.commented", agreement, by=by)


def open_sealed(agreement: TestingAgreement) -> None:
    """The comments that came with sealed answers to the current version open with them. The context is widened."""
    waiting = ClauseComment.objects.filter(
        version=agreement.current_id,
        audience=ClauseComment.Audience.ALL,
        sent_at__isnull=False,
        revealed_at__isnull=True,
    )
    waiting.update(revealed_at=timezone.now())


@transaction.atomic
def resolve_comment(*, comment: ClauseComment, by: User) -> ClauseComment:
    """Say that what the thread is about is settled. It can be opened again."""
    row = _locked(comment)
    policies.may_resolve_comment(by, row).require()
    row.resolved_at, row.resolved_by, row.reopened_at, row.reopened_by = timezone.now(), by, None, None
    return _settled(row, by, "comment_resolved")


@transaction.atomic
def reopen_comment(*, comment: ClauseComment, by: User) -> ClauseComment:
    """Say that it is not settled after all."""
    row = _locked(comment)
    policies.may_reopen_comment(by, row).require()
    row.resolved_at, row.resolved_by, row.reopened_at, row.reopened_by = None, None, timezone.now(), by
    return _settled(row, by, "comment_reopened")


def _settled(row: ClauseComment, by: User, verb: str) -> ClauseComment:
    row.save(update_fields=["resolved_at", "resolved_by", "reopened_at", "reopened_by"])
    readers = row.agreement.party_ids if row.revealed_at else [row.organisation_id]
    record(verb, row.agreement, by=by, parties=readers, detail={"clause": row.clause_id})
    return row
