"""The API's base: tokens bound to one organisation, problem details, idempotency under real concurrency."""

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import ApiToken, IdempotencyRecord, Membership, User
from core import rls
from core.decisions import Refused
from tests.agreements.factories import draft
from tests.world import World, acting, client_for

pytestmark = pytest.mark.urls("tests.accounts.api_urls")


def issue(world: World, person: User, organisation: Any, scope: str = "write", days: int = 30) -> str:
    with acting(person):
        return actions.issue_token(organisation=organisation, name="CI", scope=scope, days=days, by=person)[1]


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@pytest.fixture
def drafter(world: World) -> User:
    return world.person("aurora", "drafter")


def test_a_token_acts_as_its_person(world: World, drafter: User) -> None:
    token = issue(world, drafter, world.aurora)
    assert token.startswith("concord_")
    answer = Client().get("/api/v1/me/", headers=bearer(token))
    assert answer.status_code == 200
    body = answer.json()
    assert (body["name"], body["scope"]) == (drafter.name, "write")
    assert [(s["name"], s["roles"]) for s in body["seats"]] == [("Aurora Cognition", ["drafter"])]


def test_only_a_keyed_hash_of_a_token_is_stored(world: World, drafter: User) -> None:
    token = issue(world, drafter, world.aurora)
    with acting(drafter), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM accounts_apitoken t")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(body, '') FROM audit_event")
        audited = cursor.fetchone()[0]
    assert token not in stored + audited
    assert actions.api_token_hash(token) in stored
    assert actions.api_token_hash(token) not in audited


def test_a_token_reaches_one_organisation_even_if_its_person_sits_in_two(world: World, drafter: User) -> None:
    with rls.context(user=world.person("basalt", "administrator").pk):
        Membership.objects.create(user=drafter, organisation=world.basalt, roles=["drafter"])
    token = issue(world, drafter, world.basalt)
    body = Client().get("/api/v1/me/", headers=bearer(token)).json()
    assert [s["name"] for s in body["seats"]] == ["Basalt Labs"]
    people = Client().get("/api/v1/organisation/people/", headers=bearer(token)).json()["results"]
    assert {p["name"] for p in people} >= {"Petra Lang", drafter.name}
    assert "Maren Vale" not in str(people)
    with rls.context():
        rls.become(drafter.pk, world.basalt.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT concord_seats()")
            assert [row[0] for row in cursor.fetchall()] == [world.basalt.pk]


def test_the_token_context_ends_with_its_request(world: World, drafter: User) -> None:
    Client().get("/api/v1/me/", headers=bearer(issue(world, drafter, world.aurora)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('concord.user', true), '')"
                       " || coalesce(current_setting('concord.only', true), '')")  # fmt: skip
        assert cursor.fetchone()[0] == ""


@pytest.mark.parametrize("how", ["revoked", "expired", "deactivated", "membership", "unknown", "altered"])
def test_a_dead_token_opens_nothing_at_the_next_request(world: World, drafter: User, how: str) -> None:
    token = issue(world, drafter, world.aurora)
    assert Client().get("/api/v1/me/", headers=bearer(token)).status_code == 200
    with acting(drafter):
        row = ApiToken.objects.get()
        if how == "revoked":
            actions.revoke_token(token=row, by=drafter)
        elif how == "expired":
            past = timezone.now() - timedelta(seconds=1)
            ApiToken.objects.update(created_at=past - timedelta(days=1), expires_at=past)
        elif how == "membership":
            Membership.objects.filter(user=drafter).update(ended_at=timezone.now())
        elif how == "deactivated":
            User.objects.filter(pk=drafter.pk).update(is_active=False)
    token = {"unknown": "concord_" + "x" * 43, "altered": token + "x"}.get(how, token)
    answer = Client().get("/api/v1/me/", headers=bearer(token))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert "revoked" in answer.json()["detail"]


def test_a_reading_token_does_not_write(world: World, drafter: User) -> None:
    token = issue(world, drafter, world.aurora, scope="read")
    answer = Client().post("/api/v1/effects/", {"name": "x"}, "application/json", headers=bearer(token))
    assert answer.status_code == 403
    assert "may only read" in answer.json()["detail"]


def test_without_a_token_the_answer_is_401(db: None) -> None:
    assert Client().get("/api/v1/me/").status_code == 401


def test_nobody_issues_a_token_for_a_rival_and_only_administrators_revoke_others(world: World, drafter: User) -> None:
    with acting(drafter), pytest.raises(Refused):
        actions.issue_token(organisation=world.basalt, name="x", scope="read", days=7, by=drafter)
    issue(world, drafter, world.aurora)
    counsel, administrator = world.person("aurora", "counsel"), world.person("aurora", "administrator")
    with acting(counsel), pytest.raises(Refused):
        actions.revoke_token(token=ApiToken.objects.get(), by=counsel)
    with acting(administrator):
        actions.revoke_token(token=ApiToken.objects.get(), by=administrator)
        assert ApiToken.objects.get().revoked_at is not None
    with acting(world.person("basalt", "administrator")):
        assert not ApiToken.objects.exists()


def test_an_eleventh_token_is_refused(world: World, drafter: User) -> None:
    for _ in range(10):
        issue(world, drafter, world.aurora)
    with acting(drafter), pytest.raises(Refused, match="Revoke one"):
        actions.issue_token(organisation=world.aurora, name="x", scope="read", days=7, by=drafter)


def post(client: Client, body: dict[str, Any], **headers: str) -> Any:
    return client.post("/api/v1/effects/", body, "application/json", headers=headers)


def test_unknown_keys_and_rivals_ids_are_named_at_their_place(world: World, drafter: User) -> None:
    client = client_for(drafter)
    answer = post(client, {"name": "x", "approved": True})
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"pointer": "#/approved", "detail": "There is no such field here. Leave it out."}
    ]
    texts = {post(client, {"name": "x", "agency": str(i)}).content for i in (world.basalt.pk, uuid4(), "no-id")}
    assert len(texts) == 1
    assert post(client, {"name": "x", "agency": str(world.agency("commerce").pk)}).status_code == 201


