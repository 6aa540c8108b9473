"""Obligations bind the software: each value changed in an agreement, and what the rooms above do then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements import actions as agreements
from agreements import queries as agreement_queries
from agreements.models import TestingAgreement
from core.decisions import Invalid
from early_access import actions
from early_access.models import EarlyAccessRequest, ReturnItem
from early_access.rules import terms
from tests.agreements import factories as agreement
from tests.early_access import factories as make
from tests.world import World


def in_force(world: World, agency: str, **variables: object) -> TestingAgreement:
    """An agreement in force whose cover says other things than the template proposes."""
    row = agreement.draft(world, (agency,))
    with agreement.acting(world.person("aurora", "drafter")) as by:
        values = {**agreement.FAMILIES, **variables}
        agreements.save_draft(agreement=row, by=by, row_version=2, variables=values, clauses={})
        agreements.send(agreement=row, by=by)
        agreements.open_clearance(agreement=agreement.seen(row, by), by=by)
    for organisation in ("aurora", agency):
        agreement.authority(world, organisation)
    agreement.concur(world, row, agency)
    with agreement.acting(world.person("aurora", "drafter")) as by:
        agreements.open_for_signature(agreement=agreement.seen(row, by), by=by)
    for organisation in ("aurora", agency):
        agreement.sign(world, row, organisation)
    return row


def drafted(world: World, **changes: dict[str, object]) -> EarlyAccessRequest:
    """A complete request to the Treasury, not sent yet."""
    checkpoint = make.checkpoint(world)
    wanted = make.sections(checkpoint, agencies={"agencies": ["treasury"]}, **changes)
    with agreement.acting(world.person("aurora", "drafter")) as by:
        row = actions.create(developer=world.aurora, by=by)
        for name, data in wanted.items():
            actions.save_section(request=row, section=name, data=data, row_version=0, by=by)
    return row


def refused(world: World, row: EarlyAccessRequest) -> list[tuple[str, str]]:
    with agreement.acting(world.person("aurora", "drafter")) as by:
        try:
            actions.submit(request=row, by=by)
        except Invalid as invalid:
            return [(p.field, p.sentence) for p in invalid.problems]
    return []


@pytest.mark.parametrize(("days", "kept"), [(30, True), (29, False), (14, False)])
def test_the_longest_window_is_the_agreements(world: World, days: int, kept: bool) -> None:
    row = in_force(world, "treasury", access_days=days)
    found = refused(world, drafted(world))
    if kept:
        assert found == []
        return
    ((field, sentence),) = found
    assert field == "window.ends_on"
    assert f"Agreement {row.reference} with Department of the Treasury allows at most {days}" in sentence


@pytest.mark.parametrize(("ceiling", "level", "kept"), [(1, "1", True), (1, "2", False), (2, "2", True)])
def test_the_deepest_access_is_the_agreements(world: World, ceiling: int, level: str, kept: bool) -> None:
    in_force(world, "treasury", access_level_ceiling=ceiling)
    found = refused(world, drafted(world, domains={"domains": ["cybersecurity"], "access_level": level}))
    assert [field for field, _ in found] == ([] if kept else ["domains.access_level"])


def test_an_amendment_is_obeyed_from_its_day_on(world: World) -> None:
    """A longer window and a deeper level are refused until all have signed them."""
    row = in_force(world, "treasury", access_days=14, access_level_ceiling=1)
    wanted = drafted(world, domains={"domains": ["cybersecurity"], "access_level": "3"})
    assert [field for field, _ in refused(world, wanted)] == ["window.ends_on", "domains.access_level"]
    terms_ = {"access_days": 30, "access_level_ceiling": 3}
    made = agreement.amendment_awaiting(world, row, agencies=("treasury",), variables=terms_)
    agreement.sign(world, made, "aurora")
    assert len(refused(world, wanted)) == 2, "one signature is none"
    agreement.sign(world, made, "treasury")
    assert refused(world, wanted) == []


@pytest.mark.parametrize("days", [1, 30, 90])
def test_return_or_destroy_is_due_when_the_agreement_says(world: World, days: int) -> None:
    in_force(world, "treasury", destruction_days=days)
    row = drafted(world)
    assert refused(world, row) == []
    with agreement.acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=row, by=by)
        assert ReturnItem.objects.get(request=row).due_on == make.today() + timedelta(days=days)


@pytest.mark.parametrize("days", [0, 45])
def test_notice_of_termination_lasts_as_the_agreement_says(world: World, days: int) -> None:
    row = in_force(world, "treasury", termination_notice_days=days)
    with agreement.acting(world.person("treasury", "counsel")) as by:
        agreements.terminate(agreement=agreement.seen(row, by), by=by, reason="Our programme ends.")
        after = agreement.seen(row, by)
        assert after.terminates_on == make.today() + timedelta(days=days)
        assert after.status == ("terminated" if days == 0 else "in_force")
        assert agreement_queries.obligation(after, "termination_notice_days") == days


def test_the_rules_stay_silent_where_the_agreement_does() -> None:
    day = make.today()
    named = {"reference": "AGR-0000-0000", "agency": "Treasury"}
    assert terms.window_terms(day, day + timedelta(days=29), most_days=None, longer=False, **named) == []
    assert terms.window_terms(day, day + timedelta(days=29), most_days=7, longer=True, **named) == []
    assert terms.level_terms(3, ceiling=None, **named) == []
