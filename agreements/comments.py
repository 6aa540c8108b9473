"""Comments as threads: each with its replies, and what a person can do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from agreements import policies, queries
from agreements.models import ClauseComment, TestingAgreement
from core.decisions import Decision


@dataclass
class Thread:
    """A comment and what was replied, oldest first. `answer` says whether this person may reply."""

    first: ClauseComment
    may_resolve: Decision
    may_reopen: Decision
    answer: bool
    replies: list[ClauseComment] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many comments."""
        return 1 + len(self.replies)


def threads(agreement: TestingAgreement, user: User, rows: Iterable[ClauseComment] | None = None) -> list[Thread]:
    """What this person reads, by the comment that began each thread; oldest first."""
    may_comment = bool(policies.may_comment(user, agreement))
    found: dict[UUID, Thread] = {}
    for row in queries.comments_for(agreement, user) if rows is None else rows:
        row.agreement = agreement
        if row.in_reply_to_id is None:
            found[row.pk] = Thread(
                row, policies.may_resolve_comment(user, row), policies.may_reopen_comment(user, row),
                may_comment and not row.is_kept,
            )  # fmt: skip
        elif row.in_reply_to_id in found:  # a thread is read by all who read a reply in it
            found[row.in_reply_to_id].replies.append(row)
    return list(found.values())


def by_clause(agreement: TestingAgreement, found: Iterable[Thread]) -> dict[str, list[Thread]]:
    """Clause id → its threads; "" are those on the whole."""
    sorted_out: dict[str, list[Thread]] = {}
    for thread in found:
        sorted_out.setdefault(thread.first.clause_id, []).append(thread)
    return sorted_out
