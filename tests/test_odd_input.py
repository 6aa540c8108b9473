"""A NUL character, which PostgreSQL cannot keep, is answered in words wherever it comes in; it never breaks a page."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from early_access import actions as early_access
from tests.agreements import factories as agreements
from tests.world import World, acting, client_for

NUL = "a\0b"


@pytest.fixture
def drafter(world: World) -> Client:
    return client_for(world.person("aurora", "drafter"))


@pytest.mark.parametrize(
    "path",
    ["/agreements/%00/", "/agreements/?q=%00", "/api/v1/requests/%00/", "/requests/?cursor=a%00", "/search/?q=%00"],
)
def test_an_address_with_a_nul_names_nothing(drafter: Client, path: str) -> None:
    answer = drafter.get(path)
    assert answer.status_code == 404
    assert ("nothing at this address" if path.startswith("/api/") else "Nothing is here") in answer.content.decode()


def test_what_is_typed_with_a_nul_is_refused_in_words(world: World, drafter: Client) -> None:
    with acting(world.person("aurora", "drafter")) as by:
        request = early_access.create(developer=world.aurora, by=by)
    agreement = agreements.draft(world)
    body = {"row_version": 0, "data": {"scope": "everything", "statement": NUL}}
    section = f"/api/v1/requests/{request.reference}/sections/confidentiality/"
    draft = {"row_version": 2, "variables": {"model_families": NUL}, "clauses": {}}
    calls = (
        ("PUT", section, body), ("POST", "/api/v1/models/", {"codename": NUL}),
        ("PUT", f"/api/v1/agreements/{agreement.reference}/draft/", draft),
        ("PATCH", f"/api/v1/agreements/{agreement.reference}/draft/", draft),
    )  # fmt: skip
    for method, path, sent in calls:
        answer = drafter.generic(method, path, json.dumps(sent), content_type="application/json")
        assert answer.status_code in (400, 405), f"{method} {path}: {answer.status_code}"
    typed = {"scope": "everything", "statement": NUL, "row_version": "0"}
    page = drafter.post(f"/requests/{request.reference}/section/confidentiality/", typed)
    text = page.content.decode()
    assert page.status_code == 200 and 'href="#id_statement"' in text and "Null characters are not allowed." in text


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000"])
def test_json_that_cannot_be_kept_is_refused_wherever_it_stands(world: World, drafter: Client, text: str) -> None:
    agreement = agreements.draft(world)
    calls = {
        "/api/v1/models/": '{"codename": "TEXT"}',
        f"/api/v1/agreements/{agreement.reference}/draft/": '{"row_version": 2, "variables": {"model_families": "TEXT"}}',
        f"/api/v1/agreements/{agreement.reference}/withdraw/": '{"TEXT": 1}',
    }
    for path, sent in calls.items():
        for method in ("POST", "PUT", "PATCH"):
            answer = drafter.generic(method, path, sent.replace("TEXT", text), content_type="application/json")
            assert answer.status_code in (400, 405), f"{method} {path}: {answer.status_code}"


def test_the_pages_of_the_api_answer_no_options(drafter: Client) -> None:
    assert drafter.options("/api/docs/").status_code == 405
