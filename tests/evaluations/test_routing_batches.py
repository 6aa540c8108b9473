"""Many requests in one job: each placed as if alone, places taken in order, and as many statements as for one."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies.models import TestingCapability
from audit.models import Event
from core import rls
from core.decisions import Refused
from early_access import actions as early_access
from early_access.models import EarlyAccessRequest
from evaluations import actions, queries, tasks
from evaluations.models import EvaluationAssignment, RoutingAttempt, RoutingDecision
from jobs import actions as jobs
from jobs.models import Job
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.world import World, client_for

ROUTE, RECEIVE = "evaluations.route", "evaluations.receive"


def scheduled(world: World, *developers: str) -> list[EarlyAccessRequest]:
    """A scheduled request of each developer, none of them routed: their own jobs are called off."""
    found = [factories.scheduled(world, developer=developer) for developer in developers]
    Job.objects.filter(kind=ROUTE).update(state=Job.State.CANCELLED)
    return found


def batch(requests: list[EarlyAccessRequest], key: str = "batch") -> Job:
    return jobs.enqueue(
        ROUTE, key=key, organisations={r.developer_id for r in requests},
        payload={"requests": [str(r.pk) for r in requests], "cause": "Together"},
    )  # fmt: skip


def placed(world: World) -> dict[str, list[str]]:
    """Agency → references of the requests that it holds, oldest first."""
    found: dict[str, list[str]] = {}
    with acting(world.staff):
        rows = EvaluationAssignment.objects.select_related("agency", "request").order_by("request__created_at")
        for row in rows:
            found.setdefault(str(row.agency.slug), []).append(row.request.reference)
    return found


def places(world: World, agency: str, many: int) -> None:
    rows = TestingCapability.objects.filter(agency=world.agency(agency), domain="cybersecurity")
    assert rows.update(parallel_capacity=many) == 1


@pytest.fixture
def router(world: World) -> User:
    return world.person("commerce", "router")


def test_each_request_of_a_batch_is_routed_as_if_alone(world: World, router: User) -> None:
    requests = scheduled(world, "aurora", "basalt")
    job = batch(requests)
    assert run_due(kinds=(ROUTE,)) == [job]
    names = [r.reference for r in requests]
    assert placed(world) == {"commerce-caisi": names, "treasury": names}
    with acting(router):
        attempts = RoutingAttempt.objects.filter(cause="Together")
        assert {(a.request_id, a.number, a.placed) for a in attempts} == {(r.pk, 1, 2) for r in requests}
        assert RoutingDecision.objects.filter(attempt__in=attempts, placed=True).count() == 4
    queues = Counter(Job.objects.filter(kind=RECEIVE).values_list("queue", flat=True))
    assert queues == {"agency.commerce-caisi": 2, "agency.treasury": 2}
    with acting(world.staff):
        written = Counter(Event.objects.filter(verb__startswith="evaluations.").values_list("verb", flat=True))
        assert written == {"evaluations.proposed": 4, "evaluations.routed": 2}
        assert set(Event.objects.filter(verb="evaluations.routed").values_list("actor", flat=True)) == {f"job:{ROUTE}"}


def test_rivals_in_one_batch_read_nothing_of_each_other(world: World) -> None:
    batch(scheduled(world, "aurora", "basalt"))
    run_due(kinds=(ROUTE,))
    for developer in ("aurora", "basalt"):
        person = world.person(developer, "drafter")
        with acting(person):
            assert set(EvaluationAssignment.objects.values_list("developer__name", flat=True)) == {
                world.organisations[developer].name
            }
            events = Event.objects.filter(verb="evaluations.proposed")
            assert {party for e in events for party in e.parties} & {world.aurora.pk, world.basalt.pk} == {
                world.organisations[developer].pk
            }


def test_the_last_place_goes_to_the_older_request(world: World, router: User) -> None:
    first, second = scheduled(world, "aurora", "basalt")
    places(world, "commerce-caisi", 1)
    batch([second, first])
    run_due(kinds=(ROUTE,))
    assert placed(world)["commerce-caisi"] == [first.reference]
    with acting(router):
        sentences = RoutingDecision.objects.filter(attempt__request=second).values_list("sentence", flat=True)
        assert any(s.startswith("Commerce/CAISI: rule 1, cybersecurity: 1 of 1 places taken, ") for s in sentences)


def test_a_withdrawn_request_is_left_out_and_the_others_are_not(world: World) -> None:
    gone, stays = scheduled(world, "aurora", "basalt")
    job = batch([gone, stays])
    with acting(world.person("aurora", "drafter")) as by:
        early_access.withdraw(request=gone, by=by)
    assert run_due(kinds=(ROUTE,)) == [job]
    assert set(map(tuple, placed(world).values())) == {(stays.reference,)}


def test_two_requests_take_no_more_statements_than_one(world: World) -> None:
    def statements(requests: list[EarlyAccessRequest]) -> int:
        seen = {r.developer_id for r in requests} | {o.pk for o in world.organisations.values() if o.is_agency}
        with rls.context(organisations=tuple(seen)), CaptureQueriesContext(connection) as asked:
            assert len(actions.route_all(requests=[r.pk for r in requests], cause="Counted")) == len(requests)
        return len(asked)

    places(world, "treasury", 9)  # a request that waits for its turn is written down besides
    one, *more = scheduled(world, "aurora", "basalt", "aurora")
    assert statements(more) == statements([one])


def test_a_batch_that_failed_becomes_single_jobs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    requests = scheduled(world, "aurora", "basalt")
    job = batch(requests)
    Job.objects.filter(pk=job.pk).update(attempts=1)
    run_due(kinds=(ROUTE,), limit=5)
    singles = Job.objects.filter(key__startswith=f"{job.key}:")
    assert {j.payload["request"] for j in singles} == {str(r.pk) for r in requests}
    assert set(singles.values_list("state", flat=True)) == {"done"}
    assert len(placed(world)["treasury"]) == 2


def test_a_job_of_one_request_as_it_was_stored_before_batches(world: World) -> None:
    (request,) = scheduled(world, "aurora")
    job = jobs.enqueue(ROUTE, key="single", organisations=[request.developer_id], payload={"request": str(request.pk)})
    assert run_due(kinds=(ROUTE,)) == [job]
    assert placed(world)["treasury"] == [request.reference]
    assert tasks.route.__doc__


def unroutable(world: World, *developers: str) -> list[EarlyAccessRequest]:
    """Requests that no agency could take."""
    TestingCapability.objects.update(is_active=False)
    requests = scheduled(world, *developers)
    batch(requests)
    run_due(kinds=(ROUTE,))
    TestingCapability.objects.update(is_active=True)
    return requests


def test_a_routing_officer_routes_all_that_wait_again(world: World, router: User) -> None:
    requests = unroutable(world, "aurora", "basalt")
    page = client_for(router).get("/routing/").content.decode()
    assert "Route all 2 waiting requests again" in page
    assert client_for(router).post("/routing/again/").status_code == 302
    assert client_for(router).post("/routing/again/").status_code == 302
    job = Job.objects.get(kind=ROUTE, state=Job.State.QUEUED)
    assert set(job.payload["requests"]) == {str(r.pk) for r in requests}
    run_due(kinds=(ROUTE,))
    assert len(placed(world)["treasury"]) == 2
    with acting(router):
        assert not queries.unroutable(router).exists()
    assert "waiting requests again" not in client_for(router).get("/routing/").content.decode()


def test_a_hundred_requests_make_a_job(world: World, router: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluations.actions.routing.BATCH", 2)
    unroutable(world, "aurora", "basalt", "aurora")
    answer = client_for(router).post("/api/v1/routing/unroutable/", headers={"Idempotency-Key": str(uuid4())})
    assert (answer.status_code, answer.json()) == (202, {"requests": 3})
    waiting = Job.objects.filter(kind=ROUTE, state=Job.State.QUEUED)
    assert sorted(len(j.payload["requests"]) for j in waiting) == [1, 2]


def test_only_routing_officers_ask_for_all(world: World, router: User) -> None:
    unroutable(world, "aurora")
    intake = world.person("commerce", "intake")
    for person in (intake, world.person("aurora", "drafter")):
        assert client_for(person).post("/routing/again/").status_code == 404
    with acting(router):
        attempts = list(queries.unroutable(router))
    with acting(intake), pytest.raises(Refused):
        actions.route_all_again(attempts=attempts, by=intake)
    assert not Job.objects.filter(kind=ROUTE, state=Job.State.QUEUED).exists()
