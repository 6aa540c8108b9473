"""The row of a verdict, of an agency or of a component inside one."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from accounts.models import Organisation, User
from agreements.models import Concurrence, ConcurrencePlan, TestingAgreement


def write(
    agreement: TestingAgreement, speaks: Organisation, by: User, verdict: str, words: str, named: Sequence[str], *,
    inside: ConcurrencePlan | None = None,
) -> Concurrence:  # fmt: skip
    """The verdict on the current version in place of an earlier one on it, sealed where its way says so."""
    at = timezone.now()
    blind = agreement.concurrence_blind if inside is None else inside.blind
    sealed = blind and verdict != Concurrence.Verdict.RETURN
    row, _ = Concurrence.every.update_or_create(
        agency=speaks, version=agreement.current,
        defaults={
            "agreement": agreement, "developer_id": agreement.developer_id, "verdict": verdict, "comment": words,
            "clause_ids": list(named), "basis": "person", "decided_by": by, "decided_at": at,
            "carried_from": None, "rule": "", "revealed_at": None if sealed else at, "inside": inside,
        },
    )  # fmt: skip
    row.reviews.all().delete()
    return row
