"""Access verification against the simulator: each fault gives its probe and its sentence."""

import threading
from collections.abc import Iterator

import pytest

from core.egress import EgressClient, allowance_of
from evaluations.access_checks import Endpoint, Verification, verify
from simulator.server import MODEL, Simulator


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    server = Simulator()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def check(simulator: Simulator, fault: str = "", *, key: str = "sim-secret-7", **more: object) -> Verification:
    base = f"{simulator.url}/faults/{fault}/v1" if fault else f"{simulator.url}/v1"
    client = EgressClient(allowance_of(simulator.url), seconds=2)
    return verify(Endpoint(base, MODEL, **more), key, client)  # type: ignore[arg-type]


def test_a_good_endpoint_passes_every_probe(simulator: Simulator) -> None:
    found = check(simulator)
    assert found.passed
    assert {p.outcome for p in found.probes} == {"ok"}
    assert len(found.fingerprint) == 64
    assert found.fingerprint == check(simulator).fingerprint


@pytest.mark.parametrize(
    ("fault", "probe", "outcome", "sentence"),
    [
        ("unauthorized", "Key", "failed", "key is refused"),
        ("wrong-model", "Model name", "failed", "not known here"),
        ("broken-tool-call", "Tool call", "failed", "not JSON"),
        ("early-close", "Streaming", "failed", "breaks off"),
        ("slow", "Reachable", "failed", "did not answer within"),
        ("redirect", "Reachable", "failed", "redirect"),
        ("huge", "Reachable", "failed", "larger than"),
        ("not-json", "Completion", "failed", "not JSON"),
    ],
)
def test_each_fault_has_its_sentence(simulator: Simulator, fault: str, probe: str, outcome: str, sentence: str) -> None:
    found = check(simulator, fault)
    assert not found.passed
    row = next(p for p in found.probes if p.name == probe)
    assert row.outcome == outcome, found.probes
    assert sentence in row.sentence


def test_after_a_needed_probe_failed_the_rest_is_not_tried(simulator: Simulator) -> None:
    assert [p.outcome for p in check(simulator, key="bad-key").probes] == ["ok", "failed", *["not_tried"] * 6]


def test_a_declared_no_is_not_an_error(simulator: Simulator) -> None:
    found = check(simulator, "broken-tool-call", tools=False)
    assert found.passed
    assert next(p for p in found.probes if p.name == "Tool call").outcome == "not_tried"


def test_the_key_stands_in_no_result(simulator: Simulator) -> None:
    for fault in ("", "unauthorized", "redirect", "not-json"):
        assert "sim-secret-7" not in repr(check(simulator, fault))
