"""The router's board: each request and agency with its state, why and clock; reassigned in one step, with a reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from agencies.models import TestingCapability
from audit.models import Event
from core.decisions import Invalid, Refused
from early_access import actions as early_access
from evaluations import actions
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingDecision, RoutingRule, RoutingRuleSet
from evaluations.workflow import TAKEN_BACK, UNANSWERED
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements.factories import acting, in_force
from tests.early_access import factories
from tests.evaluations.test_assignments import RULES, accepted, assignment_of, attested, routed
from tests.world import World, client_for

pytestmark = pytest.mark.django_db
WHY = "CAISI is overloaded this month."
THREE = {"agencies": {"agencies": ["commerce-caisi", "treasury", "homeland-cisa"]}}


@pytest.fixture
def router(world: World) -> User:
    return world.person("commerce", "router")


@pytest.fixture
def board(router: User) -> Client:
    return client_for(router)


def row_of(router: User, agency: str) -> RoutingDecision:
    """The row that stands on the board."""
    with acting(router):
        rows = RoutingDecision.objects.visible_to(router).filter(
            agency__slug=agency, superseded_at=None, attempt__developer__name="Aurora Cognition"
        )
        return rows.select_related("agency", "router", "attempt__request", "attempt__rule_set").get()


def states(router: User) -> dict[str, str]:
    with acting(router):
        rows = RoutingDecision.objects.visible_to(router).filter(
            superseded_at=None, attempt__developer__name="Aurora Cognition"
        )
        return dict(rows.values_list("agency__slug", "status"))


def assignments(world: World, agency: str) -> list[tuple[str, str]]:
    with acting(world.staff):
        rows = EvaluationAssignment.objects.filter(agency__slug=agency).order_by("created_at")
        return list(rows.values_list("status", "ended_reason"))


def full(world: World) -> None:
    """Basalt takes Treasury's only place."""
    factories.scheduled(world, developer="basalt")
    run_due(kinds=("evaluations.route",))


def reassign(client: Client, row: RoutingDecision, to: str, reason: str = WHY) -> str:
    """Through the page; its text, or "" when it led back to the board."""
    answer = client.post(f"/routing/decisions/{row.pk}/reassign/", {"agency": to, "reason": reason})
    assert answer.status_code in (200, 302)
    return answer.content.decode()


def test_the_board_follows_every_assignment_by_itself(world: World, router: User, board: Client) -> None:
    in_force(world)
    request = routed(world, **THREE)
    page = board.get("/routing/").content.decode()
    assert page.count("data-row") == 3
    assert "Commerce/CAISI: rule 1, cybersecurity, AL1, 0 of 4 places taken" in page
    assert "Rules version 1, pass 1" in page
    assert "due" in page
    proposed = row_of(router, "commerce-caisi")
    assert (proposed.status, proposed.due_at is None) == ("proposed", False)
    attested(world)
    taken = row_of(router, "commerce-caisi")
    assert (taken.status, taken.due_at) == ("accepted", None)
    assert taken.since > proposed.since
    evaluator = world.person("treasury", "evaluator")
    with acting(evaluator):
        row = assignment_of(world, evaluator, "treasury")
        actions.decline(assignment=row, reason="No people free this month.", by=evaluator)
    run_due(kinds=("evaluations.route",))
    assert states(router) == {"commerce-caisi": "accepted", "treasury": "declined", "homeland-cisa": "proposed"}
    page = board.get("/routing/?status=declined").content.decode()
    assert page.count("data-row") == 1
    assert "No people free this month." in page
    assert "No request and agency matches" in board.get("/routing/?status=closed").content.decode()
    found = client_for(router).get("/api/v1/routing/board/").json()["results"]
    assert {r["agency"]: (r["status"], r["ended_reason"]) for r in found} == {
        "commerce-caisi": ("accepted", ""),
        "treasury": ("declined", "No people free this month."),
        "homeland-cisa": ("proposed", ""),
    }
    assert {r["request"] for r in found} == {request.reference}


def test_an_agencys_reason_for_declining_stays_among_agencies(world: World) -> None:
    routed(world)
    evaluator, drafter = world.person("treasury", "evaluator"), world.person("aurora", "drafter")
    with acting(evaluator):
        row = assignment_of(world, evaluator, "treasury")
        actions.decline(assignment=row, reason="Our range is being rebuilt.", by=evaluator)
    for path in (f"/assignments/{row.reference}/", f"/api/v1/assignments/{row.reference}/"):
        assert "range is being" not in client_for(drafter).get(path).content.decode()
    timeline = client_for(drafter).get(f"/api/v1/assignments/{row.reference}/timeline/").content.decode()
    assert "range is being" not in timeline
    assert "Our range is being rebuilt." in client_for(evaluator).get(f"/assignments/{row.reference}/").content.decode()


