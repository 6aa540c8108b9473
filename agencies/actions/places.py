"""The only writer of an agency's places: on usual days, and in periods of their own."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from agencies import hooks, policies
from agencies.domains import RiskDomain
from agencies.models import CapacityPeriod, TestingCapability
from audit import actions as audit
from core.days import in_days
from core.decisions import Conflict, Invalid, Problem

MOST_PLACES = 500
LONGEST = timedelta(days=366)
FURTHEST = timedelta(days=3 * 366)
LONGEST_NOTE = 200
CHANGED = "Somebody changed this entry since you opened it. Open it again, look at it, then go on."


@transaction.atomic
def save_period(
    *,
    agency: Organisation,
    domain: str,
    starts_on: date,
    ends_on: date,
    places: int,
    note: str,
    by: User,
    period: CapacityPeriod | None = None,
    row_version: int = 0,
) -> CapacityPeriod:
    """Say how many places an agency has in a domain on these days, anew or instead of what `period` says.

    Nothing that is assigned is moved: rooms above are told, and say where it is too much. `row_version` is that of the
    period as it was opened.
    """
    policies.may_keep_capacity(by, agency).require()
    capability = _held(agency, domain)
    row = _still(period, row_version) if period else CapacityPeriod(agency=agency)
    if problems := _problems(row, capability, domain, starts_on, ends_on, places, note):
        raise Invalid(problems)
    row.row_version += bool(period)
    row.domain, row.starts_on, row.ends_on, row.places = domain, starts_on, ends_on, places
    row.note, row.set_by = note.strip(), by
    row.save()
    detail = {"domain": domain, "places": places, "from": str(starts_on), "until": str(ends_on)}
    audit.record("agencies.capacity_set", row, by=by, parties=[agency.pk], detail=detail)
    _tell(agency)
    return row


@transaction.atomic
def remove_period(*, period: CapacityPeriod, row_version: int, by: User) -> None:
    """The agency has its usual places again on these days."""
    policies.may_keep_capacity(by, period.agency).require()
    _held(period.agency, period.domain)
    row = _still(period, row_version)
    detail = {"domain": row.domain, "from": str(row.starts_on), "until": str(row.ends_on)}
    audit.record("agencies.capacity_removed", row, by=by, parties=[row.agency_id], detail=detail)
    row.delete()
    _tell(period.agency)


@transaction.atomic
def set_usual_places(*, agency: Organisation, domain: str, places: int, by: User) -> TestingCapability:
    """How many places an agency has in a domain on days that no period names."""
    policies.may_keep_capacity(by, agency).require()
    row = _held(agency, domain)
    if row is None:
        raise Invalid([_untested()])
    if not 1 <= places <= MOST_PLACES:
        raise Invalid(
            [Problem("places", f"Give a number from 1 to {MOST_PLACES}. For days without any, add a period.")]
        )
    before, row.parallel_capacity = row.parallel_capacity, places
    row.save(update_fields=["parallel_capacity"])
    detail = {"domain": domain, "places": places, "before": before}
    audit.record("agencies.capability_changed", row, by=by, parties=[agency.pk], detail=detail)
    _tell(agency)
    return row


def _held(agency: Organisation, domain: str) -> TestingCapability | None:
    """The capability, and all others of the agency, locked in their order as routing locks them: nothing is placed while the
    places change."""
    rows = TestingCapability.objects.select_for_update().filter(agency=agency, is_active=True).order_by("id")
    return next((row for row in list(rows) if row.domain == domain), None)


def _still(period: CapacityPeriod, row_version: int) -> CapacityPeriod:
    row = CapacityPeriod.objects.select_for_update(of=("self",)).filter(pk=period.pk).first()
    if row is None or row.row_version != row_version:
        raise Conflict(CHANGED)
    return row


def _problems(
    row: CapacityPeriod, capability: TestingCapability | None, domain: str, starts_on: date, ends_on: date, places: int,
    note: str,
) -> list[Problem]:  # fmt: skip
    found, today = [] if capability else [_untested()], timezone.now().date()
    if not 0 <= places <= MOST_PLACES:
        found.append(Problem("places", f"Give a number from 0 to {MOST_PLACES}."))
    if len(note.strip()) > LONGEST_NOTE:
        found.append(Problem("note", f"At most {LONGEST_NOTE} characters fit here."))
    if ends_on < starts_on:
        return [*found, Problem("ends_on", "The last day lies before the first one. Exchange them.")]
    if ends_on < today:
        found.append(Problem("ends_on", "These days are past. Choose a last day from today on."))
    if ends_on - starts_on > LONGEST:
        found.append(Problem("ends_on", "A period lasts a year at most. Change the usual places for longer."))
    if ends_on - today > FURTHEST:
        found.append(Problem("ends_on", "Choose days of the next three years."))
    others = CapacityPeriod.objects.filter(
        agency=row.agency, domain=domain, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    other = others.exclude(pk=row.pk).order_by("starts_on").first()
    if other is not None:
        days = in_days(other.starts_on, other.ends_on)
        words = (
            f"{days} already has an entry of its own ({other.places} places). Change that one, or choose other days."
        )
        found.append(Problem("starts_on", words))
    return found


def _untested() -> Problem:
    return Problem("domain", f"Choose a domain that the agency tests: {', '.join(RiskDomain.values)} are the names.")


def _tell(agency: Organisation) -> None:
    for other in hooks.on_capacity_changed:
        other(agency)
