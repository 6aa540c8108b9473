"""What an amendment (a renewal is one) takes over from its agreement for one agency alone: its plan of components."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from accounts.models import Organisation
from agreements import components
from agreements.actions.base import record
from agreements.models import ConcurrencePart, ConcurrencePlan, TestingAgreement
from core import rls


def take_over_plans(amendment: TestingAgreement, who: Iterable[UUID]) -> None:
    """For those of the parties `who` are agencies, the plan that each set last for the agreement, so that an amendment is
    read by the components that read the agreement. Called when the amendment becomes theirs to read: not earlier, since
    a plan lends components the text. The day of the plan is not taken over, and no plan of the agency's own is replaced."""
    if amendment.amends_id is None:
        return
    joined = set(who)
    for agency in (row for row in amendment.agencies if row.pk in joined):
        with rls.widened(agency.pk):  # whoever sends it reads nothing of what an agency deliberates inside
            _take_over(amendment, agency)


def _take_over(amendment: TestingAgreement, agency: Organisation) -> None:
    if ConcurrencePlan.objects.filter(agreement=amendment, agency=agency).exists():
        return
    source = _last_set(amendment, agency)
    allowed = {row.pk for row in components.children(amendment, agency)}
    parts = [part for part in source.parts.all() if part.organisation_id in allowed] if source else []
    if source is None or not parts:
        return
    plan = ConcurrencePlan.objects.create(
        agreement=amendment, agency=agency, order=source.order, blind=source.blind, set_by_id=source.set_by_id,
        set_at=source.set_at, taken_over_from_id=source.taken_over_from_id or source.agreement_id,  # where it was set
    )  # fmt: skip
    ConcurrencePart.objects.bulk_create(
        ConcurrencePart(target=plan, organisation_id=part.organisation_id, agreement=amendment, position=position)
        for position, part in enumerate(parts, start=1)
    )
    readers = [agency.pk, *(part.organisation_id for part in parts)]
    record("component_plan_taken_over", amendment, by=None, parties=readers, detail={"components": len(parts)})


def _last_set(amendment: TestingAgreement, agency: Organisation) -> ConcurrencePlan | None:
    """Of the agreement and the amendments that all have signed, the plan that the agency set last."""
    of_it = Q(agreement=amendment.amends_id) | Q(
        agreement__amends=amendment.amends_id, agreement__amendment_number__isnull=False
    )
    rows = ConcurrencePlan.objects.filter(of_it, agency=agency).select_related("agreement").prefetch_related("parts")
    return max(rows, key=lambda row: (row.set_at, row.agreement.amendment_number or 0), default=None)
