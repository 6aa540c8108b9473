"""Delegations for people who are signatories but have none yet: for demonstrations and a first installation."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import Membership, Organisation, User
from agreements.actions import record_authority
from agreements.models import Instrument, SignatureAuthority
from core import rls


def ensure(organisation: Organisation, *, administrator: User) -> list[SignatureAuthority]:
    """One delegation per signatory of the organisation, recorded by its administrator. Twice changes nothing."""
    administrator.__dict__.pop("_seats", None)
    with rls.context(user=administrator.pk):
        members = Membership.objects.filter(
            organisation=organisation, ended_at__isnull=True, roles__contains=["signatory"]
        ).select_related("user")
        return [_one(organisation, row.user, administrator) for row in members if row.user_id != administrator.pk]


def _one(organisation: Organisation, holder: User, administrator: User) -> SignatureAuthority:
    known = SignatureAuthority.objects.filter(organisation=organisation, holder=holder).first()
    return known or record_authority(
        organisation=organisation, holder=holder, number="D-2026-001", title="Delegation to sign testing agreements",
        source="Standing delegation of the organisation's head", instruments=Instrument.values,
        valid_from=timezone.now() - timedelta(minutes=5), valid_until=timezone.now() + timedelta(days=730),
        by=administrator,
    )  # fmt: skip
