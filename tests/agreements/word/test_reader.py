"""Word files from outside: refused in a sentence, or read whole; clauses and values found again."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.pdf.redline import Piece
from agreements.texts import fill
from agreements.word import safety
from agreements.word.matching import match, restore
from agreements.word.names import BOOKMARK, MAIN_TYPE, OFFICE, W
from agreements.word.reader import read
from agreements.word.safety import WordRefused
from tests.agreements.word.files import (
    AFTER,
    BEFORE,
    accepted,
    changed,
    in_body,
    packed,
    parts_of,
    redlined,
)


def test_it_reads_what_accepting_every_change_would_give() -> None:
    assert [p.text for p in read(redlined()).paragraphs] == accepted(redlined())


def test_what_was_exported_is_found_again_clause_by_clause() -> None:
    found = match(read(redlined()).paragraphs, BEFORE)
    assert found.texts == {"purpose": AFTER[0].text, "term": "Two years."}
    assert [(c.after, c.heading, c.text) for c in found.added] == [("purpose", "Export", "No export.")]
    assert (found.removed, found.headings) == (["law"], {})


def test_clauses_are_found_by_heading_when_bookmarks_are_lost() -> None:
    def strip(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(BOOKMARK.encode(), b"other_")

    found = match(read(changed(strip)).paragraphs, BEFORE)
    assert set(found.texts) == {"purpose", "term"}


def test_a_file_of_something_else_is_refused() -> None:
    with pytest.raises(WordRefused, match="None of this agreement's clauses"):
        match(read(redlined()).paragraphs, [Piece("x", "Wholly other", "Text.")])
    with pytest.raises(WordRefused, match="twice"):
        match(read(redlined()).paragraphs * 2, BEFORE)


def test_changes_of_the_other_side_are_read_as_they_propose_them() -> None:
    body = (
        "<w:p><w:r><w:t>Keep </w:t></w:r><w:del w:id='1' w:author='X'><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='Y'><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom w:id='3' w:author='X'><w:r><w:t>gone</w:t>"
        "</w:r></w:moveFrom><w:r><w:tab/><w:t>end</w:t><w:br/><w:t>line</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del w:id='4' w:author='X'/></w:rPr></w:pPr><w:r><w:t>runs </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>on</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:trPr><w:del w:id='5' w:author='X'/></w:trPr><w:tc><w:p><w:r><w:t>row gone</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:sdt><w:sdtContent><w:p><w:hyperlink w:anchor='a'><w:r><w:t>inside</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>"
    )
    found = read(in_body(body))
    assert [p.text for p in found.paragraphs[:4]] == ["Keep new\tend\nline", "runs on", "cell", "inside"]
    assert {"X", "Y"} < found.authors


def relationship(kind: str, target: str) -> Callable[[dict[str, bytes]], None]:
    def add(parts: dict[str, bytes]) -> None:
        row = (
            f'<Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
        )
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", row.encode())

    return add


def with_part(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: content})


def with_dtd(name: str, dtd: bytes) -> Callable[[dict[str, bytes]], None]:
    def add(parts: dict[str, bytes]) -> None:
        head, _, rest = parts[name].partition(b"?>")
        parts[name] = head + b"?>" + dtd + rest

    return add


def macro_type(parts: dict[str, bytes]) -> None:
    kind = MAIN_TYPE.replace("document.main", "document.macroEnabled.main").encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(MAIN_TYPE.encode(), kind)


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DEEP = "<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400
RUN = "<w:p><w:r>{}</w:r></w:p>"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros": (lambda: changed(with_part("word/vbaProject.bin")), "has macros"),
    "macros by type": (lambda: changed(macro_type), "has macros"),
    "embedded object": (lambda: changed(with_part("word/embeddings/sheet.xlsx")), "embedded objects"),
    "control": (lambda: changed(with_part("word/activeX/activeX1.xml")), "embedded objects"),
    "template from outside": (lambda: changed(relationship("attachedTemplate", "http://evil.example/t")), "points outside"),
    "picture from outside": (lambda: changed(relationship("image", "file://share/p.png")), "points outside"),
    "link": (lambda: changed(relationship("hyperlink", "https://evil.example")), r"points outside itself \(hyperlink"),
    "entities": (lambda: changed(with_dtd("word/document.xml", LAUGHS)), "document type definition"),
    "file by entity": (lambda: changed(with_dtd("word/document.xml", OUTSIDE)), "document type definition"),
    "entities in relations": (lambda: changed(with_dtd("_rels/.rels", LAUGHS)), "document type definition"),
    "entities in types": (lambda: changed(with_dtd("[Content_Types].xml", LAUGHS)), "document type definition"),
    "bomb": (lambda: changed(with_part("word/document.xml", b" " * (21 * 1024 * 1024))), "unpacks to far more"),
    "many bombs": (lambda: changed(lambda p: p.update({f"word/x{n}.xml": b" " * 10**7 for n in range(7)})), "unpacks to"),
    "long list": (lambda: changed(with_part("_rels/.rels", b" " * (2 * 1024 * 1024))), "unpacks to far more"),
    "many parts": (lambda: changed(lambda p: p.update({f"word/x{n}.xml": b"" for n in range(600)})), "unpacks to"),
    "deep": (lambda: in_body(DEEP), "far more deeply"),
    "climbing name": (lambda: changed(with_part("../evil.xml")), "outside of it"),
    "huge": (lambda: packed({"a": bytes(11 * 1024 * 1024)}, zipfile.ZIP_STORED), "larger than 10 MB"),
    "password": (lambda: safety.OLE + bytes(512), "password"),
    "not a zip": (lambda: b"%PDF-1.7", "not a Word file"),
    "empty": (lambda: b"", "not a Word file"),
    "another zip": (lambda: packed({"a.txt": b"a"}), "not a Word file"),
    "truncated": (lambda: redlined()[: len(redlined()) // 2], "damaged or cut off"),
    "broken xml": (lambda: changed(with_part("word/document.xml", b"<w:document")), "damaged or cut off"),
    "picture": (lambda: in_body(RUN.format("<w:drawing/>")), "a picture or drawing"),
    "footnote": (lambda: in_body(RUN.format("<w:footnoteReference w:id='1'/>")), "a footnote"),
    "piece of another": (lambda: in_body("<w:altChunk/>"), "a piece of another document"),
    "formula": (lambda: in_body("<w:p><m:oMath xmlns:m='urn:m'/></w:p>"), "a formula"),
    "other root": (lambda: changed(with_part("word/document.xml", f'<w:hdr xmlns:w="{W}"/>'.encode())), "ordinary .docx"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_a_sentence(name: str) -> None:
    make, words = HOSTILE[name]
    with pytest.raises(WordRefused, match=words) as caught:
        read(make())
    assert str(caught.value).endswith(".")


def test_the_untouched_file_passes_or_the_corpus_would_be_blind() -> None:
    assert read(changed(lambda parts: None)).paragraphs
    assert read(packed(parts_of(redlined()), zipfile.ZIP_STORED)).paragraphs


def test_a_directory_that_lies_about_sizes_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    content = changed(with_part("word/document.xml", b" " * (21 * 1024 * 1024)))
    small = (1000).to_bytes(4, "little")
    real = (21 * 1024 * 1024).to_bytes(4, "little")
    assert content.count(real) >= 2
    with pytest.raises(WordRefused):
        read(content.replace(real, small))


def test_a_flipped_byte_is_never_a_crash() -> None:
    content = redlined()
    for at in range(0, len(content), 7):
        torn = content[:at] + bytes([content[at] ^ 0x40]) + content[at + 1 :]
        try:
            read(torn)
        except (WordRefused, zlib.error) as refused:
            assert isinstance(refused, WordRefused), at


VALUES = {"days": 30, "who": "Treasury and Commerce", "empty": ""}
WORDING = "At most {days} days for {who}, never longer than 30 days; {empty} {days}."


@pytest.mark.parametrize(
    ("said", "wording", "changed"),
    [
        (None, WORDING, {}),
        ("At most 45 days for Treasury and Commerce, never longer than 30 days; [empty] 45.", WORDING, {"days": "45"}),
        (
            "At most 45 days for Treasury and Commerce, never longer than 30 days; [empty] 30.",
            "At most 45 days for {who}, never longer than 30 days; {empty} {days}.",
            {},
        ),
        (
            "A limit of 30 days for Treasury and Commerce, never longer.",
            "A limit of {days} days for {who}, never longer.",
            {},
        ),
        ("At most 30 days for Treasury and State, never longer than 30 days; [empty] 30.", None, {}),
    ],
)
def test_values_find_their_variables_again(said: str | None, wording: str | None, changed: dict[str, str]) -> None:
    text, values = restore(WORDING, VALUES, said or fill(WORDING, VALUES))
    if wording is not None:
        assert (text, values) == (wording, changed)
    assert fill(text, VALUES | values) == (said or fill(WORDING, VALUES))


def test_a_value_that_it_cannot_be_stays_as_it_was_written() -> None:
    said = "At most many days for Treasury and Commerce, never longer than 30 days; [empty] many."
    text, values = restore(WORDING, VALUES, said, lambda name, value: value.isdigit())
    assert (text, values) == ("At most many days for {who}, never longer than 30 days; {empty} many.", {})


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["{days}", "{who}", "30", "for", ";", " ", "\n", "Treasury"]), max_size=20).map("".join),
    st.text("x30 Treasury;\n", max_size=60),
)
def test_restoring_never_changes_what_was_said(wording: str, said: str) -> None:
    text, values = restore(wording, VALUES, said)
    assert fill(text, VALUES | values) == said
