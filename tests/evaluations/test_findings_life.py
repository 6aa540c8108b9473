"""The life of a finding by its table: every state, every move, every role; rivals, races, and what the database refuses."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from core.decisions import Conflict, Invalid, Refused
from evaluations import actions, policies
from evaluations.actions.findings import SAY
from evaluations.models import EvaluationAssignment, Finding, FindingEntry
from evaluations.workflow import FINDING, FINDING_DAYS
from tests.evaluations.findings import TEXT, WAYS, drafted, in_state, moved, now
from tests.evaluations.test_runs import own, read, under_test, upload
from tests.world import World, acting

EVALUATOR = ("commerce-caisi", "evaluator")
DEVELOPERS = ("drafter", "security", "counsel", "signatory", "administrator")
MAY = {
    "acknowledge": ("drafter", "security", "counsel"), "dispute": ("drafter", "security", "counsel"),
    "plan": ("drafter", "security"), "remedy": ("drafter", "security"), "accept_risk": ("drafter", "counsel"),
}  # fmt: skip


def allowed(finding: Finding, person: Any, verb: str) -> bool:
    with acting(person):
        row = Finding.objects.select_related("assignment").filter(pk=finding.pk).first()
        return row is not None and bool(policies.may_move_finding(person, row, verb))


def test_every_state_has_a_way_and_every_reason_its_sentence() -> None:
    assert set(WAYS) == set(FINDING.by_name)
    assert set(SAY) == {m.name for m in FINDING.moves if m.needs_reason}
    assert set(FINDING_DAYS) <= set(FINDING.by_name)
    assert set(MAY) == {m.name for m in FINDING.moves if m.party == "developer"}


@pytest.mark.parametrize("status", sorted(WAYS))
def test_every_move_and_role_from_this_state(world: World, status: str) -> None:
    finding = in_state(world, status)
    assert finding.status == status
    people = {("agency", "evaluator"): world.person(*EVALUATOR)} | {
        ("developer", role): world.person("aurora", role) for role in DEVELOPERS
    }
    others = [world.person("commerce-caisi", "evaluator", 1), world.person("basalt", "drafter"),
              world.person("treasury", "evaluator"), world.person("commerce", "intake")]  # fmt: skip
    for move in FINDING.moves:
        here = status in move.sources and move.party != "system"
        for (side, role), person in people.items():
            meant = here and side == move.party and (side == "agency" or role in MAY[move.name])
            assert allowed(finding, person, move.name) is meant, (status, move.name, side, role)
            if not meant and not (side == "developer" and status == "draft"):
                with acting(person), pytest.raises(Refused):
                    actions.move_finding(finding=finding, verb=move.name, text="Because.", by=person)
        for person in others:
            assert not allowed(finding, person, move.name), (status, move.name, person)
    assert now(finding, world.person(*EVALUATOR)).status == status


def test_a_whole_life_with_its_thread_and_clocks(world: World) -> None:
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    with acting(world.person("aurora", "drafter")) as by:
        assert not Finding.objects.exists(), "a draft is the agency's alone"
    ways = ("share", "dispute", "uphold", "plan", "remedy", "retest", "reopen", "plan", "remedy", "retest", "resolve")
    for verb in ways:
        finding = moved(world, finding, verb)
        assert finding.status == FINDING.move(verb).target
        days = FINDING_DAYS.get(finding.status)
        due = finding.moved_at + timedelta(days=days) if days else None
        assert finding.answer_due_at == due
    with acting(world.person("aurora", "drafter")) as by:
        said = list(FindingEntry.objects.visible_to(by).filter(finding=finding).order_by("created_at", "id"))
    assert [e.move for e in said] == list(ways)
    assert said[1].text == "Because of dispute."
    assert (finding.shared_with_id, finding.agency_id) == (world.aurora.pk, world.agency("commerce-caisi").pk)


def test_reasons_are_asked_for_at_their_field(world: World) -> None:
    finding = in_state(world, "shared")
    with acting(world.person("aurora", "counsel")) as by:
        with pytest.raises(Invalid, match="Say what is not so") as caught:
            actions.move_finding(finding=finding, verb="dispute", text="  ", by=by)
        assert caught.value.problems[0].field == "text"
        with pytest.raises(Invalid, match="20,000"):
            actions.move_finding(finding=finding, verb="dispute", text="x" * 20_001, by=by)
        actions.move_finding(finding=finding, verb="acknowledge", by=by)


def test_what_is_typed_is_checked_field_by_field(world: World) -> None:
    evaluator, row = under_test(world)
    wrong = {"title": " ", "severity": "terrible", "domain": "chemical_biological", "text": "\n"}
    with acting(evaluator), pytest.raises(Invalid) as caught:
        actions.draft_finding(assignment=row, by=evaluator, **(TEXT | wrong))
    assert {p.field for p in caught.value.problems} == {"title", "severity", "domain", "text"}
    with acting(evaluator), pytest.raises(Invalid, match="one line"):
        actions.draft_finding(assignment=row, by=evaluator, **(TEXT | {"title": "two\nlines"}))


def test_a_finding_rests_on_a_run_of_its_own_assignment_only(world: World) -> None:
    evaluator, row = under_test(world)
    run = read(evaluator, upload(evaluator, row, own())).run
    finding = drafted(evaluator, row, run=run)
    assert finding.run == run
    with acting(evaluator):
        assert run is not None
        run.assignment_id = None
        with pytest.raises(Invalid, match="a run of this assignment"):
            actions.edit_finding(finding=finding, row_version=1, by=evaluator, **(TEXT | {"run": run}))


def test_the_same_draft_twice_is_one_and_a_stale_save_shows_both(world: World) -> None:
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    assert drafted(evaluator, row) == finding
    with acting(evaluator):
        first = actions.edit_finding(finding=finding, row_version=1, by=evaluator, **(TEXT | {"text": "Thirty turns."}))
        assert first.row_version == 2
        with pytest.raises(Conflict) as caught:
            actions.edit_finding(finding=finding, row_version=1, by=evaluator, **(TEXT | {"text": "Fifty turns."}))
        assert (caught.value.theirs["text"], caught.value.yours["text"]) == ("Thirty turns.", "Fifty turns.")
        again = actions.edit_finding(finding=finding, row_version=1, by=evaluator, **(TEXT | {"text": "Thirty turns."}))
        assert again.row_version == 2, "the same text twice is no conflict"


def test_comments_stand_in_the_thread_and_twice_is_once(world: World) -> None:
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    with acting(evaluator), pytest.raises(Refused, match="nobody to talk to"):
        actions.comment_on_finding(finding=finding, text="Hello?", by=evaluator)
    moved(world, finding, "share")
    for person in (evaluator, world.person("aurora", "counsel")):
        with acting(person):
            one = actions.comment_on_finding(finding=finding, text="Which build?", by=person)
            assert actions.comment_on_finding(finding=finding, text="Which build?", by=person) == one
    for person in (world.person("aurora", "signatory"), world.person("commerce-caisi", "evaluator", 1)):
        with acting(person), pytest.raises(Refused):
            actions.comment_on_finding(finding=finding, text="Me too.", by=person)
    with acting(evaluator):
        assert FindingEntry.objects.filter(finding=finding, move="").count() == 2


def test_a_draft_is_discarded_by_typing_its_reference_and_a_shared_one_never(world: World) -> None:
    evaluator, row = under_test(world)
    finding = drafted(evaluator, row)
    with acting(evaluator):
        with pytest.raises(Invalid, match=finding.reference):
            actions.discard_finding(finding=finding, typed="yes", by=evaluator)
        actions.discard_finding(finding=finding, typed=finding.reference.lower(), by=evaluator)
        assert not Finding.objects.exists()
        with pytest.raises(Conflict, match="discarded"):
            actions.move_finding(finding=finding, verb="share", by=evaluator)
    other = moved(world, drafted(evaluator, row), "share")
    with acting(evaluator), pytest.raises(Refused):
        actions.discard_finding(finding=other, typed=other.reference, by=evaluator)


def test_after_a_stop_drafts_rest_and_shared_findings_go_on(world: World) -> None:
    evaluator, row = under_test(world)
    draft, shared = drafted(evaluator, row), drafted(evaluator, row, title="Another")
    moved(world, shared, "share")
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=row, reason="Enough.", by=by)
    with acting(evaluator):
        for refused in (
            lambda: actions.move_finding(finding=draft, verb="share", by=evaluator),
            lambda: actions.edit_finding(finding=draft, row_version=1, by=evaluator, **(TEXT | {"text": "More."})),
            lambda: actions.draft_finding(assignment=row, by=evaluator, **(TEXT | {"title": "New"})),
        ):
            with pytest.raises(Refused, match="was stopped"):
                refused()
        actions.discard_finding(finding=draft, typed=draft.reference, by=evaluator)
    assert moved(world, shared, "dispute", "uphold", "plan", "remedy", "retest", "resolve").status == "resolved"


def test_an_evaluator_may_attest_late_while_a_finding_is_open(world: World) -> None:
    evaluator, row = under_test(world)
    finding = moved(world, drafted(evaluator, row), "share", "dispute")
    colleague = world.person("commerce-caisi", "evaluator", 1)
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=row, reason="Enough.", by=by)
    with acting(colleague):
        with pytest.raises(Refused, match="attestation"):
            actions.move_finding(finding=finding, verb="uphold", text="It stands.", by=colleague)
        actions.attest(assignment=row, typed_name=colleague.name, consented=True, by=colleague)
        actions.move_finding(finding=finding, verb="withdraw_finding", text="It was our mistake.", by=colleague)
        fresh = EvaluationAssignment.objects.get(pk=row.pk)
        assert "no finding is open" in policies.may_attest(colleague, fresh).reason


def test_the_database_refuses_what_the_table_and_the_thread_do_not_have(world: World) -> None:
    finding = in_state(world, "shared")
    evaluator = world.person(*EVALUATOR)

    def refused(**values: Any) -> None:
        with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(**values)

    for target in FINDING.by_name:
        if ("shared", target) not in FINDING.pairs and target != "shared":
            refused(status=target)
    for values in ({"text": "Else."}, {"severity": "low"}, {"shared_with": None}, {"run": None, "title": "Else"}):
        refused(**values)
    with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
        FindingEntry.objects.filter(finding=finding).update(text="I never said so.")
    with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).delete()
    with acting(evaluator), pytest.raises(DatabaseError), transaction.atomic():
        values = TEXT | {"agency": finding.agency, "assignment": finding.assignment, "written_by": evaluator}
        Finding.objects.create(**values, status="shared", shared_with=world.aurora)


def test_rivals_and_other_agencies_have_nothing(world: World) -> None:
    finding = in_state(world, "shared")
    for home, role in (("basalt", "drafter"), ("treasury", "evaluator"), ("homeland-cisa", "evaluator")):
        with acting(world.person(home, role)) as by:
            assert not Finding.objects.exists() and not FindingEntry.objects.exists()
            with pytest.raises(DatabaseError), transaction.atomic():
                FindingEntry.objects.create(
                    finding=finding, agency=finding.agency, developer=world.aurora, by=by, text="Hello."
                )


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_make_one_move(world: World) -> None:
    finding = in_state(world, "shared")
    people = [world.person("aurora", "drafter"), world.person("aurora", "security")]
    gate, outcomes = threading.Barrier(2), []

    def dispute_or_acknowledge(index: int) -> None:
        try:
            with acting(people[index]):
                gate.wait(20)
                verb = ("dispute", "acknowledge")[index]
                actions.move_finding(finding=finding, verb=verb, text="At once.", by=people[index])
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.decision.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=dispute_or_acknowledge, args=(i,)) for i in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    found = now(finding, people[0])
    with acting(people[0]):
        moves = list(FindingEntry.objects.filter(finding=finding).order_by("created_at").values_list("move", flat=True))
    if found.status == "disputed" and len(moves) == 3:
        assert moves == ["share", "acknowledge", "dispute"], "one after the other, as the table allows"
    else:
        assert sorted(outcomes, key=len)[0] == "done" and len(moves) == 2
