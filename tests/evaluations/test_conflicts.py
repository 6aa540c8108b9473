"""Conflicts of interest: nothing of a developer's tests is open to whoever has one, from the moment it is recorded."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from core.decisions import Conflict, Invalid, Refused
from early_access import actions as early_access
from early_access.models import AccessCredential
from evaluations import actions, policies
from evaluations.models import Attestation, ConflictOfInterest, EvaluationAssignment, RoutingDecision, RulesOfEngagement
from evaluations.workflow import RECUSED
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.evaluations.test_assignments import RULES, accepted, assignment_of, attested, routed
from tests.world import World, client_for

pytestmark = pytest.mark.django_db
WHY = "My brother works in its safety team."
STANDS = "A conflict of interest with this developer is recorded for you"


def declared(
    world: World, person: User, agency: str = "commerce-caisi", developer: str = "aurora"
) -> ConflictOfInterest:
    with acting(person) as by:
        return actions.declare_conflict(
            agency=world.agency(agency), developer=world.organisations[developer], reason=WHY, by=by
        )


def test_whoever_declares_one_neither_takes_nor_attests_nor_sees(world: World) -> None:
    routed(world)
    evaluator, row = accepted(world)
    colleague = world.person("commerce-caisi", "evaluator", 1)
    declared(world, evaluator)
    with acting(evaluator):
        for decision in (
            policies.may_attest(evaluator, row), policies.may_prepare(evaluator, row), policies.may_see(evaluator, row),
            policies.may_see_inside(evaluator, row),
        ):  # fmt: skip
            assert STANDS in decision.reason
        with pytest.raises(Refused):
            actions.attest(assignment=row, typed_name=evaluator.name, consented=True, by=evaluator)
    client = client_for(evaluator)
    page = client.get(f"/assignments/{row.reference}/")
    assert page.status_code == 403 and STANDS in page.content.decode()
    answer = client.get(f"/api/v1/assignments/{row.reference}/")
    assert answer.status_code == 403 and STANDS in answer.json()["detail"]
    for path in ("/assignments/", "/inbox/", "/due/", f"/search/?q={row.reference}", "/api/v1/assignments/"):
        text = (
            client.get(path).content.decode().replace(f'value="{row.reference}"', "").replace(f"q={row.reference}", "")
        )
        assert f"/assignments/{row.reference}/" not in text and f'"{row.reference}"' not in text, path
    assert row.reference in client_for(colleague).get("/assignments/").content.decode(), "the agency tests on"
    with acting(colleague):
        assert policies.may_attest(colleague, row)


def test_a_later_conflict_ends_access_at_once_and_the_rows_are_gone(world: World) -> None:
    request = factories.opened(world)
    run_due(kinds=("evaluations.route", "evaluations.receive"))
    evaluator, row = attested(world)
    with acting(evaluator):
        actions.prepare(assignment=row, by=evaluator, **RULES)
        assert policies.may_see_inside(evaluator, row)
        assert policies.opening_gate(evaluator, row.request, row.agency)
    counsel = world.person("commerce", "counsel")
    with acting(counsel) as by:
        actions.declare_conflict(
            agency=world.agency("commerce-caisi"), developer=world.aurora, person=evaluator.pk, reason=WHY, by=by
        )
    fresh = User.objects.get(pk=evaluator.pk)
    with acting(fresh):
        now = EvaluationAssignment.objects.select_related("request", "agency", "developer").get(pk=row.pk)
        assert not policies.has_attested(fresh, now)
        assert not policies.opening_gate(fresh, now.request, now.agency)
        assert not RulesOfEngagement.objects.exists() and not Attestation.objects.exists(), (
            "the wall behind the policies"
        )
        credential = AccessCredential.objects.get(request=request)
        with pytest.raises(Refused):
            early_access.open_credential(
                credential=credential, by=fresh, agency=now.agency, reason="Again.", stepped_up_at=timezone.now()
            )
    colleague = world.person("commerce-caisi", "evaluator", 1)
    with acting(colleague):
        assert policies.with_access(now) == [], "a place among those with access is free again"
        assert RulesOfEngagement.objects.exists()
    with acting(counsel) as by:
        conflict = ConflictOfInterest.objects.get()
        actions.end_conflict(conflict=conflict, reason="He left the company.", by=by)
    again = User.objects.get(pk=evaluator.pk)
    with acting(again):
        assert policies.may_see_inside(again, now)


def test_it_is_about_one_developer(world: World) -> None:
    routed(world)
    evaluator, row = accepted(world)
    declared(world, evaluator, developer="basalt")
    with acting(evaluator):
        assert policies.may_attest(evaluator, row)


def test_no_developer_and_no_other_agency_reads_it(world: World) -> None:
    routed(world)
    evaluator, row = accepted(world)
    conflict = declared(world, evaluator)
    for who in (("aurora", "drafter"), ("basalt", "drafter"), ("treasury", "counsel"), ("homeland", "router")):
        person = world.person(*who)
        with acting(person):
            assert not ConflictOfInterest.objects.exists()
            assert not Event.objects.filter(verb="evaluations.conflict_declared").exists()
        assert client_for(person).get(f"/conflicts/{conflict.pk}/end/").status_code == 404
    for who in (("aurora", "drafter"), ("basalt", "drafter")):
        assert client_for(world.person(*who)).get("/conflicts/").status_code == 404
        assert client_for(world.person(*who)).get("/api/v1/conflicts/").status_code == 404
    text = client_for(world.person("aurora", "drafter")).get(f"/assignments/{row.reference}/").content.decode()
    assert "onflict" not in text
    colleague = client_for(world.person("commerce-caisi", "evaluator", 1))
    assert WHY not in colleague.get("/conflicts/").content.decode()
    assert WHY not in colleague.get("/api/v1/conflicts/").content.decode()
    assert WHY in client_for(world.person("commerce", "counsel")).get("/conflicts/").content.decode()
    assert WHY in client_for(evaluator).get("/conflicts/").content.decode()


def test_nobody_ends_their_own_and_twice_is_once(world: World) -> None:
    counsel, evaluator = world.person("commerce", "counsel"), world.person("commerce-caisi", "evaluator")
    declared(world, evaluator)
    with pytest.raises(Conflict, match="stands already"):
        declared(world, evaluator)
    own = declared(world, counsel, "commerce")
    with acting(counsel), pytest.raises(Refused, match="Nobody ends"):
        actions.end_conflict(conflict=own, reason="It is over.", by=counsel)
    with acting(evaluator), pytest.raises(Refused):
        actions.end_conflict(conflict=ConflictOfInterest.objects.get(person=evaluator), reason="Over.", by=evaluator)
    with acting(evaluator), pytest.raises(Refused):
        actions.declare_conflict(
            agency=world.agency("commerce-caisi"), developer=world.aurora, person=counsel.pk, reason=WHY, by=evaluator
        )
    with acting(counsel), pytest.raises(Invalid, match="who works for this agency"):
        actions.declare_conflict(
            agency=world.agency("commerce-caisi"), developer=world.aurora, reason=WHY, by=counsel,
            person=world.person("treasury", "evaluator").pk,
        )  # fmt: skip
    with acting(counsel) as by, pytest.raises(Invalid, match="Say why it no longer holds"):
        actions.end_conflict(conflict=ConflictOfInterest.objects.get(person=evaluator), reason=" ", by=by)


def test_an_agency_that_recuses_itself_is_left_out_and_what_it_holds_ends(world: World) -> None:
    request = routed(world)
    evaluator, row = attested(world)
    counsel = client_for(world.person("commerce", "counsel"))
    said = {"agency": "commerce-caisi", "developer": str(world.aurora.pk), "reason": "The director held its shares."}
    assert "Tick the box" in counsel.post("/conflicts/recuse/", said).content.decode()
    assert counsel.post("/conflicts/recuse/", {**said, "sure": "on"}).status_code == 302
    assert "stands already" in counsel.post("/conflicts/recuse/", {**said, "sure": "on"}).content.decode()
    run_due(kinds=("evaluations.route", "evaluations.reconcile", "notifications.tell", "evaluations.look_at_places"))
    with acting(world.staff):
        now = EvaluationAssignment.objects.get(pk=row.pk)
        assert (now.status, now.ended_reason, now.access_revoked_at is None) == ("stopped", RECUSED, False)
    with acting(world.person("commerce", "router")):
        rows = RoutingDecision.objects.filter(attempt__request=request, agency__slug="commerce-caisi")
        newest = rows.latest("created_at")
        assert "recused itself from tests of this developer" in newest.sentence and not newest.placed
    drafter = world.person("aurora", "drafter")
    text = client_for(drafter).get(f"/assignments/{row.reference}/").content.decode()
    assert RECUSED in text and "director" not in text and "recus" not in text.lower()
    with acting(drafter) as by:
        assert Notice.objects.filter(kind="evaluations.recused", user=by).exists()
    for _ in range(2):
        factories.scheduled(world)
    run_due(kinds=("evaluations.route",))
    with acting(world.staff):
        assert EvaluationAssignment.objects.filter(agency__slug="commerce-caisi").count() == 1
    assert client_for(evaluator).get("/conflicts/recuse/").status_code == 404


def test_a_routing_officer_with_a_conflict_decides_nothing_about_that_developer(world: World) -> None:
    routed(world)
    router = world.person("commerce", "router")
    declared(world, router, "commerce")
    fresh = User.objects.get(pk=router.pk)
    with acting(fresh):
        decision = RoutingDecision.objects.select_related("router", "attempt__request").first()
        assert decision is not None
        assert STANDS in policies.may_reassign(fresh, decision).reason
        assert STANDS in policies.may_exclude(fresh, world.agency("commerce"), world.aurora).reason


def test_programs_declare_and_end(world: World) -> None:
    evaluator, counsel = world.person("commerce-caisi", "evaluator"), world.person("commerce", "counsel")

    def call(person: User, path: str, body: dict[str, Any], code: int) -> Any:
        extra = {"content_type": "application/json", "headers": {"Idempotency-Key": str(uuid4())}}
        answer = client_for(person).post(f"/api/v1/conflicts/{path}", body, **extra)
        assert answer.status_code == code, answer.content
        return answer.json()

    said = {"agency": "commerce-caisi", "developer": str(world.aurora.pk), "reason": WHY}
    made = call(evaluator, "", said, 201)
    assert made["person"] == str(evaluator.pk)
    call(evaluator, "", said, 409)
    call(evaluator, "", {**said, "reason": ""}, 400)
    call(evaluator, "", {**said, "developer": str(uuid4())}, 400)
    call(evaluator, "", {**said, "agency": "treasury"}, 400)
    call(evaluator, "", {**said, "whole_agency": True}, 403)
    call(evaluator, f"{made['id']}/end/", {"reason": "Over."}, 403)
    assert call(counsel, f"{made['id']}/end/", {"reason": "He left."}, 200)["ended_reason"] == "He left."
    whole = call(counsel, "", {**said, "whole_agency": True}, 201)
    assert whole["person"] is None


def test_the_page_refuses_in_words_and_loses_nothing(world: World) -> None:
    client = client_for(world.person("commerce-caisi", "evaluator"))
    page = client.post("/conflicts/new/", {"agency": "commerce-caisi", "developer": "", "reason": WHY}).content.decode()
    assert "Choose a developer." in page and 'href="#id_developer"' in page and WHY in page
    sent = {"agency": "commerce-caisi", "developer": str(world.basalt.pk), "reason": WHY}
    assert client.post("/conflicts/new/", sent).status_code == 302
    again = client.post("/conflicts/new/", sent).content.decode()
    assert "stands already" in again


def test_an_assignment_that_somebody_else_decided_meanwhile(world: World) -> None:
    """Declared after the page was opened: the action decides again."""
    routed(world)
    evaluator = world.person("commerce-caisi", "evaluator")
    with acting(evaluator):
        row = assignment_of(world, evaluator, "commerce-caisi")
    declared(world, evaluator)
    with acting(evaluator), pytest.raises(Refused):
        actions.accept(assignment=row, by=evaluator)
