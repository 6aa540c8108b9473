"""What the components of an agency answered inside it, as far as a reader's context shows it: one's own agency's only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import Organisation, User
from accounts.queries import holders
from accounts.seats import seats_of
from agreements.models import Concurrence, ConcurrenceAsk, ConcurrencePart, ConcurrencePlan, TestingAgreement
from agreements.rules import concurring
from core import rls


@dataclass(frozen=True)
class Part:
    """One component in a plan, and its answer to the current version as far as the reader reads it. `is_in`: it has
    answered, be it under seal."""

    component: Organisation
    answer: Concurrence | None
    is_in: bool
    ask: ConcurrenceAsk | None

    @property
    def concurs(self) -> bool:
        """Whether it is read that it concurs."""
        return self.answer is not None and self.answer.verdict == Concurrence.Verdict.CONCUR

    @property
    def refuses(self) -> bool:
        """Whether it is read that it does not."""
        return self.answer is not None and not self.concurs

    @property
    def is_missing(self) -> bool:
        """Whether the agency waits for it: it has not answered, or is read not to concur."""
        return not self.is_in or self.refuses


@dataclass(frozen=True)
class Standing:
    """How far a plan is with the current version."""

    plan: ConcurrencePlan
    parts: tuple[Part, ...]

    @property
    def agency(self) -> Organisation:
        """Whose plan it is."""
        return self.plan.agency

    @property
    def missing(self) -> list[Part]:
        """Those that the agency's concurrence waits for."""
        return [part for part in self.parts if part.is_missing]

    @property
    def refusing(self) -> list[Part]:
        """Those that are read not to concur."""
        return [part for part in self.parts if part.refuses]

    @property
    def turn(self) -> list[Part]:
        """Those whose turn it is: all that are missing, or the first of them."""
        return concurring.asked(self.plan.order, self.missing)

    @property
    def all_in(self) -> bool:
        """Whether every component has answered."""
        return all(part.is_in for part in self.parts)

    @property
    def is_clear(self) -> bool:
        """Whether every component concurs, so that the agency can."""
        return not self.missing

    @property
    def answered(self) -> int:
        """How many have answered."""
        return sum(part.is_in for part in self.parts)

    @property
    def counted(self) -> str:
        """The same in words."""
        sealed = " The answers are sealed until all are in." if self.plan.blind and not self.all_in else ""
        return f"{self.answered} of {len(self.parts)} components have answered.{sealed}"

    @property
    def origin(self) -> str:
        """Of an amendment whose plan nobody has set: from which agreement it was taken over, in words."""
        source = self.plan.taken_over_from
        if source is None:
            return ""
        return f"Taken over from {source.reference}, where {self.agency.name} set this plan."

    def of(self, component_id: UUID) -> Part | None:
        """The part of one component."""
        return next((part for part in self.parts if part.component.pk == component_id), None)


def children(agreement: TestingAgreement, agency: Organisation) -> list[Organisation]:
    """The components that can stand in a plan: one that is a party speaks for itself."""
    rows = Organisation.objects.filter(parent=agency, kind=Organisation.Kind.AGENCY)
    return list(rows.exclude(pk__in=agreement.order).order_by("name"))


def of(agreement: TestingAgreement) -> list[Standing]:
    """The plans that the reader's context shows; read once per instance."""
    known: list[Standing] | None = getattr(agreement, "_standings", None)
    if known is None:
        known = read([agreement])[agreement.pk]
        agreement._standings = known  # type: ignore[attr-defined]  # remembered on the instance for the request
    return known


def remember(agreements: Sequence[TestingAgreement]) -> None:
    """Read the plans of many agreements at once, for `of`."""
    for row, known in zip(agreements, read(agreements).values(), strict=True):
        row._standings = known  # type: ignore[attr-defined]  # as above


def plan_of(agreement: TestingAgreement, agency_id: UUID) -> Standing | None:
    """One agency's plan for the current version as it is now."""
    return next((row for row in read([agreement])[agreement.pk] if row.plan.agency_id == agency_id), None)


def read(agreements: Sequence[TestingAgreement]) -> dict[UUID, list[Standing]]:
    """By agreement id: the plans with parts, with what was answered to each current version. One statement where there is
    no plan."""
    found: dict[UUID, list[Standing]] = {row.pk: [] for row in agreements}
    rows = (
        ConcurrencePlan.objects.filter(agreement__in=found)
        .select_related("agency", "taken_over_from")
        .order_by("agency__name")
    )
    plans = [plan for plan in rows.prefetch_related("parts__organisation") if plan.parts.all()]
    if not plans:
        return found
    current = {row.pk: row.current_id for row in agreements}
    versions = [pk for pk in current.values() if pk]
    answers = Concurrence.every.filter(version__in=versions, inside__in=plans).select_related("decided_by")
    said: dict[tuple[UUID | None, UUID], Concurrence] = {(row.version_id, row.agency_id): row for row in answers}
    asks: dict[tuple[UUID | None, UUID], ConcurrenceAsk] = {
        (row.version_id, row.agency_id): row for row in _asks(versions, plans)
    }
    sealed = _sealed(versions, [plan for plan in plans if plan.blind])
    for plan in plans:
        version = current[plan.agreement_id]
        parts = []
        for part in plan.parts.all():
            answer = said.get((version, part.organisation_id))
            is_in = answer is not None or (version, part.organisation_id) in sealed
            parts.append(Part(part.organisation, answer, is_in, asks.get((version, part.organisation_id))))
        found[plan.agreement_id].append(Standing(plan, tuple(parts)))
    return found


