"""What rivals could learn without reading a row (security.md §4.4): from ids, names, limits, digests and headers.

That numbers, orders and pages do not depend on another house is shown by the crawl: what strangers see before and after
the other comes is the same (tests/canary). That limits are counted per organisation: tests/accounts/test_api.py.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client

from core import storage
from core.models import Base
from core.references import new_reference
from tests.early_access.factories import checkpoint
from tests.world import World, client_for

# Unique without an organisation in it, each with the reason why nobody learns from a refusal.
UNIQUE_FOR_A_REASON = {
    "reference": "random; nobody chooses it",
    "pointer": "as above: of an answer that was given elsewhere",
    "token_hash": "of a random token",
    "sha256": "of a file that the product makes, with random in it",
    "certificate_sha256": "as above",
    "key": "of a job: made of ids",
    "name": "of a schedule: the product's own",
    "email": "people are invited by mail; sign-in answers alike for known and unknown",
    "slug": "agencies are public",
    "number": "versions of the routing rules, which agencies alone publish",
}
PUBLISHED = {"agreements.Clause", "agreements.ClauseAlternative", "agreements.AgreementTemplate"}


def uniques() -> list[tuple[str, frozenset[str]]]:
    """(model, fields) of every set that must be unique, but primary keys."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, Base):
            continue
        label = model._meta.label
        found += [
            (label, frozenset({f.name})) for f in model._meta.concrete_fields if f.unique and not f.primary_key
        ]  # fmt: skip
        found += [(label, frozenset(names)) for names in model._meta.unique_together]
        found += [
            (label, frozenset(c.fields) or frozenset({"email"}))
            for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)
        ]  # fmt: skip
    return found


def owned(label: str, name: str) -> bool:
    """Whether the field names an organisation, a person or a row that one must see to write beside it."""
    return bool(apps.get_model(label)._meta.get_field(name).is_relation)


def test_a_file_that_somebody_brought_before_is_written_like_a_new_one(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    assert storage.put(b"the same card") == storage.put(b"the same card")
    assert len(synced) == 2
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [b"the same card"]


def test_nothing_must_be_unique_across_organisations() -> None:
    found = uniques()
    assert len(found) > 40
    wrong = [
        f"{label}: {sorted(names)}"
        for label, names in found
        if label not in PUBLISHED and not names <= set(UNIQUE_FOR_A_REASON) and not any(owned(label, n) for n in names)
    ]
    assert wrong == []


def test_ids_and_references_carry_no_order_and_no_count(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT counted.relname FROM pg_class sequence JOIN pg_depend ON objid = sequence.oid AND deptype IN ('a', 'i')"
            " JOIN pg_class counted ON counted.oid = refobjid WHERE sequence.relkind = 'S'"
        )
        counted = {name for (name,) in cursor.fetchall()}
    assert "django_migrations" in counted, "the question is put wrongly: Django's own tables count"
    for model in apps.get_models():
        if issubclass(model, Base):
            key = model._meta.pk
            assert isinstance(key, models.UUIDField) and key.default is uuid.uuid4, model
            assert model._meta.db_table not in counted, model
    made = [new_reference("AGR") for _ in range(500)]
    assert len(set(made)) == 500 and made != sorted(made)
    assert len({text[4] for text in made}) > 15, "the first letter is as random as the last"


def test_a_name_that_a_rival_uses_is_free(world: World) -> None:
    checkpoint(world, "aurora")  # its codename is Heron
    client = client_for(world.person("basalt", "drafter"))
    made = [
        client.post("/api/v1/models/", {"codename": name}, content_type="application/json")
        for name in ("Heron", "Ibis")
    ]
    assert [answer.status_code for answer in made] == [201, 201]
    again = client.post("/api/v1/models/", {"codename": "Heron"}, content_type="application/json")
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (400, "#/codename")


def test_no_answer_carries_a_digest_or_a_date_of_change(world: World) -> None:
    client, paths = client_for(world.person("aurora", "drafter")), ("/inbox/", "/agreements/", "/api/v1/agreements/")
    for path in (*paths, "/agreements/AGR-0000-0000/"):
        answer = client.get(path)
        assert not {"ETag", "Last-Modified", "Age"} & set(answer.headers), path
        assert answer["Cache-Control"] == "no-store"


def test_request_ids_are_random(client: Client, db: None) -> None:
    seen = [client.get("/section-3c/")["X-Request-Id"] for _ in range(20)]
    assert len(set(seen)) == 20 and all(uuid.UUID(one).version == 4 for one in seen)
    assert seen != sorted(seen)
