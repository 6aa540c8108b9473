"""What a template says about the way of concurring, and what who answers last under seal reads."""

from __future__ import annotations

from agreements import actions, queries
from agreements.models import AgreementTemplate
from tests.agreements import factories as make
from tests.agreements.test_concurring import asked_of, in_way
from tests.world import World, client_for


def test_a_template_says_what_its_agreements_start_with(world: World) -> None:
    before = make.draft(world, ("treasury",))
    counsel, drafter = client_for(world.person("commerce", "counsel")), client_for(world.person("aurora", "drafter"))
    page = "/agreements/library/templates/framework-mou/concurrence/"
    assert drafter.get(page).status_code == 403
    assert "Never. No clause of this template lets it." in counsel.get(page).content.decode()
    wrong = counsel.post(page, {"order": "sequence", "blind": "on"}).content.decode()
    assert "One after the other, each agency knows" in wrong
    assert counsel.post(page, {"order": "parallel", "blind": "on"}).status_code == 302
    assert "answers stay sealed until all are in" in counsel.get("/agreements/library/").content.decode()
    after = make.draft(world, ("treasury", "commerce"))
    assert (before.concurrence_blind, after.concurrence_blind, after.concurrence_order) == (False, True, "parallel")
    with make.acting(world.person("treasury", "counsel")) as by:
        (template,) = AgreementTemplate.objects.filter(key="framework-mou", is_current=True)
        assert template.pk == after.template_id != before.template_id
        assert actions.set_template_ways(key="framework-mou", by=by, order="parallel", blind=True) == template
    told = drafter.get("/api/v1/agreement-templates/").json()["results"]
    assert {t["key"]: t["concurrence_blind"] for t in told}["framework-mou"] is True


def test_the_ways_of_a_template_outlive_its_clauses_and_say_when_silence_counts(world: World) -> None:
    counsel = client_for(world.person("treasury", "counsel"))
    page = "/agreements/library/templates/research-crada/concurrence/"
    assert "Never, unless the parties write a number of days." in counsel.get(page).content.decode()
    answer = counsel.post(
        "/api/v1/agreement-templates/research-crada/set_ways/", {"order": "sequence", "blind": False},
        content_type="application/json", headers={"Idempotency-Key": "sequence"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["concurrence_order"]) == (200, "sequence")
    with make.acting(world.person("treasury", "counsel")) as by:
        draft = actions.begin_clause_draft(key=_lapse_key(), by=by)
        draft = actions.save_clause_draft(
            draft=draft, row_version=1, by=by, change_note="A reason for it.", rationale="New."
        )
        actions.ask_second_reader(draft=draft, row_version=draft.row_version, by=by)
    with make.acting(world.person("commerce", "counsel")) as by:
        actions.publish_clause(draft=draft, row_version=draft.row_version, by=by)
        template = AgreementTemplate.objects.get(key="research-crada", is_current=True)
        assert (template.version, template.concurrence_order) == (3, "sequence")


def _lapse_key() -> str:
    found = queries.lapse_clause(AgreementTemplate.objects.get(key="research-crada", is_current=True))
    assert found is not None
    return found[0].key


def test_the_last_to_answer_under_seal_reads_how_many_are_in(world: World) -> None:
    row = in_way(world, "parallel", blind=True)
    make.concur(world, row, "treasury")
    make.concur(world, row, "commerce")
    assert asked_of(world, row, "homeland")[:2] == (
        True,
        "Your agency's concurrence is asked for. 2 of 3 agencies have answered; the answers are sealed until all are in.",
    )
