"""Reads of this room: the places of agencies on given days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from agencies.models import CapacityPeriod


def periods_on(agencies: Iterable[Any], first: date, last: date) -> dict[tuple[UUID, str], list[CapacityPeriod]]:
    """(agency id, domain) → the periods that touch these days, in their order, as far as the context sees them."""
    found: dict[tuple[UUID, str], list[CapacityPeriod]] = defaultdict(list)
    rows = CapacityPeriod.objects.filter(agency__in=agencies, starts_on__lte=last, ends_on__gte=first)
    for row in rows.order_by("starts_on"):
        found[row.agency_id, row.domain].append(row)
    return found
