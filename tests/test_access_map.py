"""Every address names what guards it, refuses strangers on every method, and answers the people it is for."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from core.access import PUBLIC
from tests.world import World, client_for

# Addresses of libraries, guarded by their own code; ours begin below.
LIBRARIES = ("accounts/", "admin/", "api/schema", "api/docs")
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
ZERO = "00000000-0000-0000-0000-000000000000"


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def ours() -> list[tuple[str, URLPattern]]:
    return [(route, p) for route, p in patterns() if not route.startswith(LIBRARIES)]


def address(route: str) -> str:
    for kind in ("uuid:pk", "uuid:id"):
        route = route.replace(f"<{kind}>", ZERO)
    while "<" in route:
        start, end = route.index("<"), route.index(">")
        route = (
            route[:start]
            + (ZERO if "uuid" in route[start:end] else "1" if "int" in route[start:end] else "x")
            + route[end + 1 :]
        )
    return "/" + route


def access(pattern: URLPattern) -> str | None:
    callback = pattern.callback
    found = getattr(callback, "access", None)
    return found if found is not None else getattr(getattr(callback, "cls", None), "access", None)


def test_every_address_names_its_guard() -> None:
    assert len(ours()) > 15
    bare = [route for route, pattern in ours() if access(pattern) is None]
    assert bare == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
def test_strangers_are_refused_by_every_method(client, method: str) -> None:
    for route, pattern in ours():
        if access(pattern) == PUBLIC:
            continue
        answer = getattr(client, method)(address(route))
        assert answer.status_code in (302, 401, 403, 404), f"{method} {route}: {answer.status_code}"
        if answer.status_code == 302:
            assert "/login/" in answer["Location"], route


def test_people_get_pages_and_never_a_trace(world: World) -> None:
    people = [("aurora", "drafter"), ("aurora", "administrator"), ("treasury", "counsel"), ("commerce", "intake")]
    for organisation, role in people:
        client = client_for(world.person(organisation, role))
        for route, pattern in ours():
            if "<" in route or access(pattern) == PUBLIC:
                continue
            answer = client.get(address(route))
            assert answer.status_code in (200, 302, 403, 404, 405), (
                f"{organisation} {role} {route}: {answer.status_code}"
            )


def test_an_agency_person_without_a_passkey_reaches_only_enrolment(world: World) -> None:
    client = client_for(world.person("treasury", "counsel"), factor=False)
    answer = client.get("/inbox/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/webauthn/add/")
    assert client.get("/accounts/2fa/").status_code in (200, 302)


@pytest.mark.django_db
def test_demo_pages_do_not_exist_outside_demo_mode(client) -> None:
    for path in ("/demo/sign-in/", "/demo/mailbox/"):
        assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_every_answer_carries_the_headers(client) -> None:
    for path in ("/", "/no-such-page/", "/section-3c/", "/healthz"):
        answer = client.get(path)
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_post_from_another_site_is_refused(client) -> None:
    answer = client.post("/accounts/login/", {}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert b"another site" in answer.content
