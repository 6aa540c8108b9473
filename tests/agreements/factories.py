"""Agreements in each state, reached by the real actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from agreements import actions, deviations, queries, reference
from agreements.models import SignatureAuthority, TestingAgreement
from core import rls
from tests import remembered
from tests.world import World

AGENCIES = ("treasury", "commerce", "homeland")
FAMILIES = {"model_families": "Aurora 4 and later"}


@contextmanager
def acting(person: User) -> Iterator[User]:
    """As that person, with fresh seats."""
    person.__dict__.pop("_seats", None)
    with rls.context(user=person.pk):
        yield person


def seen(agreement: TestingAgreement, person: User) -> TestingAgreement:
    """The row as that person reads it now."""
    found = TestingAgreement.objects.visible_to(person).select_related("current").get(pk=agreement.pk)
    return found


def draft(
    world: World, agencies: tuple[str, ...] = AGENCIES, developer: str = "aurora", steps: tuple[int, ...] = ()
) -> TestingAgreement:
    """A draft of the developer's, complete enough to be sent."""
    template = reference.load()
    home = world.organisations[developer]
    with acting(world.person(developer, "drafter")) as by:
        agreement = actions.start_from_template(
            template=template, developer=home, agencies=[world.agency(a) for a in agencies],
            title="Framework for early access", by=by, home=home, steps=steps,
        )  # fmt: skip
        actions.save_draft(agreement=agreement, by=by, row_version=1, variables=FAMILIES, clauses={})
    return agreement


def negotiated(world: World, agencies: tuple[str, ...] = AGENCIES, **kwargs: Any) -> TestingAgreement:
    """Sent."""
    agreement = draft(world, agencies, **kwargs)
    with acting(world.person(kwargs.get("developer", "aurora"), "drafter")) as by:
        return actions.send(agreement=agreement, by=by)


def deviating(
    world: World, agencies: tuple[str, ...] = AGENCIES, clauses: dict[str, str] | None = None, developer: str = "aurora"
) -> TestingAgreement:
    """Sent with words that are in no approved text."""
    agreement = draft(world, agencies, developer)
    with acting(world.person(developer, "drafter")) as by:
        values = (
            {"publication": "Nothing is published for {publication_review_days} days."} if clauses is None else clauses
        )
        actions.save_draft(agreement=agreement, by=by, row_version=2, variables={}, clauses=values)
        return actions.send(agreement=agreement, by=by)


def decide(
    world: World,
    agreement: TestingAgreement,
    agency: str,
    verdict: str = "accept",
    role: str = "counsel",
    **kwargs: str,
) -> None:
    """The agency's approver decides on every deviation of the current text that its role decides on."""
    with acting(world.person(agency, role)) as by:
        row = seen(agreement, by)
        for found in deviations.departures(row.current):
            if found.role == role:
                values = {"clause_id": found.clause.clause_id, "text_hash": found.clause.text_hash} | kwargs
                actions.decide_deviation(
                    agreement=row, by=by, verdict=verdict, **({"reason": "As agreed by telephone."} | values)
                )


def in_clearance(world: World, agencies: tuple[str, ...] = AGENCIES, **kwargs: Any) -> TestingAgreement:
    """Concurrence asked for."""
    agreement = negotiated(world, agencies, **kwargs)
    with acting(world.person(kwargs.get("developer", "aurora"), "drafter")) as by:
        return actions.open_clearance(agreement=agreement, by=by)


def concur(world: World, agreement: TestingAgreement, agency: str) -> None:
    """The agency's counsel concurs with the text as it stands."""
    with acting(world.person(agency, "counsel")) as by:
        row = seen(agreement, by)
        actions.concur(agreement=row, by=by, text_hash=row.current.text_hash)


