"""What goes on binding after the end of an agreement, or of one agency's part in it, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from accounts.seats import seats_of
from agreements import in_effect
from agreements.models import Obligation, TestingAgreement
from agreements.obligations import KINDS
from agreements.rules.lasting import expiry

ENDED = ("expired", "terminated", "superseded")
UNTIL_DONE = {
    "incident_notice_hours": "As long as anything received under it is held",
    "publication_review_days": "Before each publication",
}


@dataclass(frozen=True)
class Outlasting:
    """One duty: until a day, or as long as `why` says."""

    label: str
    shown: int | str
    until: date | None
    why: str


def ended_on(agreement: TestingAgreement, user: User) -> date | None:
    """The day on which it ended for the reader: for all, or for the reader's agency, which left."""
    if agreement.status == "superseded":
        return agreement.replaced_by.filter(status__in=("in_force", "suspended", *ENDED)).values_list(
            "effective_on", flat=True
        ).first()  # fmt: skip
    if agreement.status in ENDED:
        return min((day for day in (agreement.terminates_on, agreement.expires_on) if day), default=None)
    left = left_at(agreement, user)
    return left.date() if left else None


def left_at(agreement: TestingAgreement, user: User) -> datetime | None:
    """When the reader's organisations had all left it; None while one of them is party to it, or for who is none."""
    seats = seats_of(user)
    own = [row.left_at for row in agreement.party_rows if seats.holds(row.organisation_id)]
    gone = [at for at in own if at is not None]
    return max(gone) if gone and len(gone) == len(own) else None


def duties(agreement: TestingAgreement, user: User) -> list[Outlasting]:
    """In the order of their kinds; none while the agreement binds the reader as a whole. Who left is bound by the text
    of that instant: what the others amended since is no duty of theirs, and none of their business."""
    left = left_at(agreement, user)
    end = left.date() if left else ended_on(agreement, user)
    if end is None:
        return []
    return [_one(row, end) for row in in_effect.duties(agreement, left) if row.survives]


def _one(row: Obligation, end: date) -> Outlasting:
    kind = KINDS[row.kind]
    why = UNTIL_DONE.get(row.kind, "")
    if why:
        return Outlasting(kind.label, row.shown, None, why)
    until = expiry(end, 12 * row.value) if kind.unit == "years" else end + timedelta(days=row.value)
    return Outlasting(kind.label, row.shown, until, "")
