"""Coming into force and every way out: withdrawal, suspension, notice of termination, expiry. Clocks are jobs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements import hooks, notices, policies, queries
from agreements.actions import amending, clocks, reminding
from agreements.actions.base import locked, move, record, said, void_files
from agreements.models import TestingAgreement
from agreements.workflow import BINDING


def fully_executed(agreement: TestingAgreement, *, by: User, at: datetime) -> None:
    """After the last signature: in force at once, or on the effective date."""
    agreement.fully_executed_at = at
    agreement.save(update_fields=["fully_executed_at"])
    record("executed", agreement, by=None)
    if agreement.amends_id is not None:
        amending.signed_by_all(agreement, at=at)
    if agreement.effective_on is not None and agreement.effective_on > at.date():
        notices.tell_parties("agreements.executed", agreement, by=None, roles=policies.SPEAKING)
        clocks.on("come_into_force", agreement, agreement.effective_on)
        return
    _enter_force(agreement, at.date())


def _enter_force(agreement: TestingAgreement, day: date) -> None:
    if agreement.effective_on is None or agreement.effective_on < day:
        agreement.effective_on = day
    if agreement.amends_id is not None:
        amending.incorporate(agreement)
        return
    months = (agreement.current.variables if agreement.current else {}).get("term_months")
    agreement.expires_on = queries.expiry(agreement.effective_on, int(months)) if months else None
    move(agreement, "come_into_force")
    record("came_into_force", agreement, by=None)
    hooks.access_changed(agreement, None)
    notices.tell_parties("agreements.in_force", agreement, by=None, roles=policies.SPEAKING)
    if agreement.expires_on:
        clocks.on("expire", agreement, agreement.expires_on)
        reminding.watch_end(agreement)
    if agreement.replaces is not None:
        _supersede(agreement.replaces, agreement)


def _supersede(old: TestingAgreement, agreement: TestingAgreement) -> None:
    """The agreement that another one replaces ends in the commit in which that one begins: access goes on under the new."""
    old = locked(old)
    if old.status not in BINDING:
        return
    old.ended_reason = f"Agreement {agreement.reference} between the same parties replaces it."
    move(old, "supersede")
    record("superseded", old, by=None, detail={"by": agreement.reference})
    hooks.access_changed(old, None)
    clocks.on("lapse_amendments", old, timezone.now().date())
    notices.tell_parties("agreements.ended", old, by=None, roles=policies.SPEAKING)


@transaction.atomic
def come_into_force(*, agreement: TestingAgreement) -> None:
    """The effective date has come."""
    agreement = locked(agreement)
    today = timezone.now().date()
    due = agreement.effective_on is not None and agreement.effective_on <= today
    if agreement.status == "awaiting_signature" and agreement.fully_executed_at and due:
        _enter_force(agreement, agreement.effective_on or today)


@transaction.atomic
def expire(*, agreement: TestingAgreement) -> None:
    """The last day has passed."""
    agreement = locked(agreement)
    if agreement.status in BINDING and agreement.expires_on and agreement.expires_on <= timezone.now().date():
        move(agreement, "expire")
        record("expired", agreement, by=None)
        hooks.access_changed(agreement, None)
        clocks.on("lapse_amendments", agreement, timezone.now().date())
        notices.tell_parties("agreements.ended", agreement, by=None, roles=policies.SPEAKING)


@transaction.atomic
def withdraw(*, agreement: TestingAgreement, by: User, reason: str = "") -> TestingAgreement:
    """One step, any party, until the last signature is made. A reason may be given; none is needed."""
    agreement = locked(agreement)
    policies.may_withdraw(by, agreement).require()
    void_files(agreement)
    agreement.ended_reason = reason.strip()[:5000]
    move(agreement, "withdraw")
    record("withdrawn", agreement, by=by, reason=agreement.ended_reason)
    notices.tell_parties("agreements.withdrawn", agreement, by=by, roles=policies.SPEAKING)
    return agreement


@transaction.atomic
def suspend(*, agreement: TestingAgreement, by: User, reason: str) -> TestingAgreement:
    """Nothing can be asked for under it, and access rests, until the same organisation resumes it."""
    agreement = locked(agreement)
    policies.may_suspend(by, agreement).require()
    words = said(reason)
    agreement.suspended_by = policies.side_of(by, agreement)
    move(agreement, "suspend")
    record("suspended", agreement, by=by, reason=words)
    hooks.access_changed(agreement, by)
    notices.tell_parties("agreements.suspended", agreement, by=by, roles=policies.SPEAKING)
    return agreement


@transaction.atomic
def resume(*, agreement: TestingAgreement, by: User) -> TestingAgreement:
    """End the suspension."""
    agreement = locked(agreement)
    policies.may_resume(by, agreement).require()
    agreement.suspended_by = None
    move(agreement, "resume")
    record("resumed", agreement, by=by)
    hooks.access_changed(agreement, by)
    notices.tell_parties("agreements.resumed", agreement, by=by, roles=policies.SPEAKING)
    return agreement


@transaction.atomic
def terminate(*, agreement: TestingAgreement, by: User, reason: str) -> TestingAgreement:
    """Give notice. It ends when the notice period is over; a developer's notice stops access at once (see permits)."""
    agreement = locked(agreement)
    policies.may_terminate(by, agreement).require()
    words = said(reason)
    side = next(iter(policies.acts_for(by, agreement, *policies.SPEAKING)))
    now = timezone.now()
    days = queries.obligation(agreement, "termination_notice_days", now) or 0
    agreement.notice_given_at, agreement.notice_given_by = now, side
    agreement.terminates_on, agreement.ended_reason = now.date() + timedelta(days=days), words
    agreement.save()
    record("notice_given", agreement, by=by, reason=words, detail={"ends_on": str(agreement.terminates_on)})
    notices.tell_parties("agreements.notice_given", agreement, by=by, roles=policies.SPEAKING)
    if days:
        clocks.on("end_notice", agreement, agreement.terminates_on)
        hooks.access_changed(agreement, by)
    else:
        _terminated(agreement)
    return agreement


@transaction.atomic
def end_notice(*, agreement: TestingAgreement) -> None:
    """The notice period is over."""
    agreement = locked(agreement)
    if agreement.status in BINDING and agreement.terminates_on and agreement.terminates_on <= timezone.now().date():
        _terminated(agreement)


def _terminated(agreement: TestingAgreement) -> None:
    move(agreement, "terminate")
    record("terminated", agreement, by=None)
    hooks.access_changed(agreement, None)
    clocks.on("lapse_amendments", agreement, timezone.now().date())
    notices.tell_parties("agreements.ended", agreement, by=None, roles=policies.SPEAKING)
