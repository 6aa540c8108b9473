"""Jobs that act once on a day. What they find then decides whether anything is to do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from agreements.models import TestingAgreement
from jobs import actions as jobs


def midnight(day: date) -> datetime:
    """When a day begins, in UTC."""
    return datetime.combine(day, time.min, UTC)


def on(kind: str, agreement: TestingAgreement, day: date) -> None:
    """A job about an agreement at the beginning of a day."""
    jobs.enqueue(
        f"agreements.{kind}", key=f"agreements.{kind}:{agreement.pk}:{day}", organisations=agreement.party_ids,
        payload={"agreement": str(agreement.pk)}, not_before=midnight(day),
    )  # fmt: skip
