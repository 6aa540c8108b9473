"""How a request begins: who asks is read in two statements, and nobody in particular costs the database nothing."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Organisation, User
from accounts.sessions import SessionStore
from core import rls
from tests.accounts.test_sign_in import PASSWORD, with_password
from tests.world import World, client_for

ME = "/api/v1/me/"


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [f"concord.{name}"])
        return str(cursor.fetchone()[0])


def asked(client: Client, address: str) -> list[str]:
    """The statements behind one answer, without their values."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code == 200
    return [query["sql"].split("(")[0] for query in seen.captured_queries]


@pytest.fixture
def person(transactional_world: World) -> User:
    return with_password(transactional_world.person("aurora", "drafter"))


@pytest.fixture
def client(person: User) -> Client:
    """Signed in on the page, as people sign in."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert client.get(ME).json()["email"] == person.email
    return client


def test_a_signed_in_request_reads_who_asks_in_two_statements(client: Client) -> None:
    statements = asked(client, ME)
    assert [s for s in statements if s not in ("BEGIN", "COMMIT")] == [
        next(s for s in statements if s.startswith("SELECT session_data")),
        "SELECT * FROM concord_enter",
    ]
    assert statements[-1] == "COMMIT"


def test_a_page_that_asks_nothing_opens_no_transaction(transactional_world: World) -> None:
    assert asked(Client(), "/section-3c/") == []


def test_nobodys_context_begins_with_the_first_statement_and_ends_with_the_block(transactional_world: World) -> None:
    with rls.context_when_asked(request="r1"):
        assert not connection.in_atomic_block
        assert not Organisation.objects.filter(kind="developer").exists()
        assert connection.in_atomic_block
        assert setting("request") == "r1"
        with transaction.atomic():
            assert not Membership.objects.filter(organisation__kind="developer").exists()
    assert not connection.in_atomic_block
    assert setting("request") == ""


def test_a_transaction_of_the_blocks_own_sees_no_private_row_either(transactional_world: World) -> None:
    with rls.context_when_asked(request="r2"):
        with transaction.atomic():
            assert not Organisation.objects.filter(kind="developer").exists()
        with rls.context(user=transactional_world.person("aurora", "drafter").pk):
            assert Organisation.objects.filter(kind="developer").count() == 1
        assert setting("user") == ""
        assert not Organisation.objects.filter(kind="developer").exists()


def test_what_fails_in_nobodys_context_is_rolled_back(transactional_world: World, person: User) -> None:
    with pytest.raises(RuntimeError), rls.context_when_asked():
        User.objects.filter(pk=person.pk).update(name="Somebody Else")
        raise RuntimeError
    assert User.objects.get(pk=person.pk).name == person.name
    assert not connection.execute_wrappers


def test_inside_a_context_of_somebody_nobody_replaces_it(transactional_world: World, person: User) -> None:
    with rls.context(user=person.pk):
        with rls.context_when_asked():
            assert setting("user") == ""
        assert setting("user") == str(person.pk)


def test_the_note_of_a_sign_in_proves_nothing(client: Client, person: User, transactional_world: World) -> None:
    """The session is signed and names its person; a note that names another is set aside."""
    rival = transactional_world.person("basalt", "drafter")
    assert UserSession.objects.filter(session_key=client.session.session_key).update(user=rival) == 1
    assert client.get(ME).json()["email"] == person.email
    UserSession.objects.all().delete()
    assert client.get(ME).json()["email"] == person.email


def test_a_changed_password_ends_the_session(client: Client, person: User) -> None:
    person.set_password(PASSWORD + "!")
    person.save()
    assert client.get(ME).status_code == 401


def test_an_inactive_person_is_nobody(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(ME).status_code == 401


def test_a_way_in_that_was_closed_ends_its_sessions(client: Client, settings: Any) -> None:
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.AllowAllUsersModelBackend"]
    assert client.get(ME).status_code == 401


def test_an_expired_or_unknown_session_holds_nothing(client: Client) -> None:
    session = SessionStore(client.session.session_key)
    assert session.load()
    assert session.person is not None
    session.set_expiry(-1)
    session.save()
    again = SessionStore(session.session_key)
    assert again.load() == {}
    assert again.session_key is None
    assert client.get(ME).status_code == 401


def test_only_pages_that_use_a_nonce_allow_one(transactional_world: World) -> None:
    client = client_for(transactional_world.person("aurora", "drafter"))
    assert "'nonce-" not in client.get(ME)["Content-Security-Policy"]
    assert "script-src 'self';" in client.get(ME)["Content-Security-Policy"]
    page = client.get("/profile/")
    nonce = page["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in page.content.decode()
    assert nonce not in client.get("/profile/")["Content-Security-Policy"]
