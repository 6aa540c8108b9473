"""Each key is verified by itself, and a revoked one is proven to be refused by the endpoint it was for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from core.egress import EgressClient, allowance_of
from early_access import actions as early_access
from early_access import changes
from early_access.models import EarlyAccessRequest, RevocationProof
from evaluations import access_checks, actions, policies
from evaluations.models import AccessCheck, EvaluationAssignment
from jobs.models import Job
from jobs.testing import run_due
from simulator.server import MODEL, Simulator
from tests.agreements.factories import acting
from tests.early_access import factories
from tests.early_access.test_keys import told
from tests.evaluations.test_assignments import RULES, attested, routed
from tests.world import World, client_for

KEY, BARE = "sim-common-1", "sim-bare-2"


@pytest.fixture
def simulator(settings: Any) -> Iterator[Simulator]:
    server = Simulator()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EGRESS_SIMULATOR = server.url
    yield server
    server.shutdown()
    server.server_close()


def verified(
    world: World, simulator: Simulator, fault: str = ""
) -> tuple[EarlyAccessRequest, User, EvaluationAssignment]:
    """A request with a key for production and another for helpful only, verified when its window opened."""
    path = f"faults/{fault}/v1" if fault else "v1"
    request = routed(
        world, variants={"variants": ["production", "helpful_only"]},
        access={"base_url": f"{simulator.url}/v1", "model_name": MODEL},
        credential={"secret": KEY, "helpful_only_secret": BARE, "helpful_only_base_url": f"{simulator.url}/{path}"},
    )  # fmt: skip
    evaluator, row = attested(world)
    with acting(evaluator):
        actions.prepare(assignment=row, by=evaluator, **RULES)
    run_due(kinds=("early_access.open_window", "evaluations.verify_access"))
    with acting(evaluator):
        row = EvaluationAssignment.objects.select_related("request", "agency", "developer").get(pk=row.pk)
    return request, evaluator, row


def test_one_verification_per_key_and_testing_begins_with_what_works(world: World, simulator: Simulator) -> None:
    request, evaluator, row = verified(world, simulator, "unauthorized")
    with acting(evaluator):
        found = policies.newest_checks(row)
        assert {variant: check.passed for variant, check in found.items()} == {"": True, "helpful_only": False}
        assert policies.may_move(evaluator, row, "start"), "production can be reached"
        page = client_for(evaluator).get(f"/assignments/{row.reference}/").content.decode()
    for words in ("Production safeguards", "Helpful only", "access works", "access does not work"):
        assert words in page
    assert KEY not in page and BARE not in page
    with acting(evaluator):
        actions.ask_verification(assignment=row, by=evaluator)
        waiting = Job.objects.filter(kind="evaluations.verify_access", done_at=None)
        assert sorted(job.payload["variant"] for job in waiting) == ["", "helpful_only"]
    run_due(kinds=("evaluations.verify_access",))
    with acting(world.person("aurora", "security")) as by:
        seen = changes.picture(EarlyAccessRequest.objects.get(pk=request.pk), by)
        assert seen is not None and seen.endpoints == [], "two keys at two addresses are no changed endpoint"


def test_a_new_key_is_verified_by_those_who_hold_it_only(world: World, simulator: Simulator) -> None:
    request, evaluator, row = verified(world, simulator)
    with acting(world.person("aurora", "security")) as by:
        early_access.replace_key(
            request=factories.seen(world, request), secret="sim-bare-3", expires_on=None, by=by, variant="helpful_only",
            base_url=f"{simulator.url}/v1",
        )  # fmt: skip
    run_due(kinds=("evaluations.verify_access",))
    with acting(evaluator):
        checks = AccessCheck.objects.filter(assignment=row).select_related("opening").order_by("created_at")
        assert [(c.variant, c.opening.version) for c in checks] == [("", 1), ("helpful_only", 1), ("helpful_only", 2)]
        assert all(c.passed for c in checks)


def test_a_revoked_key_is_proven_dead_by_the_worker_of_the_agency(world: World, simulator: Simulator) -> None:
    request, evaluator, row = verified(world, simulator)
    with acting(world.person("aurora", "security")) as by:
        early_access.revoke_key(request=factories.seen(world, request), by=by, variant="helpful_only")

    def proof() -> RevocationProof:
        with acting(world.person("aurora", "security")):
            return RevocationProof.objects.select_related("agency", "request", "developer").get(request=request)

    def ask() -> RevocationProof:
        Job.objects.filter(kind="evaluations.prove_revocation").delete()  # one a minute, and the test is faster
        with acting(world.person("aurora", "security")) as by:
            early_access.ask_proof(proof=proof(), by=by)
            (job,) = Job.objects.filter(kind="evaluations.prove_revocation")
            assert (job.queue, BARE in str(job.payload)) == ("agency.commerce-caisi", False)
        assert len(run_due(kinds=("evaluations.prove_revocation",))) == 1
        return proof()

    taken = ask()
    assert (taken.outcome, taken.is_kept) == ("still_taken", True), "revoked in Concord, not yet at the endpoint"
    simulator.revoked.add(BARE)
    refused = ask()
    assert (refused.outcome, refused.is_kept) == ("refused", False)
    assert "refuses the key (status 401)" in refused.sentence
    page = client_for(evaluator).get(f"/assignments/{row.reference}/").content.decode()
    assert "Refused by the endpoint" in page and "Revoked keys" in page
    theirs = client_for(world.person("aurora", "security")).get(f"/requests/{request.reference}/").content.decode()
    assert "Refused by the endpoint" in theirs
    assert (
        told(world, "key_refused", "aurora", "security")
        == told(world, "key_refused", "commerce-caisi", "evaluator")
        == 1
    )


def test_an_endpoint_that_does_not_answer_proves_nothing(simulator: Simulator) -> None:
    client = EgressClient(allowance_of(simulator.url), seconds=2)
    for path, outcome in (
        ("faults/unauthorized/v1", "ok"), ("v1", "failed"), ("faults/slow/v1", "not_tried"),
        ("faults/redirect/v1", "not_tried"), ("faults/wrong-model/v1", "failed"),
    ):  # fmt: skip
        seen = access_checks.refused(access_checks.Endpoint(f"{simulator.url}/{path}", MODEL), KEY, client)
        assert seen.outcome == outcome, (path, seen)
        assert KEY not in repr(seen)
