"""The library as it is shipped: three whole templates, and the duties that their texts state."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from agreements import actions, queries, standard
from agreements.models import AgreementTemplate, Instrument
from agreements.obligations import KINDS, limit_problems, stated
from agreements.rules import library as rules
from agreements.texts import places
from core.decisions import Invalid
from tests.agreements import factories as make
from tests.world import World


def test_three_templates_are_shipped_whole() -> None:
    keys = [row["key"] for row in standard.shipped()]
    assert len(keys) == len(set(keys))
    assert {t.instrument for t in standard.TEMPLATES} == set(Instrument.values)
    for template in standard.TEMPLATES:
        assert set(template.order) <= set(keys)
        assert len(template.order) == len(set(template.order))
        assert "voluntary" in template.order
    assert {"appendix_a", "appendix_b"} <= set(next(t for t in standard.TEMPLATES if t.instrument == "crada").order)


@pytest.mark.parametrize("wording", standard.shipped(), ids=lambda row: row["key"])
def test_every_shipped_clause_could_be_published(wording: dict[str, Any]) -> None:
    found = rules.draft_problems(
        wording["key"], wording["heading"], wording["text"], wording["alternatives"], wording["variables"]
    )
    assert found == []
    assert wording["guidance"]
    assert wording["rationale"]


def test_an_alternative_states_the_duties_of_its_clause() -> None:
    for wording in standard.shipped():
        for other in wording["alternatives"]:
            assert set(places(wording["text"])) & KINDS.keys() <= set(places(other["text"])), other["key"]


def test_obligations_are_what_the_text_states(world: World) -> None:
    agreement = make.negotiated(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")):
        rows = {r.kind: (r.clause_id, r.value, r.survives) for r in agreement.obligations.all()}
    assert rows["retention_days"] == ("return_or_destroy", 90, True)
    assert rows["max_testers"] == ("insider_risk", 8, False)
    assert rows["confidentiality_years"] == ("confidentiality", 5, True)
    assert set(rows) == KINDS.keys() - {"notice_before_release_days", "tacit_concurrence_days"}


def test_a_duty_cannot_be_dropped_from_the_text_silently(world: World) -> None:
    agreement = make.draft(world)
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.save_draft(
            agreement=agreement, by=by, row_version=2, variables={}, clauses={"insider_risk": "A list is kept."}
        )
        with pytest.raises(Invalid, match=r"states \{max_testers\}"):
            actions.send(agreement=agreement, by=by)


def test_each_kind_has_limits_and_the_law_a_tighter_one() -> None:
    assert stated([("a", "{access_days} {access_days} {none}")], {"access_days": "9"})[0].value == 9
    assert limit_problems("mou", {"confidentiality_years": 10}) == []
    assert [p.field for p in limit_problems("crada", {"confidentiality_years": 6})] == [
        "variables.confidentiality_years"
    ]
    for name, kind in KINDS.items():
        assert [p.field for p in limit_problems("mou", {name: kind.maximum + 1})] == [f"variables.{name}"]
        assert limit_problems("mou", {name: kind.most("mou")}) == limit_problems("mou", {name: kind.minimum}) == []
        assert kind.most("crada") <= kind.maximum


PLAN = {
    "research_title": "Misuse of code tools", "research_questions": "One.\nTwo.", "developer_contribution": "Models.",
    "agency_contribution": "People.", "milestones": "May: begin.", "responsible_people": "Heads of research.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "values"), [("research-crada", make.FAMILIES | PLAN), ("mutual-nda", {"nda_subject": "a possible test"})]
)
def test_the_other_templates_go_all_the_way(world: World, key: str, values: dict[str, str]) -> None:
    for organisation in ("aurora", "treasury"):
        make.authority(world, organisation, instruments=["mou", "crada", "nda"])
    home = world.aurora
    with make.acting(world.person("aurora", "drafter")) as by:
        template = AgreementTemplate.objects.get(key=key, is_current=True)
        agreement = actions.start_from_template(
            template=template, developer=home, agencies=[world.agency("treasury")], title="Joint work", by=by, home=home
        )  # fmt: skip
        assert [p.field for p in actions.draft_problems(agreement, queries.working_draft(agreement, home))] == [
            f"variables.{name}" for name in [v["key"] for v in template.variables] if name in values
        ]
        actions.save_draft(agreement=agreement, by=by, row_version=1, variables=values, clauses={})
        actions.send(agreement=agreement, by=by)
        actions.open_clearance(agreement=agreement, by=by)
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=agreement, by=by)
    for organisation in ("aurora", "treasury"):
        make.sign(world, agreement, organisation)
    with make.acting(world.person("aurora", "drafter")) as by:
        row, now = make.seen(agreement, by), timezone.now()
        assert row.status == "in_force"
        covers = key == "research-crada"
        assert bool(queries.permits(row, "request", now)) is covers
        assert (queries.in_force_between(home, world.agency("treasury"), now) is not None) is covers
        routed = queries.in_force_among([home.pk], [world.agency("treasury")], now)
        assert bool(routed) is covers, "the router counts the same agreements"
