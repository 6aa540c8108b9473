"""Every form of every page and every call of the API, filled badly: never broken, always a sentence that leads to its field.

In one file, so that the stage is built once for both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from accounts.api.problems import MEDIA_TYPE
from core import rls
from early_access.rules.sections import BY_NAME
from tests.authorization import html, matrix
from tests.authorization.stage import Stage

pytestmark = pytest.mark.django_db

# Everybody who is offered a form that nobody before them is.
WORKING = (
    "own.drafter", "own.signatory", "own.administrator", "treasury.counsel", "treasury.router", "commerce.counsel",
    "commerce.intake", "caisi.evaluator", "caisi.counsel", "nsa.designator",
)  # fmt: skip
ELSEWHERE = ("/accounts/", "/demo/", "/api/", "/admin/")  # allauth's forms and the demo's have tests of their own
CHECKED = re.compile(r"^/agreements/AGR-[\w-]+/open/$")  # "Check with this choice" answers with the checks
SHOWN_AT_ONCE = (
    "/agreements/amend/",
    "/organisation/tokens/new/",
    "/developers/register/",
    "/notifications/calendar/",
    "/secret/",
)  # their success is a page, not a way on
LEAST_FORMS, LEAST_DONE, LEAST_GROWN = 35, 20, 8
URLENCODED = "application/x-www-form-urlencoded"
WATCHING = ("audit_", "django_", "jobs_", "auth_", "account_", "mfa_", "usersessions_", "guardian_", "notifications_")


@dataclass(frozen=True)
class Found:
    """A form and who sees it where."""

    role: str
    page: str
    target: str
    form: html.Form


def pages(stage: Stage) -> list[str]:
    """One page per route, each section of a request, and the pages of objects in further states."""
    objects = stage.objects
    known = [matrix.address(route, objects) for route in matrix.routes()]
    known += [f"/requests/{objects['draft_request']}/section/{name}/" for name in BY_NAME]
    known += [f"/requests/{objects[name]}/" for name in ("draft_request", "opened", "withdrawn")]
    known += [f"/agreements/{objects[name]}/" for name in ("draft_agreement", "signing", "in_force")]
    known += [f"/assignments/{objects['reported']}/", f"/inquiries/{objects['draft_inquiry']}/"]
    return [page for page in dict.fromkeys(known) if not page.startswith(ELSEWHERE)]


def readers(stage: Stage) -> Callable[[str, str], bool]:
    """Whether a role may be shown a page, as far as the committed matrix knows both: no other answer holds a form."""
    known = {
        matrix.address(route, stage.objects): cells
        for (route, method, _), cells in matrix.committed().items()
        if method == "GET"
    }

    def shown(page: str, role: str) -> bool:
        cells = known.get(page, {})
        return cells.get(role, "200") == "200" and "405" not in cells.values()

    return shown


@pytest.fixture(scope="module")
def forms(stage: Stage) -> list[Found]:
    """Each form once: by the page's route and the names of its fields."""
    found: dict[tuple[str, ...], Found] = {}
    shown = readers(stage)
    for page in pages(stage):
        for role in WORKING:
            if not shown(page, role):
                continue
            answer = matrix.ask(stage.clients[role], "GET", page)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            for form in html.of(answer).forms:
                target = urlsplit(urljoin(page, form.action)).path
                if not target.startswith(ELSEWHERE):
                    found.setdefault((target, *form.shape), Found(role, page, target, form))
    return list(found.values())


def plausible(field: html.Field) -> str | SimpleUploadedFile:
    """What might be accepted."""
    if field.kind in ("select", "radio", "checkbox"):
        return next((o for o in field.options if o), "on")
    kinds = {
        "date": "2027-03-01",
        "number": "1",
        "email": "somebody@aurora.example",
        "url": "https://models.example/v1",
    }
    return kinds.get(field.kind, "A few plain words.")


def empty(field: html.Field) -> Any:
    return field.value if not field.is_typed else ""


def nonsense(field: html.Field) -> Any:
    if not field.is_typed:
        return field.value
    if field.kind == "file":
        return SimpleUploadedFile("malware.exe", b"MZ\x00\x01")
    return {"date": "31/31/2026", "number": "ten", "email": "@", "url": "javascript:x"}.get(
        field.kind, "no-\u0000-such"
    )


def endless(field: html.Field) -> Any:
    long = field.is_typed and field.kind in ("text", "textarea", "search")
    return "word " * 10_000 if long else nonsense(field) if field.kind == "file" else field.value or plausible(field)


def tampered(field: html.Field) -> Any:
    return plausible(field) if field.is_typed and field.kind != "file" else "zzz\u202e"


def sent(stage: Stage, one: Found, fill: Callable[[html.Field], Any]) -> Any:
    """The answer to the form filled so; its effect is undone."""
    data = {f.name: fill(f) for f in one.form.fields if f.name != "csrfmiddlewaretoken"}
    data |= dict(one.form.buttons[:1])
    with transaction.atomic():
        answer = stage.clients[one.role].post(one.target, {k: v for k, v in data.items() if v is not None})
        transaction.set_rollback(True)
    return answer


def complaint(one: Found, answer: Any) -> str:
    """What is wrong with an answer to bad input; empty when nothing is."""
    if answer.status_code in (302, 303) or answer["Content-Type"].startswith("application/json"):
        return "" if answer.status_code < 500 else "broken"
    if answer.status_code >= 500:
        return f"answers {answer.status_code}"
    page = html.of(answer)
    at_once = one.target.endswith(SHOWN_AT_ONCE) or CHECKED.match(one.target)
    if answer.status_code == 200 and at_once and not page.summary:
        return ""
    lost = [link for link in page.summary_links if link.startswith("#") and link[1:] not in page.ids]
    if lost:
        return f"its summary leads nowhere: {lost}"
    if answer.status_code in (200, 400) and not page.summary:
        return f"answers {answer.status_code} and does not say what is wrong"
    return ""