def authority(
    world: World, organisation: str, *, concurred: bool = True, counsel: User | None = None, **kwargs: object
) -> SignatureAuthority:
    """A delegation for the organisation's signatory, with which counsel has concurred."""
    administrator = world.person(organisation, "administrator")
    values = {
        "number": f"{organisation}-2026-1", "title": "Delegation to sign framework agreements", "instruments": ["mou"],
        "valid_from": timezone.now() - timedelta(days=1), "valid_until": timezone.now() + timedelta(days=365),
        "holder": world.person(organisation, "signatory"),
    } | kwargs  # fmt: skip
    with acting(administrator) as by:
        home = world.organisations[organisation]
        known = SignatureAuthority.objects.filter(organisation=home, number=values["number"]).first()
        if known is not None:
            return known
        row = actions.record_authority(organisation=home, by=by, **values)
    if not concurred:
        return row
    with acting(counsel or world.person(organisation, "counsel")) as by:
        return actions.concur_authority(authority=row, by=by)


def awaiting(
    world: World, agencies: tuple[str, ...] = AGENCIES, developer: str = "aurora", steps: tuple[int, ...] = ()
) -> TestingAgreement:
    """All agencies concurred, the file is sealed, the developer's signatory is asked first."""
    for organisation in (developer, *agencies):
        authority(world, organisation)
    agreement = in_clearance(world, agencies, developer=developer, steps=steps)
    for agency in agencies:
        concur(world, agreement, agency)
    with acting(world.person(developer, "drafter")) as by:
        return actions.open_for_signature(agreement=agreement, by=by)


def sign(
    world: World,
    agreement: TestingAgreement,
    organisation: str,
    act: Callable[..., Any] = actions.sign,
    **kwargs: object,
) -> Any:
    """The organisation's signatory signs what stands there now (or does something else that says as much)."""
    with acting(world.person(organisation, "signatory")) as by:
        row = seen(agreement, by)
        file = queries.current_file(row)
        values = {
            "shown_sha256": file.sha256 if file else "", "typed_name": by.name, "agreed": True, "stepped_up_at": timezone.now(),
        } | kwargs  # fmt: skip
        return act(agreement=row, by=by, **values)


def in_force(world: World, agencies: tuple[str, ...] = AGENCIES, developer: str = "aurora") -> TestingAgreement:
    """Signed by all."""

    def make() -> UUID:
        agreement = awaiting(world, agencies, developer)
        for organisation in (developer, *agencies):
            sign(world, agreement, organisation)
        return agreement.pk

    made = remembered.made(world.past, ("in force", agencies, developer), make)
    with acting(world.person(developer, "drafter")) as by:
        return TestingAgreement.objects.visible_to(by).select_related("current").get(pk=made)


def amendment_draft(
    world: World, agreement: TestingAgreement, *, home: str = "aurora", role: str = "", **saved: object
) -> TestingAgreement:
    """A draft of an amendment that makes what `saved` says (variables, clauses, arrange) of the text as it stands."""
    with acting(world.person(home, role or ("drafter" if home == "aurora" else "counsel"))) as by:
        made = actions.start_amendment(agreement=seen(agreement, by), by=by)
        values = {"variables": {}, "clauses": {}} | saved
        actions.save_draft(agreement=made, by=by, row_version=1, **values)
    return made


def amendment_awaiting(
    world: World, agreement: TestingAgreement, *, agencies: tuple[str, ...] = AGENCIES, home: str = "aurora",
    **saved: object,
) -> TestingAgreement:  # fmt: skip
    """Sent, concurred with and open for signature."""
    made = amendment_draft(world, agreement, home=home, **saved)
    for_home = world.person(home, "drafter" if home == "aurora" else "counsel")
    with acting(for_home) as by:
        actions.send(agreement=made, by=by)
        actions.open_clearance(agreement=seen(made, by), by=by)
    for agency in agencies:
        decide(world, made, agency)
        concur(world, made, agency)
    with acting(for_home) as by:
        return actions.open_for_signature(agreement=seen(made, by), by=by)


def amended(
    world: World, agreement: TestingAgreement, *, agencies: tuple[str, ...] = AGENCIES, home: str = "aurora",
    **saved: object,
) -> TestingAgreement:  # fmt: skip
    """Signed by all; the amendment."""
    made = amendment_awaiting(world, agreement, agencies=agencies, home=home, **saved)
    for organisation in ("aurora", *agencies):
        sign(world, made, organisation)
    with acting(world.person("aurora", "drafter")) as by:
        return seen(made, by)
