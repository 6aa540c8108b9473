"""How often: each person has a limit of their own; the answer says when it is possible again, and nothing was done."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from accounts import limits
from early_access.models import CredentialOpening
from tests.early_access import factories as make
from tests.evaluations.test_runs import under_test
from tests.world import World, acting, client_for


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_800_000_000.0]
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: now[0]))
    return now


def test_searching_too_often_is_refused_until_the_minute_is_over(world: World, clock: list[float]) -> None:
    client = client_for(world.person("aurora", "drafter"))
    assert {client.get("/search/", {"q": "heron"}).status_code for _ in range(60)} == {200}
    clock[0] += 45
    answer = client.get("/search/", {"q": "heron"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "15")
    page = answer.content.decode()
    assert "too often" in page and "in 15 seconds" in page and "yours alone" in page
    # neither a colleague nor a rival feels it, and every other page answers
    for other in (world.person("aurora", "counsel"), world.person("basalt", "drafter")):
        assert client_for(other).get("/search/", {"q": "heron"}).status_code == 200
    assert client.get("/inbox/").status_code == 200
    clock[0] += 75
    assert client.get("/search/", {"q": "heron"}).status_code == 200


def test_a_form_is_counted_when_it_is_sent_and_a_refused_one_does_nothing(world: World, clock: list[float]) -> None:
    person, assignment = under_test(world)
    with acting(person):
        address = f"/requests/{assignment.request.reference}/connect/commerce-caisi/"
    evaluator = client_for(person)
    assert {evaluator.get(address).status_code for _ in range(25)} == {200}
    answers = [evaluator.post(address, {"text": f"Call {number}"}) for number in range(21)]
    assert [make.SECRET in answer.content.decode() for answer in answers] == [True] * 20 + [False]
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "600")
    assert (
        "in 10 minutes" in answers[-1].content.decode()
        and "what you typed stands there" in answers[-1].content.decode()
    )
    assert evaluator.get(address).status_code == 200
    with acting(person):
        assert CredentialOpening.objects.filter(opened_by=person).count() == 20
