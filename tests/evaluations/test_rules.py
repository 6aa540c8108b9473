"""The next routing rules: drafted, dry run, published by a second person; old versions stay, and so do old requests' rules."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.decisions import Conflict, Invalid, Refused
from evaluations import actions, queries
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingRule, RoutingRuleSet
from jobs.testing import run_due
from notifications.models import Notice
from tests.agreements.factories import acting, in_force
from tests.early_access import factories
from tests.evaluations.test_assignments import routed
from tests.world import World, client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def router(world: World) -> User:
    return world.person("commerce", "router")


@pytest.fixture
def second(world: World) -> User:
    return world.person("commerce", "router", 1)


def draft(world: World, router: User, *without: str, add: tuple[tuple[str, str, int], ...] = ()) -> RoutingRuleSet:
    """The next version of Commerce: the rules in force without some agencies, with some rules more."""
    with acting(router) as by:
        row = actions.draft_rules(router=world.agency("commerce"), by=by)
        kept = [
            actions.NewRule(r.domain, str(r.agency.slug), r.highest_access_level)
            for r in row.rules.select_related("agency") if r.agency.slug not in without
        ]  # fmt: skip
        rules = [*kept, *(actions.NewRule(*one) for one in add)]
        return actions.save_rules(rule_set=row, note="Treasury rests.", rules=rules, row_version=0, by=by)


def published(world: World, row: RoutingRuleSet, second: User) -> RoutingRuleSet:
    with acting(second) as by:
        return actions.publish_rules(rule_set=row, row_version=row.row_version, stepped_up_at=timezone.now(), by=by)


def typed(page: Client, row: RoutingRuleSet, **changes: Any) -> dict[str, Any]:
    """What the editor's form holds, with changes."""
    context = page.get(f"/routing/rules/{row.pk}/edit/").context
    data: dict[str, Any] = {
        "note": context["form"]["note"].value(),
        "row_version": context["form"]["row_version"].value(),
    }
    for one in [context["typed"].management_form, *context["typed"].forms]:
        data |= {bound.html_name: bound.value() for bound in one if bound.value() not in (None, False)}
    return {**{name: str(value) for name, value in data.items()}, **changes}


def test_a_draft_is_edited_on_a_page_and_published_by_a_second_person(world: World, router: User, second: User) -> None:
    request = routed(world)
    page, other = client_for(router), client_for(second)
    assert "Draft the next version" in page.get("/routing/rules/").content.decode()
    answer = page.post("/routing/rules/draft/", {"router": "commerce"})
    with acting(router):
        row = RoutingRuleSet.objects.get(status="draft")
    assert answer["Location"] == f"/routing/rules/{row.pk}/edit/"
    assert page.post("/routing/rules/draft/", {"router": "commerce"}).status_code == 409
    here = f"/routing/rules/{row.pk}/"
    with acting(router):
        last = row.rules.get(agency__slug="treasury", domain="cybersecurity").number - 1
    gone = {f"rules-{last}-DELETE": "on", "note": "Treasury rests."}
    twice = {
        "rules-14-domain": "cybersecurity",
        "rules-14-agency": "commerce-caisi",
        "rules-14-highest_access_level": "1",
    }
    text = page.post(f"{here}edit/", typed(page, row, **gone, **twice)).content.decode()
    assert "An earlier rule brings this domain to this agency already" in text
    half = {"rules-14-domain": "cybersecurity"}
    text = page.post(f"{here}edit/", typed(page, row, **gone, **half)).content.decode()
    assert "Choose an agency for this rule." in text and "Choose an access level for this rule." in text
    new = twice | {"rules-14-agency": "commerce-bis", "rules-14-ORDER": "1"}
    answer = page.post(f"{here}edit/", typed(page, row, **gone, **new))
    assert answer["Location"] == f"{here}dry-run/"
    with acting(router):
        first = row.rules.select_related("agency").order_by("number").first()
        assert first is not None
        assert (row.rules.count(), first.agency.slug in ("commerce-bis", "commerce-caisi")) == (14, True)
    text = page.get(f"{here}dry-run/").content.decode()
    assert "Over the newest 1 request: 1 differs, 0 stay as they are." in text
    assert request.reference in text and "Lost" in text
    assert "somebody else publishes it" in text
    assert page.get(f"{here}publish/").status_code == 403
    stale = client_for(second, stepped_up=False)
    assert "/reauthenticate/" in stale.get(f"{here}publish/")["Location"]
    text = other.get(f"{here}publish/").content.decode()
    assert "Gone: Cybersecurity to Department of the Treasury, up to AL1" in text
    assert other.post(f"{here}publish/", {"row_version": "0"}).status_code == 409, "not what was read"
    assert other.post(f"{here}publish/", {"row_version": "1"})["Location"] == here
    run_due(kinds=("notifications.tell",))
    with acting(second):
        row = RoutingRuleSet.objects.get(pk=row.pk)
        assert (row.status, row.number, row.published_by) == ("published", 2, second)
        assert queries.in_force(world.agency("commerce")) == row
        assert queries.in_force(world.agency("homeland")).number == 1, "another agency's routing keeps its rules"
    homeland = world.person("homeland", "router")
    with acting(homeland):
        assert Notice.objects.filter(user=homeland, kind="evaluations.rules_published").exists()
    assert "Rules version 2" in client_for(homeland).get("/routing/rules/").content.decode()
    assert page.get(f"{here}edit/").status_code == 403
    for person in (world.person("aurora", "drafter"), world.person("basalt", "counsel")):
        for path in (
            "/routing/rules/",
            here,
            f"{here}dry-run/",
            "/api/v1/routing/rules/versions/",
            "/api/v1/routing/rules/",
        ):
            assert client_for(person).get(path).status_code == 404


