"""From agreed dates to verified access: routing in words, hand-over to the agency, attestation gates, stop and withdraw."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from accounts.models import User
from agencies.models import TestingCapability
from core.days import in_days
from core.decisions import Invalid, Refused
from early_access import actions as early_access
from early_access.models import CredentialOpening, EarlyAccessRequest
from evaluations import actions, policies
from evaluations.models import AccessCheck, EvaluationAssignment, RoutingAttempt, RoutingDecision
from jobs.models import Job
from jobs.testing import run_due
from simulator.server import MODEL, Simulator
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.world import World, client_for

RULES = {
    "targets": "The endpoint of the request.", "plan": "One suite, five attempts.", "egress": "That endpoint only.",
    "stop_conditions": "Any incident.",
}  # fmt: skip


@pytest.fixture
def simulator(settings) -> Iterator[Simulator]:
    server = Simulator()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EGRESS_SIMULATOR = server.url
    yield server
    server.shutdown()
    server.server_close()


def routed(world: World, **changes: dict) -> EarlyAccessRequest:
    request = factories.scheduled(world, **changes)
    run_due(kinds=("evaluations.route", "evaluations.receive"))
    return request


def assignment_of(world: World, person: User, agency: str) -> EvaluationAssignment:
    rows = EvaluationAssignment.objects.visible_to(person).select_related("request", "agency", "developer")
    return rows.exclude(status__in=["declined", "stopped"]).filter(agency=world.agency(agency)).latest("created_at")


def accepted(world: World) -> tuple[User, EvaluationAssignment]:
    evaluator = world.person("commerce-caisi", "evaluator")
    with acting(evaluator):
        row = assignment_of(world, evaluator, "commerce-caisi")
        actions.accept(assignment=row, by=evaluator)
        row.refresh_from_db()
    return evaluator, row


def attested(world: World) -> tuple[User, EvaluationAssignment]:
    evaluator, row = accepted(world)
    with acting(evaluator):
        actions.attest(assignment=row, typed_name=evaluator.name, consented=True, by=evaluator)
    return evaluator, row


def test_each_chosen_agency_gets_exactly_one_assignment_with_its_reason(world: World) -> None:
    routed(world)
    router = world.person("commerce", "router")
    with acting(router):
        attempt = RoutingAttempt.objects.visible_to(router).get()
        sentences = set(attempt.decisions.values_list("sentence", flat=True))
    assert attempt.placed == 2
    days = in_days(factories.today(), factories.today() + timedelta(days=29))
    assert sentences == {
        f"Commerce/CAISI: rule 1, cybersecurity, AL1, 0 of 4 places taken, {days}",
        f"Treasury: rule 12, cybersecurity, AL1, 0 of 2 places taken, {days}",
    }
    drafter = world.person("aurora", "drafter")
    with acting(drafter):
        rows = EvaluationAssignment.objects.visible_to(drafter)
        assert {r.agency.slug for r in rows.select_related("agency")} == {"commerce-caisi", "treasury"}


def test_the_hand_over_goes_to_the_agencys_own_queue_and_is_stamped_there(world: World) -> None:
    factories.scheduled(world)
    run_due(kinds=("evaluations.route",))
    queues = set(Job.objects.filter(kind="evaluations.receive").values_list("queue", flat=True))
    assert queues == {"agency.commerce-caisi", "agency.treasury"}
    run_due(kinds=("evaluations.receive",))
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator):
        assert assignment_of(world, evaluator, "treasury").received_at is not None


def test_routing_twice_changes_nothing(world: World) -> None:
    request = routed(world)
    router = world.person("commerce", "router")
    with acting(router):
        actions.route_again(attempt=RoutingAttempt.objects.get(request=request), by=router)
    run_due(kinds=("evaluations.route",))
    with acting(router):
        again = RoutingAttempt.objects.get(request=request, number=2)
        assert again.placed == 2
        assert RoutingDecision.objects.filter(attempt=again).count() == 0
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator):
        assert EvaluationAssignment.objects.filter(agency=world.agency("treasury")).count() == 1


def test_a_declined_assignment_is_routed_again_without_that_agency(world: World) -> None:
    routed(world)
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator):
        row = assignment_of(world, evaluator, "treasury")
        with pytest.raises(Invalid, match="Give the reason"):
            actions.decline(assignment=row, reason=" ", by=evaluator)
        actions.decline(assignment=row, reason="No people free this month.", by=evaluator)
    run_due(kinds=("evaluations.route",))
    router = world.person("commerce", "router")
    with acting(router):
        newest = RoutingAttempt.objects.visible_to(router).order_by("-number").first()
        assert newest.placed == 1
        assert [d.sentence for d in newest.decisions.all()] == ["Treasury: declined this request before"]


def test_nobody_eligible_reaches_the_routers_inbox_with_why(world: World) -> None:
    TestingCapability.objects.filter(agency__slug__in=["commerce-caisi", "treasury"]).update(is_active=False)
    routed(world)
    router = world.person("commerce", "router")
    client = client_for(router)
    page = client.get("/inbox/").content.decode()
    assert "nobody eligible" in page
    board = client.get("/routing/").content.decode()
    assert "the agency does not test this domain" in board
    TestingCapability.objects.filter(agency__slug="treasury").update(is_active=True)
    with acting(router):
        attempt = RoutingAttempt.objects.visible_to(router).get()
    assert client.post(f"/routing/{attempt.pk}/again/").status_code == 302
    run_due(kinds=("evaluations.route",))
    assert "nobody eligible" not in client.get("/inbox/").content.decode()


def test_the_last_place_is_given_once(world: World) -> None:
    TestingCapability.objects.filter(agency__slug="treasury", domain="cybersecurity").update(parallel_capacity=1)
    routed(world)
    request = factories.submitted(world, developer="basalt")
    with acting(world.person("commerce", "intake")) as by:
        early_access.acknowledge(request=request, by=by)
        early_access.accept(request=request, by=by)
        early_access.confirm_schedule(request=request, by=by)
    run_due(kinds=("evaluations.route",))
    router = world.person("commerce", "router")
    with acting(router):
        sentences = (
            RoutingDecision.objects.visible_to(router)
            .filter(attempt__request=request)
            .values_list("sentence", flat=True)
        )
        assert any(words.startswith("Treasury: rule 12, cybersecurity: 1 of 1 places taken, ") for words in sentences)


def test_a_developer_reads_nothing_of_capacity(world: World) -> None:
    routed(world)
    drafter = world.person("aurora", "drafter")
    with acting(drafter):
        assert not RoutingAttempt.objects.exists()
        assert not RoutingDecision.objects.exists()
        row = EvaluationAssignment.objects.visible_to(drafter).first()
    page = client_for(drafter).get(f"/assignments/{row.reference}/").content.decode()
    assert "places taken" not in page
    assert client_for(drafter).get("/routing/").status_code == 404


def test_a_rival_and_another_agency_see_nothing(world: World) -> None:
    routed(world)
    drafter = world.person("aurora", "drafter")
    with acting(drafter):
        reference = EvaluationAssignment.objects.visible_to(drafter).get(agency=world.agency("treasury")).reference
    for organisation, role in (("basalt", "drafter"), ("homeland", "evaluator")):
        person = world.person(organisation, role)
        client = client_for(person)
        hidden, unknown = client.get(f"/assignments/{reference}/"), client.get("/assignments/ASG-2222-2222/")
        assert (hidden.status_code, unknown.status_code) == (404, 404)
        with acting(person):
            assert not EvaluationAssignment.objects.exists()


def test_nothing_inside_is_seen_before_attesting(world: World) -> None:
    routed(world)
    evaluator, row = accepted(world)
    with acting(evaluator):
        assert not policies.may_see_inside(evaluator, row)
        assert not policies.may_prepare(evaluator, row)
        with pytest.raises(Invalid, match="Type your name"):
            actions.attest(assignment=row, typed_name="Somebody Else", consented=True, by=evaluator)
        with pytest.raises(Invalid, match="Tick the box"):
            actions.attest(assignment=row, typed_name=evaluator.name, consented=False, by=evaluator)
        actions.attest(assignment=row, typed_name=evaluator.name, consented=True, by=evaluator)
        assert policies.may_see_inside(evaluator, row)
    colleague = world.person("commerce-caisi", "evaluator", 1)
    with acting(colleague):
        assert not policies.may_see_inside(colleague, row), "each person attests for themselves"


def test_access_is_verified_by_the_worker_when_the_window_opens(world: World, simulator: Simulator) -> None:
    endpoint = {"base_url": f"{simulator.url}/v1", "model_name": MODEL}
    request = routed(world, access=endpoint, credential={"secret": "sim-secret-9"})
    evaluator, row = attested(world)
    with acting(evaluator):
        actions.prepare(assignment=row, by=evaluator, **RULES)
        row.refresh_from_db()
        assert not policies.may_move(evaluator, row, "start"), "the window is not open"
    run_due(kinds=("early_access.open_window", "evaluations.verify_access"))
    with acting(evaluator):
        check = AccessCheck.objects.visible_to(evaluator).get()
        assert check.passed, check.probes
        assert CredentialOpening.objects.get(pk=check.opening_id).agency == world.agency("commerce-caisi")
        row = EvaluationAssignment.objects.select_related("request").get(pk=row.pk)
        actions.move(assignment=row, verb="start", by=evaluator)
        row.refresh_from_db()
        assert row.status == "running"
    assert "sim-secret-9" not in client_for(evaluator).get(f"/assignments/{row.reference}/").content.decode()
    with acting(world.person("aurora", "drafter")) as by:
        early_access.close_early(request=factories.seen(world, request), by=by)
    with acting(evaluator):
        row.refresh_from_db()
        assert row.status == "analysis"
        assert row.access_revoked_at is not None


def test_a_failed_verification_tells_what_to_mend_and_keeps_testing_shut(world: World, simulator: Simulator) -> None:
    endpoint = {"base_url": f"{simulator.url}/faults/broken-tool-call/v1", "model_name": MODEL}
    routed(world, access=endpoint, credential={"secret": "sim-secret-9"})
    evaluator, row = attested(world)
    with acting(evaluator):
        actions.prepare(assignment=row, by=evaluator, **RULES)
    run_due(kinds=("early_access.open_window", "evaluations.verify_access", "notifications.tell"))
    with acting(evaluator):
        row = EvaluationAssignment.objects.select_related("request").get(pk=row.pk)
        decision = policies.may_move(evaluator, row, "start")
        assert "Access is not verified yet" in decision.reason
    page = client_for(world.person("aurora", "security")).get(f"/assignments/{row.reference}/").content.decode()
    assert "check the tool-call template" in page
    assert (
        "Access verification failed"
        in client_for(world.person("aurora", "security")).get("/notifications/").content.decode()
    )


def test_nobody_opens_a_key_before_plan_and_rules_stand(world: World) -> None:
    routed(world)
    evaluator, row = attested(world)
    with acting(evaluator):
        gate = policies.opening_gate(evaluator, row.request, row.agency)
        assert not gate and "test plan" in gate.sentence
        with pytest.raises(Invalid) as missing:
            actions.prepare(assignment=row, by=evaluator, **RULES | {"plan": " "})
        assert [problem.field for problem in missing.value.problems] == ["plan"]
        actions.prepare(assignment=row, by=evaluator, **RULES)
        assert policies.opening_gate(evaluator, row.request, row.agency)
    page = client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/").content.decode()
    assert RULES["plan"] in page


def test_the_developers_stop_switch_stops_one_assignment(world: World) -> None:
    routed(world)
    evaluator, row = accepted(world)
    with acting(evaluator), pytest.raises(Refused):
        actions.stop(assignment=row, reason="x", by=evaluator)
    with acting(world.person("aurora", "security")) as by:
        actions.stop(assignment=row, reason="Unexpected traffic.", by=by)
        states = dict(EvaluationAssignment.objects.visible_to(by).values_list("agency__slug", "status"))
    assert states == {"commerce-caisi": "stopped", "treasury": "proposed"}


def test_withdrawal_stops_everything_in_its_own_commit(world: World) -> None:
    request = routed(world)
    accepted(world)
    with acting(world.person("aurora", "drafter")) as by:
        early_access.withdraw(request=factories.seen(world, request), by=by)
        rows = EvaluationAssignment.objects.visible_to(by)
        assert {r.status for r in rows} == {"stopped"}
        assert all(r.access_revoked_at for r in rows)
        assert actions.route(request=request, cause="Late") is None, "a late routing job finds nothing to do"


def test_a_double_click_is_one_acceptance(world: World) -> None:
    routed(world)
    evaluator = world.person("commerce-caisi", "evaluator")
    with acting(evaluator):
        reference = assignment_of(world, evaluator, "commerce-caisi").reference
    client = client_for(evaluator)
    assert client.post(f"/assignments/{reference}/accept/").status_code == 302
    second = client.post(f"/assignments/{reference}/accept/")
    assert second.status_code == 403
    assert "cannot be done while the state is" in second.content.decode()


def test_the_pages_of_an_assignment_open_for_their_people(world: World) -> None:
    routed(world)
    evaluator, row = attested(world)
    client = client_for(evaluator)
    for page in ("", "prepare/"):
        assert client.get(f"/assignments/{row.reference}/{page}").status_code == 200
    assert row.reference in client.get("/assignments/").content.decode()
    posted = client.post(f"/assignments/{row.reference}/prepare/", RULES)
    assert posted.status_code == 302
    assert "That endpoint only." in client.get(f"/assignments/{row.reference}/").content.decode()
    assert client_for(world.person("aurora", "security")).get(f"/assignments/{row.reference}/stop/").status_code == 200
