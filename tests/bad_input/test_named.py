"""Bad input that is known by name, through real HTTP: the page's form and the API say the same at the same field."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from agreements import queries
from agreements.models import Signature, TestingAgreement
from early_access.models import EarlyAccessRequest, RequestSection
from tests.agreements import factories as agreement_in
from tests.early_access import factories as make
from tests.world import World, acting, client_for

DAY = timedelta(days=1)


def window(days: int) -> dict[str, str]:
    first = make.today() + 7 * DAY  # also when midnight passes before the test runs
    return {"starts_on": str(first), "ends_on": str(first + (days - 1) * DAY)}


def endpoint(url: str) -> dict[str, str]:
    return {"method": "openai_compatible_api", "base_url": url, "model_name": "heron"}


BAD = {
    "a window of 31 days": ("window", window(31), "ends_on", "would last 31 days"),
    "a window that ends before it starts": ("window", window(0), "ends_on", ""),
    "a trusted-partner date in the past": (
        "dates", {"trusted_partner_on": str(make.today() - DAY)}, "trusted_partner_on", "is past",
    ),
    "a day that does not exist": ("dates", {"trusted_partner_on": "2027-02-30"}, "trusted_partner_on", ""),
    "an endpoint of plain http": ("access", endpoint("http://models.aurora.example/v1"), "base_url", "https"),
    "a private endpoint": ("access", endpoint("https://10.0.0.5/v1"), "base_url", ""),
    "this machine": ("access", endpoint("https://127.0.0.1/v1"), "base_url", ""),
    "a private endpoint mapped into IPv6": ("access", endpoint("https://[::ffff:10.0.0.5]/v1"), "base_url", ""),
    "one through NAT64": ("access", endpoint("https://[64:ff9b::a9fe:a9fe]/v1"), "base_url", ""),
    "one with a password": ("access", endpoint("https://user:secret@models.aurora.example/v1"), "base_url", ""),
    "an octal address": ("access", endpoint("https://017700000001/v1"), "base_url", ""),
    "no key": ("credential", {"secret": "  "}, "secret", ""),
}  # fmt: skip


@pytest.fixture
def draft(world: World) -> tuple[Client, str]:
    """A drafter's client and the reference of a fresh draft."""
    client = client_for(world.person("aurora", "drafter"))
    return client, client.post("/requests/new/")["Location"].rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_at_its_field_by_page_and_api(world: World, draft: tuple[Client, str], name: str) -> None:
    client, reference = draft
    section, data, field, words = BAD[name]
    page = client.post(f"/requests/{reference}/section/{section}/", {**data, "row_version": 0})
    text = page.content.decode()
    assert page.status_code in (200, 400), page.status_code
    assert f'href="#id_{field}"' in text and f'id="id_{field}"' in text
    assert words in text.split(f'id="id_{field}_error"')[1].split("</span>")[1]
    for value in data.values():
        assert "secret" in data or value in text, "what was typed stands there still"
    answer = client.put(
        f"/api/v1/requests/{reference}/sections/{section}/",
        {"row_version": 0, "data": data}, content_type="application/json",
    )  # fmt: skip
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [e["pointer"] for e in answer.json()["errors"]] == [f"#/data/{field}"]
    assert words in answer.json()["detail"]
    with acting(world.person("aurora", "drafter")):
        assert not RequestSection.objects.filter(name=section).exists()


def sign_form(world: World, agreement: TestingAgreement, organisation: str) -> tuple[Client, dict[str, str]]:
    """The signatory's client, and the form as it would be sent for the file that stands there now."""
    person = world.person(organisation, "signatory")
    with acting(person):
        file = queries.current_file(TestingAgreement.objects.get(pk=agreement.pk))
    return client_for(person), {"shown_sha256": file.sha256, "agreed": "on", "typed_name": person.name}


def at_once(*presses: tuple[Client, str, dict[str, str]]) -> list[Any]:
    """Post all forms at the same moment, each on its own connection."""
    answers: list[Any] = [None] * len(presses)
    start = threading.Barrier(len(presses))

    def press(index: int, client: Client, url: str, data: dict[str, str]) -> None:
        start.wait()
        try:
            answers[index] = client.post(url, data)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(i, *p)) for i, p in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_two_people_sign_at_once(transactional_world: World) -> None:
    world = transactional_world
    agreement = agreement_in.awaiting(world, ("treasury", "commerce"))
    url = f"{agreement.get_absolute_url()}sign/"
    answers = at_once(
        *((client, url, form) for client, form in [sign_form(world, agreement, "aurora") for _ in range(2)]),
        *((client, url, form) for client, form in [sign_form(world, agreement, a) for a in ("treasury", "commerce")]),
    )
    done = [answer for answer in answers if answer.status_code == 302]
    for answer in answers:
        assert answer.status_code in (302, 403, 409), answer.status_code
        if answer.status_code != 302:
            said = answer.content.decode()
            assert any(words in said for words in ("try again", "already signed", "file changed", "not your turn")), (
                said[-1500:]
            )
    with acting(world.person("aurora", "drafter")):
        assert Signature.objects.count() == len(done) == 1
    both = [sign_form(world, agreement, agency) for agency in ("treasury", "commerce")]
    answers = at_once(*((client, url, form) for client, form in both))
    with acting(world.person("aurora", "drafter")):
        assert Signature.objects.count() == 1 + sum(answer.status_code == 302 for answer in answers)
    assert {answer.status_code for answer in answers} <= {302, 403, 409}
    assert 302 in {answer.status_code for answer in answers}


def test_signing_out_of_turn_over_the_api(world: World) -> None:
    agreement = agreement_in.awaiting(world, ("treasury",))
    client, form = sign_form(world, agreement, "treasury")
    answer = client.post(
        f"/api/v1/agreements/{agreement.reference}/sign/", {**form, "agreed": True}, content_type="application/json"
    )
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert "not your turn" in answer.json()["detail"]
    with acting(world.person("aurora", "drafter")):
        assert not Signature.objects.exists()


def test_text_beyond_all_measure_is_told_how_much_is_taken(world: World, draft: tuple[Client, str]) -> None:
    client, reference = draft
    page = client.post(f"/requests/{reference}/section/confidentiality/", {"statement": "x" * 3_000_000})
    assert page.status_code == 413
    assert "larger than 2.5 MiB, the most that Concord takes here. Nothing was saved" in page.content.decode()


def test_an_address_that_was_typed_wrong_is_a_page(world: World, draft: tuple[Client, str]) -> None:
    client, _ = draft
    for path in ("/requests/REQ-%00/", "/requests/?cursor=%00", "/requests/?status=%FF", "/agreements/AGR-\u202e/"):
        assert client.get(path).status_code in (200, 400, 404), path
    with acting(world.person("aurora", "drafter")):
        assert EarlyAccessRequest.objects.count() == 1