def _asks(versions: Sequence[UUID], plans: Sequence[ConcurrencePlan]) -> Iterable[ConcurrenceAsk]:
    return ConcurrenceAsk.objects.filter(version__in=versions, agency__in=_components(plans))


def _components(plans: Iterable[ConcurrencePlan]) -> list[UUID]:
    return [part.organisation_id for plan in plans for part in plan.parts.all()]


def _sealed(versions: Sequence[UUID], plans: Sequence[ConcurrencePlan]) -> set[tuple[UUID, UUID]]:
    """(version, component) of answers under seal: that they are in, and nothing of what they say."""
    if not plans:
        return set()
    with rls.widened(*(plan.agency_id for plan in plans), *_components(plans)):
        rows = Concurrence.every.filter(version__in=versions, inside__in=plans, revealed_at__isnull=True)
        return set(rows.values_list("version", "agency"))


def answered(asks: Sequence[ConcurrenceAsk]) -> set[UUID]:
    """Of asks of components, the ids of those that were answered, be it under seal."""
    if not asks:
        return set()
    with rls.widened(*{row.agency_id for row in asks}):
        rows = Concurrence.every.filter(version__in={row.version_id for row in asks}, inside__isnull=False)
        said = set(rows.values_list("version", "agency"))
    return {row.pk for row in asks if (row.version_id, row.agency_id) in said}


@contextmanager
def widened(agreement: TestingAgreement) -> Iterator[None]:
    """The surrounding context, which sees what every party agency and its components say: for an act's effects only."""
    with rls.widened(*(agency.pk for agency in agreement.agencies)):
        parts = ConcurrencePart.objects.filter(agreement=agreement).values_list("organisation", flat=True)
        with rls.widened(*parts):
            yield


def seats_in(user: User, *roles: str) -> set[UUID]:
    """Where this person sits directly with one of the roles: a seat that comes down from a parent speaks for no component."""
    rows = (seat for seat in seats_of(user).all if seat.direct)
    return {seat.organisation.pk for seat in rows if not roles or seat.roles.intersection(roles)}


def mine(agreement: TestingAgreement, user: User, *roles: str) -> list[tuple[Standing, Part]]:
    """The parts of components in which this person sits."""
    own = seats_in(user, *roles) if seats_of(user).is_agency else set()
    return [(row, part) for row in of(agreement) for part in row.parts if part.component.pk in own] if own else []


def waiting_for(agreement: TestingAgreement, user: User) -> list[tuple[Standing, Part]]:
    """The parts that this person is asked to answer for now."""
    if agreement.status != "in_clearance":
        return []
    return [(row, part) for row, part in mine(agreement, user, "counsel") if part.ask and not part.is_in]


def due(agreement: TestingAgreement, user: User) -> date | None:
    """The day by which this person's components are asked to answer."""
    days = (part.ask.answer_by for _, part in waiting_for(agreement, user) if part.ask)
    return min((day for day in days if day), default=None)


def who_can(component: Organisation, agency: Organisation) -> str:
    """Who answers for a component, or what to do where nobody does."""
    names = [person.name for person in holders(component, "counsel")]
    if names:
        return f"Its counsel can: {' or '.join(names)}."
    return (
        f"Nobody there has the role of counsel. An administrator of {component.name} or of {agency.name} gives it on the "
        "page of the organisation, or the agency’s counsel takes the component out of the plan."
    )


def for_the_agency(standing: Standing) -> str:
    """What the agency waits for inside, in a sentence for its own people."""
    if standing.is_clear:
        return "Its components have all concurred."
    if standing.refusing:
        names = ", ".join(part.component.name for part in standing.refusing)
        return f"Inside your agency {names} does not concur: read why, then answer for your agency or change its plan."
    asked = ", ".join(part.component.name for part in standing.turn if not part.is_in)
    return f"First its components answer. {standing.counted} Waiting for {asked}."


def for_a_component(agreement: TestingAgreement, user: User) -> str:
    """What is asked of the components in which this person sits; empty where nothing is, or it is nobody's there."""
    if agreement.status != "in_clearance":
        return ""
    said = [_for_one(agreement, standing, part) for standing, part in mine(agreement, user)]
    return " ".join(said)


def _for_one(agreement: TestingAgreement, standing: Standing, part: Part) -> str:
    name, agency = part.component.name, standing.agency.name
    if part.is_in:
        return f"{name} has answered inside {agency}, which decides for the agency."
    if part.ask:
        until = f" by {part.ask.answer_by:%-d %b %Y}" if part.ask.answer_by else ""
        return f"The concurrence of {name} is asked for inside {agency}{until}."
    return f"{name} is in the plan of {agency}. It is told when it is its turn."
