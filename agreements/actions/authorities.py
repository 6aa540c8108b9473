"""Record and revoke written delegations to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.policies import may_administer
from agreements.models import Instrument, SignatureAuthority
from audit import actions as audit
from core.decisions import Invalid, Problem, refuse


@transaction.atomic
def record_authority(
    *, organisation: Organisation, holder: User, number: str, title: str, instruments: Sequence[str],
    valid_from: datetime, valid_until: datetime | None, by: User, source: str = "",
) -> SignatureAuthority:  # fmt: skip
    """Record who may sign what; only an administrator of the organisation, and never for oneself."""
    may_administer(by, organisation).require()
    if holder.pk == by.pk:
        refuse("Nobody records their own authority.", "Ask another administrator of the organisation.").require()
    seat = Membership.objects.filter(organisation=organisation, user=holder, ended_at__isnull=True)
    problems = [] if seat.exists() else [Problem("holder", "The holder is not a member. Choose from the list.")]
    if not instruments or set(instruments) - set(Instrument.values):
        problems.append(Problem("instruments", "Choose at least one kind of agreement from the list."))
    if valid_until is not None and valid_until <= valid_from:
        problems.append(Problem("valid_until", "It must end after it begins. Choose a later date."))
    if not number.strip() or not title.strip():
        problems.append(Problem("number", "Give the delegation's number and title as they stand on the paper."))
    if problems:
        raise Invalid(problems)
    row = SignatureAuthority.objects.create(
        organisation=organisation, holder=holder, number=number.strip(), title=title.strip(), source=source.strip(),
        instruments=list(instruments), valid_from=valid_from, valid_until=valid_until, recorded_by=by,
    )  # fmt: skip
    audit.record("agreements.authority_recorded", row, by=by, parties=[organisation.pk])
    return row


@transaction.atomic
def revoke_authority(*, authority: SignatureAuthority, by: User) -> SignatureAuthority:
    """From now on nobody signs on it; signatures already made stand."""
    row = SignatureAuthority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    may_administer(by, row.organisation).require()
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        audit.record("agreements.authority_revoked", row, by=by, parties=[row.organisation_id])
    return row