def test_a_request_is_reassigned_with_its_reason(world: World, router: User, board: Client) -> None:
    in_force(world)
    request = routed(world, **THREE)
    accepted(world)
    homeland = world.person("homeland", "evaluator")
    with acting(homeland) as by:
        row = assignment_of(world, homeland, "homeland-cisa")
        actions.decline(assignment=row, reason="Not now.", by=by)
    with acting(world.staff):
        lapsed = EvaluationAssignment.objects.get(agency__slug="treasury")
        EvaluationAssignment.objects.filter(pk=lapsed.pk).update(answer_due_at=timezone.now() - timedelta(minutes=1))
    with acting(world.person("treasury", "evaluator")):
        assert actions.lapse(assignment=lapsed)
    run_due(kinds=("evaluations.route",))
    old = row_of(router, "commerce-caisi")
    page = board.get(f"/routing/decisions/{old.pk}/reassign/").content.decode()
    assert "Treasury: chosen by a routing officer, cybersecurity, AL1, 0 of 2 places taken" in page
    assert "Homeland/CISA: declined this request before" in page
    assert "Say why in a few words" in reassign(board, old, "treasury", " ")
    assert "Choose one of these" in reassign(board, old, "homeland-cisa")
    assert states(router)["commerce-caisi"] == "accepted"
    assert reassign(board, old, "treasury") == ""
    run_due(kinds=("evaluations.receive", "notifications.tell"))
    assert states(router) == {"commerce-caisi": "stopped", "treasury": "proposed", "homeland-cisa": "declined"}
    assert assignments(world, "commerce-caisi") == [("stopped", TAKEN_BACK)]
    assert assignments(world, "treasury") == [("declined", UNANSWERED), ("proposed", "")]
    with acting(world.staff):
        gone = EvaluationAssignment.objects.get(agency__slug="commerce-caisi")
        given = EvaluationAssignment.objects.get(agency__slug="treasury", status="proposed")
        event = Event.objects.get(verb="evaluations.reassigned")
        assert (event.reason, event.parties) == (WHY, [world.agency("commerce").pk])
        assert Event.objects.get(verb="evaluations.take_back").reason == TAKEN_BACK
    with acting(world.person("aurora", "drafter")) as by:
        assert Notice.objects.filter(kind="evaluations.taken_back", user=by).exists()
    assert gone.access_revoked_at is not None
    assert given.received_at is not None
    with acting(router):
        attempt = RoutingAttempt.objects.get(request=request, number=4)
        assert (attempt.placed, attempt.cause, attempt.rule_set.number) == (1, "A routing officer chose the agency", 1)
    for who, reference in (
        (("commerce-caisi", "evaluator"), gone.reference),
        (("treasury", "evaluator"), given.reference),
    ):
        assert WHY in client_for(world.person(*who)).get(f"/assignments/{reference}/").content.decode()
    drafter = client_for(world.person("aurora", "drafter"))
    for path in (
        f"/assignments/{gone.reference}/",
        f"/assignments/{given.reference}/",
        f"/requests/{request.reference}/",
    ):
        text = drafter.get(path).content.decode()
        assert "overloaded" not in text and "places taken" not in text
    assert TAKEN_BACK in drafter.get(f"/assignments/{gone.reference}/").content.decode()
    again = reassign(board, old, "treasury")
    assert "Choose one of these" in again or "holds this request already" in again


def test_it_is_taken_back_for_whoever_the_rules_find(world: World, router: User, board: Client) -> None:
    TestingCapability.objects.filter(agency__slug="treasury").update(is_active=False)
    request = routed(world)
    TestingCapability.objects.filter(agency__slug="treasury").update(is_active=True)
    assert states(router) == {"commerce-caisi": "proposed", "treasury": "left_out"}
    assert reassign(board, row_of(router, "commerce-caisi"), "by-rules") == ""
    run_due(kinds=("evaluations.route",))
    assert states(router) == {"commerce-caisi": "stopped", "treasury": "proposed"}
    with acting(router):
        newest = RoutingAttempt.objects.filter(request=request).order_by("-number").first()
        assert newest is not None and newest.cause == "A routing officer took it back from an agency"
    with acting(router):  # the rules do not bring it back to where it was taken from; a person may
        actions.route_again(attempt=newest, by=router)
    run_due(kinds=("evaluations.route",))
    assert states(router)["commerce-caisi"] == "stopped"
    assert reassign(board, row_of(router, "commerce-caisi"), "commerce-caisi", "They have people again.") == ""
    assert states(router) == {"commerce-caisi": "proposed", "treasury": "proposed"}


