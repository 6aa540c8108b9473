"""An agency person from a bare password to a passkey, and the answers of a passkey that are refused (R14 to R16)."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from tests.accounts.soft_key import SoftKey
from tests.world import World

PASSWORD = "correct horse battery staple"
ADD, USE = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/reauthenticate/"


@pytest.fixture
def officer(world: World) -> User:
    person = world.person("treasury", "counsel")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def client(officer: User) -> Client:
    """Signed in by password, and confirmed by password as enrolment asks."""
    client = Client()
    client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def enrol(client: Client, key: SoftKey) -> Any:
    options = client.get(ADD).context["js_data"]["creation_options"]
    return client.post(ADD, {"name": "Key", "credential": key.create(options)})


def use(client: Client, key: SoftKey) -> Any:
    options = client.get(USE).context["js_data"]["request_options"]
    return client.post(f"{USE}?next=/organisation/", {"credential": key.get(options)})


def test_enrol_then_use_then_in(client: Client, officer: User) -> None:
    key = SoftKey()
    assert client.get("/organisation/")["Location"] == ADD
    assert enrol(client, key).status_code == 302
    assert Authenticator.objects.filter(user=officer, type="webauthn").exists()
    assert client.get("/organisation/")["Location"].startswith(USE)
    assert use(client, key)["Location"] == "/organisation/"
    assert client.get("/organisation/").status_code == 200


def test_the_next_sign_in_asks_for_the_passkey(client: Client, officer: User) -> None:
    key = SoftKey()
    enrol(client, key)
    fresh = Client()
    answer = fresh.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert fresh.get("/organisation/")["Location"].startswith("/accounts/login/")
    options = fresh.get("/accounts/2fa/authenticate/").context["js_data"]["request_options"]
    assert fresh.post("/accounts/2fa/authenticate/", {"credential": key.get(options)}).status_code == 302
    assert fresh.get("/organisation/").status_code == 200


@pytest.mark.parametrize("key", [
    SoftKey(origin="https://testserver.evil.example"), SoftKey(rp="evil.example"), SoftKey(verified=False)
], ids=["origin", "site", "unverified"])  # fmt: skip
def test_a_wrong_passkey_is_not_enrolled(client: Client, officer: User, key: SoftKey) -> None:
    assert enrol(client, key).status_code == 200
    assert not Authenticator.objects.filter(user=officer).exists()


@pytest.mark.parametrize("wrong", ["origin", "site", "unverified", "foreign", "replay"])
def test_a_wrong_answer_opens_nothing(client: Client, officer: User, wrong: str) -> None:
    key = SoftKey()
    enrol(client, key)
    options = client.get(USE).context["js_data"]["request_options"]
    answer = key.get(options)
    if wrong == "replay":
        client.get(USE)  # a new challenge
    elif wrong == "foreign":
        other = SoftKey()
        other.id = key.id
        answer = other.get(options)
    else:
        change = {
            "origin": ("origin", "https://evil.example"),
            "site": ("rp", "evil.example"),
            "unverified": ("flags", 1),
        }
        setattr(key, *change[wrong])
        answer = key.get(options)
    client.post(f"{USE}?next=/organisation/", {"credential": answer})
    assert client.get("/organisation/")["Location"].startswith(USE)
