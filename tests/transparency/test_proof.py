"""The completion certificate, and what a hash answers to whom: the same to a stranger whether it is unknown or private."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements import actions as agreements
from agreements import queries
from agreements.models import CompletionCertificate, TestingAgreement
from agreements.pdf.render import RenderRefused
from agreements.pdf.verify import EXECUTED, verify
from core import rls
from core.decisions import Conflict, Refused
from tests.agreements import factories as make
from tests.world import World, client_for
from transparency import actions
from transparency.models import PublishedProof

NEVER = "0" * 64


@pytest.fixture
def agreement(world: World) -> TestingAgreement:
    return make.in_force(world, ("treasury",))


def executed(world: World, agreement: TestingAgreement) -> CompletionCertificate:
    with make.acting(world.person("aurora", "counsel")):
        found = queries.certificate(agreement)
        assert found is not None
        return found


def publish(world: World, agreement: TestingAgreement) -> PublishedProof:
    sha256 = executed(world, agreement).sha256
    with make.acting(world.person("aurora", "counsel")) as by:
        return actions.publish(agreement=agreement, shown_sha256=sha256, by=by)


def asked(client: Client, sha256: str) -> bytes:
    answer = client.get("/verify/", {"sha256": sha256})
    assert answer.status_code == 200
    body = re.sub(rb'nonce="[^"]*"|value="[^"]*"', b"", answer.content)
    return body.replace(sha256.encode(), b"HASH").replace(sha256[:12].encode(), b"HASH")


def test_the_certificate_says_what_the_record_says(world: World, agreement: TestingAgreement) -> None:
    row = executed(world, agreement)
    said = row.content
    assert said["executed_sha256"] == row.executed.sha256
    assert [s["organisation"] for s in said["signatures"]] == ["Aurora Cognition", "Department of the Treasury"]
    assert said["signatures"][0]["after"] == said["signatures"][1]["before"]
    assert said["signatures"][1]["after"] == said["executed_sha256"]
    assert "treasury-2026-1" in said["signatures"][1]["authority"]
    assert any("concur" in line for line in said["concurrences"])
    assert [e.split(": ")[1] for e in said["events"]][-1] == "signed"
    assert not any(word in json.dumps(said).lower() for word in ("approved", "cleared for", "licensed to"))


def test_the_certificate_is_a_sealed_pdf_that_carries_its_data(
    world: World, agreement: TestingAgreement, tmp_path: Path
) -> None:
    row = executed(world, agreement)
    with make.acting(world.person("treasury", "counsel")) as by:
        pdf = agreements.download_certificate(agreement=make.seen(agreement, by), by=by)
    assert hashlib.sha256(pdf).hexdigest() == row.sha256
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
        words = " ".join(text.decode().split())
        for expected in (agreement.reference, row.executed.sha256, "Maren Vale", "binds the Developer", "licence"):
            assert expected in words
    if shutil.which("pdfsig"):
        (tmp_path / "c.pdf").write_bytes(pdf)
        command = ["pdfsig", "-nocert", str(tmp_path / "c.pdf")]
        seen = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in seen


def test_a_change_to_the_certificate_is_found(world: World, agreement: TestingAgreement) -> None:
    from django.utils import timezone

    from agreements import keys
    from tests.agreements.pdf.test_pdf import _flipped, _with_page

    with make.acting(world.person("treasury", "counsel")) as by:
        pdf = agreements.download_certificate(agreement=make.seen(agreement, by), by=by)
    roots, *_ = keys.trust(timezone.now())
    # The verdict over agreements also knows a certificate: its seal allows less, so it is not taken for an agreement.
    assert verify(pdf, trust_roots=roots, planned=[]).outcome != EXECUTED
    for changed in (_flipped(pdf), _with_page(pdf)):
        assert verify(changed, trust_roots=roots, planned=[]).problems


def test_without_a_certificate_the_last_signature_is_not_made(world: World, monkeypatch) -> None:
    agreement = make.awaiting(world, ("treasury",))
    make.sign(world, agreement, "aurora")

    def refuse(*_: object, **__: object) -> bytes:
        raise RenderRefused("A character cannot be printed.")

    monkeypatch.setattr("agreements.completion.render_certificate", refuse)
    with pytest.raises(Conflict, match="certificate could not be: A character cannot be printed"):
        make.sign(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        assert (row.status, row.fully_executed_at) == ("awaiting_signature", None)
        assert not CompletionCertificate.objects.exists()
    monkeypatch.undo()
    assert make.sign(world, agreement, "treasury")


def test_strangers_learn_nothing_of_what_is_not_public(world: World, agreement: TestingAgreement) -> None:
    real = executed(world, agreement).executed.sha256
    for client in (Client(), client_for(world.person("basalt", "drafter"))):
        asked(client, NEVER)  # the first request of a session writes more than the following ones
        answers, counts = [], []
        for sha256 in (real, NEVER):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                answers.append(asked(client, sha256))
            counts.append(len(seen))
        assert answers[0] == answers[1]
        assert counts[0] == counts[1]
        assert b"does not confirm" in answers[0]


def test_the_parties_get_an_answer_for_their_own(world: World, agreement: TestingAgreement) -> None:
    row = executed(world, agreement)
    for organisation in ("aurora", "treasury"):
        client = client_for(world.person(organisation, "counsel"))
        page = asked(client, row.executed.sha256)
        assert b"This is the executed copy" in page
        assert b"Only the parties get this answer" in page
        assert b"This is the completion certificate" in asked(client, row.sha256)


def test_an_unfinished_file_is_said_to_bind_nobody(world: World) -> None:
    agreement = make.awaiting(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        file = queries.current_file(make.seen(agreement, by))
    page = asked(client_for(world.person("aurora", "drafter")), file.sha256)
    assert b"Genuine, not executed" in page
    assert b"does not confirm" in asked(client_for(world.person("basalt", "drafter")), file.sha256)


def test_what_is_public_answers_to_anybody_until_it_is_taken_back(world: World, agreement: TestingAgreement) -> None:
    proof = publish(world, agreement)
    for client in (Client(), client_for(world.person("basalt", "drafter"))):
        page = asked(client, proof.sha256)
        assert b"This is the executed copy" in page
        assert b"Department of the Treasury" in page
        assert b"The developer lets anybody confirm it" in page
    with make.acting(world.person("aurora", "signatory")) as by:
        actions.take_back(agreement=agreement, by=by)
    assert b"does not confirm" in asked(Client(), proof.sha256)


def test_who_decides(world: World, agreement: TestingAgreement) -> None:
    sha256 = executed(world, agreement).sha256
    for organisation, role in (("treasury", "counsel"), ("aurora", "drafter")):
        with make.acting(world.person(organisation, role)) as by, pytest.raises(Refused, match="developer’s decision"):
            actions.publish(agreement=make.seen(agreement, by), shown_sha256=sha256, by=by)
    with make.acting(world.person("aurora", "counsel")) as by:
        with pytest.raises(Conflict, match="not what you read"):
            actions.publish(agreement=agreement, shown_sha256=NEVER, by=by)
        actions.publish(agreement=agreement, shown_sha256=sha256, by=by)
        with pytest.raises(Conflict, match="public already"):
            actions.publish(agreement=agreement, shown_sha256=sha256, by=by)


def test_nobody_else_writes_what_is_public(world: World, agreement: TestingAgreement) -> None:
    proof = publish(world, agreement)
    for person in (world.person("basalt", "counsel"), world.person("treasury", "counsel")):
        with make.acting(person):
            assert PublishedProof.objects.filter(pk=proof.pk).delete()[0] == 0
            assert PublishedProof.objects.filter(pk=proof.pk).update(sha256=NEVER) == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                PublishedProof.objects.create(
                    agreement_id=agreement.pk, developer_id=world.aurora.pk, sha256=NEVER, content={},
                    certificate_sha256="1" * 64, published_by=person,
                )  # fmt: skip
    with rls.context():
        assert PublishedProof.objects.get().sha256 == proof.sha256


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("{0}", True),
        ("  {1}  agreement.pdf", True),
        ("SHA256: {0}", True),
        ("abc", False),
        ("{0}0", False),
        ("", False),
    ],
)
def test_a_hash_is_read_as_tools_print_it(world: World, agreement: TestingAgreement, typed: str, known: bool) -> None:
    proof = publish(world, agreement)
    page = Client().get("/verify/", {"sha256": typed.format(proof.sha256, proof.sha256.upper())})
    assert (b"This is the executed copy" in page.content) is known
    if not known:
        assert b"c-errors" in page.content or b"usa-error-message" in page.content


def test_the_pages_of_the_decision(world: World, agreement: TestingAgreement) -> None:
    client, path = client_for(world.person("aurora", "counsel")), f"/agreements/{agreement.reference}/publish/"
    page = client.get(path).content.decode()
    assert "What strangers with a copy will read" in page
    shown = re.search(r'name="shown_sha256" value="([0-9a-f]{64})"', page)[1]
    assert client.post(path, {"decision": "publish", "shown_sha256": shown}).status_code == 302
    assert "Stop confirming it" in client.get(path).content.decode()
    assert client.post(path, {"decision": "take_back"}).status_code == 302
    assert client_for(world.person("treasury", "counsel")).get(path).status_code == 403
    assert client_for(world.person("basalt", "counsel")).get(path).status_code == 404


def test_the_root_certificate_is_offered(world: World) -> None:
    answer = Client().get("/verify/concord-root.pem")
    assert answer.content.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE" not in answer.content


def test_a_public_check_costs_one_query(world: World, agreement: TestingAgreement) -> None:
    proof = publish(world, agreement)
    with CaptureQueriesContext(connection) as seen:
        Client().get("/verify/", {"sha256": proof.sha256})
    assert len([q for q in seen if "transparency_publishedproof" in q["sql"]]) == 1
    assert len([q for q in seen if "agreements_" in q["sql"].replace("agreements_agreementgrant", "")]) == 0
