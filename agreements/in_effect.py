"""What an agreement obliges to at an instant: as signed, or as the amendments in effect by then have made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agreements.models import Consolidation, Obligation, TestingAgreement
from agreements.obligations import KINDS


def obligation(agreement: TestingAgreement, kind: str, at: datetime | None = None) -> int | None:
    """The value of a typed obligation with the amendments in effect at an instant (now); None where it is silent."""
    return obligations([agreement], kind, at).get(agreement.pk)


def obligations(agreements: Iterable[TestingAgreement], kind: str, at: datetime | None = None) -> dict[UUID, int]:
    """Agreement id → value of an obligation at an instant (now), for those that are not silent."""
    return {row.agreement_id: row.value for row in _of_kind(agreements, kind, at)}


def allowed_domains(agreements: Iterable[TestingAgreement], at: datetime | None = None) -> dict[UUID, set[str]]:
    """Agreement id → risk domains that may be tested under it, for those that name them; another allows all."""
    return {row.agreement_id: set(row.options) for row in _of_kind(agreements, "allowed_domains", at)}


def duties(agreement: TestingAgreement, at: datetime | None = None) -> list[Obligation]:
    """Every obligation at an instant (now), in the order of their kinds."""
    amended = [agreement.pk] if agreement.amended else []
    return duties_of({agreement.pk: agreement.current_id}, amended, at)[agreement.pk]


def duties_of(
    versions: dict[UUID, UUID | None], amended: Sequence[UUID], at: datetime | None = None
) -> dict[UUID, list[Obligation]]:
    """The same for many agreements, by agreement id and signed version, and which of them were ever amended."""
    found: dict[UUID, list[Obligation]] = {key: [] for key in versions}
    for row in Obligation.objects.filter(version__in=[pk for pk in versions.values() if pk]):
        found[row.agreement_id].append(row)
    found |= {row.agreement_id: made_by(row) for row in _terms(amended, at)}
    order = list(KINDS)
    return {key: sorted(rows, key=lambda row: order.index(row.kind)) for key, rows in found.items()}


def _of_kind(agreements: Iterable[TestingAgreement], kind: str, at: datetime | None) -> list[Obligation]:
    rows = list(agreements)
    found = {row.agreement_id: row for row in _signed(rows, kind)}
    for changed in _terms([row.pk for row in rows if row.amended], at):
        found.pop(changed.agreement_id, None)
        found |= {row.agreement_id: row for row in made_by(changed) if row.kind == kind}
    return list(found.values())


def _signed(rows: Sequence[TestingAgreement], kind: str) -> Iterable[Obligation]:
    return Obligation.objects.filter(version__in=[row.current_id for row in rows], kind=kind)


def _terms(amended: Sequence[UUID], at: datetime | None) -> Iterable[Consolidation]:
    """What the newest amendment in effect gave each agreement; no query where none was ever amended."""
    if not amended:
        return ()
    rows = Consolidation.objects.filter(agreement__in=amended, applies_from__lte=at or timezone.now())
    return rows.order_by("agreement", "-number").distinct("agreement")


def made_by(row: Consolidation) -> list[Obligation]:
    """The duties of an amended text, in the shape of signed ones; they are not stored as such."""
    return [
        Obligation(agreement_id=row.agreement_id, version_id=row.version_id, developer_id=row.developer_id, kind=kind, **duty)
        for kind, duty in row.duties.items()
    ]  # fmt: skip
