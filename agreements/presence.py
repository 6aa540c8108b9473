"""Who else of one's own side has the draft open, and who saved it last: sentences for the page and its script."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from agreements import policies, queries
from agreements.models import (
    AgreementClause,
    AgreementVersion,
    ClauseDraft,
    LibraryPresence,
    Presence,
    TestingAgreement,
)
from core.templatetags.concord import in_words

LASTS = timedelta(seconds=60)  # a page renews it every twenty


def others(agreement: TestingAgreement, user: User, at: datetime) -> list[Presence]:
    """Where each colleague is now: the place that was renewed last, by name."""
    side = policies.side_of(user, agreement)
    if side is None:
        return []
    rows = Presence.objects.filter(agreement=agreement, organisation=side, seen_at__gt=at - LASTS)
    newest = rows.exclude(person=user).select_related("person").order_by("person", "-seen_at").distinct("person")
    return sorted(newest, key=lambda row: row.person.name)


def said(agreement: TestingAgreement, user: User, at: datetime, row_version: int | None = None) -> dict[str, Any]:
    """`here`: who else is there, in a sentence; `saved`: who saved the draft when; `newer`: that somebody else saved it
    since `row_version`, which a page was opened with. Each is empty where there is nothing to say."""
    draft = queries.working_draft(agreement, policies.side_of(user, agreement))
    newer = (
        draft is not None and row_version is not None and draft.row_version > row_version and draft.edited_by != user
    )
    return {
        "here": " ".join(_where(agreement, others(agreement, user, at))),
        "saved": _saved(draft, user, at) if draft else "",
        "newer": "It was saved after you opened it: open it again before you go on." if newer else "",
    }


def said_in_library(draft: ClauseDraft, user: User, at: datetime, row_version: int | None = None) -> dict[str, Any]:
    """As `said`, of the draft of a library clause: who of any agency has it open too."""
    rows = LibraryPresence.objects.filter(draft=draft, seen_at__gt=at - LASTS).exclude(person=user)
    names = sorted(rows.values_list("person__name", flat=True))
    newer = row_version is not None and draft.row_version > row_version and draft.edited_by_id != user.pk
    return {
        "here": _open_too(names), "saved": _saved(draft, user, at),
        "newer": "It was saved after you opened it: open it again before you go on." if newer else "",
    }  # fmt: skip


def _open_too(names: list[str]) -> str:
    return f"{_names(names)} {'has' if len(names) == 1 else 'have'} this draft open too." if names else ""


def _where(agreement: TestingAgreement, rows: list[Presence]) -> list[str]:
    keys = {row.clause_id for row in rows if row.clause_id}
    known = AgreementClause.objects.filter(version=agreement.current_id, clause_id__in=keys) if keys else []
    headings = {clause.clause_id: clause.heading for clause in known}
    drafting = [row.person.name for row in rows if not row.clause_id]
    found = [_open_too(drafting)] if drafting else []
    return found + [
        f"{row.person.name} is suggesting words for “{headings.get(row.clause_id, row.clause_id)}”."
        for row in rows
        if row.clause_id
    ]


def _names(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _saved(draft: AgreementVersion | ClauseDraft, user: User, at: datetime) -> str:
    if draft.edited_by is None or draft.edited_at is None:
        return ""
    who = "you" if draft.edited_by == user else draft.edited_by.name
    ago = in_words(draft.edited_at, at)
    return f"Last saved by {who}, {'just now' if ago == 'now' else ago}."
