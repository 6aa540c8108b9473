"""An agreement that is suspended, resumed, terminated or over while a window is open at two agencies, each under its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements import actions as agreements
from agreements.models import TestingAgreement
from core.decisions import Conflict, Invalid, Refused
from early_access import actions, policies, queries
from early_access.models import AccessCredential, AccessHold, CredentialWrap, EarlyAccessRequest, ReturnItem
from evaluations import actions as evaluations
from evaluations import policies as testing
from evaluations.models import AccessCheck, EvaluationAssignment
from jobs.testing import run_due
from tests.agreements import factories as agreement
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.evaluations.test_assignments import RULES
from tests.world import World, client_for

CAISI, TREASURY = "commerce-caisi", "treasury"


def under_two(world: World) -> tuple[TestingAgreement, TestingAgreement, EarlyAccessRequest]:
    """An open window at CAISI and the Treasury, the former testing, each under an agreement of its own."""
    theirs = {name: agreement.in_force(world, (name,)) for name in ("commerce", "treasury")}
    checkpoint = make.checkpoint(world)
    with acting(world.person("aurora", "drafter")) as by:
        request = actions.create(developer=world.aurora, by=by)
        for name, data in make.sections(checkpoint).items():
            actions.save_section(request=request, section=name, data=data, row_version=0, by=by)
        actions.submit(request=request, by=by)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        actions.accept(request=request, by=by)
        actions.confirm_schedule(request=request, by=by)
    run_due(kinds=("evaluations.route", "evaluations.receive", "early_access.open_window"))
    begin_at(world, CAISI)
    return theirs["commerce"], theirs["treasury"], make.seen(world, request)


def begin_at(world: World, agency: str) -> None:
    evaluator = world.person(agency, "evaluator")
    with acting(evaluator):
        row = mine(world, agency)
        evaluations.accept(assignment=row, by=evaluator)
        evaluations.attest(assignment=row, typed_name=evaluator.name, consented=True, by=evaluator)
        evaluations.prepare(assignment=row, by=evaluator, **RULES)
        AccessCheck.objects.create(
            assignment=row, developer=row.developer, agency=row.agency, passed=True, probes=[], fingerprint="e" * 64,
            started_at=timezone.now(), milliseconds=1,
        )  # fmt: skip
        evaluations.move(assignment=mine(world, agency), verb="start", by=evaluator)


def mine(world: World, agency: str) -> EvaluationAssignment:
    """The agency's assignment; within its evaluator's context."""
    rows = EvaluationAssignment.objects.select_related("request", "agency", "developer")
    return rows.get(agency=world.agency(agency))


def states(world: World) -> dict[str, str]:
    with acting(world.person("aurora", "drafter")):
        return dict(EvaluationAssignment.objects.values_list("agency__slug", "status"))


def opens(world: World, request: EarlyAccessRequest, agency: str) -> str:
    """What the agency's own worker gets when it opens the key: nothing wrong, or the sentence that refuses it."""
    place = world.agency(agency)
    with acting(world.person(agency, "evaluator")):
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        credential = queries.live_credential(row)
        if credential is None:
            return "There is no key."
        try:
            return "" if actions.open_for_worker(credential, place) == make.SECRET else "Another key."
        except Conflict as refused:
            return str(refused)


def suspend(world: World, row: TestingAgreement, agency: str) -> None:
    with acting(world.person(agency, "counsel")) as by:
        agreements.suspend(agreement=agreement.seen(row, by), by=by, reason="An incident is being looked into.")


def terminate(world: World, row: TestingAgreement, who: str) -> None:
    with acting(world.person(who, "counsel")) as by:
        agreements.terminate(agreement=agreement.seen(row, by), by=by, reason="Our part ends.")


def test_a_suspension_lets_access_rest_for_its_agency_only_until_it_is_lifted(world: World) -> None:
    commerce, _, request = under_two(world)
    assert opens(world, request, CAISI) == opens(world, request, TREASURY) == ""
    evaluator = world.person(CAISI, "evaluator")
    with acting(evaluator):
        evaluations.ask_verification(assignment=mine(world, CAISI), by=evaluator)
    suspend(world, commerce, "commerce")
    assert "is suspended, so access rests" in opens(world, request, CAISI)
    assert opens(world, request, TREASURY) == "", "another agreement"
    assert states(world) == {CAISI: "paused", TREASURY: "proposed"}
    with acting(evaluator):
        row = mine(world, CAISI)
        for decision in (testing.may_move(evaluator, row, "resume"), testing.may_verify(evaluator, row)):
            assert not decision and "access rests" in decision.sentence
        with pytest.raises(Refused, match="access rests"):
            evaluations.move(assignment=row, verb="resume", by=evaluator)
        assert not policies.may_open_credential(evaluator, row.request, row.agency, timezone.now())
        assert testing.may_move(evaluator, row, "analyse"), "ending is always open"
    # A verification that was asked for before does not touch the endpoint.
    assert len(run_due(kinds=("evaluations.verify_access",))) == 1
    with acting(evaluator):
        assert AccessCheck.objects.filter(assignment=row).count() == 1, "the one of the set-up"
    seen_by_the_two_sides(world, request)
    with acting(world.person("commerce", "counsel")) as by:
        agreements.resume(agreement=agreement.seen(commerce, by), by=by)
    assert opens(world, request, CAISI) == ""
    with acting(evaluator):
        evaluations.move(assignment=mine(world, CAISI), verb="resume", by=evaluator)
    assert states(world)[CAISI] == "running"
    with acting(world.person("aurora", "drafter")):
        assert AccessHold.objects.get(request=request).lifted_at is not None


