"""Documents of a request: attached in versions, kept byte for byte, read by whoever reads the request, and offered to fields."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.decisions import Invalid, Refused
from early_access import actions, changes, documents
from early_access.models import CredentialOpening, EarlyAccessRequest, RequestDocument
from early_access.rules.sections import BY_NAME
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access import papers
from tests.early_access.test_keys import told
from tests.world import World, client_for

CAISI, TREASURY = make.AGENCIES
BILL = papers.packed(papers.bill())


def attach(world: World, request: EarlyAccessRequest, kind: str = "ml_bom", content: bytes = BILL, name: str = "heron.json",
           role: str = "drafter") -> RequestDocument:  # fmt: skip
    with acting(world.person("aurora", role)) as by:
        row = EarlyAccessRequest.objects.get(pk=request.pk)
        return actions.attach(request=row, kind=kind, name=name, content=content, by=by)


def test_the_bytes_are_kept_and_a_newer_version_replaces(world: World) -> None:
    request = make.draft(world)
    odd = b"\xef\xbb\xbf\r\n" + BILL.replace(b"\n", b"\r\n") + b"\n \n"
    first = attach(world, request, content=odd)
    assert (first.version, first.size, first.sha256) == (1, len(odd), sha256(odd).hexdigest())
    kept = Path(site.MEDIA_ROOT) / first.sha256[:2] / first.sha256
    assert kept.read_bytes() == odd, "byte for byte"
    assert attach(world, request, content=odd) == first, "the same again changes nothing"
    second = attach(world, request, name="C:\\papers\\..\\heron\u202e.json")
    assert (second.version, second.file_name) == (2, "heron.json")
    card = attach(world, request, "model_card", papers.CARD, "card.md", role="counsel")
    with acting(world.person("aurora", "security")):
        rows = documents.versions(request)
        assert [(str(r), r.is_current) for r in rows] == [
            ("ML-BOM, version 2", True), ("ML-BOM, version 1", False), ("Model card, version 1", True),
        ]  # fmt: skip
        assert documents.current(rows) == [second, card]
        with pytest.raises(DatabaseError), transaction.atomic():
            RequestDocument.objects.filter(pk=first.pk).update(version=9)
    for home, role in (("basalt", "security"), (CAISI, "evaluator")):
        with acting(world.person(home, role)):
            assert not RequestDocument.objects.exists(), "a draft is the developer's"


def test_what_is_wrong_is_said_and_nothing_is_kept(world: World, settings: Any) -> None:
    request = make.draft(world)
    wrong = papers.packed(papers.bill(modelParameters={"approach": {"type": "magic"}}))
    with pytest.raises(Invalid, match=r"modelParameters\.approach\.type: 'magic' is not one of"):
        attach(world, request, content=wrong)
    with pytest.raises(Invalid, match="This is HTML"):
        attach(world, request, "model_card", b"<!doctype html>", "card.md")
    with pytest.raises(Invalid, match="a page that may run"):
        attach(world, request, "system_card", b"x", "card.html")
    with pytest.raises(Invalid, match="from the list"):
        attach(world, request, "weights")
    settings.MAX_DOCUMENT_BYTES = 1024 * 1024
    with pytest.raises(Invalid, match="larger than 1 MiB"):
        attach(world, request, "system_card", b"a" * (1024 * 1024 + 1), "card.txt")
    with pytest.raises(Refused):
        attach(world, request, role="signatory")
    with acting(world.person("aurora", "drafter")):
        assert not RequestDocument.objects.exists()


def test_agencies_of_the_request_read_and_hear_of_documents_until_it_ends(world: World) -> None:
    request = make.draft(world)
    attach(world, request)
    with acting(world.person("aurora", "drafter")) as by:
        request = actions.submit(request=request, by=by)
    attach(world, request, "spdx", papers.TAGS, "heron.spdx")
    assert told(world, "document_added", CAISI, "evaluator") == 1
    url = f"/requests/{request.reference}/documents/"
    for home, role, status in (
        (CAISI, "evaluator", 200), (TREASURY, "router", 200), ("basalt", "security", 404), ("defense", "router", 404),
    ):  # fmt: skip
        client = client_for(world.person(home, role))
        for path in ("", "ml_bom/1/", "ml_bom/1/file/", "spdx/1/"):
            assert client.get(url + path).status_code == status, (home, path)
        assert client.get(f"{url}ml_bom/upload/").status_code == 404, "only the developer attaches"
        assert client.get(f"/api/v1{url}").status_code == status
    with acting(world.person("aurora", "drafter")) as by:
        actions.withdraw(request=make.seen(world, request), by=by)
    with pytest.raises(Refused, match="No more documents are taken"):
        attach(world, request, "model_card", papers.CARD, "card.md")
    assert client_for(world.person(CAISI, "evaluator")).get(f"{url}ml_bom/1/file/").content == BILL


def test_a_document_that_came_after_testing_began_is_noticed(world: World) -> None:
    request = make.opened(world)
    attach(world, request, "model_card", papers.CARD, "card.md")
    with acting(world.person("aurora", "drafter")) as by:
        found = changes.picture(request, by)
        assert found and not found.changed, "nobody had begun"
        key = request.credentials.get()
        CredentialOpening.objects.create(
            request=request, credential=key, developer=request.developer, agency=world.agency(CAISI), reason="First calls."
        )  # fmt: skip
    newer = attach(world, request, "model_card", papers.CARD + b"\nMore.\n", "card.md")
    with acting(world.person("aurora", "drafter")) as by:
        found = changes.picture(request, by)
        caisi = world.agency(CAISI).name
        assert found and found.changed and [(r.document, r.begun) for r in found.documents] == [(newer, [caisi])]
        page = client_for(by).get(f"/requests/{request.reference}/").content.decode()
        assert "Documents uploaded since testing began" in page
        said = client_for(by).get(f"/api/v1/requests/{request.reference}/changes/").json()["documents"]
        assert [(d["kind"], d["version"], d["begun"]) for d in said] == [("model_card", 2, [caisi])]


def test_what_a_bill_says_is_offered_and_saved_by_a_person_only(world: World) -> None:
    row = make.checkpoint(world)
    request = make.draft(world)
    client = client_for(world.person("aurora", "drafter"))
    url = f"/requests/{request.reference}/section/"
    assert "offers" not in client.get(f"{url}documents/").content.decode()
    attach(world, request)
    page = client.get(f"{url}documents/")
    assert papers.LIMITS in page.content.decode() and page.context["form"].initial == {"row_version": 0}
    taken = client.get(f"{url}documents/?offer=1")
    assert taken.context["form"].initial["limitations"] == papers.LIMITS and b"not saved yet" in taken.content
    with acting(world.person("aurora", "drafter")) as by:
        assert not request.sections.filter(name="documents").exists()
        assert documents.offered(request, "identity") == {
            "document": documents.newest(request, "ml_bom"), "said": "",
            "values": {"model": str(row.model_id), "checkpoint": str(row.pk)},
            "words": [("Model", "Heron"), ("Checkpoint", "heron-rc1")],
        }  # fmt: skip
        actions.attach(request=request, kind="ml_bom", name="x.json", by=by,
                       content=papers.packed(papers.bill(name="Other", build="9")))  # fmt: skip
    shown = client.get(f"{url}identity/").content.decode()
    assert "“Other”, version “9”; no model of that name is registered" in shown and "?offer=1" not in shown
    said = {"limitations": papers.LIMITS, "intended_uses": papers.USES}
    assert client.post(f"{url}documents/", said | {"row_version": 0}).status_code == 302
    with acting(world.person("aurora", "drafter")) as by:
        actions.submit(request=request, by=by)
    evaluator = client_for(world.person(CAISI, "evaluator"))
    assert papers.LIMITS in evaluator.get(f"/requests/{request.reference}/").content.decode()
    assert evaluator.get(f"/api/v1/requests/{request.reference}/").json()["limitations"] == papers.LIMITS
    assert {f.name for f in BY_NAME["documents"].fields} >= set(said)


def test_pages_show_cards_without_anything_that_acts(world: World) -> None:
    request = make.draft(world)
    client = client_for(world.person("aurora", "drafter"))
    url = f"/requests/{request.reference}/documents/"
    hostile = b"# Heron\n<script>alert(1)</script> [x](javascript:alert(2)) ![y](https://evil.example/p.png)\n"

    def upload(kind: str, content: bytes, name: str) -> Any:
        return client.post(f"{url}{kind}/upload/", {"file": SimpleUploadedFile(name, content)})

    assert client.get(f"{url}model_card/upload/").status_code == 200
    assert upload("model_card", hostile, "card.md")["Location"] == f"{url}model_card/1/"
    page = client.get(f"{url}model_card/1/").content.decode()
    assert "<h3>Heron</h3>" in page and "&lt;script&gt;" in page and "picture left out: y" in page
    assert "javascript:" not in page and "evil.example" not in page and "<script>alert" not in page
    file = client.get(f"{url}model_card/1/file/")
    assert file.content == hostile and file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"] == f'attachment; filename="{request.reference}-model-card-v1.md"'
    assert upload("system_card", papers.pdf(), "card.pdf").status_code == 302
    page = client.get(f"{url}system_card/1/").content.decode()
    assert "not opened inside this page" in page and "<embed" not in page and "<iframe" not in page
    assert client.get(f"{url}system_card/1/file/")["Content-Disposition"].startswith("attachment")
    upload("system_card", b"# plain\n<b>words</b>", "card.txt")
    assert "# plain\n&lt;b&gt;words" in client.get(f"{url}system_card/2/").content.decode()
    again = upload("ml_bom", papers.packed(papers.bill(modelParameters={"approach": {"type": "magic"}})), "heron.json")
    assert again.status_code == 200 and "approach.type: &#x27;magic&#x27; is not one of" in again.content.decode()
    for path in ("weights/upload/", "model_card/7/", "model_card/7/file/"):
        assert client.get(url + path).status_code == 404


def test_the_api_attaches_lists_and_hands_on(world: World) -> None:
    request = make.draft(world)
    client = client_for(world.person("aurora", "drafter"))
    url = f"/api/v1/requests/{request.reference}/documents/"

    def post(kind: str, content: bytes) -> Any:
        sent = {"kind": kind, "file": SimpleUploadedFile("heron.json", content)}
        return client.post(url, sent, headers={"Idempotency-Key": str(uuid4())})

    answer = post("ml_bom", BILL)
    assert (answer.status_code, answer.json()["sha256"]) == (201, sha256(BILL).hexdigest())
    assert answer.json()["offers"]["limitations"] == papers.LIMITS
    refused = post("ml_bom", b"{}")
    assert refused.status_code in (400, 422) and "bomFormat" in refused.content.decode()
    post("ml_bom", BILL + b"\n")
    listed = client.get(url).json()["results"]
    assert [(d["version"], d["current"]) for d in listed] == [(2, True), (1, False)]
    assert client.get(f"{url}ml_bom/1/file/").content == BILL
    assert client_for(world.person("basalt", "drafter")).get(f"{url}ml_bom/1/file/").status_code == 404
    assert timezone.now().isoformat() > listed[0]["uploaded_at"]
