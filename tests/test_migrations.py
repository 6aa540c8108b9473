"""Migrations that write rows, on a database that holds requests of before: what they fill in is what was there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core import rls

SUBMITTED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def apps_at(migration: str) -> Any:
    """The models as they were after a migration of early access; the database is brought there."""
    call_command("migrate", "early_access", migration, verbosity=0)
    executor = MigrationExecutor(connection)
    return executor.loader.project_state([("early_access", migration)]).apps


def organisation(apps: Any, name: str, kind: str) -> Any:
    slug = name if kind == "agency" else None
    return apps.get_model("accounts", "Organisation").objects.create(slug=slug, name=name, kind=kind)


def requests_of_before(apps: Any) -> tuple[UUID, UUID, tuple[UUID, UUID]]:
    """A submitted request with two variants, two agencies, two keys and an opening of each; and a draft."""

    def rows(name: str, room: str = "early_access") -> Any:
        return apps.get_model(room, name).objects

    developer, caisi = organisation(apps, "lark", "developer"), organisation(apps, "caisi", "agency")
    other = organisation(apps, "energy", "agency")
    sides = (developer.pk, caisi.pk, other.pk)
    with rls.context(organisations=sides):
        own = {"developer": developer}
        model = rows("FrontierModel", "developers").create(codename="Wren", **own)
        checkpoint = rows("ModelCheckpoint", "developers").create(
            model=model, label="wren-1", configuration_sha256="ab" * 32, **own
        )
        draft = rows("EarlyAccessRequest").create(**own)
        request = rows("EarlyAccessRequest").create(
            model=model, checkpoint=checkpoint, submitted_at=SUBMITTED, intake_agency=caisi, **own
        )
        own["request"] = request
        for kind in ("production", "helpful_only"):
            rows("RequestVariant").create(kind=kind, **own)
        for agency, consented in ((caisi, True), (other, False)):
            rows("AgencyConsent").create(agency=agency, consented=consented, **own)
        for version in (1, 2):
            rows("AccessSpecification").create(
                version=version,
                frozen_at=SUBMITTED,
                method="openai_compatible_api",
                base_url="https://x.example",
                **own,
            )
            key = rows("AccessCredential").create(
                version=version, ciphertext=b"sealed", revoked_at=SUBMITTED if version == 1 else None, **own
            )
            rows("CredentialOpening").create(credential=key, agency=caisi, reason=f"Opening {version}", **own)
        rows("CredentialWrap").create(target=key, organisation=caisi, key_id="k", wrapped_key=b"w", developer=developer)
    return request.pk, draft.pk, (developer.pk, caisi.pk)


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def test_what_was_submitted_before_gets_its_state_its_consents_and_keeps_its_key(empty: str) -> None:
    before = apps_at("0010_window_extensions")
    request, _, sides = requests_of_before(before)

    apps_at("0011_pinned_states")  # failed here when it filled the table in: the policies hid what its keys lead to
    pinned = apps_at("0014_fill")
    with rls.context(organisations=sides):
        (state,) = pinned.get_model("early_access", "PinnedState").objects.all()
        assert (state.request_id, state.number, state.since) == (request, 1, SUBMITTED)
        assert (state.variants, state.specification.version) == (["helpful_only", "production"], 2)
        assert (state.configuration_sha256, state.announced_by_id) == ("ab" * 32, None)
    forced = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND NOT relforcerowsecurity"
    assert asked(forced) == [(0,)], "the policies hold for the owner again"

    after = pinned
    with rls.context(organisations=sides):
        consents = after.get_model("early_access", "VariantConsent").objects.values_list(
            "agency__slug", "kind", "consented", "own_key", "changed_at"
        )
        assert sorted(consents) == [
            ("caisi", "helpful_only", True, False, None), ("caisi", "production", True, False, None),
            ("energy", "helpful_only", False, False, None), ("energy", "production", False, False, None),
        ]  # fmt: skip
        keys = after.get_model("early_access", "AccessCredential").objects.order_by("version")
        assert [(k.variant, k.version, k.base_url, bool(k.revoked_at)) for k in keys] == [
            ("", 1, "", True),
            ("", 2, "", False),
        ]
        assert bytes(keys[1].ciphertext) == b"sealed"
        openings = after.get_model("early_access", "CredentialOpening").objects.order_by("version")
        assert [(o.variant, o.version, o.reason) for o in openings] == [("", 1, "Opening 1"), ("", 2, "Opening 2")]
        assert after.get_model("early_access", "CredentialWrap").objects.count() == 1
    assert asked(forced) == [(0,)]
    frozen = "SELECT tgenabled FROM pg_trigger WHERE tgrelid = 'early_access_credentialopening'::regclass AND NOT tgisinternal"
    assert {enabled for (enabled,) in asked(frozen)} == {"O"}, "openings are frozen and under audit again"
    assert asked("SELECT pg_get_triggerdef(oid) LIKE '%base_url%' FROM pg_trigger WHERE tgname = 'audit_capture'"
                 " AND tgrelid = 'early_access_accesscredential'::regclass") == [(True,)]  # fmt: skip
