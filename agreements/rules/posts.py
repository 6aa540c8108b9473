"""Consistency of who holds a post: one function per question, problems with their field's anchor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.decisions import Problem

if TYPE_CHECKING:
    from agreements.models import Incumbency

LONGEST_ACTING = timedelta(days=210)  # 5 U.S.C. 3346(a)(1); counsel says what applies to a post that it does not cover


def term_problems(acting: bool, begins_at: datetime, ends_at: datetime | None) -> list[Problem]:
    """What is wrong with the time itself."""
    if ends_at is not None and ends_at <= begins_at:
        return [Problem("ends_at", "It must end after it begins. Choose a later date.")]
    if acting and ends_at is None:
        return [Problem("ends_at", "Acting in a post always ends. Say when, as it stands on the paper.")]
    if acting and ends_at is not None and ends_at - begins_at > LONGEST_ACTING:
        return [
            Problem(
                "ends_at", f"Nobody acts in a post for more than {LONGEST_ACTING.days} days. Choose an earlier end."
            )
        ]
    return []


def overlap_problems(
    rows: Iterable[Incumbency], acting: bool, begins_at: datetime, ends_at: datetime | None
) -> list[Problem]:
    """Of two people one holds a post, and of two one acts in it; somebody may act while its incumbent is away."""
    for other in rows:
        meets = (ends_at is None or other.begins_at < ends_at) and (other.ends_at is None or begins_at < other.ends_at)
        if other.acting == acting and meets and other.begins_at != other.ends_at:
            until = f"until {other.ends_at:%d %b %Y, %H:%M} UTC" if other.ends_at else "until further notice"
            how = "acts in this post" if acting else "holds this post"
            sentence = (
                f"{other.person.name} {how} from {other.begins_at:%d %b %Y, %H:%M} UTC {until}. End that first, or choose "
                "another time."
            )
            return [Problem("begins_at", sentence)]
    return []
