"""Give outside counsel access to one agreement, and take it back."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from accounts import grants
from accounts.models import User
from agreements import policies, queries
from agreements.actions.base import locked
from agreements.models import TestingAgreement
from core.decisions import Invalid, Problem


@transaction.atomic
def give_access(*, agreement: TestingAgreement, person: User, until: date, reason: str, by: User) -> None:
    """Let one of the developer's outside counsel read this agreement up to and including a day."""
    row = locked(agreement)
    policies.may_give_access(by, row).require()
    if person not in queries.outside_counsel(row.developer):
        raise Invalid([Problem("person", "Choose one of your organisation's outside counsel from the list.")])
    end = timezone.make_aware(datetime.combine(until, time.max))
    grants.grant(target=row, user=person, organisation=row.developer, until=end, reason=reason, by=by)


@transaction.atomic
def take_access(*, agreement: TestingAgreement, person: User, by: User) -> None:
    """End that access now."""
    row = locked(agreement)
    policies.may_give_access(by, row).require()
    grants.revoke(target=row, user=person, organisation=row.developer, by=by)