def test_refusals_conflicts_and_rule_breaks_are_problem_details(world: World, drafter: User) -> None:
    client = client_for(drafter)
    refused = post(client, {"name": "refuse"})
    assert (refused.status_code, refused.json()["who_can"]) == (403, "Ask counsel.")
    conflict = client.get("/api/v1/effects/?how=conflict")
    assert (conflict.status_code, conflict.json()["theirs"], conflict.json()["yours"]) == (409, "a", "b")
    invalid = client.get("/api/v1/effects/?how=invalid")
    assert (invalid.status_code, invalid.json()["errors"]) == (400, [{"pointer": "#/a/b", "detail": "Shorter."}])
    for answer in (refused, conflict, invalid):
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code


def test_an_action_without_a_guard_does_not_answer(drafter: User) -> None:
    with pytest.raises(ImproperlyConfigured):
        client_for(drafter).get("/api/v1/unguarded/")


def test_methods_that_are_not_there_are_405(drafter: User) -> None:
    answer = client_for(drafter).delete("/api/v1/effects/")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


def test_a_repeated_call_answers_the_same_and_works_once(world: World, drafter: User) -> None:
    client, key = client_for(drafter), {"idempotency-key": "one"}
    first, second = post(client, {"name": "x"}, **key), post(client, {"name": "x"}, **key)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert post(client, {"name": "y"}, **key).status_code == 422
    with acting(drafter):
        assert len(Membership.objects.get(user=drafter).roles) == 2


def test_after_a_refusal_the_key_is_free(world: World, drafter: User) -> None:
    client, key = client_for(drafter), {"idempotency-key": "one"}
    assert post(client, {"name": "refuse"}, **key).status_code == 403
    assert post(client, {"name": "x"}, **key).status_code == 201


def test_keys_of_two_people_do_not_meet(world: World, drafter: User) -> None:
    key = {"idempotency-key": "one"}
    post(client_for(drafter), {"name": "x"}, **key)
    other = post(client_for(world.person("aurora", "counsel")), {"name": "x"}, **key)
    assert "Idempotency-Replayed" not in other


def test_an_old_key_is_forgotten(world: World, drafter: User) -> None:
    client, key = client_for(drafter), {"idempotency-key": "one"}
    post(client, {"name": "x"}, **key)
    with acting(drafter):
        IdempotencyRecord.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert "Idempotency-Replayed" not in post(client, {"name": "x"}, **key)


