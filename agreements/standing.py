"""Whether access goes on between a developer and an agency under their agreements: it stands, rests, or has ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts.models import Organisation, User
from agreements import queries
from agreements.models import TestingAgreement
from agreements.workflow import BINDING

STANDS, RESTS, ENDED = "stands", "rests", "ended"
BOUND = (*BINDING, "expired", "terminated", "superseded")
NONE = "No agreement that gives access is in force, so there is none."


@dataclass(frozen=True)
class Standing:
    """How it is, under which agreement (none was ever signed: None), and why in a sentence."""

    kind: str
    agreement: TestingAgreement | None
    sentence: str


def standings(developer: UUID, agencies: Iterable[Organisation], at: datetime) -> dict[UUID, Standing]:
    """By agency id. A component is covered by its parent's agreement; the best of several agreements counts."""
    listed = list(agencies)
    sought = {pk for agency in listed for pk in (agency.pk, agency.parent_id) if pk}
    rows = TestingAgreement.objects.filter(
        developer=developer, status__in=BOUND, instrument__in=queries.WITH_ACCESS, parties__organisation__in=sought
    ).annotate(party=F("parties__organisation"), left=F("parties__left_at"))
    known = list(rows.select_related("suspended_by").order_by("-fully_executed_at"))
    return {
        agency.pk: _best([row for row in known if row.party in (agency.pk, agency.parent_id)], at) for agency in listed
    }


def _best(rows: list[Any], at: datetime) -> Standing:
    """Of agreements, newest first."""
    for row in rows:
        if row.left is None and queries.permits(row, "access", at):
            return Standing(STANDS, row, "")
    for row in rows:
        if row.status == "suspended" and row.left is None and not _over(row, at):
            who = row.suspended_by.name if row.suspended_by else "the party that suspended it"
            words = f"Agreement {row.reference} is suspended, so access rests. It goes on when {who} resumes it."
            return Standing(RESTS, row, words)
    for row in rows:
        return Standing(ENDED, row, _why_ended(row))
    return Standing(ENDED, None, NONE)


def _over(row: TestingAgreement, at: datetime) -> bool:
    """Whether access under a suspended agreement would not come back with it."""
    past = row.expires_on is not None and at.date() >= row.expires_on
    return past or row.notice_given_by_id == row.developer_id


def _why_ended(row: Any) -> str:
    if row.left is not None:
        return f"The agency left agreement {row.reference} on {row.left.date():%-d %b %Y}, and access ended with that."
    if row.notice_given_by_id == row.developer_id:
        return f"The developer gave notice under agreement {row.reference}: access ended with that."
    return f"Agreement {row.reference} has ended, and access with it."


def in_force_of(developer: UUID, agency: Organisation, user: User) -> list[TestingAgreement]:
    """Agreements of every kind in force between a developer and an agency (or its parent) that this person can read, newest
    first. For terms that are signed under one of them; whether it gives access to a model is another question."""
    seen = TestingAgreement.objects.visible_to(user).filter(developer=developer, status="in_force", amends=None)
    with_agency = seen.filter(
        parties__organisation__in=[pk for pk in (agency.pk, agency.parent_id) if pk], parties__left_at=None
    )
    return list(with_agency.distinct().order_by("-fully_executed_at", "-id")[:50])
