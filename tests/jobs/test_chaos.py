"""Redis wiped and killed, workers and sweeper killed, PostgreSQL stopped at once, while officers agree on dates: every
request is routed once, one assignment per agency, each received once by that agency's worker. And the two controls."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.jobs.chaos_cluster import WORKERS, Cluster
from tests.nightly import nightly

pytestmark = pytest.mark.chaos

TORMENTED, UNRUNG, STALE = 200, 3, 6
CLIENTS, PAUSE = 2, 1.0
FAULT_EVERY = 2.0
DRAIN_SECONDS, WAIT = 120, 60

AGREED = "SELECT id::text FROM early_access_earlyaccessrequest WHERE status = 'scheduled'"
ROUTED = "SELECT request::text, count(*) FROM chaos_routed GROUP BY request"
ASSIGNED = """
SELECT c.request_id::text, o.slug, count(a.id) FROM early_access_agencyconsent c
  JOIN accounts_organisation o ON o.id = c.agency_id
  LEFT JOIN evaluations_evaluationassignment a ON a.request_id = c.request_id AND a.agency_id = c.agency_id
 WHERE c.consented GROUP BY c.request_id, o.slug"""
RECEIVED = """
SELECT a.request_id::text, o.slug, array_agg(w.role::text) FROM evaluations_evaluationassignment a
  JOIN accounts_organisation o ON o.id = a.agency_id LEFT JOIN chaos_received w ON w.assignment = a.id
 GROUP BY a.id, a.request_id, o.slug"""
# per request: each deed and the number of its events
EVENTS = """
SELECT r.id::text, e.verb, count(*) FROM early_access_earlyaccessrequest r JOIN audit_event e
    ON e.object_id = r.id::text OR e.object_id IN (SELECT a.id::text FROM evaluations_evaluationassignment a WHERE a.request_id = r.id)
 GROUP BY r.id, e.verb"""
UNSEALED = """
SELECT count(*) FROM audit_event e WHERE (SELECT count(*) FROM audit_queue q WHERE q.event_id = e.id)
    <> coalesce(array_length(e.parties, 1), 0) + 1"""
# a job that failed waits at most five minutes for its next attempt; those of the windows wait for days
DUE = (
    "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running') AND not_before <= now() + interval '10 minutes'"
)
ROUTING = "FROM jobs_job WHERE kind = 'evaluations.route' AND payload->>'request' IN {}"
STATES = "SELECT state, count(*) FROM jobs_job WHERE not_before <= now() + interval '10 minutes' GROUP BY state"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    try:
        made.start(TORMENTED + UNRUNG + STALE)
        yield made
    finally:
        made.stop()


@pytest.fixture(autouse=True)
def _processes_end_with_the_test(cluster: Cluster) -> Iterator[None]:
    yield
    cluster.end_all()


def acknowledged(*clients: subprocess.Popen[bytes]) -> list[str]:
    """Wait for clients; the requests whose dates they were told are agreed."""
    found: list[str] = []
    for client in clients:
        out, _ = client.communicate(timeout=90)
        assert client.returncode == 0
        found += out.decode().split()
    return found


def torment(cluster: Cluster) -> int:
    """One fault after another; how many there were."""
    faults: list[Callable[[], object]] = [
        cluster.flush_redis,
        lambda: cluster.kill("worker1"),
        cluster.drop_postgres,
        lambda: cluster.kill("agency.commerce"),
        cluster.lose_redis,
        lambda: cluster.kill("worker2"),
        lambda: cluster.kill("sweeper"),
        lambda: cluster.kill("agency.treasury"),
        cluster.flush_redis,
    ]
    for fault in faults:
        time.sleep(FAULT_EVERY)
        fault()
    return len(faults)


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return True


def drained(cluster: Cluster) -> bool:
    """Wait until no job is due, at most DRAIN_SECONDS."""
    return until(lambda: cluster.read(DUE) == [(0,)], DRAIN_SECONDS)


def test_every_acknowledged_request_is_routed_once_and_reaches_each_agency_once(cluster: Cluster) -> None:
    for name in ("sweeper", *WORKERS):
        cluster.spawn(name)
    share = TORMENTED // CLIENTS
    clients = [cluster.client(n * share, share, PAUSE) for n in range(CLIENTS)]
    struck = torment(cluster)
    told = acknowledged(*clients)
    assert len(set(told)) == len(told) == TORMENTED

    emptied = drained(cluster)
    after = f"after {struck} faults: {cluster.read(STATES)}\n{cluster.words()[-3000:]}"
    assert emptied, after
    assert set(dict(cluster.read(STATES))) <= {"done", "dead", "cancelled"}
    assert cluster.read("SELECT kind, error FROM jobs_job WHERE state = 'dead'") == [], after
    assert set(told) <= {row[0] for row in cluster.read(AGREED)}

    mine = set(told)
    assert Counter(dict(cluster.read(ROUTED)))[next(iter(mine))] == 1
    assert {request: n for request, n in cluster.read(ROUTED) if request in mine} == dict.fromkeys(told, 1), after
    chosen = {(request, slug): n for request, slug, n in cluster.read(ASSIGNED) if request in mine}
    assert set(chosen.values()) == {1} and {request for request, _ in chosen} == mine
    received = {(request, slug): roles for request, slug, roles in cluster.read(RECEIVED) if request in mine}
    assert received == {(r, slug): [f"concord_agency_{str(slug).split('-')[0]}"] for r, slug in chosen}

    agencies = Counter(request for request, _ in chosen)
    events = {(request, verb): n for request, verb, n in cluster.read(EVENTS)}
    for request in mine:
        assert events[request, "early_access.schedule"] == events[request, "evaluations.routed"] == 1
        assert events[request, "evaluations.proposed"] == events[request, "evaluations.received"] == agencies[request]
    assert cluster.read(UNSEALED) == [(0,)], "each event waits for sealing in the log of each party and of oversight"
    assert until(lambda: not any(cluster.doorbells().values()), WAIT), cluster.doorbells()


@nightly("the two controls show that what the torment passes by is needed")
def test_without_the_sweeper_a_lost_ring_leaves_its_request_waiting(cluster: Cluster) -> None:
    cluster.flush_redis()  # what rang before has workers look for further work
    cluster.spawn("worker2")
    nobody = f"unix://{cluster.folder}/nobody.sock?db=0"
    told = acknowledged(cluster.client(TORMENTED, UNRUNG, 0, nobody))
    assert len(told) == UNRUNG, "a broker that is away does not refuse a request"
    time.sleep(3)
    assert cluster.read(f"SELECT state {ROUTING.format(tuple(told))}") == [("queued",)] * UNRUNG


@nightly("as above; tests/jobs/test_jobs.py tries the fence in one process")
@pytest.mark.parametrize("fence", ["fenced", "unfenced"])
def test_only_the_fence_keeps_an_owner_of_yesterday_from_routing_again(cluster: Cluster, fence: str) -> None:
    cluster.gate.unlink(missing_ok=True)
    for name in ("sweeper", "worker2"):
        cluster.spawn(name, chaos=fence)
    assert until(lambda: cluster.read(f"{DUE} AND queue = 'default'") == [(0,)], DRAIN_SECONDS), "nothing else waits"
    cluster.end("worker2")
    cluster.spawn("worker1", chaos=f"gated,{fence}")
    half = STALE // 2
    told = acknowledged(cluster.client(TORMENTED + UNRUNG + (half if fence == "unfenced" else 0), half, 0))
    routing = ROUTING.format(tuple(told))
    assert until(lambda: cluster.read(f"SELECT count(*) {routing} AND state = 'running'") != [(0,)], WAIT)

    before = len(cluster.words())
    cluster.spawn("worker2", chaos=fence)
    assert until(lambda: set(cluster.read(f"SELECT state {routing}")) == {("done",)}, DRAIN_SECONDS), "by a new owner"
    assert {n for request, n in cluster.read(ROUTED) if request in told} == {1}
    cluster.gate.touch()
    if fence == "fenced":
        assert until(lambda: "a newer owner exists, rolled back" in cluster.words()[before:], WAIT)
        assert {n for request, n in cluster.read(ROUTED) if request in told} == {1}
    else:
        assert until(lambda: {n for request, n in cluster.read(ROUTED) if request in told} != {1}, WAIT)
