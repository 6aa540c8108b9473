"""Every page of the admin opens, changes nothing, shows no secret and stays quick; what libraries register is tamed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit import admin as audit_admin
from audit.models import Event
from core import admin as core_admin
from core.admin import ReadOnlyAdmin
from tests.early_access import factories as make
from tests.evaluations.test_runs import under_test
from tests.world import World, acting, client_for

SECRETS = ("password", "token_hash", "ciphertext", "wrapped_key", "wrapped", "session_key", "data", "nonce")


def of_model(model: type) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def registered() -> list[type]:
    return sorted(admin.site._registry, key=lambda m: m._meta.label)


def test_everything_registered_is_read_only() -> None:
    assert len(registered()) > 25
    assert [m._meta.label for m in registered() if not isinstance(admin.site._registry[m], ReadOnlyAdmin)] == []
    assert not any("hijack" in app.name or "impersonate" in app.name for app in apps.get_app_configs())


def test_no_secret_is_a_field_of_any_page(rf: Any, world: World) -> None:
    request = rf.get("/admin/")
    request.user = world.staff
    shown = {
        (model._meta.label, name)
        for model in registered()
        for name in admin.site._registry[model].get_fields(request)
        if name in SECRETS
    }
    assert shown == set()


@pytest.fixture
def filled(world: World) -> World:
    under_test(world)
    Authenticator.objects.update(data={"name": "Key"})
    Authenticator.objects.create(user=world.staff, type="totp", data={"secret": "canary-of-a-factor"})
    return world


def test_every_list_and_detail_opens_and_nothing_can_be_changed(filled: World) -> None:
    client, seen = client_for(filled.staff), 0
    Authenticator.objects.filter(type="webauthn").update(data={"name": "Key"})
    for model in registered():
        where = of_model(model)
        page = client.get(reverse(f"{where}_changelist"))
        assert page.status_code == 200, model
        assert client.get(reverse(f"{where}_changelist"), {"q": "x"}).status_code in (200, 302), model
        assert client.get(reverse(f"{where}_add")).status_code == 403, model
        for row in list(page.context["cl"].result_list)[:1]:
            seen += 1
            detail = client.get(reverse(f"{where}_change", args=[row.pk]))
            assert detail.status_code == 200, model
            assert b"canary-of-a-factor" not in detail.content
            assert b'name="_save"' not in detail.content
            assert client.post(reverse(f"{where}_change", args=[row.pk]), {"x": "y"}).status_code == 403, model
            assert client.post(reverse(f"{where}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403, model
    assert seen > 15


def test_an_administrator_cannot_put_an_address_on_somebody(world: World) -> None:
    person = world.person("aurora", "signatory")
    client = client_for(world.staff)
    sent = {"user": str(person.pk), "email": world.staff.email, "verified": "on", "primary": "on"}
    assert client.post(reverse("admin:account_emailaddress_add"), sent).status_code == 403
    assert EmailAddress.objects.filter(user=person).count() == 1


def test_lists_ask_no_query_per_row(filled: World) -> None:
    client = client_for(filled.staff)
    for model in registered():
        address = reverse(f"{of_model(model)}_changelist")
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        assert len(counted) <= 22, (model, len(counted))


def test_a_reference_finds_its_row_in_any_case(world: World) -> None:
    request = make.submitted(world)
    client = client_for(world.staff)
    address = reverse("admin:early_access_earlyaccessrequest_changelist")
    for text in (request.reference, request.reference.lower()):
        assert [row.pk for row in client.get(address, {"q": text}).context["cl"].result_list] == [request.pk]
    assert not client.get(address, {"q": "REQ-2222-2222"}).context["cl"].result_list


def test_counts_stop_at_the_cap(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_admin, "MOST", 7)
    page = client_for(world.staff).get(reverse("admin:accounts_user_changelist"))
    assert page.context["cl"].result_count == 7


@pytest.fixture
def days(world: World) -> list[Event]:
    """Events of yesterday, of last week and of last year."""
    now = timezone.now()
    with acting(world.staff), connection.cursor() as cursor:
        for age in (1, 7, 400):
            cursor.execute(
                "INSERT INTO audit_event (id, at, parties, actor, verb, object_type, object_id, request_id, reason,"
                " body, nonce, body_hash) VALUES (gen_random_uuid(), %s, '{}', 'job:test', 'row.insert', 'accounts_user',"
                " %s, '', '', '{}', '', '')",
                [now - timedelta(days=age), f"aged-{age}"],
            )
    return []


def found(world: World, **asked: str) -> set[str]:
    client, keys = client_for(world.staff), set()
    for age in (1, 7, 400):
        page = client.get(reverse("admin:audit_event_changelist"), {"q": f"aged-{age}", **asked})
        assert page.status_code == 200
        keys |= {row.object_id for row in page.context["cl"].result_list}
    return keys


def test_events_are_found_by_day(world: World, days: list[Event]) -> None:
    today = timezone.now().date()

    def back(n: int) -> str:
        return (today - timedelta(days=n)).isoformat()

    assert found(world) == {"aged-1", "aged-7", "aged-400"}
    assert found(world, **{"from": back(7)}) == {"aged-1", "aged-7"}
    assert found(world, until=back(7)) == {"aged-7", "aged-400"}
    assert found(world, **{"from": back(1), "until": back(1)}) == {"aged-1"}
    assert found(world, **{"from": back(7), "verb": "row.insert"}) == {"aged-1", "aged-7"}
    assert found(world, **{"from": back(7), "verb": "row.delete"}) == set()
    client = client_for(world.staff)
    answer = client.get(reverse("admin:audit_event_changelist"), {"from": "last tuesday"})
    assert answer.status_code == 302, "Django's own answer to a filter that is none"


def test_the_days_are_a_form_that_keeps_the_other_filters(world: World, days: list[Event]) -> None:
    page = client_for(world.staff).get(reverse("admin:audit_event_changelist"), {"verb": "row.insert"}).content.decode()
    assert '<input type="date" name="from" value="">' in page
    assert '<input type="hidden" name="verb" value="row.insert">' in page


def test_an_export_that_would_be_cut_is_refused(
    world: World, days: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_admin, "LARGEST_EXPORT", 2)
    client = client_for(world.staff)
    chosen = {"action": "export", "select_across": "1", "_selected_action": ["x"]}
    with acting(world.staff):
        keys = [str(k) for k in Event.objects.filter(object_id__startswith="aged-").values_list("pk", flat=True)]
    answer = client.post(reverse("admin:audit_event_changelist"), {**chosen, "_selected_action": keys}, follow=True)
    assert "Choose fewer days" in answer.content.decode()
    with acting(world.staff):
        assert not Event.objects.filter(verb="audit.exported").exists()


def test_the_page_of_events_reads_indexes(world: World, days: list[Event]) -> None:
    with acting(world.staff), CaptureQueriesContext(connection) as counted:
        client_for(world.staff).get(reverse("admin:audit_event_changelist"), {"from": "2026-01-01"})
    assert not [q["sql"] for q in counted if "DISTINCT" in q["sql"] and "audit_event" in q["sql"]]
    assert not [q["sql"] for q in counted if "min(" in q["sql"].lower() and "audit_event" in q["sql"]]