@pytest.mark.parametrize("fill", [empty, nonsense, endless, tampered], ids=lambda f: f.__name__)
def test_bad_input_is_answered_by_a_sentence_at_its_field(stage: Stage, forms: list[Found], fill: Any) -> None:
    filled = [one for one in forms if one.form.typed or fill is tampered]
    wrong = []
    for one in filled:
        said = complaint(one, sent(stage, one, fill))
        if said:
            wrong.append(f"{one.role} on {one.page}, form {one.form.shape} to {one.target}: {said}")
    assert not wrong, "\n".join(wrong)


def rows(stage: Stage) -> dict[str, int]:
    """How many rows each table of ours holds, seen from every seat, but for those that merely watch."""
    tables = [t for t in (model._meta.db_table for model in apps.get_models()) if not t.startswith(WATCHING)]
    everybody = tuple(o.pk for o in stage.world.organisations.values())
    with rls.context(organisations=everybody), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables))
        return dict(cursor.fetchall())


def test_a_second_click_does_nothing_more_or_says_why(stage: Stage, forms: list[Found]) -> None:
    """The same form once more, as a double click sends it: no broken page, and not a row more than after the first."""
    wrong, done, grown, before = [], 0, 0, rows(stage)
    for one in forms:
        data = {f.name: plausible(f) if f.is_typed else f.value for f in one.form.fields if f.kind != "file"}
        body = urlencode(data | dict(one.form.buttons[:1]))  # as a browser sends it, with the token of the page
        with transaction.atomic():
            first = stage.clients[one.role].post(one.target, body, URLENCODED)
            after_one = rows(stage)
            second = stage.clients[one.role].post(one.target, body, URLENCODED)
            more = {t: n - after_one[t] for t, n in rows(stage).items() if n != after_one[t]}
            transaction.set_rollback(True)
        done += first.status_code == 302
        grown += after_one != before
        if second.status_code >= 500 or (first.status_code == 302 and more):
            wrong.append(f"{one.role} on {one.page} to {one.target}: {second.status_code}, {more}")
    assert not wrong, "\n".join(wrong)
    assert done >= LEAST_DONE and grown >= LEAST_GROWN, (done, grown)


def test_the_walk_meets_the_forms_of_the_product(forms: list[Found]) -> None:
    assert len([one for one in forms if one.form.typed]) >= LEAST_FORMS


METHODS = ("POST", "PUT", "PATCH")
ROLES = (
    "own.drafter", "own.signatory", "own.administrator", "commerce.intake", "treasury.counsel", "caisi.evaluator",
    "caisi.counsel", "nsa.designator",
)  # fmt: skip
JSON = "application/json"
BODIES: dict[str, tuple[str, bytes]] = {
    "cut off": (JSON, b'{"title": "Fra'),
    "a list": (JSON, b"[1, 2]"),
    "a word": (JSON, b'"word"'),
    "null": (JSON, b"null"),
    "not UTF-8": (JSON, b'{"title": "\xff\xfe"}'),
    "an unknown key": (JSON, b'{"colour_of_the_sky": "blue"}'),
    "a null character": (JSON, json.dumps({"colour\u0000": "blue\u0000"}).encode()),
    "very deep": (JSON, b"[" * 50_000 + b"]" * 50_000),
    "a number without end": (JSON, b'{"row_version": ' + b"9" * 5_000 + b"}"),
    "XML": ("application/xml", b"<a/>"),
    "a form": ("multipart/form-data; boundary=x", b"--x\r\nnot a part"),
}
LEAST_CALLS = 60


def call(client: Client, method: str, path: str, body: str) -> Any:
    """The answer; its effect is undone."""
    content_type, data = BODIES[body]
    with transaction.atomic():
        answer = client.generic(method, path, data, content_type, headers={"Idempotency-Key": str(uuid4())})
        transaction.set_rollback(True)
    return answer


@pytest.fixture(scope="module")
def calls(stage: Stage) -> list[tuple[str, str, str]]:
    """(method, path, role): each call that writes, as somebody who gets as far as its body, if anybody does. The committed
    matrix knows it of most."""
    found = []
    for (route, method, _), cells in matrix.committed().items():
        if not route.startswith("api/v1/") or method not in METHODS or "405" in cells.values():
            continue
        path = matrix.address(route, stage.objects)
        told = (
            (role, cells.get(role) or str(call(stage.clients[role], method, path, "a list").status_code))
            for role in ROLES
        )
        reader = next((role for role, code in told if code not in ("403", "404")), ROLES[0])
        found.append((method, path, reader))
    return found


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_cannot_be_used_is_a_problem_in_words(
    stage: Stage, calls: list[tuple[str, str, str]], body: str
) -> None:
    wrong = []
    for method, path, role in calls:
        answer = call(stage.clients[role], method, path, body)
        if answer.status_code < 400:  # a call that takes no body does not read one
            continue
        said = answer.json() if answer["Content-Type"] == MEDIA_TYPE else {}
        pointers = all(e["pointer"].startswith("#") and e["detail"] for e in said.get("errors", []))
        if answer.status_code >= 500 or len(said.get("detail", "")) < 8 or not pointers:
            wrong.append(f"{method} {path} as {role}: {answer.status_code} {answer.content[:160]!r}")
    assert not wrong, "\n".join(wrong)


def test_the_walk_meets_the_calls_of_the_product(calls: list[tuple[str, str, str]]) -> None:
    assert len(calls) >= LEAST_CALLS
