"""Redlines of an agreement: between versions and against the template, as page, PDF, Word file and JSON."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from agreements import actions, redlines
from agreements.models import TestingAgreement
from core.decisions import Invalid
from tests.agreements import factories as make
from tests.agreements.pdf.test_pdf import text_of
from tests.agreements.word.files import accepted, authors
from tests.world import World, client_for

TEXTS = (
    "Each finding is shared within {fact_check_days} days <b>at once</b>.",
    "Findings are shared after {fact_check_days} days.",
)


@pytest.fixture
def rounds(world: World) -> TestingAgreement:
    """Three versions: findings_sharing differs in each, and the days in the third."""
    agreement = make.negotiated(world, ("treasury",))
    for text, days in zip(TEXTS, (5, 7), strict=True):
        with make.acting(world.person("aurora", "counsel")) as by:
            version = actions.begin_version(agreement=agreement, by=by)
            actions.save_draft(
                agreement=agreement, by=by, row_version=version.row_version, variables={"fact_check_days": days},
                clauses={"findings_sharing": text},
            )  # fmt: skip
            actions.propose_version(agreement=agreement, by=by)
    return agreement


def test_any_two_texts_are_compared(world: World, rounds: TestingAgreement) -> None:
    with make.acting(world.person("treasury", "counsel")) as by:
        row = make.seen(rounds, by)
        for before, after, kinds in (
            ("1", "3", 1),
            ("2", "3", 1),
            ("3", "1", 1),
            ("template", "1", 0),
            ("template", "3", 1),
            ("", "", 1),
        ):
            found = redlines.chosen(row, before, after)
            assert [c.key for c in found.changes if c.kind != "kept"] == ["findings_sharing"][:kinds], (before, after)
        runs = next(c.text for c in redlines.chosen(row, "1", "3").changes if c.key == "findings_sharing")
        assert "".join(t for op, t in runs if op != -1) == "Findings are shared after 7 days."
        for before, after in (("3", "3"), ("9", "3"), ("1", "9"), ("x", "")):
            with pytest.raises(Invalid):
                redlines.chosen(row, before, after)


def test_the_template_is_filled_with_the_same_values(world: World, rounds: TestingAgreement) -> None:
    with make.acting(world.person("treasury", "counsel")) as by:
        found = redlines.chosen(make.seen(rounds, by), "template", "3")
    texts = {c.key: "".join(t for op, t in c.text if op != 1) for c in found.changes}
    assert "has 7 days" in texts["findings_sharing"]
    assert "Department of the Treasury" in texts["parties"]


def test_the_page_escapes_marks_and_names_itself_to_screen_readers(world: World, rounds: TestingAgreement) -> None:
    client = client_for(world.person("treasury", "counsel"))
    page = client.get(f"{rounds.get_absolute_url()}redline/?from=1&to=2&changed=on")
    assert page.status_code == 200
    for words in (b"1 of 16 clauses differ", b"<ins>", b"[inserted: ", b"mandatory licensing"):
        assert words in page.content
    assert b"<b>at once" not in page.content
    assert page.content.count(b'class="c-clause"') == 1
    assert client.get(f"{rounds.get_absolute_url()}redline/?from=9").status_code == 404
    draft = make.draft(world)
    own = client_for(world.person("aurora", "drafter"))
    assert b"once the draft is sent" in own.get(f"{draft.get_absolute_url()}redline/").content


def test_the_pdf_is_tagged_and_says_what_it_is(world: World, rounds: TestingAgreement, tmp_path: Path) -> None:
    answer = client_for(world.person("treasury", "counsel")).get(f"{rounds.get_absolute_url()}redline.pdf?from=1&to=3")
    assert answer["Content-Disposition"].endswith('-v3-changes.pdf"')
    file = tmp_path / "r.pdf"
    file.write_bytes(answer.content)
    info = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    for words in (
        "From version 1 to version 3",
        "1 of 16 clauses differ",
        "Findings are shared",
        "section 3(c)",
        "(changed)",
    ):
        assert words in text
    struct = subprocess.run(["pdfinfo", "-struct", file], capture_output=True, text=True, check=True).stdout
    assert "LineThrough" in struct
    assert "Underline" in struct


def test_the_word_file_has_the_changes_by_their_organisation(world: World, rounds: TestingAgreement) -> None:
    client = client_for(world.person("treasury", "counsel"))
    answer = client.get(f"{rounds.get_absolute_url()}redline.docx?from=2&to=3")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert set(authors(answer.content)) == {"Aurora Cognition"}
    assert "Findings are shared after 7 days." in accepted(answer.content)
    plain = client.get(f"{rounds.get_absolute_url()}versions/2.docx").content
    assert authors(plain) == []
    assert any("at once" in line for line in accepted(plain))
    assert client.get(f"{rounds.get_absolute_url()}versions/9.docx").status_code == 404


@pytest.mark.parametrize(("before", "after"), [("1", "3"), ("3", "1"), ("template", "3")])
def test_nobody_is_named_as_author_of_what_several_did(
    world: World, rounds: TestingAgreement, before: str, after: str
) -> None:
    """Version 2 may be another side's: a comparison over it is nobody's proposal."""
    client = client_for(world.person("treasury", "counsel"))
    answer = client.get(f"{rounds.get_absolute_url()}redline.docx?from={before}&to={after}")
    assert set(authors(answer.content)) == {"Concord (comparison)"}


def test_the_api_gives_the_same(world: World, rounds: TestingAgreement) -> None:
    client = client_for(world.person("treasury", "counsel"))
    base = f"/api/v1/agreements/{rounds.reference}/"
    rows = client.get(f"{base}redline/?from=template&to=3").json()["results"]
    assert [r["clause_id"] for r in rows if r["change"] == "changed"] == ["findings_sharing"]
    assert client.get(f"{base}redline/?from=9").status_code == 400
    assert client.get(f"{base}redline.pdf").content.startswith(b"%PDF-")
    assert authors(client.get(f"{base}redline.docx").content)
    rival = client_for(world.person("basalt", "counsel"))
    for path in ("redline/", "redline.pdf", "redline.docx"):
        assert rival.get(base + path).status_code == 404


def test_a_marking_stands_at_the_head_of_every_page_of_every_file(world: World) -> None:
    """Chosen with the draft, frozen with the version, and copied into the next one; a change of it alone is a version too."""
    agreement = make.draft(world, ("treasury",))
    client = client_for(world.person("aurora", "drafter"))
    edit = f"{agreement.get_absolute_url()}edit/"
    assert client.post(edit, {"row_version": 2, "marking": "SECRET"}).status_code == 200, "no such marking"
    assert client.post(edit, {"row_version": 2, "title": agreement.title, "marking": "CUI"}).status_code == 302
    with make.acting(world.person("aurora", "drafter")) as by:
        agreement = actions.send(agreement=make.seen(agreement, by), by=by)
        first = agreement.current
        assert first is not None and first.marking == "CUI" and '"marking":"CUI"' in first.canonical.replace(" ", "")
        actions.begin_version(agreement=agreement, by=by)
        with pytest.raises(Invalid, match="Nothing differs"):
            actions.propose_version(agreement=agreement, by=by)
        actions.save_draft(agreement=agreement, by=by, row_version=1, variables={}, clauses={}, marking="CUI//PROPIN")
        second = actions.propose_version(agreement=agreement, by=by)
        assert second.text_hash != first.text_hash
        agreement = actions.open_clearance(agreement=make.seen(agreement, by), by=by)
    counsel = client_for(world.person("treasury", "counsel"))
    there = agreement.get_absolute_url()
    page = counsel.get(f"{there}negotiation/").content.decode()
    assert "CUI//PROPIN" in page and "The marking was “CUI” in version 1." in page
    redline = counsel.get(f"{there}redline.pdf?from=1&to=2").content
    word = counsel.get(f"{there}versions/2.docx").content
    assert b"CUI//PROPIN" in zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml")
    for organisation in ("aurora", "treasury"):
        make.authority(world, organisation)
    make.concur(world, agreement, "treasury")
    with make.acting(world.person("aurora", "drafter")) as by:
        actions.open_for_signature(agreement=make.seen(agreement, by), by=by)
    for organisation in ("aurora", "treasury"):
        make.sign(world, agreement, organisation)
    for content in (redline, counsel.get(f"{there}executed.pdf").content, counsel.get(f"{there}text.pdf").content):
        pages = text_of(content)
        assert pages and all("CUI//PROPIN" in one for one in pages)
