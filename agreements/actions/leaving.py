"""One agency of several leaves while the others go on; and a notice is taken back before its day."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements import hooks, notices, policies, queries
from agreements.actions import amending, clocks
from agreements.actions.base import locked, record, said
from agreements.models import AgreementParty, TestingAgreement
from agreements.workflow import BINDING


@transaction.atomic
def give_leave_notice(*, agreement: TestingAgreement, by: User, reason: str) -> TestingAgreement:
    """Notice that one's agency leaves. Its part ends when the notice period is over; what was begun goes on until then."""
    agreement = locked(agreement)
    policies.may_leave(by, agreement).require()
    words = said(reason)
    party = policies.leaving_party(by, agreement)
    now = timezone.now()
    days = queries.obligation(agreement, "termination_notice_days", now) or 0
    party.leaving_since, party.leaves_on = now, now.date() + timedelta(days=days)
    party.save(update_fields=["leaving_since", "leaves_on"])
    detail = {"agency": party.organisation.name, "leaves_on": str(party.leaves_on)}
    record("leave_notice_given", agreement, by=by, reason=words, detail=detail)
    notices.tell_parties("agreements.leaving", agreement, by=by, roles=policies.SPEAKING)
    if days:
        clocks.on("leave", agreement, party.leaves_on)
    else:
        _left(agreement, party)
    return agreement


@transaction.atomic
def take_back_leave_notice(*, agreement: TestingAgreement, by: User) -> TestingAgreement:
    """The agency stays."""
    agreement = locked(agreement)
    policies.may_stay(by, agreement).require()
    party = policies.staying_party(by, agreement)
    party.leaving_since = party.leaves_on = None
    party.save(update_fields=["leaving_since", "leaves_on"])
    record("leave_notice_taken_back", agreement, by=by, detail={"agency": party.organisation.name})
    notices.tell_parties("agreements.notice_taken_back", agreement, by=by, roles=policies.SPEAKING)
    return agreement


@transaction.atomic
def leave(*, agreement: TestingAgreement) -> None:
    """The notice periods that are over."""
    agreement = locked(agreement)
    if agreement.status not in BINDING:
        return
    for party in agreement.party_rows:
        if party.leaves_on and party.left_at is None and party.leaves_on <= timezone.now().date():
            _left(agreement, party)


def _left(agreement: TestingAgreement, party: AgreementParty) -> None:
    """Its part ends: access, and what it was still to sign. It goes on reading, since duties of both sides go on."""
    party.left_at = timezone.now()
    party.save(update_fields=["left_at"])
    record("left", agreement, by=None, detail={"agency": party.organisation.name})
    amending.lapse_open(
        agreement, f"{party.organisation.name} left agreement {agreement.reference} before all had signed."
    )
    hooks.access_changed(agreement, None)
    notices.tell_parties("agreements.left", agreement, by=None, roles=policies.SPEAKING)


@transaction.atomic
def take_back_notice(*, agreement: TestingAgreement, by: User) -> TestingAgreement:
    """Notice of termination is taken back by who gave it, before its day: the agreement goes on. Access that ended with
    a developer's notice stays ended; it can be offered anew."""
    agreement = locked(agreement)
    policies.may_take_back_notice(by, agreement).require()
    agreement.notice_given_at = agreement.notice_given_by = agreement.terminates_on = None
    agreement.ended_reason = ""
    agreement.save()
    record("notice_taken_back", agreement, by=by)
    hooks.access_changed(agreement, by)
    notices.tell_parties("agreements.notice_taken_back", agreement, by=by, roles=policies.SPEAKING)
    return agreement
