"""Over the API: the certificate, a version to edit, papers, outside counsel, and what a hash is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from agreements import queries
from tests.agreements import factories as make
from tests.world import World, client_for

API = "/api/v1/"
PAPER = b"%PDF-1.7 a resolution"


def sent(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"{API}{path}", body, content_type="application/json")


def test_the_certificate_and_what_a_hash_is(world: World) -> None:
    row = make.in_force(world, ("treasury",))
    there = f"agreements/{row.reference}/"
    counsel, agency, rival = (client_for(world.person(who, "counsel")) for who in ("aurora", "treasury", "basalt"))
    for client in (counsel, agency):
        read = client.get(f"{API}{there}certificate/").json()
        assert read["content"]["reference"] == row.reference and len(read["content"]["signatures"]) == 2
        assert client.get(f"{API}{there}certificate.pdf").content.startswith(b"%PDF-")
        assert client.get(f"{API}{there}versions/1.docx").content.startswith(b"PK")
    assert {
        rival.get(f"{API}{there}{name}").status_code for name in ("certificate/", "certificate.pdf", "versions/1.docx")
    } == {404}

    known = read["executed_sha256"]
    said = agency.get(f"{API}verify/{known}/").json()
    assert (said["kind"], said["reference"], said["is_certificate"]) == ("yours", row.reference, False)
    assert agency.get(f"{API}verify/{read['sha256']}/").json()["is_certificate"] is True
    unknown = rival.get(f"{API}verify/{'0' * 64}/").json()
    assert rival.get(f"{API}verify/{known}/").json() == unknown | {"sha256": known}, "as one that never was"
    assert "64 characters" in agency.get(f"{API}verify/abc/").content.decode()

    assert sent(agency, f"{there}publish/", certificate_sha256=read["sha256"]).status_code == 403
    assert sent(counsel, f"{there}publish/", certificate_sha256="0" * 64).status_code == 409
    assert sent(counsel, f"{there}publish/", certificate_sha256=read["sha256"]).json()["published"] is True
    assert rival.get(f"{API}verify/{known}/").json()["kind"] == "published"
    assert sent(counsel, f"{there}unpublish/").json()["published"] is False
    assert sent(counsel, f"{there}unpublish/").status_code == 409
    assert rival.get(f"{API}verify/{known}/").json() == unknown | {"sha256": known}


def test_a_paper_is_read_in_its_own_organisation(world: World) -> None:
    row = make.authority(world, "aurora", document=PAPER)
    path = f"{API}authorities/{row.pk}/document.pdf"
    assert client_for(world.person("aurora", "counsel")).get(path).content == PAPER
    assert client_for(world.person("basalt", "counsel")).get(path).status_code == 404
    assert client_for(world.person("treasury", "counsel")).get(path).status_code == 404


def test_outside_counsel_is_let_in_and_out(world: World) -> None:
    row = make.negotiated(world, ("treasury",))
    path = f"agreements/{row.reference}/access/"
    administrator, agency = (
        client_for(world.person("aurora", "administrator")),
        client_for(world.person("treasury", "counsel")),
    )
    outside = world.person("aurora", "outside_counsel")
    with make.acting(world.person("aurora", "administrator")) as by:
        assert outside in queries.outside_counsel(make.seen(row, by).developer)
    until = str(timezone.now().date() + timedelta(days=20))
    values = {"person": str(outside.pk), "until": until, "reason": "Negotiates for us."}
    reads = f"/api/v1/agreements/{row.reference}/"
    assert client_for(outside).get(reads).status_code == 404
    assert sent(agency, path, **values).status_code == 403
    other = str(world.person("aurora", "drafter").pk)
    assert (
        "no outside counsel with this id" in sent(administrator, path, **{**values, "person": other}).content.decode()
    )
    (given,) = sent(administrator, path, **values).json()["results"]
    assert (given["name"], given["reason"]) == (outside.name, "Negotiates for us.")
    assert client_for(outside).get(reads).status_code == 200
    assert agency.get(f"{API}{path}").status_code == 403
    assert administrator.get(f"{API}{path}").json()["results"] == [given]
    assert sent(administrator, f"{path}{given['id']}/remove/").json()["results"] == []
    assert client_for(outside).get(reads).status_code == 404
