"""The receipt of a submission: its digest is in the record, and anybody with the text computes the same."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from hashlib import sha256

import pikepdf

from audit.models import Event
from core import rls
from early_access import actions, receipts
from early_access.models import EarlyAccessRequest
from tests.agreements.factories import acting
from tests.early_access import factories as make
from tests.early_access import papers
from tests.world import World, client_for


def receipt(
    world: World, request: EarlyAccessRequest, who: tuple[str, str] = ("aurora", "drafter")
) -> receipts.Receipt:
    with acting(world.person(*who)) as by:
        found = receipts.newest(request, by)
    assert found is not None
    return found


def page(world: World, request: EarlyAccessRequest, who: tuple[str, str]) -> str:
    return client_for(world.person(*who)).get(f"/requests/{request.reference}/").content.decode()


def test_a_draft_has_no_receipt(world: World) -> None:
    request = make.draft(world)
    with acting(world.person("aurora", "drafter")) as by:
        assert receipts.newest(request, by) is None
    assert "<h2>Receipt</h2>" not in page(world, request, ("aurora", "drafter"))


def test_the_digest_is_that_of_every_submitted_field_without_the_key(world: World) -> None:
    request = make.submitted(world)
    found = receipt(world, request)
    assert found.unchanged
    assert sha256(found.text.encode()).hexdigest() == found.sha256
    whole = json.loads(found.text)
    assert whole["request"] == request.reference
    assert whole["sections"]["access"]["base_url"] == "https://models.aurora.example/v1"
    assert sorted(whole["sections"]["credential"]["sealed_for"]) == sorted(make.AGENCIES)
    assert set(whole["sections"]) == set(make.sections(make.checkpoint(world)))
    assert make.SECRET not in found.text
    assert json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False) == found.text


def test_dates_that_move_later_leave_the_receipt_alone(world: World) -> None:
    request = make.opened(world)
    assert receipt(world, request).unchanged


def test_a_changed_section_is_told_and_the_answer_gets_its_own(world: World) -> None:
    request = make.submitted(world)
    first = receipt(world, request)
    with acting(world.person("commerce", "intake")) as by:
        actions.acknowledge(request=request, by=by)
        actions.ask_for_information(request=request, question="Which context length?", by=by)
    data = make.sections(make.checkpoint(world), access={"context_length": 128000})["access"]
    with acting(world.person("aurora", "drafter")) as by:
        actions.save_section(request=request, section="access", data=data, row_version=1, by=by)
    between = receipt(world, request)
    assert (between.sha256, between.unchanged) == (first.sha256, False)
    assert "the sections have changed since" in page(world, request, ("aurora", "drafter"))
    with acting(world.person("aurora", "drafter")) as by:
        actions.answer(request=request, text="128,000 tokens.", by=by)
    last = receipt(world, request)
    assert last.unchanged
    assert last.sha256 != first.sha256


def test_agencies_read_the_digest_and_rivals_nothing(world: World) -> None:
    request = make.submitted(world)
    found = receipt(world, request)
    own = page(world, request, ("aurora", "drafter"))
    assert "<h2>Receipt</h2>" in own
    assert "the sections are as they were submitted" in own
    theirs = page(world, request, ("commerce", "intake"))
    assert f"SHA-256 {found.sha256}" in theirs
    assert "<h2>Receipt</h2>" not in theirs
    with acting(world.person("basalt", "drafter")) as by:
        assert receipts.newest(request, by) is None
        assert not Event.objects.filter(verb=receipts.VERB).exists()
    with rls.context(actor="system:test"):
        assert not Event.objects.filter(verb=receipts.VERB).exists()


def test_the_receipt_as_pdf_carries_the_very_text_and_names_the_documents(world: World) -> None:
    odd = {"scope": "everything", "statement": "Rivals \u5951 would learn of it."}
    request = make.draft(world, confidentiality=odd)
    with acting(world.person("aurora", "drafter")) as by:
        actions.attach(request=request, kind="model_card", name="card.md", content=papers.CARD, by=by)
        actions.submit(request=request, by=by)
        client = client_for(by)
    found, url = receipt(world, request), f"/requests/{request.reference}/receipt.pdf"
    content = client.get(url).content
    assert content == client.get(url).content, "the same bytes each time"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.attachments["receipt.json"].get_file().read_bytes() == found.text.encode()
        assert "/StructTreeRoot" in pdf.Root and pdf.Root.MarkInfo.Marked
    if shutil.which("pdftotext"):
        shown = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
        for words in (
            found.sha256,
            "[U+5951]",
            "heron-preview",
            "Model card, version 1",
            sha256(papers.CARD).hexdigest(),
        ):
            assert words in shown.stdout.decode(), words
        assert make.SECRET not in shown.stdout.decode()
    for home, role, status in (("commerce-caisi", "evaluator", 404), ("basalt", "drafter", 404)):
        assert client_for(world.person(home, role)).get(url).status_code == status
        assert client_for(world.person(home, role)).get(f"/api/v1{url}").status_code == status
    assert client.get(f"/api/v1{url}").content == content
