"""The OpenAPI text: valid 3.1, and every operation says in words what it does, what it needs and how it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in schema["paths"].items():
        for method in METHODS:
            if path.startswith("/api/v1/") and method in item:
                yield path, method, item[method]


def test_it_is_valid(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_every_operation_says_what_it_does(schema: dict[str, Any]) -> None:
    found = list(operations(schema))
    assert len(found) > 90
    names = [operation["operationId"] for _, _, operation in found]
    assert len(set(names)) == len(names)
    for path, method, operation in found:
        assert len(operation.get("summary", "")) > 5, f"{method} {path}"
        assert not operation["summary"].endswith("."), f"{method} {path}"


def test_every_operation_documents_its_errors(schema: dict[str, Any]) -> None:
    for path, method, operation in operations(schema):
        wanted = {"401", "403", "429"} | ({"400", "409", "422"} if method != "get" else set())
        wanted |= {"404"} if "{" in path else set()
        assert wanted <= set(operation["responses"]), f"{method} {path}"
        for code in wanted:
            assert list(operation["responses"][code]["content"]) == ["application/problem+json"], f"{method} {path}"


def test_every_answer_has_a_shape(schema: dict[str, Any]) -> None:
    for path, method, operation in operations(schema):
        code = next(code for code in operation["responses"] if code.startswith("2"))
        for kind, media in operation["responses"][code]["content"].items():
            bare = media["schema"].get("type") == "object" and "properties" not in media["schema"]
            assert not bare, f"{method} {path} answers {kind} without a shape"


def test_calls_that_write_take_a_key(schema: dict[str, Any]) -> None:
    without = {
        "/api/v1/requests/{reference}/connection/{agency}/",
        "/api/v1/requests/{reference}/answers/{id}/take/",
        "/api/v1/assignments/{reference}/logs/{id}/openings/",
        "/api/v1/tokens/{id}/revoke/",
    }
    for path, method, operation in operations(schema):
        names = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert ("Idempotency-Key" in names) is (method != "get" and path not in without), f"{method} {path}"


@pytest.mark.django_db
def test_the_documentation_page_needs_nothing_from_outside() -> None:
    page = Client().get("/api/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "https://" not in text and "//cdn" not in text
    assert "/static/drf_spectacular_sidecar/" in text
    answer = Client().get("/api/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    assert (answer.status_code, answer.json()["openapi"][:3]) == (200, "3.1")


@pytest.mark.django_db
def test_the_text_is_written_once_in_each_format(schema: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {"application/vnd.oai.openapi+json": json.loads, "application/vnd.oai.openapi": yaml.safe_load}
    first = {kind: Client().get("/api/schema/", headers={"accept": kind}) for kind in kinds}
    monkeypatch.setattr(SchemaGenerator, "get_schema", None)
    for kind, read in kinds.items():
        answer = Client().get("/api/schema/", headers={"accept": kind})
        assert answer["Content-Type"] == kind and answer.content == first[kind].content
        assert read(answer.content)["paths"].keys() == schema["paths"].keys()