def test_a_request_keeps_its_version_until_an_officer_asks_for_the_newest(
    world: World, router: User, second: User
) -> None:
    request = routed(world)
    published(
        world, draft(world, router, "treasury", "commerce-caisi", add=(("cybersecurity", "commerce-bis", 1),)), second
    )
    with acting(world.person("treasury", "evaluator")) as by:
        row = EvaluationAssignment.objects.select_related("agency").get(
            request=request, agency=world.agency("treasury")
        )
        actions.decline(assignment=row, reason="Not now.", by=by)
    run_due(kinds=("evaluations.route",))

    def newest() -> RoutingAttempt:
        with acting(router):
            found = RoutingAttempt.objects.filter(request=request).select_related("rule_set", "router", "request")
            return found.order_by("-number")[0]

    assert (newest().number, newest().rule_set.number) == (2, 1)
    with acting(router):
        actions.route_again(attempt=newest(), by=router)
    run_due(kinds=("evaluations.route",))
    assert (newest().number, newest().rule_set.number) == (3, 2)
    later = factories.scheduled(world, developer="basalt")
    run_due(kinds=("evaluations.route",))
    with acting(router):
        attempt = RoutingAttempt.objects.select_related("rule_set").get(request=later)
        assert (attempt.rule_set.number, attempt.placed) == (2, 0)
        assert "no rule brings cybersecurity to this agency" in str(
            attempt.decisions.values_list("sentence", flat=True)
        )


def test_what_cannot_be_published(world: World, router: User, second: User) -> None:
    row = draft(world, router)
    with acting(second), pytest.raises(Invalid, match="says what the rules in force say"):
        published(world, row, second)
    with acting(router), pytest.raises(Refused, match="changed this draft last"):
        published(world, row, router)
    with acting(second), pytest.raises(Refused, match="Confirm who you are"):
        actions.publish_rules(rule_set=row, row_version=1, stepped_up_at=None, by=second)
    with acting(second) as by:
        with pytest.raises(Invalid, match="Keep at least one rule"):
            actions.save_rules(rule_set=row, note="", rules=[], row_version=1, by=by)
        with pytest.raises(Conflict, match="changed the draft"):
            actions.save_rules(rule_set=row, note="", rules=[], row_version=0, by=by)
    with acting(world.person("treasury", "router")) as by:
        assert not RoutingRuleSet.objects.filter(pk=row.pk).exists(), "a draft is its own agency's"
        assert not RoutingRule.objects.filter(rule_set=row).exists()
        with pytest.raises(Refused):
            actions.draft_rules(router=world.agency("commerce"), by=by)
    with acting(router), pytest.raises(IntegrityError), transaction.atomic():
        now = timezone.now()
        RoutingRuleSet.objects.filter(pk=row.pk).update(
            status="published", number=9, published_at=now, published_by=router
        )
    page = client_for(router)
    assert page.post(f"/routing/rules/{row.pk}/discard/", {"row_version": "1"})["Location"] == "/routing/rules/"
    assert page.get(f"/routing/rules/{row.pk}/").status_code == 404


