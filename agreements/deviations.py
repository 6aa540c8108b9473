"""Deviations from approved text in a version: which clauses, who decides, and what was decided about this very text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import Organisation, User
from accounts.queries import holders
from accounts.roles import ROLES
from agreements import consolidated, queries, texts
from agreements.models import AgreementClause, AgreementVersion, ClauseComment, Deviation, TestingAgreement
from agreements.pdf.redline import Runs, words
from agreements.rules import deviations as rules
from core.decisions import Problem


@dataclass(frozen=True)
class Departure:
    """A clause that somebody has to decide on: its text beside the approved one, and the agencies' rows so far."""

    clause: AgreementClause
    kind: str
    role: str
    approved: str
    rows: Mapping[UUID, Deviation]

    @property
    def runs(self) -> Runs:
        """From the library's standard text, word by word."""
        return words(self.approved, self.clause.filled)

    @property
    def who(self) -> str:
        """Who decides, as people call the role."""
        return ROLES[self.role].label

    @property
    def is_wording(self) -> bool:
        """Whether the text is an approved alternative whose use takes somebody's agreement."""
        return self.kind == rules.WORDING


def departures(version: AgreementVersion) -> list[Departure]:
    """The clauses of a version, in order, that are not approved as they stand. Variables filled differently are no
    deviation; a figure written in place of its variable is none while it says the same."""
    changed = version.clauses.exclude(source=AgreementClause.Source.LIBRARY).select_related("library")
    stands = consolidated.base_of(version).hashes  # of an amendment: what all have signed is not asked about again
    rows = [
        row for row in changed.prefetch_related("library__alternatives") if stands.get(row.clause_id) != row.text_hash
    ]
    if not rows:
        return []
    values = queries.filled_values(version.agreement, version.variables)
    known: dict[tuple[str, str], dict[UUID, Deviation]] = {}
    decided = Deviation.objects.filter(agreement=version.agreement_id, text_hash__in=[row.text_hash for row in rows])
    for found in decided.select_related("decided_by"):
        known.setdefault((found.clause_id, found.text_hash), {})[found.agency_id] = found
    made = (_departure(row, values, known.get((row.clause_id, row.text_hash), {})) for row in rows)
    return [row for row in made if row is not None]


def _departure(row: AgreementClause, values: Mapping[str, Any], rows: Mapping[UUID, Deviation]) -> Departure | None:
    library, standing = row.library, {**values, **row.parameters}
    if library is None:
        return Departure(row, rules.DEVIATION, rules.USUAL, "", rows)
    standard = texts.fill(library.text, standing)
    others = [rules.Approved(texts.fill(a.text, standing), a.extra_concurrence) for a in library.alternatives.all()]
    asks = rules.asks(row.filled, library.decides_deviations, [rules.Approved(standard), *others])
    return Departure(row, *asks, standard, rows) if asks else None


def problems(agreement: TestingAgreement) -> list[Problem]:
    """What stands against opening the current version for signature: a sentence per clause and agency."""
    if agreement.current is None:
        return []
    return [
        Problem(f"deviations.{row.clause.clause_id}", _sentence(row, agency))
        for row in departures(agreement.current)
        for agency in agreement.agencies
        if agency.pk not in row.rows or row.rows[agency.pk].verdict != Deviation.Verdict.ACCEPT
    ]


def _sentence(row: Departure, agency: Organisation) -> str:
    who, title = rules.named(row.role), f"“{row.clause.heading}”"
    asked = row.rows.get(agency.pk)
    if asked is not None and asked.verdict == Deviation.Verdict.REFUSE:
        said = f"{agency.name} refused the words of {title}. Change them, or its {who} can decide again."
    elif row.is_wording:
        said = f"The wording of {title} takes the agreement of {agency.name}, which has not decided. Its {who} can."
    else:
        said = f"{title} deviates from the approved text, and {agency.name} has not decided on that. Its {who} can."
    return said if holders(agency, row.role) else f"{said} Nobody there has that role; its administrator can give it."


def unsettled() -> QuerySet[Deviation]:
    """Rows about the current text of their agreement that were not decided, or refused, with the clause's heading."""
    standing = AgreementClause.objects.filter(
        version=OuterRef("agreement__current"), clause_id=OuterRef("clause_id"), text_hash=OuterRef("text_hash")
    )
    rows = Deviation.objects.exclude(verdict=Deviation.Verdict.ACCEPT).filter(Exists(standing))
    return rows.annotate(heading=Subquery(standing.values("heading")[:1])).select_related("agency")


def open_in(agreement: TestingAgreement) -> list[Deviation]:
    """Those of one agreement; read once per instance, or prefetched as `unsettled`."""
    known: list[Deviation] | None = getattr(agreement, "unsettled", None)
    if known is None:
        known = list(unsettled().filter(agreement=agreement))
        agreement.unsettled = known  # type: ignore[attr-defined]  # as a prefetch sets it
    return known


def reasons_for(agreement: TestingAgreement, user: User) -> dict[UUID | None, ClauseComment]:
    """Deviation id → the newest reason for its decision, where this person may read it."""
    found = (row for row in queries.comments_for(agreement, user) if row.deviation_id is not None)
    return {row.deviation_id: row for row in found}


def accepted(agreement: TestingAgreement) -> list[str]:
    """What was accepted about the current text, a line each, for the record of clearance."""
    if agreement.current is None:
        return []
    names = {agency.pk: agency.name for agency in agreement.agencies}
    return [
        f"{names[pk]} accepted the words of “{row.clause.heading}”, which are not the library’s, on "
        f"{made.decided_at:%d %b %Y, %H:%M} UTC ({made.decided_by.name})."
        for row in departures(agreement.current)
        for pk, made in row.rows.items()
        if made.verdict == Deviation.Verdict.ACCEPT and made.decided_by is not None and made.decided_at is not None
    ]
