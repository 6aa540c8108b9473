"""Reads of this room: the places of agencies on given days, and who keeps the key of an agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from accounts.models import Organisation
from agencies.models import CapacityPeriod, KeyCustody
from agencies.reference import AGENCIES


def periods_on(agencies: Iterable[Any], first: date, last: date) -> dict[tuple[UUID, str], list[CapacityPeriod]]:
    """(agency id, domain) → the periods that touch these days, in their order, as far as the context sees them."""
    found: dict[tuple[UUID, str], list[CapacityPeriod]] = defaultdict(list)
    rows = CapacityPeriod.objects.filter(agency__in=agencies, starts_on__lte=last, ends_on__gte=first)
    for row in rows.order_by("starts_on"):
        found[row.agency_id, row.domain].append(row)
    return found


SLUGS = frozenset(agency.slug for agency in AGENCIES)


def custody(agency: Organisation) -> KeyCustody | None:
    """What was said about the key of an agency, or else of its parent; None when nothing was: then it is as keys lie."""
    return _custody(str(agency.slug))


def registered_key(recipient: str) -> str:
    """The public key (PEM) of a recipient that keeps its own key; "" of everybody else, agencies or not."""
    found = _custody(recipient) if recipient in SLUGS else None
    return found.public_key if found else ""


def _custody(slug: str) -> KeyCustody | None:
    named = dict.fromkeys((slug, slug.partition("-")[0]))
    rows = {row.agency.slug: row for row in KeyCustody.objects.select_related("agency").filter(agency__slug__in=named)}
    return next((rows[name] for name in named if name in rows), None)


def sealed_alike(agency: Organisation) -> list[Organisation]:
    """The agency and those components that follow it: whom its custody is about."""
    others = Organisation.objects.filter(parent=agency, key_custody__isnull=True)
    return [agency, *others.order_by("slug")]