def test_the_dry_run_shows_only_this_routers_requests_and_costs_as_much_for_many(world: World, router: User) -> None:
    in_force(world)
    ours = routed(world)
    both = {"agencies": {"agencies": ["treasury", "homeland-cisa"]}}
    theirs = factories.submitted(world, **both)
    with acting(world.staff):
        theirs.refresh_from_db()
    assert theirs.intake_agency_id != world.agency("commerce").pk
    row = draft(world, router, "treasury")

    def run() -> tuple[queries.DryRun, int]:
        with acting(router), CaptureQueriesContext(connection) as asked:
            found = queries.dry_run(row, router)
        return found, len(asked)

    found, statements = run()
    assert [one.request.reference for one in found.differences] == [ours.reference]
    assert found.agencies == [
        {"label": "Commerce/CAISI", "before": 1, "after": 1}, {"label": "Treasury", "before": 1, "after": 0}
    ]  # fmt: skip
    assert found.differences[0].lost == ["Treasury: no rule brings cybersecurity to this agency"]
    factories.scheduled(world, developer="basalt")
    factories.scheduled(world)
    run_due(kinds=("evaluations.route",))
    more, again = run()
    assert (more.requests, more.unchanged, len(more.differences)) == (3, 0, 3)
    assert again == statements
    with acting(router):
        before = RoutingAttempt.objects.count()
        queries.dry_run(row, router)
        assert RoutingAttempt.objects.count() == before


def test_programs_draft_and_people_publish(world: World, router: User, second: User) -> None:
    def send(client: Client, method: str, path: str, body: dict[str, Any]) -> Any:
        headers = {"Idempotency-Key": str(uuid4())}
        return getattr(client, method)(
            f"/api/v1/routing/rules/{path}", body, content_type="application/json", headers=headers
        )

    client = client_for(router)
    assert client.get("/api/v1/routing/rules/").json()["version"] == 1
    assert client.get("/api/v1/routing/rules/draft/").status_code == 404
    begun = send(client, "post", "draft/", {})
    assert (begun.status_code, begun.json()["version"], len(begun.json()["rules"])) == (201, None, 14)
    rules = [{k: r[k] for k in ("domain", "agency", "highest_access_level")} for r in begun.json()["rules"]][:3]
    saved = send(client, "put", "draft/", {"note": "Fewer.", "row_version": 0, "rules": rules})
    assert (saved.status_code, len(saved.json()["rules"]), saved.json()["row_version"]) == (200, 3, 1)
    wrong = send(client, "put", "draft/", {"note": "", "row_version": 1, "rules": [{**rules[0], "agency": "nobody"}]})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "#/rules/0/agency")
    dry = client.get("/api/v1/routing/rules/draft/dry-run/").json()
    assert (dry["against"], dry["requests"]) == (1, 0)
    assert send(client, "post", "draft/publish/", {"row_version": 1}).status_code == 403
    done = send(client_for(second), "post", "draft/publish/", {"row_version": 1})
    assert (done.status_code, done.json()["version"]) == (200, 2)
    listed = client.get("/api/v1/routing/rules/versions/").json()["results"]
    assert [(one["version"], one["router"]) for one in listed] == [(2, "commerce"), (1, None)]
    assert send(client, "post", "draft/discard/", {"row_version": 1}).status_code == 404
    assert send(client, "post", "draft/", {}).status_code == 201
    gone = send(client, "post", "draft/discard/", {"row_version": 0})
    assert (gone.status_code, gone.json()["status"], len(gone.json()["rules"])) == (200, "discarded", 3)
    assert client.get("/api/v1/routing/rules/draft/").status_code == 404
