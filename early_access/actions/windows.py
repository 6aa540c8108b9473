"""Agreeing on dates, and the clock that opens and closes the window."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.seats import seats_of
from agreements import standing as agreements
from agreements.models import TestingAgreement
from audit import actions as audit
from core import rls
from core.decisions import Conflict, Invalid, Problem
from early_access import hooks, notices, policies, queries
from early_access.actions import blocking, clocks, credentials, extending, returns, standing
from early_access.actions.moving import locked, move, parties
from early_access.models import AccessWindow, EarlyAccessRequest
from early_access.rules import dates
from jobs import actions as jobs

WITH_ACCESS = ("scheduled", "window_open")
NOBODY_LEFT = "Access has ended under the agreements of every agency of the request."


def _window(request: EarlyAccessRequest) -> AccessWindow:
    return AccessWindow.objects.select_for_update(of=("self",)).get(request=request)


def _side(user: User, request: EarlyAccessRequest) -> str:
    return "developer" if seats_of(user).holds(request.developer_id) else "agency"


@transaction.atomic
def propose_schedule(*, request: EarlyAccessRequest, starts_on: date, ends_on: date, by: User) -> AccessWindow:
    """Propose dates (also other ones than the request's); the other side then confirms."""
    row = locked(request)
    policies.may_schedule(by, row).require()
    window = _window(row)
    problems = dates.window_problems(
        starts_on, ends_on, window.trusted_partner_on, today=timezone.now().date(), longer=window.longer_by_consent
    ) + queries.window_term_problems(row, starts_on, ends_on, longer=window.longer_by_consent)
    if problems:
        raise Invalid(problems)
    window.starts_on, window.ends_on = starts_on, ends_on
    mine = _side(by, row)
    window.developer_confirmed_at = timezone.now() if mine == "developer" else None
    window.agency_confirmed_at = timezone.now() if mine == "agency" else None
    window.save(update_fields=["starts_on", "ends_on", "developer_confirmed_at", "agency_confirmed_at"])
    audit.record("early_access.schedule_proposed", row, by=by, parties=parties(row))
    tell = notices.to_intake if mine == "developer" else notices.to_developer
    tell("schedule_proposed", row, by)
    return window


@transaction.atomic
def confirm_schedule(*, request: EarlyAccessRequest, by: User) -> EarlyAccessRequest:
    """Confirm the dates that the other side proposed. With both, the request is scheduled, routed and on the clock."""
    row = locked(request)
    policies.may_schedule(by, row).require()
    window = _window(row)
    mine = _side(by, row)
    if not (window.agency_confirmed_at if mine == "developer" else window.developer_confirmed_at):
        raise Conflict("No dates stand that the other side proposed. Propose dates; the other side then confirms them.")
    today = timezone.now().date()
    problems = dates.window_problems(
        window.starts_on, window.ends_on, window.trusted_partner_on, today=today, longer=window.longer_by_consent
    ) + queries.window_term_problems(row, window.starts_on, window.ends_on, longer=window.longer_by_consent)
    if problems:
        raise Invalid(problems)
    setattr(window, f"{mine}_confirmed_at", timezone.now())
    window.save(update_fields=[f"{mine}_confirmed_at"])
    _somebody_has_access(row)
    move(row, "schedule", by=by)
    _enqueue(row, window, by)
    notices.to_developer("scheduled", row, by)
    notices.to_agencies("scheduled", row, queries.consented(row), by)
    with rls.widened(row.developer_id):
        settle(row)
    return row


def _somebody_has_access(row: EarlyAccessRequest) -> None:
    """Refuse dates when the agreement with every agency has ended: the window could not open."""
    with rls.widened(row.developer_id):
        found = agreements.standings(row.developer_id, queries.consented(row), timezone.now())
    if all(one.kind == agreements.ENDED for one in found.values()):
        words = "No agreement gives any of the agencies access any more. Bring one into force, then agree on dates."
        raise Invalid([Problem("starts_on", words)])


def _enqueue(request: EarlyAccessRequest, window: AccessWindow, by: User) -> None:
    payload, who = {"request": str(request.pk)}, parties(request)
    jobs.enqueue(
        "evaluations.route", key=f"evaluations.route:{request.pk}:1", organisations=who, payload=payload, by=by
    )
    clocks.start("open", request, dates.opens_at(window.starts_on), by)
    clocks.start("close", request, dates.closes_at(window.ends_on), by)


@transaction.atomic
def open_window(*, request: EarlyAccessRequest) -> bool:
    """Open the window when its day has come and the request is scheduled; whether it opened."""
    row = locked(request)
    if row.status != "scheduled":
        return False
    window = _window(row)
    if timezone.now() < dates.opens_at(window.starts_on):
        return False
    with rls.widened(row.developer_id):
        settle(row)
    if row.status != "scheduled":
        return False
    window.opened_at = timezone.now()
    window.save(update_fields=["opened_at"])
    move(row, "open_window", by=None)
    credentials.release(request=row)
    for opened in hooks.on_window_opened:
        opened(row)
    notices.to_developer("window_opened", row, None)
    notices.to_agencies("window_opened", row, queries.consented(row), None)
    return True


@transaction.atomic
def close_window(*, request: EarlyAccessRequest, key: str = "") -> bool:
    """Close the window at its end; whether it closed. `key` is the clock that struck: one that an extension has replaced
    meanwhile closes nothing."""
    row = locked(request)
    if row.status != "window_open" or (key and key != clocks.clock_key("close", row)):
        return False
    _close(row, "close_window", None, "The window ended.")
    return True


@transaction.atomic
def close_early(*, request: EarlyAccessRequest, by: User) -> EarlyAccessRequest:
    """The developer closes the window before its last day."""
    row = locked(request)
    policies.may_close_early(by, row).require()
    clocks.stop(row, "close")
    _close(row, "close_early", by, "The developer closed the window early.")
    return row


def follow_agreement(agreement: TestingAgreement, by: User | None) -> None:
    """An agreement began, rests, goes on or ended: the same for access under it, in one commit with it.

    Whoever did it need not see every request that it touches; what is read here is shown to nobody.
    """
    agencies = [row.organisation_id for row in agreement.party_rows if row.organisation_id != agreement.developer_id]
    components = Organisation.objects.filter(parent__in=agencies).values_list("pk", flat=True)
    with transaction.atomic(), rls.widened(agreement.developer_id, *agencies, *components):
        rows = EarlyAccessRequest.objects.filter(developer=agreement.developer_id, status__in=WITH_ACCESS)
        for row in rows.order_by("pk"):
            settle(locked(row), agencies)


def settle(row: EarlyAccessRequest, agencies: Collection[UUID] = ()) -> None:
    """Bring access in line with the agreements (standing.settle). Nobody left: an open window closes, one that was agreed
    on will not open."""
    if row.status not in WITH_ACCESS or standing.settle(row, agencies):
        return
    clocks.stop(row, "open", "close")
    _close(row, "close_window" if row.status == "window_open" else "lapse", None, NOBODY_LEFT)


def _close(row: EarlyAccessRequest, verb: str, by: User | None, reason: str) -> None:
    window = _window(row)
    window.closed_at = timezone.now()
    window.save(update_fields=["closed_at"])
    blocking.end_with_window(row, window.closed_at)
    extending.lapse(row)
    move(row, verb, by=by, reason="" if by else reason, consequence=by is None)
    credentials.revoke(request=row, because="window closed", by=by, proof=True)
    if window.opened_at:
        returns.ask_after_window(row)
    for ending in hooks.on_window_closed:
        ending(row, by, reason)
    row.refresh_from_db()
    notices.to_developer("window_closed", row, by)
    notices.to_agencies("window_closed", row, queries.consented(row), by)
