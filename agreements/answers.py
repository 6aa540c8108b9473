"""What the agencies answered to the current version: who has concurred, who has not, how many sealed answers are in."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from accounts.models import Organisation
from agreements.models import AgreementClause, Concurrence, ConcurrenceAsk, Obligation, TestingAgreement
from agreements.rules import concurring
from core import rls


def verdicts(agreement: TestingAgreement) -> dict[UUID, Concurrence]:
    """The verdict of each agency on the current version."""
    rows = Concurrence.objects.filter(version=agreement.current_id).select_related("agency", "decided_by")
    return {row.agency_id: row for row in rows}


def yet_to_concur(
    agreement: TestingAgreement, agencies: Iterable[Organisation], known: dict[UUID, Concurrence] | None = None
) -> list[Organisation]:
    """Those of the agencies that have not concurred with the current version; `known` are its verdicts, if read already."""
    said = verdicts(agreement) if known is None else known
    return [a for a in agencies if a.pk not in said or said[a.pk].verdict != Concurrence.Verdict.CONCUR]


def not_concurred(agreement: TestingAgreement, known: dict[UUID, Concurrence] | None = None) -> list[Organisation]:
    """Agencies whose concurrence with the current version is missing."""
    return yet_to_concur(agreement, agreement.agencies, known)


def unanswered(agreement: TestingAgreement) -> list[Organisation]:
    """The same, without those whose sealed answer waits for the others': in a context that sees them."""
    said = verdicts(agreement)
    return [a for a in not_concurred(agreement, said) if a.pk not in said or said[a.pk].revealed_at is not None]


def answers_in(agreement: TestingAgreement) -> tuple[int, int]:
    """Of sealed answers how many are in, of how many: that is all that anybody reads of them before they open."""
    agencies = agreement.agencies
    with rls.widened(*(a.pk for a in agencies)):
        return len(agencies) - len(unanswered(agreement)), len(agencies)


def counted(agreement: TestingAgreement) -> str:
    """The same as a sentence."""
    found, every = answers_in(agreement)
    return f"{found} of {every} agencies have answered; the answers are sealed until all are in."


def lapse(agreement: TestingAgreement) -> concurring.Lapse | None:
    """When an agency's silence counts: only where a clause of the current version says so."""
    row = Obligation.objects.filter(version=agreement.current_id, kind="tacit_concurrence_days", value__gt=0).first()
    if row is None:
        return None
    clause = AgreementClause.objects.get(version=row.version_id, clause_id=row.clause_id)
    return concurring.Lapse(row.value, clause.heading)


def ways(agreement: TestingAgreement) -> list[str]:
    """How the agencies concur, in words."""
    return concurring.words(
        agreement.concurrence_order, blind=agreement.concurrence_blind, lapse=lapse(agreement),
        agencies=[a.name for a in agreement.agencies],
    )  # fmt: skip


def ask_of(agreement: TestingAgreement, agencies: Iterable[Organisation]) -> ConcurrenceAsk | None:
    """What one of these agencies was asked of the current version (prefetched, if it was); read by that agency only."""
    ids = {agency.pk for agency in agencies}
    rows = (row for row in agreement.asks.all() if row.version_id == agreement.current_id and row.agency_id in ids)
    return next(rows, None)
