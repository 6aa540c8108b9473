"""Outgoing calls: what may not be called is refused in a sentence, before and after the name is looked up (R34)."""

import socket
import threading
from collections.abc import Iterator

import pytest

from core import egress
from core.egress import EgressClient, EgressFailed, EgressRefused, allowance_of, check_url, check_url_syntax
from simulator.server import Simulator


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://models.example/v1", "must use https"),
        ("ftp://models.example", "must use https"),
        ("https://user:pw@models.example", "name and password"),
        ("https://models.example:22/", "Port 22"),
        ("https://models.example/#x", "after #"),
        ("models.example", "not an address"),
        ("https://", "not an address"),
        ("https://[::1", "not an address"),
        ("https://127.0.0.1/", "private or reserved"),
        ("https://10.1.2.3/", "private or reserved"),
        ("https://169.254.169.254/", "private or reserved"),
        ("https://[::1]/", "private or reserved"),
        ("https://[::ffff:10.0.0.1]/", "private or reserved"),
        ("https://[::ffff:127.0.0.1]/", "private or reserved"),
        ("https://[64:ff9b::a9fe:a9fe]/", "private or reserved"),
        ("https://[2002:7f00:1::]/", "private or reserved"),
        ("https://[::127.0.0.1]/", "private or reserved"),
        ("https://[fec0::1]/", "private or reserved"),
        ("https://224.0.0.1/", "private or reserved"),
        ("https://192.0.0.8/", "private or reserved"),
        ("https://0x7f.1/", "ordinary name"),
        ("https://017700000001/", "ordinary name"),
        ("https://2130706433/", "ordinary name"),
        ("https://①.example/", "ordinary name"),
        ("https://localhost/", "ordinary name"),
    ],
)
def test_what_may_not_be_called_is_refused_in_words(url: str, why: str) -> None:
    with pytest.raises(EgressRefused, match=why):
        check_url_syntax(url)


def test_an_ordinary_address_passes() -> None:
    assert check_url_syntax("https://models.example:8443/v1").port == 8443


def _resolves_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def lookup(host: str, port: int, **_: object) -> list[tuple]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    monkeypatch.setattr(egress.socket, "getaddrinfo", lookup)


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("93.184.216.34", "10.0.0.1"), ("::ffff:192.168.1.1",), ("64:ff9b::1",)]
)
def test_a_name_with_one_bad_address_is_refused(monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]) -> None:
    _resolves_to(monkeypatch, *addresses)
    with pytest.raises(EgressRefused, match="private or reserved"):
        check_url("https://models.example/")


def test_good_addresses_pass_and_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolves_to(monkeypatch, "93.184.216.34")
    assert check_url("https://models.example/").addresses == ("93.184.216.34",)


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    server = Simulator()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def client(simulator: Simulator, **caps: float) -> EgressClient:
    return EgressClient(allowance_of(simulator.url), **caps)  # type: ignore[arg-type]


def test_the_simulator_is_reached_only_by_its_allowance(simulator: Simulator) -> None:
    key = {"Authorization": "Bearer sim-1"}
    answer = client(simulator).send("GET", f"{simulator.url}/v1/models", headers=key)
    assert answer.json()["data"][0]["id"] == "sim-frontier-1"
    with pytest.raises(EgressRefused):
        EgressClient().send("GET", f"{simulator.url}/v1/models", headers=key)


def test_a_redirect_is_not_followed(simulator: Simulator) -> None:
    with pytest.raises(EgressRefused, match="redirect"):
        client(simulator).send("GET", f"{simulator.url}/faults/redirect/v1/models", headers={})


def test_a_huge_answer_is_cut(simulator: Simulator) -> None:
    with pytest.raises(EgressFailed, match="larger than"):
        client(simulator).send("GET", f"{simulator.url}/faults/huge/v1/models", headers={})


def test_a_slow_answer_is_given_up(simulator: Simulator) -> None:
    with pytest.raises(EgressFailed, match="within 1 seconds"):
        client(simulator, seconds=1).send(
            "GET", f"{simulator.url}/faults/slow/v1/models", headers={"Authorization": "Bearer sim-2"}
        )


def test_nobody_there_is_a_sentence() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with pytest.raises(EgressFailed, match="connection to the endpoint failed"):
        EgressClient(allowance_of(url)).send("GET", url, headers={})


def test_proxy_variables_are_ignored(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert client(simulator).send("GET", f"{simulator.url}/healthz", headers={}).status == 200