def seen_by_the_two_sides(world: World, request: EarlyAccessRequest) -> None:
    """The developer and CAISI read that it rests, on the page, over the API and in their notices; the Treasury nothing."""
    run_due(kinds=("notifications.tell",))
    for organisation, role, reads in (
        ("aurora", "drafter", True), (CAISI, "evaluator", True), (TREASURY, "evaluator", False)
    ):  # fmt: skip
        client = client_for(world.person(organisation, role))
        page = client.get(f"/requests/{request.reference}/").content.decode()
        holds = client.get(f"/api/v1/requests/{request.reference}/").json()["holds"]
        told = client.get("/notifications/").content.decode()
        assert ("is suspended, so access rests" in page) is reads
        assert [h["agency"] for h in holds] == ([CAISI] if reads else [])
        assert ("access rests" in told) is reads


def test_an_agencys_notice_lets_access_run_to_its_end_and_then_asks_for_return(world: World) -> None:
    commerce, _, request = under_two(world)
    terminate(world, commerce, "commerce")
    assert opens(world, request, CAISI) == "", "the notice runs"
    later = timezone.now() + timedelta(days=29)
    run_due(at=later, kinds=("agreements.end_notice",))
    assert opens(world, request, CAISI) == "", "the job ran a day early and changed nothing"
    with acting(world.person("aurora", "drafter")) as by:
        row = agreement.seen(commerce, by)
        TestingAgreement.objects.filter(pk=row.pk).update(terminates_on=make.today())
        agreements.end_notice(agreement=row)
    assert opens(world, request, CAISI) == "There is no key."
    assert opens(world, request, TREASURY) == ""
    assert states(world) == {CAISI: "analysis", TREASURY: "proposed"}
    assert make.seen(world, request).status == "window_open", "the Treasury goes on"
    with acting(world.person("aurora", "drafter")):
        item = ReturnItem.objects.get(request=request)
        assert (item.agency.slug, item.because) == (CAISI, "agreement_ended")
        assert item.kept_until == make.today() + timedelta(days=90)
        assert item.due_on == make.today() + timedelta(days=120)
    survivors(world)


def survivors(world: World) -> None:
    """What outlives the agreement: the report is still written, and findings are still shared."""
    evaluator = world.person(CAISI, "evaluator")
    with acting(evaluator):
        row = mine(world, CAISI)
        assert testing.may_write_report(evaluator, row) and testing.may_draft_finding(evaluator, row)


def test_when_the_last_agreement_ends_the_window_closes(world: World) -> None:
    commerce, treasury, request = under_two(world)
    terminate(world, commerce, "aurora")
    with acting(world.person("aurora", "drafter")):
        item = ReturnItem.objects.get(request=request)
        assert (item.kept_until, item.due_on) == (None, make.today() + timedelta(days=30)), "like a withdrawal"
        TestingAgreement.objects.filter(pk=treasury.pk).update(expires_on=make.today())
        agreements.expire(agreement=treasury)
    row = make.seen(world, request)
    assert row.status == "window_closed"
    assert row.window.closed_at is not None
    assert states(world) == {CAISI: "analysis", TREASURY: "stopped"}
    with acting(world.person("aurora", "drafter")):
        assert not AccessCredential.objects.filter(request=request, revoked_at=None).exists()
        assert not CredentialWrap.objects.filter(target__request=request).exists()
        assert ReturnItem.objects.filter(request=request).count() == 2
        # A withdrawal on top asks no second time, and brings the day forward.
        actions.withdraw(request=row, by=world.person("aurora", "drafter"))
        items = ReturnItem.objects.filter(request=request)
        assert {(i.because, i.kept_until, i.due_on) for i in items} == {
            ("withdrawn", None, make.today() + timedelta(days=30))
        }


@pytest.mark.parametrize("ended", [True, False])
def test_a_window_does_not_open_under_agreements_that_ended(world: World, ended: bool) -> None:
    """Dates were agreed on; then the only agreement ends (the request ends unopened) or is suspended (it waits)."""
    request = make.scheduled(world)
    with acting(world.person("aurora", "drafter")):
        row = TestingAgreement.objects.get(status="in_force")
    if ended:
        terminate(world, row, "aurora")
        assert make.seen(world, request).status == "reported", "the window cannot open, and nobody owes a report"
        run_due(kinds=("early_access.open_window", "evaluations.route"))
        assert make.seen(world, request).status == "reported"
        with acting(world.person("aurora", "drafter")):
            assert set(AccessHold.objects.values_list("kind", flat=True)) == {"ended"}
        return
    suspend(world, row, "treasury")
    run_due(kinds=("early_access.open_window", "evaluations.route"))
    assert make.seen(world, request).status == "window_open"
    assert states(world) == {}, "nobody was placed meanwhile"
    with acting(world.person("treasury", "counsel")) as by:
        agreements.resume(agreement=agreement.seen(row, by), by=by)
    run_due(kinds=("evaluations.route",))
    assert set(states(world)) == {CAISI, TREASURY}


def test_no_dates_are_agreed_beyond_the_agreement_or_without_one(world: World) -> None:
    request = make.accepted(world)
    with acting(world.person("aurora", "drafter")) as by:
        row = TestingAgreement.objects.get(status="in_force")
        day = make.today()
        TestingAgreement.objects.filter(pk=row.pk).update(expires_on=day + timedelta(days=20))
        with pytest.raises(Invalid, match="ends on"):
            actions.propose_schedule(request=request, starts_on=day, ends_on=day + timedelta(days=20), by=by)
        actions.propose_schedule(request=request, starts_on=day, ends_on=day + timedelta(days=19), by=by)
        agreements.terminate(agreement=agreement.seen(row, by), by=by, reason="Enough.")
    with acting(world.person("commerce", "intake")) as by, pytest.raises(Invalid, match="No agreement gives any"):
        actions.confirm_schedule(request=request, by=by)