def test_parallel_posts_with_one_key_have_one_effect(transactional_world: World) -> None:
    drafter = transactional_world.person("aurora", "drafter")
    token = issue(transactional_world, drafter, transactional_world.aurora)
    start, answers = threading.Barrier(8), []

    def call() -> None:
        try:
            start.wait()
            answers.append(post(Client(), {"name": "x"}, **bearer(token), **{"idempotency-key": "race"}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [a.status_code for a in answers] == [201] * 8
    assert len({a.content for a in answers}) == 1
    with acting(drafter):
        assert len(Membership.objects.get(user=drafter).roles) == 2


def test_an_organisation_has_a_limit_of_its_own(world: World, drafter: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from accounts.api.throttling import OrganisationThrottle

    monkeypatch.setattr(OrganisationThrottle, "THROTTLE_RATES", {"organisation": "2/min"})
    codes = [client_for(drafter).get("/api/v1/me/").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    limited = client_for(world.person("aurora", "counsel")).get("/api/v1/me/")
    assert limited.status_code == 429
    assert int(limited["Retry-After"]) > 0
    assert client_for(world.person("basalt", "drafter")).get("/api/v1/me/").status_code == 200


def test_lists_go_page_by_page_and_a_cursor_is_its_persons(world: World, drafter: User) -> None:
    for _ in range(5):
        draft(world)
    client, url, found = client_for(drafter), "/api/v1/listing/?size=2", []
    while url:
        body = client.get(url).json()
        found += [row["reference"] for row in body["results"]]
        assert len(body["results"]) <= 2
        last, url = url, body["next"]
    assert len(found) == len(set(found)) == 5
    assert client_for(world.person("basalt", "drafter")).get("/api/v1/listing/").json() == {"results": [], "next": None}
    assert client_for(world.person("basalt", "drafter")).get(last).status_code == 400
    for bad in ("?cursor=x", "?size=many", "?cursor=" + "a:b:c"):
        answer = client.get(f"/api/v1/listing/{bad}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_list_by_token_holds_rows_of_its_organisation_only(world: World, drafter: User) -> None:
    draft(world)
    with rls.context(user=world.person("basalt", "administrator").pk):
        Membership.objects.create(user=drafter, organisation=world.basalt, roles=["drafter"])
    for organisation, count in ((world.aurora, 1), (world.basalt, 0)):
        token = issue(world, drafter, organisation)
        rows = Client().get("/api/v1/listing/", headers=bearer(token)).json()["results"]
        assert len(rows) == count, organisation.name


def test_multipart_calls_are_compared_by_fields_and_files(world: World, drafter: User) -> None:
    def send(content: bytes) -> Any:
        file = SimpleUploadedFile("log.eval", content)
        return client_for(drafter).post(
            "/api/v1/effects/", {"name": "x", "log": file}, headers={"idempotency-key": "file"}
        )

    first = send(b"one")
    assert first.status_code == 201
    again = send(b"one")
    assert again["Idempotency-Replayed"] == "true"
    assert send(b"two").status_code == 422


@pytest.mark.parametrize(
    ("path", "state"),
    [("agreements", "draft"), ("requests", "draft"), ("assignments", "proposed"), ("findings", "shared")],
)
def test_lists_are_narrowed_to_a_state_and_a_wrong_one_names_them(world: World, path: str, state: str) -> None:
    made = draft(world)
    client = client_for(world.person("aurora", "drafter"))
    found = client.get(f"/api/v1/{path}/", {"status": state}).json()["results"]
    assert [row["reference"] for row in found] == ([made.reference] if path == "agreements" else [])
    wrong = client.get(f"/api/v1/{path}/", {"status": "approved"})
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["pointer"] == "#/status" and f"{state}," in wrong.json()["detail"]


def test_an_address_without_its_slash_keeps_method_and_body(world: World) -> None:
    client = client_for(world.person("aurora", "drafter"))
    answer = client.post("/api/v1/models", {"codename": "Heron"}, content_type="application/json")
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/models/")
    followed = client.post("/api/v1/models", {"codename": "Heron"}, content_type="application/json", follow=True)
    assert followed.status_code == 201


def test_the_root_says_where_everything_is() -> None:
    assert Client().get("/api/v1/").json()["documentation"] == "/api/docs/"


@pytest.mark.django_db
def test_what_a_program_does_wrong_first_is_answered_with_what_to_do(world: World) -> None:
    assert "Authorization: Bearer" in Client().get("/api/v1/me/").json()["detail"]
    client = client_for(world.person("aurora", "drafter"))
    form = client.post("/api/v1/models/", "codename=x", content_type="application/x-www-form-urlencoded")
    assert form.status_code == 415 and "Content-Type: application/json" in form.json()["detail"]
    gone = client.delete("/api/v1/models/")
    assert gone.status_code == 405 and "Allow" in gone.json()["detail"] and "GET" in gone["Allow"]
