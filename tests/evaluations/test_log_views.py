"""The inside of a sealed log: opened by the worker for one person, read as plain text, by nobody else and not for long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from core import handover
from core.envelope import SealBroken
from core.rls import context
from evaluations import actions, policies
from evaluations.models import EvaluationAssignment, LogView, RunLog
from jobs.testing import run_due
from tests.agreements.factories import acting
from tests.evaluations.formats.test_kinds import inspect, packed
from tests.evaluations.test_imports import TIERS
from tests.evaluations.test_runs import read, real, under_test, upload
from tests.world import World, client_for

OPEN = ("evaluations.open_log",)
Logged = tuple[User, EvaluationAssignment, RunLog, str]


def many() -> bytes:
    """Thirty samples: solved, not solved, with an error, at a limit; one holds markup."""
    samples = [
        {
            "id": n, "epoch": 1, "messages": [{"role": "user", "content": f"<script>alert({n})</script> =1+1 canary-{n}"}],
            "scores": {"s": {"value": "C" if n < 10 else "I"}, "t": {"value": 0.5}}, "error": {"message": "boom"} if n == 29 else None,
            "limit": {"type": "token", "limit": 1} if n in (20, 21) else None, "model_usage": {"m": {"total_tokens": 9}},
        }
        for n in range(30)
    ]  # fmt: skip
    return packed(inspect(samples=samples))


@pytest.fixture
def logged(world: World) -> Logged:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, many()))
    assert log.run is not None, log.refused
    return evaluator, row, log, f"/assignments/{row.reference}/runs/{log.pk}/log/"


def opened(client: Client, page: str) -> str:
    """The page after the worker was here."""
    assert client.post(page).status_code == 302
    run_due(kinds=OPEN)
    answer = client.get(page)
    assert answer["Cache-Control"] == "no-store"
    return answer.content.decode()


def test_it_is_sealed_then_opening_then_open_as_plain_text(logged: Logged) -> None:
    evaluator, _, _, page = logged
    client = client_for(evaluator)
    assert (
        "The log is sealed" in client.get(page).content.decode() and "canary" not in client.get(page).content.decode()
    )
    answer = client.post(page)
    cookie = answer.cookies["log-key"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == page
    assert "is opening the log" in client.get(page).content.decode()
    run_due(kinds=OPEN)
    text = client.get(page).content.decode()
    assert "30 of 30 samples" in text and text.count("data-row") == 25 and "Page 1 of 2" in text
    sample = client.get(f"{page}1/").content.decode()
    assert "&lt;script&gt;alert(0)&lt;/script&gt; =1+1 canary-0" in sample and "<script>alert" not in sample
    assert "opened the log to read samples" in client.get(page.removesuffix("log/")).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("show=solved&scorer=s", 10), ("show=unsolved&scorer=s", 19), ("show=partly", 29), ("show=error", 1), ("show=limit", 2),
        ("show=unscored", 1), ("show=nonsense", 30), ("page=99", 30), ("page=-1", 30), ("page=%00", None), ("show=solved", 0),
    ],
)  # fmt: skip
def test_samples_are_filtered_by_score_limit_and_error(logged: Logged, asked: str, found: int | None) -> None:
    evaluator, _, _, page = logged
    client = client_for(evaluator)
    opened(client, page)
    answer = client.get(f"{page}?{asked}")
    if found is None:
        assert answer.status_code in (200, 404)
        return
    assert f"{found} of 30 samples" in answer.content.decode()
    assert found or "No sample fits this filter" in answer.content.decode()


def test_a_later_block_is_opened_by_itself(logged: Logged) -> None:
    evaluator, _, _, page = logged
    client = client_for(evaluator)
    opened(client, page)
    assert "The log is sealed" in client.get(f"{page}26/").content.decode()
    assert "canary-25" in opened(client, f"{page}26/")
    assert "boom" in client.get(f"{page}30/").content.decode()
    assert "no sample with this number" in client.get(f"{page}31/").content.decode()
    assert client.post(f"{page}999999/").status_code == 302
    run_due(kinds=OPEN)
    assert "no sample with this number" in client.get(f"{page}999999/").content.decode()


def test_nobody_else_reads_it(world: World, logged: Logged) -> None:
    evaluator, row, log, page = logged
    client = client_for(evaluator)
    opened(client, page)
    for who in (("aurora", "drafter"), ("basalt", "drafter"), ("treasury", "evaluator")):
        other = client_for(world.person(*who))
        assert [other.get(p).status_code for p in (page, f"{page}1/")] == [404, 404]
        assert other.post(page).status_code == 404
    colleague = world.person("commerce-caisi", "evaluator", 1)
    assert client_for(colleague).get(page).status_code == 403
    with acting(colleague) as by:
        actions.attest(assignment=row, typed_name=by.name, consented=True, by=by)
    other = client_for(colleague)
    other.cookies["log-key"] = client.cookies["log-key"].value  # even with the key: it was opened for somebody else
    assert "The log is sealed" in other.get(page).content.decode()
    with acting(world.person("commerce", "router")) as by:
        assert not policies.may_read_log(by, log)


def test_the_database_holds_nothing_readable_and_forgets(world: World, logged: Logged) -> None:
    evaluator, _, _, page = logged
    client = client_for(evaluator)
    opened(client, page)
    with acting(evaluator):
        view = LogView.objects.get()
        with connection.cursor() as cursor:
            cursor.execute("SELECT v::text, encode(sealed, 'escape') FROM evaluations_logview v")
            assert "canary" not in str(cursor.fetchall())
        with pytest.raises(SealBroken):
            handover.open_sealed(handover.new_key(), view.purpose, view.sealed)
        with pytest.raises(SealBroken):
            handover.open_sealed(client.cookies["log-key"].value, "log=other", view.sealed)
    with context(user=world.staff.pk):
        assert not Event.objects.filter(body__icontains="canary").exists()
    with acting(evaluator):
        LogView.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "The log is sealed" in client.get(page).content.decode()
    assert "30 of 30" in opened(client, page)
    with acting(evaluator):
        assert LogView.objects.count() == 1, "what has expired is gone"
        stale = LogView.objects.get()
        LogView.objects.update(answered_at=None, sealed=b"", expires_at=timezone.now())
        stale.refresh_from_db()
        actions.record_view(view=stale, text=b"{}")
        stale.refresh_from_db()
        assert stale.answered_at is None, "nobody waits for it any more"


def test_pressing_twice_opens_once(logged: Logged) -> None:
    evaluator, _, _, page = logged
    client = client_for(evaluator)
    client.post(page)
    client.post(page)
    with acting(evaluator):
        assert LogView.objects.count() == 1
    client.cookies["log-key"] = "not a key"
    assert "The log is sealed" in client.get(page).content.decode()
    assert client.post(page).status_code == 302


def test_what_holds_no_samples_and_what_is_not_read_says_so(world: World, logged: Logged) -> None:
    evaluator, row, _, _ = logged
    client = client_for(evaluator)
    table = read(evaluator, upload(evaluator, row, TIERS))
    unread = upload(evaluator, row, real("three-epochs"))
    for log, words in ((table, "holds figures only"), (unread, "not read yet")):
        answer = client.get(f"/assignments/{row.reference}/runs/{log.pk}/log/")
        assert answer.status_code == 403 and words in answer.content.decode()
    assert "holds figures only" in client.get(f"/assignments/{row.reference}/runs/{table.pk}/").content.decode()


def test_an_archive_is_read_sample_by_sample(world: World) -> None:
    evaluator, row = under_test(world)
    log = read(evaluator, upload(evaluator, row, real("tools-5-of-5")))
    client, page = client_for(evaluator), f"/assignments/{row.reference}/runs/{log.pk}/log/"
    assert "5 of 5 samples" in opened(client, page)
    text = client.get(f"{page}2/").content.decode()
    assert "18 degrees in Paris" in text and "Calls weather" in text


def test_the_api_hands_the_key_to_whoever_opens(world: World, logged: Logged) -> None:
    evaluator, row, log, _ = logged
    client, path = client_for(evaluator), f"/api/v1/assignments/{row.reference}/logs/{log.pk}/"

    def ask(body: dict[str, Any]) -> Any:
        return client.post(f"{path}openings/", body, content_type="application/json")

    first = ask({}).json()
    assert first["state"] == "opening"
    head = {"X-Log-Key": first["key"]}
    assert client.get(f"{path}samples/", headers=head).json()["state"] == "opening"
    run_due(kinds=OPEN)
    found = client.get(f"{path}samples/?show=limit", headers=head).json()
    assert (found["state"], found["found"], [r["n"] for r in found["results"]]) == ("open", 2, [21, 22])
    one = client.get(f"{path}samples/3/", headers=head).json()
    assert "canary-2" in one["sample"]["messages"][0]["text"]
    assert client.get(f"{path}samples/").json()["state"] == "closed"
    assert client.get(f"{path}samples/26/", headers=head).json()["state"] == "closed"
    assert ask({"sample": 26, "key": first["key"]}).json()["key"] == first["key"]
    assert ask({"key": "nonsense!"}).json()["errors"][0]["pointer"] == "#/key"
    for who in (("basalt", "drafter"), ("aurora", "drafter"), ("treasury", "evaluator")):
        assert client_for(world.person(*who)).get(f"{path}samples/", headers=head).status_code == 404


def test_a_page_of_samples_costs_the_same_for_many(logged: Logged, django_assert_max_num_queries: Any) -> None:
    evaluator, _, _, page = logged
    client = client_for(evaluator)
    opened(client, page)
    with django_assert_max_num_queries(12):
        client.get(page)
