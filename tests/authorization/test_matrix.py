"""The authorization matrix equals the committed one, and obeys rules that no committed file can relax (R2–R4)."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from core.access import PUBLIC
from tests.authorization import matrix
from tests.authorization.stage import Stage
from tests.nightly import nightly
from tests.test_access_map import access, patterns

# Decided by the person's role at home before any row is read: 403 for every id, so it tells nothing.
ROLE_FIRST = {"organisation/people/<uuid:pk>/"}
pytestmark = pytest.mark.django_db  # or pytest-django makes no database for this folder

Found = dict[matrix.Row, dict[str, str]]
OBJECTS = [r for r in matrix.routes() if "<str:reference>" in r or "<slug:reference>" in r]


@pytest.fixture(scope="module")
def found(stage: Stage) -> Found:
    return matrix.measured(stage)


def public() -> set[str]:
    return {route for route, pattern in patterns() if access(pattern) == PUBLIC}


def test_every_answer_is_the_committed_one(found: Found) -> None:
    if os.environ.get("CONCORD_WRITE_MATRIX"):
        matrix.write(found)
    changed = matrix.differences(matrix.committed(), found)
    assert changed == [], (
        "Rights changed. If each line is meant, write the file anew with"
        " CONCORD_WRITE_MATRIX=1 ./concord test tests/authorization/test_matrix.py and let it be reviewed:\n"
        + "\n".join(changed[:60])
    )


def test_nothing_breaks(found: Found) -> None:
    broken = [(row, role) for row, cells in found.items() for role, a in cells.items() if a.startswith("5")]
    assert broken == []


def test_rivals_and_strangers_get_404_on_every_object(found: Found) -> None:
    outside = ("rival.", "no-party.", "own.left", "superuser")
    wrong = [
        f"{row[1]} {row[0]} as {role}: {answer}"
        for row, cells in found.items()
        if row[2] == "aurora" and row[0] not in public() | ROLE_FIRST
        for role, answer in cells.items()
        if role.startswith(outside) and answer not in ("404", "405")
    ]
    assert wrong == []


def test_the_anonymous_and_the_deactivated_reach_public_pages_only(found: Found) -> None:
    wrong = [
        f"{row[1]} {row[0]} as {role}: {cells[role]}"
        for row, cells in found.items()
        if row[0] not in public() and not row[0].startswith("admin/")
        for role in ("anonymous", "own.deactivated")
        if cells[role] not in ("302-login", "401", "403", "404")
    ]
    assert wrong == []


def test_an_auditor_changes_nothing(found: Found) -> None:
    # Their own notices and profile, and what they look at, are theirs to change.
    own = {"profile/", "look-at/", "notifications/", "notifications/mail/", "inbox/"}
    wrong = [
        f"{row[1]} {row[0]}: {cells['auditor']}"
        for row, cells in found.items()
        if row[1] != "GET" and row[0] not in own | public() and not row[0].startswith("admin/")
        and cells["auditor"] in (("302", "201") if row[1] == "POST" else ("302", "200", "201", "204"))
    ]  # fmt: skip
    assert wrong == []


def _plain(answer: Any, path: str) -> tuple[int, bytes, dict[str, str]]:
    """What a stranger can compare: status, body and headers, less what differs on every request."""
    random = {"X-Request-Id", "Content-Security-Policy", "Set-Cookie"}
    body = answer.content.replace(path.encode(), b"PATH")
    return answer.status_code, body, {k: v for k, v in answer.items() if k not in random}


def _counted(client: Client, method: str, path: str) -> tuple[Any, int]:
    """The answer and how many statements it took."""
    statements = [0]

    def count(execute: Any, *args: Any) -> Any:
        statements[0] += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        answer = matrix.ask(client, method, path)
    return answer, statements[0]


@pytest.mark.parametrize(
    "role",
    ["rival.drafter", pytest.param("no-party.router", marks=nightly("by day a rival asks, who must learn least"))],
)
def test_a_hidden_row_answers_as_one_that_never_was(stage: Stage, role: str) -> None:
    """The same bytes, headers and number of statements: neither text nor time tells them apart."""
    wrong, client = [], stage.clients[role]
    for route in OBJECTS:
        real, none = matrix.address(route, stage.objects), matrix.address(route, stage.objects, unknown=True)
        for method in matrix.methods(route):
            one, shown = _counted(client, method, real)
            other, absent = _counted(client, method, none)
            if _scrubbed(one, real) != _scrubbed(other, none):
                wrong.append(f"{method} {route}: {one.status_code} and {other.status_code}")
            elif shown != absent:
                wrong.append(f"{method} {route}: {shown} statements and {absent}")
    assert wrong == []


def test_without_a_passkey_an_agencys_person_gets_no_further_than_enrolment(found: Found) -> None:
    wrong = [
        f"{row[1]} {row[0]}: {cells['treasury.unenrolled']}"
        for row, cells in found.items()
        if row[0] not in public() | {"demo/confirm/"}
        and cells["treasury.unenrolled"] not in ("302", "403", "404", "405")
    ]
    assert wrong == []
    led = [cells["treasury.unenrolled"] for row, cells in found.items() if row[1] == "GET" and row[0] not in public()]
    assert led.count("302") > 50


def _scrubbed(answer: Any, path: str) -> tuple[int, bytes, dict[str, str]]:
    status, body, headers = _plain(answer, path)
    for noise in (rb'nonce="[^"]*"', rb'name="csrfmiddlewaretoken" value="[^"]*"', rb'"request_id": ?"[^"]*"'):
        body = re.sub(noise, b"", body)
    headers.pop("Content-Length", None)
    return status, body, headers
