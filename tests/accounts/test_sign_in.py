"""Sign-in: second factors, step-up, session limits, counters in PostgreSQL, and the demo's doors."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.test import Client, RequestFactory

from accounts import middleware, stepup
from accounts.adapter import end_sessions
from accounts.models import User
from audit.models import Event
from tests.world import World, acting, client_for

PASSWORD = "correct horse battery staple"
AT = 1_800_000_000.0


def with_password(person: User) -> User:
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    return person


def password_only(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_settings_that_must_not_drift() -> None:
    assert settings.MFA_WEBAUTHN_USER_VERIFICATION == "required"
    assert settings.MFA_PASSKEY_LOGIN_ENABLED
    assert settings.ACCOUNT_PREVENT_ENUMERATION == "strict"
    assert settings.ACCOUNT_REAUTHENTICATION_TIMEOUT == 300
    assert not settings.MFA_TRUST_ENABLED
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


@pytest.mark.parametrize("path", ["/inbox/", "/organisation/", "/profile/", "/admin/", "/organisation/tokens/"])
@pytest.mark.parametrize("who", ["agency", "oversight", "staff"])
def test_without_a_passkey_only_enrolment_is_reachable(world: World, who: str, path: str) -> None:
    person = {
        "agency": world.person("treasury", "counsel"),
        "oversight": world.person("oversight", "auditor"),
        "staff": world.staff,
    }[who]
    client = password_only(person)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/webauthn/add/")
    Authenticator.objects.create(user=person, type="webauthn", data={})
    answer = client.get(path)
    assert answer.status_code == 302, "an enrolled passkey must also be used"
    assert answer["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/?next=")
    assert client_for(person).get(path).status_code in (200, 302, 403, 404)
    assert "webauthn" not in client_for(person).get(path).get("Location", "")


def test_the_api_tells_agency_people_without_a_passkey_in_json(world: World) -> None:
    answer = password_only(world.person("treasury", "counsel")).get("/api/v1/me/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_agency_people_cannot_enrol_time_based_codes(world: World) -> None:
    answer = client_for(world.person("treasury", "counsel")).get("/accounts/2fa/totp/activate/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/webauthn/add/")
    developer = client_for(world.person("aurora", "counsel")).get("/accounts/2fa/totp/activate/")
    assert developer.get("Location") != "/accounts/2fa/webauthn/add/"


def test_the_demo_flag_counts_in_demo_mode_only(world: World, settings: object) -> None:
    client = password_only(world.person("treasury", "counsel"))
    session = client.session
    session[middleware.DEMO_FLAG] = True
    session.save()
    assert client.get("/organisation/").status_code == 302
    settings.DEMO = True  # type: ignore[attr-defined]
    assert client.get("/organisation/").status_code == 200


def test_a_developer_is_reminded_once_a_session(world: World) -> None:
    client = password_only(world.person("aurora", "counsel"))
    assert "password only" in client.get("/organisation/", headers={"accept": "text/html"}).content.decode()
    assert "password only" not in client.get("/organisation/", headers={"accept": "text/html"}).content.decode()


@pytest.mark.parametrize("path", ["/demo/sign-in/", "/demo/confirm/", "/demo/mailbox/"])
def test_demo_pages_do_not_exist_outside_demo_mode(world: World, settings: object, path: str) -> None:
    client = client_for(world.person("aurora", "counsel"))
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "june.abara@aurora.example"}).status_code == 404
    settings.DEMO = True  # type: ignore[attr-defined]
    assert client.get(path).status_code == 200


def test_in_demo_mode_one_click_signs_in(world: World, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    client = Client()
    page = client.get("/demo/sign-in/").content.decode()
    assert "Celia Norwood" in page
    assert client.post("/demo/sign-in/", {"email": "celia.norwood@treasury.example"}).status_code == 302
    assert "Department of the Treasury" in client.get("/organisation/").content.decode()
    assert client.post("/demo/sign-in/", {"email": "somebody@else.example"}).status_code == 404


@pytest.mark.parametrize(("age", "fresh"), [(0, True), (299, True), (301, False)])
def test_step_up_holds_for_five_minutes(monkeypatch: pytest.MonkeyPatch, age: int, fresh: bool) -> None:
    monkeypatch.setattr(time, "time", lambda: AT)
    request = RequestFactory().get("/")
    request.session = {stepup.RECORDS: [{"method": "mfa", "at": AT - age}]}  # type: ignore[assignment]
    assert stepup.is_fresh(request) is fresh
    request.session = {}  # type: ignore[assignment]
    assert not stepup.is_fresh(request)


def test_a_stale_step_up_leads_to_reauthentication_and_loses_nothing(world: World, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    admin = world.person("aurora", "administrator")
    client = client_for(admin, stepped_up=False)
    typed = {"email": "x@aurora.example", "roles": ["drafter", "counsel"], "password": "never kept"}
    answer = client.post("/organisation/invite/", typed)
    assert answer["Location"] == "/demo/confirm/?next=%2Forganisation%2Finvite%2F"
    assert "never kept" not in str(dict(client.session.items()))
    answer = client.post("/demo/confirm/", {"next": "/organisation/invite/"})
    page = client.get(answer["Location"])
    assert page.context["form"]["email"].value() == "x@aurora.example"
    assert page.context["form"]["roles"].value() == ["drafter", "counsel"]
    with acting(world.staff):
        assert Event.objects.filter(verb="accounts.stepped_up", actor=f"person:{admin.pk}").count() == 1


def test_outside_the_demo_reauthentication_is_allauths(world: World) -> None:
    client = client_for(world.person("aurora", "administrator"), stepped_up=False)
    assert client.get("/organisation/invite/")["Location"].startswith("/accounts/reauthenticate/?next=")


@pytest.mark.parametrize(("began", "seen", "alive"), [
    (60, 60, True), (3600, 29 * 60, True), (3600, 31 * 60, False), (12 * 3600 + 1, 10, False)
])  # fmt: skip
def test_sessions_end_when_idle_and_after_twelve_hours(world: World, began: int, seen: int, alive: bool) -> None:
    client = client_for(world.person("aurora", "counsel"))
    session = client.session
    session["began"], session["seen"] = time.time() - began, time.time() - seen
    session.save()
    assert (client.get("/organisation/").status_code == 200) is alive
    assert SessionStore(session.session_key).exists(session.session_key) is alive


def sign_in(client: Client, email: str, password: str) -> object:
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_sign_in_by_password_is_recorded_and_changes_the_session_id(world: World) -> None:
    person = with_password(world.person("aurora", "counsel"))
    client = Client()
    client.get("/accounts/login/")
    before = client.cookies.get("session")
    assert sign_in(client, person.email, PASSWORD).status_code == 302
    assert client.cookies["session"] != before
    assert client.get("/organisation/").status_code == 200
    with acting(world.staff):
        assert Event.objects.filter(verb="accounts.signed_in", actor=f"person:{person.pk}").exists()


def test_login_reset_and_sign_up_tell_nothing_about_accounts(world: World) -> None:
    person = with_password(world.person("aurora", "counsel"))
    pages = []
    for email in (person.email, "nobody@aurora.example"):
        client = Client()
        wrong = sign_in(client, email, "wrong password wrong")
        reset = client.post("/accounts/password/reset/", {"email": email})
        closed = client.post("/accounts/signup/", {"email": email, "password1": PASSWORD})
        text = wrong.content.decode().replace(email, "E")
        pages.append((wrong.status_code, text.split("csrfmiddlewaretoken")[0].split("nonce")[0],
                      reset.status_code, reset["Location"], closed.status_code))  # fmt: skip
    assert pages[0] == pages[1]
    assert not User.objects.filter(email="nobody@aurora.example").exists()


def test_the_limit_of_sign_in_attempts_outlives_redis(world: World) -> None:
    person = with_password(world.person("aurora", "counsel"))
    for _ in range(5):
        sign_in(Client(), person.email, "wrong password wrong")
    caches["fast"].clear()
    assert "Too many" in sign_in(Client(), person.email, PASSWORD).content.decode()


def test_a_changed_factor_ends_the_other_sessions(world: World) -> None:
    person = with_password(world.person("aurora", "counsel"))
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, person.email, PASSWORD)
        assert client.get("/organisation/").status_code == 200
    end_sessions(person, keep=here.session.session_key)
    assert here.get("/organisation/").status_code == 200
    assert there.get("/organisation/").status_code == 302


def test_changing_the_password_ends_the_other_sessions_and_mails(world: World, mailoutbox: list) -> None:
    person = with_password(world.person("aurora", "counsel"))
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, person.email, PASSWORD)
    fresh = "another horse another staple"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    person.refresh_from_db()
    assert person.check_password(fresh)
    assert here.get("/organisation/").status_code == 200
    assert there.get("/organisation/").status_code == 302
    assert [m.to for m in mailoutbox] == [[person.email]]
