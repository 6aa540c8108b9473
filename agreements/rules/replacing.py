"""Whether a new agreement can replace one in force: between the same parties, and of a kind that does as much."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from agreements.workflow import BINDING
from core.decisions import Problem

if TYPE_CHECKING:
    from agreements.models import TestingAgreement

FIELD = "replaces"


def problems(old: TestingAgreement, instrument: str, parties: Collection[UUID]) -> list[Problem]:
    """Of the agreement to be replaced, the new one's instrument, and its parties."""
    if old.amends_id is not None or old.status not in BINDING:
        return [Problem(FIELD, f"{old.reference} is no agreement in force. Choose one that is, or none.")]
    found = []
    if old.developer_id not in parties:
        found.append(Problem(FIELD, f"{old.reference} is with another developer. Choose one of the same developer."))
    elif gone := [a.name for a in old.agencies if a.pk not in parties]:
        words = f"{', '.join(gone)} would not be party to the new agreement. Choose every agency that {old.reference} binds."
        found.append(Problem(FIELD, words))
    if instrument == "nda" and old.instrument != "nda":
        words = (
            f"{old.reference} gives access to models, and a non-disclosure agreement does not. Choose another template."
        )
        found.append(Problem(FIELD, words))
    return found