def test_what_binds_the_rules_binds_the_officer(world: World, router: User) -> None:
    request = routed(world)
    row = row_of(router, "commerce-caisi")
    client, path = client_for(router), f"/api/v1/routing/decisions/{row.pk}/"
    assert client.get(f"{path}choices/").json()["results"] == []
    for agency, words in (
        ("treasury", "holds this request already"),
        ("homeland-cisa", "not among the agencies that the developer consented to"),
        ("nobody-here", "There is no agency of that name"),
    ):
        sent = {"agency": agency, "reason": WHY}
        answer = client.post(
            f"{path}reassign/", sent, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
        )
        assert answer.status_code == 400, answer.content
        assert words in answer.content.decode()
    with acting(world.person("aurora", "drafter")):
        treasury = EvaluationAssignment.objects.get(request=request, agency__slug="treasury")
        EvaluationAssignment.objects.filter(pk=treasury.pk).update(status="stopped", ended_reason="Not with us.")
    (only,) = client.get(f"{path}choices/").json()["results"]
    assert (only["able"], "its test of this request was stopped" in only["sentence"]) == (False, True)
    assert states(router)["commerce-caisi"] == "proposed", "a refused reassignment takes nothing back"


def test_a_full_agency_is_no_choice_and_its_place_is_asked_for_under_the_lock(
    world: World, router: User, board: Client
) -> None:
    TestingCapability.objects.filter(agency__slug="treasury").update(is_active=False)
    routed(world)
    TestingCapability.objects.filter(agency__slug="treasury").update(is_active=True, parallel_capacity=1)
    full(world)
    row = row_of(router, "commerce-caisi")
    assert (
        "Treasury: cybersecurity: 1 of 1 places taken"
        in board.get(f"/routing/decisions/{row.pk}/reassign/").content.decode()
    )
    with acting(router), pytest.raises(Invalid, match="1 of 1 places taken"):
        actions.reassign(decision=row, agency=world.agency("treasury"), reason=WHY, by=router)
    assert states(router) == {"commerce-caisi": "proposed", "treasury": "left_out"}
    with acting(router), pytest.raises(Invalid, match="nothing is taken back"):
        actions.reassign(decision=row_of(router, "treasury"), agency=None, reason=WHY, by=router)


def test_a_test_that_has_begun_is_not_the_routers_to_stop(world: World, router: User, board: Client) -> None:
    request = routed(world)
    evaluator, assignment = attested(world)
    with acting(evaluator):
        actions.prepare(assignment=assignment, by=evaluator, **RULES)
        EvaluationAssignment.objects.filter(pk=assignment.pk).update(status="running")
    row = row_of(router, "commerce-caisi")
    with acting(router), pytest.raises(Refused, match="has begun"):
        actions.reassign(decision=row, agency=None, reason=WHY, by=router)
    assert board.get(f"/routing/decisions/{row.pk}/reassign/").status_code == 403
    with acting(world.person("aurora", "drafter")) as by:
        early_access.withdraw(request=request, by=by)
    assert states(router) == {"commerce-caisi": "stopped", "treasury": "stopped"}
    with acting(router), pytest.raises(Refused, match="not waiting for routing"):
        actions.reassign(decision=row_of(router, "treasury"), agency=world.agency("treasury"), reason=WHY, by=router)


def test_only_this_routers_officers_reassign_and_rivals_are_never_on_one_page(world: World, router: User) -> None:
    routed(world)
    row = row_of(router, "treasury")
    path = f"/routing/decisions/{row.pk}/reassign/"
    assert client_for(world.person("aurora", "drafter")).get(path).status_code == 404
    assert client_for(world.person("homeland", "router")).get(path).status_code == 404
    assert client_for(world.person("treasury", "router")).get(path).status_code == 404
    assert "data-row" not in client_for(world.person("treasury", "router")).get("/routing/").content.decode()
    for developer in ("aurora", "basalt"):
        with acting(world.person(developer, "drafter")):
            assert not RoutingDecision.objects.exists()


def test_the_database_copies_and_nobody_can_write_into_a_published_version(world: World, router: User) -> None:
    routed(world)
    with acting(world.person("treasury", "evaluator")):
        events = Event.objects.filter(object_type="evaluations_routingdecision").count()
        assert EvaluationAssignment.objects.filter(agency__slug="treasury").update(status="accepted") == 1
        assert Event.objects.filter(object_type="evaluations_routingdecision").count() == events
    assert row_of(router, "treasury").status == "accepted"
    with acting(router):
        one = RoutingRuleSet.objects.get(number=1)
        rule = RoutingRule.objects.filter(rule_set=one).first()
        assert rule is not None
        for write in (
            lambda: RoutingRuleSet.objects.filter(pk=one.pk).update(note="Another"),
            lambda: RoutingRule.objects.filter(pk=rule.pk).update(highest_access_level=3),
            lambda: RoutingRule.objects.filter(pk=rule.pk).delete(),
            lambda: RoutingRule.objects.create(
                rule_set=one, number=99, domain="cybersecurity", agency=world.agency("defense")
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                write()
