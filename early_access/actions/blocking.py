"""Blocked time in a window: the side that was affected reports it, ends it and corrects it. No date moves with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from audit import actions as audit
from core.decisions import Conflict, Invalid, Problem
from early_access import notices, policies, queries
from early_access.actions.moving import locked
from early_access.models import AccessWindow, BlockedTime, EarlyAccessRequest
from early_access.rules import blocked as rules

MOST_WORDS = 400
OPEN_ALREADY = "Your side has reported blocked time that goes on. End or correct that report; nothing was added."
STALE = "This report was changed since you opened the page. Look at it again; nothing was changed now."


@transaction.atomic
def report_blocked(
    *,
    request: EarlyAccessRequest,
    agency: Organisation | None,
    cause: str,
    began_at: datetime,
    ended_at: datetime | None,
    why: str,
    by: User,
) -> BlockedTime:
    """Report that testing was or is blocked in this window. `agency` is the one that reports, empty for the developer,
    whose report is always about its own endpoint. The other side is told; the window's dates stay."""
    row = locked(request)
    policies.may_report_for(by, row, agency).require()
    if agency is None and cause != BlockedTime.Cause.DEVELOPER:
        words = "A developer reports its own endpoint. The agency reports what happened to its own systems."
        raise Invalid([Problem("cause", words)])
    if agency is not None and cause not in BlockedTime.Cause.values:
        raise Invalid([Problem("cause", "Say what did not work: the developer’s endpoint, or your own systems.")])
    now = timezone.now()
    made = BlockedTime(
        request=row, developer=row.developer, agency=agency, shared_at=None if agency else now, cause=cause,
        began_at=began_at, ended_at=ended_at, why=why.strip(), reported_by=by,
    )  # fmt: skip
    if ended_at is None and _mine(made).filter(ended_at__isnull=True).exists():
        raise Conflict(OPEN_ALREADY)
    _check(made, now)
    made.save(force_insert=True)
    _tell("blocked_reported", made, by, made.why)
    return made


@transaction.atomic
def end_blocked(*, blocked: BlockedTime, by: User) -> BlockedTime:
    """Say that testing is possible again, from now on."""
    row = _locked(blocked)
    policies.may_end_blocked(by, row).require()
    row.ended_at = timezone.now()
    _save(row, "ended_at")
    _tell("blocked_ended", row, by)
    return row


@transaction.atomic
def correct_blocked(
    *,
    blocked: BlockedTime,
    row_version: int,
    began_at: datetime,
    ended_at: datetime | None,
    why: str,
    correction: str,
    by: User,
    strike: bool = False,
) -> BlockedTime:
    """Correct a report, with the reason of the correction, or strike it: it stays readable and counts no more."""
    row = _locked(blocked)
    policies.may_correct_blocked(by, row).require()
    if row.row_version != row_version:
        raise Conflict(STALE)
    if not correction.strip() or len(correction.strip()) > MOST_WORDS:
        raise Invalid(
            [Problem("correction", f"Say in at most {MOST_WORDS} characters what was wrong: the other side reads it.")]
        )
    row.correction = correction.strip()
    if strike:
        row.struck_at = timezone.now()
        _save(row, "correction", "struck_at")
    else:
        row.began_at, row.ended_at, row.why = began_at, ended_at, why.strip()
        _check(row, timezone.now())
        _save(row, "correction", "began_at", "ended_at", "why")
    _tell("blocked_corrected", row, by, row.correction)
    return row


def end_with_window(request: EarlyAccessRequest, at: datetime) -> None:
    """What still goes on when a window closes ends with it. On a locked request."""
    BlockedTime.objects.filter(request=request, ended_at__isnull=True, struck_at__isnull=True, began_at__lt=at).update(
        ended_at=at
    )


def _locked(blocked: BlockedTime) -> BlockedTime:
    request = locked(blocked.request)
    row: BlockedTime = BlockedTime.objects.select_for_update(of=("self",)).get(pk=blocked.pk)
    row.request = request
    return row


def _mine(row: BlockedTime) -> QuerySet[BlockedTime]:
    """The other reports of the same side that count."""
    return BlockedTime.objects.filter(request=row.request_id, agency=row.agency_id, struck_at__isnull=True).exclude(
        pk=row.pk
    )


def _check(row: BlockedTime, now: datetime) -> None:
    """Refuse a period outside the window, one that the same side has reported already, and one without a reason."""
    window = AccessWindow.objects.get(request=row.request_id)
    if window.opened_at is None:
        raise Conflict("The window has not opened, so nothing was blocked.")
    problems = rules.period_problems(
        row.began_at, row.ended_at, now=now, opened_at=window.opened_at, over_at=window.closed_at
    )
    if not row.why or len(row.why) > MOST_WORDS:
        problems.append(Problem("why", f"Say in at most {MOST_WORDS} characters what did not work."))
    period = (row.began_at, row.ended_at or now)
    if not problems and any(rules.overlaps(period, (r.began_at, r.ended_at or now)) for r in _mine(row)):
        words = "Your side has reported a part of this time already. Correct that report, or give other times."
        problems.append(Problem("began_at", words))
    if problems:
        raise Invalid(problems)


def _save(row: BlockedTime, *fields: str) -> None:
    row.row_version += 1
    row.save(update_fields=[*fields, "row_version"])


def _tell(name: str, row: BlockedTime, by: User, reason: str = "") -> None:
    """The record that both sides read, and a notice to the other one."""
    request = row.request
    agencies = [row.agency] if row.agency else queries.consented(request)
    readers = [request.developer_id, *(agency.pk for agency in agencies)]
    audit.record(f"early_access.{name}", request, by=by, parties=readers, reason=reason)
    if row.agency:
        notices.to_developer(name, request, by)
    else:
        notices.to_agencies(name, request, agencies, by)
